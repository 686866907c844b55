"""What the shop's doctor looks at: the shop itself, and the two others through their interfaces."""

from __future__ import annotations

from dataclasses import dataclass

from wiadukt.shop.sync.client import Connector, Production


@dataclass(frozen=True)
class Subject:
    """Whom to ask."""

    connector: Connector
    production: Production
