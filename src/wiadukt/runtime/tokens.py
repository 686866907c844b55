"""Bearer tokens of callers: `name:token` pairs in one setting."""

from __future__ import annotations

import hmac
from collections.abc import Mapping


def parse_tokens(text: str) -> dict[str, str]:
    """Caller's name by token, from `shop:abc,production:def`. Raises ValueError for a pair without a colon."""
    pairs: dict[str, str] = {}
    for part in filter(None, (chunk.strip() for chunk in text.split(","))):
        name, colon, token = part.partition(":")
        if not colon or not token:
            raise ValueError(f"token of {name!r} is empty: write it as name:token")
        pairs[token] = name
    return pairs


def caller_of(authorization: str | None, tokens: Mapping[str, str]) -> str | None:
    """The name of the caller who sent this Authorization header, or None. Compared in constant time."""
    scheme, _, given = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    found = None
    for token, name in tokens.items():
        if hmac.compare_digest(token.encode(), given.strip().encode()):
            found = name
    return found
