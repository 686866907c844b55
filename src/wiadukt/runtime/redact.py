"""Texts that go to other people carry no secret: neither one of ours, nor what looks like anybody's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

HIDDEN = "***"
SHORTEST = 4
"""A shorter secret can't be told from words."""
_LOOKS_SECRET = (
    (re.compile(r"(://[^\s/@:]*:)[^\s/@]+(@)"), rf"\1{HIDDEN}\2"),
    (
        re.compile(r"(?i)\b(password|pwd|passwd|secret|token|api[_-]?key)(\s*[=:]\s*)('[^']*'|\"[^\"]*\"|[^\s;,&]+)"),
        rf"\1\2{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"whsec_[A-Za-z0-9+/=]+"), f"whsec_{HIDDEN}"),
)


class Redactor:
    """Hides these very secrets, the longest first, and whatever looks like one."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self.secrets = sorted({one for one in secrets if len(one) >= SHORTEST}, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        for pattern, shown in _LOOKS_SECRET:
            text = pattern.sub(shown, text)
        return text


def password_of(url: str) -> list[str]:
    """The password in a URL, as it stands there and as it is meant; nothing when there is none."""
    try:
        password = urlsplit(url).password
    except ValueError:
        return []
    return [password, unquote(password)] if password else []
