"""WAPRO's texts: padded codes, code page 1250, several e-mail addresses in one field."""

from __future__ import annotations

import re

from wiadukt.contract.errors import Refused

_SEPARATORS = re.compile(r"[;,<>\"()\s]+")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_ALLOWED_CONTROLS = "\n\r\t"


def clean(value: str | None) -> str:
    """Without the padding of char columns; NULL is empty."""
    return (value or "").strip()


def emails(value: str | None) -> tuple[str, ...]:
    """The addresses of one field, which may hold several; what is no address is left out. Lower case, no repeats."""
    found = (part.lower() for part in _SEPARATORS.split(clean(value)))
    return tuple(dict.fromkeys(part for part in found if _EMAIL.match(part)))


def is_id(value: str) -> bool:
    """Whether this can be a numeric id of WAPRO: numeric(18, 0)."""
    return value.isascii() and value.isdecimal() and len(value) <= 18


def fitting(value: str, length: int, *, field: str, object_id: str) -> str:
    """The text as WAPRO can keep it. Raises Refused when it is too long or has a sign outside code page 1250."""
    sign = next((sign for sign in value if not _known(sign)), None)
    if sign is not None:
        raise Refused(
            "unknown_sign",
            f"Znak „{sign if sign.isprintable() else f'U+{ord(sign):04X}'}” nie mieści się w stronie kodowej WAPRO.",
            remedy="Usuń ten znak albo zastąp go innym; WAPRO zna znaki strony 1250.",
            field=field,
            object_id=object_id,
        )
    if len(value) > length:
        raise Refused(
            "too_long",
            f"Pole {field}: tekst ma {len(value)} znaków, a WAPRO mieści {length}.",
            remedy=f"Skróć go do {length} znaków i ponów.",
            field=field,
            object_id=object_id,
        )
    return value


def _known(sign: str) -> bool:
    if ord(sign) < 32:
        return sign in _ALLOWED_CONTROLS
    try:
        sign.encode("cp1250")
    except UnicodeEncodeError:
        return False
    return True
