"""The number of an invoice in KSeF, and the link by which anybody checks it (the code that its printout carries).

As the Ministry of Finance publishes them (github.com/CIRFMF/ksef-docs: faktury/numer-ksef.md and kody-qr.md, KOD I).
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from urllib.parse import urlsplit

PAGE = "https://qr.ksef.mf.gov.pl/invoice"
DOMAIN = "ksef.mf.gov.pl"
NUMBER = re.compile(r"[0-9]{10}-[0-9]{8}-[0-9A-F]{12}-[0-9A-F]{2}")
HASH_BYTES = 32


def is_number(text: str) -> bool:
    """Whether it is built as KSeF builds it: the seller's NIP, the day, 12 signs, and a check sum that is right."""
    return NUMBER.fullmatch(text) is not None and _crc8(text[:-3]) == int(text[-2:], 16)


def link_of(held: str, number: str, issued_on: date) -> str:
    """The verification link by what the base holds: the link itself, or the SHA-256 of the invoice's file, from which
    it is made. Empty for anything else: no other page is shown as KSeF's."""
    if held.startswith("https://"):
        host = urlsplit(held).hostname or ""
        return held if host == DOMAIN or host.endswith(f".{DOMAIN}") else ""
    digest = _sha256(held)
    if not digest or not is_number(number):
        return ""
    shown = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return f"{PAGE}/{number[:10]}/{issued_on:%d-%m-%Y}/{shown}"


def _sha256(text: str) -> bytes:
    """Written in hexadecimal digits, or in either Base64 with or without its padding; empty for what is none."""
    try:
        if len(text) == HASH_BYTES * 2:
            return bytes.fromhex(text)
        plain = text.rstrip("=").replace("-", "+").replace("_", "/")
        found = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (ValueError, binascii.Error):
        return b""
    return found if len(found) == HASH_BYTES else b""


def _crc8(text: str) -> int:
    """CRC-8 with the polynomial 0x07, from 0."""
    crc = 0
    for byte in text.encode("ascii"):
        crc ^= byte
        for _bit in range(8):
            crc = (crc << 1) ^ 0x07 if crc & 0x80 else crc << 1
            crc &= 0xFF
    return crc
