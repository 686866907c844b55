"""E-mails to people: rendered in one way, with a sign by which a repeat is known."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import translation

from wiadukt.shop.about import keeping as about_shop


def send(
    name: str,
    to: Sequence[str],
    context: dict[str, Any],
    *,
    about: str,
    subject: str = "",
    attached: Sequence[tuple[str, bytes, str]] = (),
) -> None:
    """Sends `mail/NAME.txt`, with `mail/NAME.html` where there is one, now and in the shop's language.

    `about`: what makes it this e-mail, the same at every attempt. An e-mail that went before its transaction was lost
    goes again under the same Message-ID, and mail programs show one. `subject`: another template's name than
    `mail/NAME_subject.txt`. `attached`: name, content and media type of each file. Raises OSError while the mail server
    does not answer.
    """
    context = {"shop": settings.ENVIRONMENT.shop_name, **context}
    with translation.override(settings.LANGUAGE_CODE):
        title = " ".join(render_to_string(f"mail/{subject or name}_subject.txt", context).split())
        answers = [email for email in [about_shop.card().email] if email]
        text = render_to_string(f"mail/{name}.txt", context)
        message = EmailMultiAlternatives(title, text, to=list(to), reply_to=answers)
        if _exists(f"mail/{name}.html"):
            message.attach_alternative(render_to_string(f"mail/{name}.html", context), "text/html")
    for one in attached:
        message.attach(*one)
    # By which a person sorts his letters, and a test knows what came.
    message.extra_headers |= {"Message-ID": message_id(about, to), "X-Wiadukt-Letter": name}
    message.send()


def message_id(about: str, to: Sequence[str]) -> str:
    """Unique to what it is about and to whom; tells a reader nothing of either."""
    sign = hashlib.sha256("\n".join([settings.SECRET_KEY, about, *to]).encode()).hexdigest()[:32]
    return f"<{sign}@{urlsplit(settings.ENVIRONMENT.shop_public_url).hostname}>"


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
