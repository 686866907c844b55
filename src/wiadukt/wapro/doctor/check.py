"""The shape of a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from wiadukt.wapro.settings import Settings


@dataclass(frozen=True)
class Finding:
    """What a check saw. A finding that is not `ok` says what to do; one that is may give advice."""

    ok: bool
    what: str
    remedy: str = ""

    @property
    def sign(self) -> str:
        """`ok`, `--` for advice, `!!` for what must be mended."""
        return "!!" if not self.ok else "--" if self.remedy else "ok"


Check = Callable[[Connection, Settings], Iterator[Finding]]
