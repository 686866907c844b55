"""A second factor for the seller's people: a code from a phone, or one of ten recovery codes.

Asked for in every new session, by the middleware, before any other page. Required of all staff by
SHOP_STAFF_SECOND_FACTOR; without it, of those who set theirs up.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Callable

import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from wiadukt.shop.accounts.models import User

RECOVERY_CODES = 10
PAGES = frozenset({"second-factor", "second-factor-setup"})
OPEN = PAGES | {"login", "logout", "set_language", "dashboard:logout"}


class Middleware:
    """Keeps a person whose second factor is missing on the pages that ask for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object) -> object:
        """Pages that a stranger may open need no second factor either."""
        is_public = not getattr(view, "login_required", True)
        # Who acts in a buyer's name is still of the seller's.
        person = getattr(request.user, "acting_staff", request.user)
        if is_public or request.resolver_match.view_name in OPEN or not lacks_second_factor(person):
            return None
        return redirect("second-factor")


def lacks_second_factor(user: User) -> bool:
    """Whether this session must give one before it sees anything."""
    if not user.is_authenticated or not user.is_staff or user.is_verified():
        return False
    return settings.SHOP_STAFF_SECOND_FACTOR or phone_of(user) is not None


def phone_of(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def begin(user: User) -> TOTPDevice:
    """The phone that waits for its first code; the same one until then, so that a reloaded page shows the same QR."""
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "TOTP"})[0]


@transaction.atomic
def confirm(phone: TOTPDevice, code: str) -> bool:
    """The first right code makes this phone the only one."""
    if verify_token(phone.user, phone.persistent_id, code) is None:
        return False
    TOTPDevice.objects.filter(user=phone.user, confirmed=True).delete()
    # The verified row is another Python object: only `confirmed` is ours to write.
    TOTPDevice.objects.filter(pk=phone.pk).update(confirmed=True)
    return True


def verify(user: User, code: str) -> TOTPDevice | StaticDevice | None:
    """The device that this code is of: six digits are a phone's, anything else a recovery code, which works once."""
    code = code.strip().replace(" ", "").lower()
    is_of_phone = len(code) == 6 and code.isdecimal()
    device = phone_of(user) if is_of_phone else StaticDevice.objects.filter(user=user).first()
    return verify_token(user, device.persistent_id, code) if device else None


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten fresh ones; the old ones no longer work."""
    device, _new = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def forget(user: User) -> None:
    """The phone is lost: the next login sets up a new one, or needs none where none is required."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    user.end_sessions()
    user.save(update_fields=["sessions_ended"])


def qr_svg(phone: TOTPDevice) -> str:
    """The phone's address as a picture of our own making: nothing is loaded from outside."""
    return segno.make(phone.config_url, error="m").svg_inline(omitsize=True, border=2, dark="#16211f", light="#fff")


def secret_of(phone: TOTPDevice) -> str:
    """The same for typing in, in groups of four."""
    text = b32encode(phone.bin_key).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
