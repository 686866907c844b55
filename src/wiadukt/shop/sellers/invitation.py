"""The e-mail by which a person of the seller's sets the first password."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from wiadukt.shop.accounts.links import set_password_url
from wiadukt.shop.accounts.models import User


def send_seller_invitation(user: User) -> None:
    """Sends it now. Raises OSError while the mail server does not answer."""
    context = {
        "url": set_password_url(user),
        "shop": settings.ENVIRONMENT.shop_name,
        "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
        "second_factor": settings.SHOP_STAFF_SECOND_FACTOR,
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = render_to_string("mail/invitation_subject.txt", context).strip()
        text = render_to_string("mail/seller_invitation.txt", context)
    EmailMultiAlternatives(subject, text, to=[user.email]).send()
