"""What staff wrote in both languages of the shop, as its reader is to see it."""

from __future__ import annotations

from django.utils.translation import get_language


def reads_polish() -> bool:
    return (get_language() or "pl").startswith("pl")


def told(polish: str, english: str) -> str:
    """Of both the one in the reader's language; Polish where there is no English."""
    return polish if reads_polish() else english or polish
