"""Links that are sent by e-mail."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from wiadukt.shop.accounts.models import User


def set_password_url(user: User) -> str:
    """An address that works once and for a week."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("password-reset-confirm", args=[uid, default_token_generator.make_token(user)])
    return settings.ENVIRONMENT.shop_public_url + path
