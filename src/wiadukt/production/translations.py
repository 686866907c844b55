"""The languages of the screens: Polish first, English by choice. Messages in code are English."""

from __future__ import annotations

import gettext
from pathlib import Path

LANGUAGES = ("pl", "en")
COOKIE = "lang"
FOLDER = Path(__file__).parent / "locale"


def translations_of(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; the messages as they stand when it is not compiled."""
    return gettext.translation("production", FOLDER, languages=[language], fallback=True)


def language_of(cookie: str | None, accept_language: str = "") -> str:
    """What the reader chose; else English for a program that asks for it, else Polish."""
    if cookie in LANGUAGES:
        return cookie
    return "en" if accept_language.lower().startswith("en") else "pl"
