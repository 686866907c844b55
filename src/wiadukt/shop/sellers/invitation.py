"""The e-mail by which a person of the seller's sets the first password."""

from __future__ import annotations

from django.conf import settings

from wiadukt.shop import mailing
from wiadukt.shop.accounts.links import set_password_url
from wiadukt.shop.accounts.models import User


def send_seller_invitation(user: User, about: str) -> None:
    """Sends it now; `about` as in `mailing.send`. Raises OSError while the mail server does not answer."""
    context = {
        "url": set_password_url(user),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
        "second_factor": settings.SHOP_STAFF_SECOND_FACTOR,
    }
    mailing.send("seller_invitation", [user.email], context, about=about, subject="invitation")
