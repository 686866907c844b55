"""Whose each tracked row was when we last saw it.

Change tracking tells of a deleted row its key and no more, and of a moved one only where it is now. So the owner of
every row is kept beside the queue, and changes with the bookmark that says how far we have read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, or_, select, text
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.contract.base import Kind
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among
from wiadukt.wapro.capture.tracking.rows import IN_SHOP, Row
from wiadukt.wapro.capture.watched import Watched

PORTION = 500


@dataclass(frozen=True)
class Owner:
    """Of a row as it was: its object, and the key of the row it was joined to (or a contractor's flag)."""

    object_id: str | None
    remembered: str | None


def told(conn: Connection, watched: Watched, rows: Sequence[Row], buyers: ColumnElement[bool]) -> set[tuple[Kind, str]]:
    """The objects that changed with these rows: those they belong to now, and those they belonged to before.

    A shared row changes seldom and concerned nobody knows whom: then all the shop's `buyers` are told of.
    """
    if watched.is_shared:
        everybody = select(t.contractor.c.ID_KONTRAHENTA).where(buyers)
        return {(watched.kind, str(int(one))) for one in conn.execute(everybody).scalars()} if rows else set()
    found: set[tuple[Kind, str]] = set()
    for some in _portions(rows):
        before = _owners(conn, watched.name, [row.key for row in some])
        ids = {row.object_id for row in some} | {owner.object_id for owner in before.values()}
        if watched.joined:
            # A line of a delivery note that has changed its invoice since belonged to the note's later one.
            parents = [owner.remembered for owner in before.values() if owner.remembered]
            ids |= {owner.object_id for owner in _owners(conn, watched.joined[1], parents).values()}
        found |= {(watched.kind, one) for one in ids if one}
        if watched.table is t.contractor:
            found |= _documents(conn, [row.key for row in some if _is_new_in_shop(row, before)])
    return found


def keep(conn: Connection, watched: Watched, rows: Sequence[Row]) -> None:
    """Notes whose these rows are now."""
    if watched.is_shared:
        return
    row = t.owner.c
    for some in _portions(rows):
        keys = among([one.key for one in some])
        conn.execute(delete(t.owner).where(row.tabela == watched.name, row.klucz.in_(keys)))
        now = [
            {
                "tabela": watched.name,
                "klucz": one.key,
                "id_obiektu": one.object_id,
                "pamietane": one.remembered,
            }
            for one in some
            if one.object_id or one.remembered
        ]
        if now:
            conn.execute(insert(t.owner), now)


def fill(conn: Connection, watched: Watched, statement: str) -> None:
    """Notes whose every row of a table is, anew."""
    conn.execute(delete(t.owner).where(t.owner.c.tabela == watched.name))
    if not watched.is_shared:
        conn.execute(text(statement))


def _owners(conn: Connection, table: str, keys: Sequence[str]) -> dict[str, Owner]:
    if not keys:
        return {}
    row = t.owner.c
    query = select(row.klucz, row.id_obiektu, row.pamietane).where(row.tabela == table, row.klucz.in_(among(keys)))
    return {str(key): Owner(object_id, remembered) for key, object_id, remembered in conn.execute(query)}


def _is_new_in_shop(row: Row, before: dict[str, Owner]) -> bool:
    was = before.get(row.key)
    return row.remembered == IN_SHOP and (was is None or was.remembered != IN_SHOP)


def _documents(conn: Connection, contractors: Sequence[str]) -> set[tuple[Kind, str]]:
    """A buyer who enters the shop brings his orders and invoices with him."""
    buyers = among([int(one) for one in contractors])
    order, invoice = t.order.c, t.trade_document.c
    orders = select(order.ID_ZAMOWIENIA).where(order.TYP == t.FROM_CUSTOMER, order.ID_KONTRAHENTA.in_(buyers))
    invoices = select(invoice.ID_DOKUMENTU_HANDLOWEGO).where(
        or_(invoice.ID_KONTRAHENTA.in_(buyers), invoice.ID_PLATNIKA.in_(buyers))
    )
    if not buyers:
        return set()
    found = {(Kind.ORDER, str(one)) for one in conn.execute(orders).scalars()}
    return found | {(Kind.INVOICE, str(one)) for one in conn.execute(invoices).scalars()}


def _portions(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    return (rows[start : start + PORTION] for start in range(0, len(rows), PORTION))
