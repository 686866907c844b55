"""What should be there once and is there twice: a buyer, an article, an order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.counting import count, none_of
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.flag import chosen, sold
from wiadukt.wapro.settings import Settings


def check_duplicates(conn: Connection, settings: Settings) -> Iterator[Finding]:
    customer, card = t.contractor.c, t.article.c
    in_shop = chosen(settings) & (customer.ID_FIRMY == settings.wapro_company_id)
    yield none_of(
        _repeated(conn, select(customer.NIP).where(in_shop, customer.NIP != "").group_by(customer.NIP)),
        _("tax ids stand on two contractors of the shop"),
        _("Each is a buyer of his own there: are they one?"),
        is_red=False,
    )
    shown = sold(settings) & card.ID_MAGAZYNU.in_(settings.warehouses)
    cards = select(card.INDEKS_KATALOGOWY).where(shown, card.INDEKS_KATALOGOWY != "")
    yield none_of(
        _repeated(conn, cards.group_by(card.INDEKS_KATALOGOWY, card.ID_MAGAZYNU)),
        _("catalogue indexes stand on two cards of one warehouse"),
        _("The shop sells both as one product: give one of them another index."),
    )
    key = t.order.c.NR_ZAMOWIENIA_KLIENTA
    ours = select(key).where(key.in_(select(t.order_map.c.numer)))
    yield none_of(
        _repeated(conn, ours.group_by(key, t.order.c.ID_MAGAZYNU)),
        _("shop numbers stand on two orders"),
        _("One was made by hand or by another integration."),
    )


def _repeated(conn: Connection, groups: Select[Any]) -> int:
    """How many of these groups have more than one row."""
    return count(conn, select(func.count()).select_from(groups.having(func.count() > 1).subquery()))
