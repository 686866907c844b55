"""What the letters of WAPRO's order statuses mean: as the connector is set, and of others as the shop's staff said.

The settings name the letters that we write ourselves. An office has letters of its own besides; what staff says of one
changes how an order is shown, and never what we write: such a letter stays the office's word.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from wiadukt.contract.order_status import OrderStatus
from wiadukt.contract.states import OrderState
from wiadukt.wapro import tables as t
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def read_meanings(conn: Connection, settings: Settings) -> Mapping[str, OrderState]:
    """State by letter. What the settings say comes first."""
    said = {clean(row.litera): OrderState(clean(row.stan)) for row in conn.execute(select(t.status_meaning))}
    return said | settings.states


def read_statuses(conn: Connection, settings: Settings) -> tuple[OrderStatus, ...]:
    """Every letter of WAPRO's dictionary, by letter; one that stands there twice is named once."""
    known = read_meanings(conn, settings)
    found = {clean(row.KOD_STATUSU): clean(row.OPIS_STATUSU) for row in conn.execute(select(t.status))}
    return tuple(
        OrderStatus(letter=letter, label=label, state=known.get(letter), is_fixed=letter in settings.states)
        for letter, label in sorted(found.items())
        if letter
    )
