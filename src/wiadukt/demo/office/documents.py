"""Trade documents as WAPRO writes them: a header, what is owed of it (ROZRACHUNEK) and lines, in the document's currency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from wiadukt.demo.office.base import Connection, OfficeError, clarion, insert, row

SALE, CORRECTION, ADVANCE, RECEIPT = 1, 3, 7, 9
GOODS_ISSUE = 2
TRADE, WAREHOUSE = 4, 3
BASE_CURRENCY = "PLN"
GROSZ = Decimal("0.01")
NOTHING = Decimal(0)
FinalShape = Literal["", "rest", "whole", "paid"]
"""How a final invoice stands in the base: not one; worth what is left; worth the whole and owed the rest; worth the
whole, with the advance among what is paid. Bases differ, so the office can write all of them."""


@dataclass(frozen=True)
class How:
    """How a document is made. `payer`: as the buyer's card says; `rate`: PLN for one unit of the currency; `transport`:
    net, a line that nobody ordered."""

    days: int = 14
    kind: int = SALE
    payer: int | None = None
    currency: str = BASE_CURRENCY
    rate: Decimal = Decimal(1)
    transport: Decimal = NOTHING
    final: FinalShape = ""

    @property
    def is_foreign(self) -> bool:
        return self.currency != BASE_CURRENCY


@dataclass(frozen=True)
class Prices:
    """Of one unit: in PLN, and in the document's currency (nothing for one in PLN)."""

    net: Decimal
    gross: Decimal
    net_wal: Decimal = NOTHING
    gross_wal: Decimal = NOTHING


@dataclass(frozen=True)
class Item:
    """A line to be written; `note` is its WZ."""

    card: int
    unit: str
    vat: str
    quantity: Decimal
    prices: Prices
    order_line: int = 0
    advance_of: int = 0
    corrects: int = 0
    note: int = 0


SUMS = ("net", "gross", "net_wal", "gross_wal")


@dataclass(frozen=True)
class Sums:
    """Net and gross, in PLN and in the document's currency (nothing for one in PLN)."""

    net: Decimal
    gross: Decimal
    net_wal: Decimal
    gross_wal: Decimal

    def less(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) - getattr(other, name) for name in SUMS))


NO_SUMS = Sums(NOTHING, NOTHING, NOTHING, NOTHING)


def grosz(value: Decimal) -> Decimal:
    return value.quantize(GROSZ, ROUND_HALF_UP)


def prices_of(net: Decimal, gross: Decimal, how: How) -> Prices:
    """These prices in PLN, with what they are in the document's currency."""
    if not how.is_foreign:
        return Prices(net, gross)
    return Prices(net, gross, grosz(net / how.rate), grosz(gross / how.rate))


def sums_of(items: Iterable[Item]) -> Sums:
    listed = list(items)
    return Sums(*(sum((grosz(one.quantity * getattr(one.prices, name)) for one in listed), NOTHING) for name in SUMS))


def transport_of(connection: Connection, how: How) -> list[Item]:
    """The line of a service that nobody ordered, if there is to be one."""
    if how.transport <= 0:
        return []
    query = """SELECT "ID_ARTYKULU" AS id FROM dbo."ARTYKUL" WHERE "INDEKS_KATALOGOWY" = 'USL-TRANSPORT' LIMIT 1"""
    prices = prices_of(how.transport, grosz(how.transport * Decimal("1.23")), how)
    return [Item(int(row(connection, query)["id"]), "szt.", "23", Decimal(1), prices)]


def write_document(connection: Connection, buyer: dict[str, Any], items: Sequence[Item], how: How, **more: Any) -> int:
    """The document with its lines and what is owed of it; its id. In `more`: `charged`, what advance invoices charged,
    and `standing`, lines that are on a WZ already; the rest are columns."""
    charged: Sums = more.pop("charged", NO_SUMS)
    whole = sums_of([*items, *more.pop("standing", ())])
    left = whole.less(charged)
    if charged.gross and (left.gross < 0 or left.gross_wal < 0):
        raise OfficeError("Faktura końcowa: zaliczki są większe niż to, co fakturujesz.")
    value = left if how.final == "rest" else whole
    paid = charged if how.final == "paid" else NO_SUMS
    day, due = clarion(date.today()), clarion(date.today() + timedelta(days=how.days))
    payer = _payer(connection, buyer, how)
    number = number_of(connection, TRADE, how.kind, day)
    shared = {"SYM_WAL": how.currency, "FORMA_PLATNOSCI": buyer["FORMA_PLATNOSCI"]}
    document = insert(
        connection,
        "DOKUMENT_HANDLOWY",
        **{"ID_FIRMY": 1, "ID_MAGAZYNU": 1, "ID_TYPU": how.kind, "NUMER": number, "ID_RACHUNKU": 1},
        **{"DATA_WYSTAWIENIA": day, "DATA_SPRZEDAZY": day, "TERMIN_PLAT": due},
        **{"ID_KONTRAHENTA": buyer["ID_KONTRAHENTA"], "KONTRAHENT_NAZWA": buyer["NAZWA"]},
        **{"ID_PLATNIKA": payer["ID_KONTRAHENTA"], "PLATNIK_NAZWA": payer["NAZWA"]},
        **{"WARTOSC_NETTO": value.net, "WARTOSC_BRUTTO": value.gross, "ZALICZKA": charged.gross},
        **{"WARTOSC_NETTO_WAL": value.net_wal, "WARTOSC_BRUTTO_WAL": value.gross_wal},
        **{"RAZEM_ZAPLACONO": paid.gross, "RAZEM_ZAPLACONO_WAL": paid.gross_wal},
        **{"POZOSTALO": left.gross, "POZOSTALO_WAL": left.gross_wal},
        **{"DOK_KOREKTY": int(how.kind == CORRECTION)},
        **shared,
        **more,
    )
    insert(
        connection,
        "ROZRACHUNEK",
        **{"ID_FIRMY": 1, "ID_KONTRAHENTA": payer["ID_KONTRAHENTA"], "TYP_DOK": "h", "ID_NAG_DOK_M": document},
        **{"NR_DOK": number, "DATA_DOK": day, "TERMIN_PLATNOSCI": due, "STRONA": "WN", "SYM_WALUTY": how.currency},
        **{"KWOTA": left.gross, "POZOSTALO": left.gross, "KWOTA_W": left.gross_wal, "POZOSTALO_W": left.gross_wal},
        **{"FORMA_PLATNOSCI": buyer["FORMA_PLATNOSCI"], "CZY_KOREKTA": int(how.kind == CORRECTION)},
    )
    for item in items:
        write_line(connection, item, document)
    return document


def _payer(connection: Connection, buyer: dict[str, Any], how: How) -> dict[str, Any]:
    chosen = how.payer or buyer["ID_PLATNIKA"] or buyer["ID_KONTRAHENTA"]
    return contractor(connection, int(chosen))


def contractor(connection: Connection, contractor_id: int) -> dict[str, Any]:
    return row(connection, 'SELECT * FROM dbo."KONTRAHENT" WHERE "ID_KONTRAHENTA" = %s', contractor_id)


def write_line(connection: Connection, item: Item, document: int = 0) -> int:
    """A line of the trade document, of the item's WZ, or of both."""
    return insert(
        connection,
        "POZYCJA_DOKUMENTU_MAGAZYNOWEGO",
        **{"ID_DOK_HANDLOWEGO": document, "ID_DOK_MAGAZYNOWEGO": item.note, "ID_ARTYKULU": item.card},
        **{"ILOSC": item.quantity, "JEDNOSTKA": item.unit, "KOD_VAT": item.vat, "DATA": clarion(date.today())},
        **{"CENA_NETTO": item.prices.net, "CENA_BRUTTO": item.prices.gross},
        **{"CENA_NETTO_WAL": item.prices.net_wal, "CENA_BRUTTO_WAL": item.prices.gross_wal},
        **{"ID_POZ_ZAM": item.order_line, "ID_POZ_ZAM_ZAL": item.advance_of},
        **{"POZ_KOREKTY": int(bool(item.corrects)), "ID_POZ_ORYGINALNEJ": item.corrects or None},
    )


def write_note(connection: Connection, buyer: dict[str, Any]) -> int:
    """An empty WZ."""
    day = clarion(date.today())
    return insert(
        connection,
        "DOKUMENT_MAGAZYNOWY",
        **{"ID_MAGAZYNU": 1, "ID_KONTRAHENTA": buyer["ID_KONTRAHENTA"], "ID_TYPU": GOODS_ISSUE},
        **{"RODZAJ_DOKUMENTU": "WZ", "NUMER": number_of(connection, WAREHOUSE, GOODS_ISSUE, day), "DATA": day},
    )


def number_of(connection: Connection, document: int, kind: int, day: int) -> str:
    return str(row(connection, "SELECT numer FROM dbo.nadaj_numer(1, 1, %s, %s, %s)", document, kind, day)["numer"])
