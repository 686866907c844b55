"""Sentences in the reader's language, for the systems that have no framework for it. Messages in code are English."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("pl", "en")
_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is said inside is said in this language; in English when it is none of ours."""
    token = _language.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


def language_of(accept_language: str) -> str:
    """English for a program that asks for it, else Polish."""
    return "en" if accept_language.lower().startswith("en") else "pl"


def language_of_environment(environment: dict[str, str]) -> str:
    """What a terminal is set to: Polish when it says so, else English."""
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "pl" if said.lower().startswith("pl") else "en"


class Words:
    """The catalogue of one system; called with a message and what stands in it by name in braces."""

    def __init__(self, domain: str, folder: Path) -> None:
        self.domain, self.folder = domain, folder

    def __call__(self, message: str, /, **values: Any) -> str:
        said = _catalogue(self.domain, self.folder, _language.get()).gettext(message)
        return said.format(**values) if values else said


@lru_cache(maxsize=16)
def _catalogue(domain: str, folder: Path, language: str) -> gettext.NullTranslations:
    """The messages as they stand when it is not compiled."""
    return gettext.translation(domain, folder, languages=[language], fallback=True)


def N_(message: str) -> str:
    """Marks a message for the catalogue; it is put into words later."""
    return message


said = Words("runtime", Path(__file__).parent / "locale")
"""The words of what every system shares."""
