"""The shape of a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from wiadukt.wapro.settings import Settings


@dataclass(frozen=True)
class Finding:
    """What a check saw. A finding that is not `ok` says what to do."""

    ok: bool
    what: str
    remedy: str = ""


Check = Callable[[Connection, Settings], Iterator[Finding]]
