"""The e-mail about something said."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from wiadukt.shop.questions.models import Post


def send(post: Post, email: str) -> None:
    """To one person. Raises OSError while the mail server does not answer."""
    page = "questions:detail" if post.by_seller else "panel:question"
    context = {
        "post": post,
        "question": post.question,
        "shop": settings.ENVIRONMENT.shop_name,
        "url": settings.ENVIRONMENT.shop_public_url + reverse(page, args=[post.question_id]),
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string("mail/question_subject.txt", context).split())
        text = render_to_string("mail/question.txt", context)
    EmailMultiAlternatives(subject, text, to=[email]).send()
