"""Which rows of WAPRO announce which object; triggers and change tracking on both servers are made from this one list.

An expression names WAPRO's columns in capitals and SQL's own words in small letters, so that each server's quotes can
be put round the names. `r` is the changed row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Table

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Misconfigured
from wiadukt.wapro import tables as t
from wiadukt.wapro.engine import columns_there
from wiadukt.wapro.settings import CardFlag, Settings

_NAME = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")


@dataclass(frozen=True)
class Watched:
    """Rows of a table that announce an object when a column that we read changes."""

    table: Table
    kind: Kind
    object_id: str
    """The object's id as an expression over `r` and what `joined` brings."""
    joined: tuple[str, str, str] | None = None
    """Another table's row: its alias, its name, and the condition by which it is found."""
    condition: str = ""
    unread: frozenset[str] = frozenset()
    """Columns that we only write."""
    is_shared: bool = False
    """A row concerns many objects: all buyers of a group, say. Change tracking remembers no owners of such a one."""
    also: tuple[str, ...] = ()
    """Columns that settings name: the one that chooses buyers or goods, those that tell of KSeF."""
    flag: CardFlag | None = None
    """Of contractors: what chooses the shop's buyers."""
    aside: str = ""
    """What tells it from the other one of the same table, whose rows announce another kind."""

    @property
    def name(self) -> str:
        """Of its trigger, and of what is remembered of its rows."""
        return self.table.name + self.aside

    def columns(self, there: set[str] | None = None) -> list[str]:
        """The watched columns; with `there`, only those this base has."""
        names = (column.name for column in self.table.columns if column.name not in self.unread)
        found = [name for name in names if there is None or name in there]
        return [*found, *(name for name in self.also if name not in found)]

    def is_text(self, name: str) -> bool:
        if name in self.table.c:
            return isinstance(self.table.c[name].type, t.Varchar)
        return name.startswith("POLE") or self.table is t.trade_document

    @property
    def parent(self) -> str:
        """The key of the row it is joined to, as an expression over `r`: that row's own object is remembered. Empty
        where there is none."""
        return self.joined[2].partition(" = ")[2] if self.joined else ""


_BUYERS = ("k", "KONTRAHENT", "k.ID_GRUPY = r.ID_GRUPY")
_IN_SHOP = "k.DOSTEPNY_W_B2B = 1"

WATCHED = (
    Watched(t.contractor, Kind.CUSTOMER, "r.ID_KONTRAHENTA"),
    Watched(t.contact, Kind.CUSTOMER, "r.ID_KONTRAHENTA"),
    Watched(t.delivery_place, Kind.CUSTOMER, "r.ID_KONTRAHENTA"),
    Watched(t.individual_price, Kind.CUSTOMER, "r.ID_KONTRAHENTA"),
    Watched(t.contractor_group, Kind.CUSTOMER, "k.ID_KONTRAHENTA", joined=_BUYERS, condition=_IN_SHOP, is_shared=True),
    Watched(t.group_category, Kind.CUSTOMER, "k.ID_KONTRAHENTA", joined=_BUYERS, condition=_IN_SHOP, is_shared=True),
    Watched(
        t.threshold,
        Kind.CUSTOMER,
        "k.ID_KONTRAHENTA",
        joined=("k", "KONTRAHENT", "k.ID_FIRMY = r.ID_FIRMY"),
        condition=_IN_SHOP,
        is_shared=True,
    ),
    Watched(
        t.employee,
        Kind.CUSTOMER,
        "k.ID_KONTRAHENTA",
        joined=("k", "KONTRAHENT", "k.ID_HANDLOWCA = r.ID_PRACOWNIKA"),
        condition=_IN_SHOP,
        is_shared=True,
    ),
    Watched(t.article, Kind.PRODUCT, "r.INDEKS_KATALOGOWY"),
    Watched(
        t.group_price, Kind.PRODUCT, "a.INDEKS_KATALOGOWY", joined=("a", "ARTYKUL", "a.ID_ARTYKULU = r.ID_ARTYKULU")
    ),
    Watched(
        t.article_price, Kind.PRODUCT, "a.INDEKS_KATALOGOWY", joined=("a", "ARTYKUL", "a.ID_ARTYKULU = r.ID_ARTYKULU")
    ),
    Watched(t.order, Kind.ORDER, "r.ID_ZAMOWIENIA", condition="r.TYP = 1"),
    Watched(t.order_line, Kind.ORDER, "r.ID_ZAMOWIENIA"),
    Watched(
        t.delivery,
        Kind.ORDER,
        "r.ID_ZAMOWIENIA",
        unread=frozenset({"ID_DOK_MAGAZYNOWEGO", "ID_FORMY_DOSTAWY", "ODEBRANO"}),
    ),
    Watched(t.trade_document, Kind.INVOICE, "r.ID_DOKUMENTU_HANDLOWEGO"),
    Watched(
        t.document_line,
        Kind.INVOICE,
        "coalesce(nullif(r.ID_DOK_HANDLOWEGO, 0), d.ID_DOKUMENTU_HANDLOWEGO)",
        joined=("d", "DOKUMENT_MAGAZYNOWY", "d.ID_DOK_MAGAZYNOWEGO = r.ID_DOK_MAGAZYNOWEGO"),
    ),
    Watched(t.warehouse_document, Kind.INVOICE, "r.ID_DOKUMENTU_HANDLOWEGO"),
    Watched(t.settlement, Kind.INVOICE, "r.ID_NAG_DOK_M", condition="r.TYP_DOK = 'h'"),
    # A payment: what of it settles nothing yet is told with its buyer.
    Watched(
        t.settlement,
        Kind.CUSTOMER,
        "r.ID_KONTRAHENTA",
        condition="r.TYP_DOK <> 'h'",
        unread=frozenset({"SUMA_ODSETEK"}),
        aside="_wplata",
    ),
    Watched(
        t.settled_part,
        Kind.INVOICE,
        "s.ID_NAG_DOK_M",
        joined=("s", "ROZRACHUNEK", "s.ID_ROZRACHUNKU = r.ID_ROZRACHUNKU"),
        condition="s.TYP_DOK = 'h'",
    ),
)


TABLES = tuple(dict.fromkeys(one.table.name for one in WATCHED))


def watched_by(settings: Settings) -> tuple[Watched, ...]:
    """The whole list, with every column that these settings name."""
    return watched_with(settings.customer_flag, settings.ksef_columns, settings.article_flag.column)


def watched_with(flag: CardFlag, ksef: Sequence[str] = (), goods: str = "") -> tuple[Watched, ...]:
    """The whole list, with the columns by which the office chooses the shop's buyers and goods, and those, if any,
    that tell of a document in KSeF. Rules that leave goods out name columns which are read, and so watched, anyhow."""

    def chosen(one: Watched) -> Watched:
        if one.table is t.contractor:
            return replace(one, also=(flag.column,), flag=flag)
        if one.table is t.article:
            return replace(one, also=tuple(filter(None, [goods])))
        if one.table is t.trade_document:
            return replace(one, also=tuple(ksef))
        # By another flag every contractor concerned is announced; the shop knows which are its own.
        is_other = one.is_shared and flag.column not in one.condition
        return replace(one, condition="") if is_other else one

    return tuple(chosen(one) for one in WATCHED)


def quoted(expression: str, left: str, right: str) -> str:
    """The expression with WAPRO's names in this server's quotes."""
    return _NAME.sub(lambda name: f"{left}{name.group()}{right}", expression)


def columns_of(conn: Connection) -> Callable[[Table], set[str]]:
    """Tells which of our columns a table of this base has. What it gives raises Misconfigured for a missing table."""

    def there(table: Table) -> set[str]:
        columns = columns_there(conn, table)
        if not columns:
            raise Misconfigured(
                "WAPRO_DATABASE_URL", f"the base has no table {table.name}.", remedy="Is this a WAPRO Mag base?"
            )
        return columns

    return there
