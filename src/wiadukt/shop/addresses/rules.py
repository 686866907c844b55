"""What an address must be like before it is sent: told at the form, so that WAPRO has nothing to refuse."""

from __future__ import annotations

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiadukt.shop.addresses.models import WaproRules

ADDRESSES, PLACES = "addresses", "places"
# As public sources give them; the connector tells those of the very base.
USUAL = {
    "street": 50, "postal_code": 20, "city": 50, "country": 3, "phone": 20, "name": 100, "recipient": 50, "note": 500,
}  # fmt: skip
_POLISH_CODE = re.compile(r"(\d{2})[- ]?(\d{3})")
_ANY_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{1,9}")


class Rules:
    """WAPRO's rules as they are known now; made once a form."""

    def __init__(self) -> None:
        told = WaproRules.objects.first()
        self.limits: dict[str, int] = told.limits if told else {}
        self.writes = (ADDRESSES, PLACES) if told is None or told.writes is None else tuple(told.writes)

    def longest(self, field: str) -> int:
        """The most characters of a field such as `address.street` or `place.address.city`."""
        return self.limits.get(field, USUAL[field.rsplit(".", 1)[-1]])

    def check(self, field: str, text: str) -> str:
        """The text itself. Raises ValidationError that says what WAPRO could not keep, and what to do."""
        sign = next((sign for sign in text if not _is_known(sign)), None)
        if sign is not None:
            raise ValidationError(
                _("WAPRO can't keep the sign %(sign)s: take it out or write another one."), params={"sign": sign}
            )
        most = self.longest(field)
        if len(text) > most:
            raise ValidationError(
                ngettext(
                    "WAPRO keeps %(most)d character here, and this has %(has)d: shorten it.",
                    "WAPRO keeps %(most)d characters here, and this has %(has)d: shorten it.",
                    most,
                ),
                params={"most": most, "has": len(text)},
            )
        return text


def _is_known(sign: str) -> bool:
    """Signs of code page 1250, in which WAPRO keeps its texts."""
    if ord(sign) < 32:
        return sign in "\n\r\t"
    try:
        sign.encode("cp1250")
    except UnicodeEncodeError:
        return False
    return True


def postal_code(text: str, country: str) -> str:
    """A Polish code as 62-045; of other countries whatever looks like a code. Empty stays empty."""
    text = text.strip()
    if not text:
        return ""
    if country == "PL":
        found = _POLISH_CODE.fullmatch(text)
        if found is None:
            raise ValidationError(_("A Polish postal code is five digits: write for example 62-045."))
        return f"{found[1]}-{found[2]}"
    if not _ANY_CODE.fullmatch(text):
        raise ValidationError(_("A postal code has 2 to 10 letters and digits: check it."))
    return text.upper()


def phone(text: str, country: str) -> str:
    """The number as +48 61 852 00 00; without a country's prefix it is one of `country`. Empty stays empty."""
    text = text.strip()
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_("This is no phone number: write for example 61 852 00 00.")) from error
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_("There is no such phone number: check its digits, and the prefix if it is foreign."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
