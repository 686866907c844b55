"""Goods that go out and their invoices: of parts of orders, of several orders, of what was issued before, in advance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from wiadukt.demo.office.base import Connection, OfficeError, change, clarion, row, rows
from wiadukt.demo.office.documents import (
    ADVANCE,
    How,
    Item,
    Sums,
    contractor,
    grosz,
    prices_of,
    transport_of,
    write_document,
    write_line,
    write_note,
)
from wiadukt.demo.office.orders import lines as order_lines

HUNDRED = Decimal(100)
PRICES = ("CENA_NETTO", "CENA_BRUTTO")


def listed(connection: Connection, asked: str) -> list[dict[str, Any]]:
    return rows(
        connection,
        """SELECT d.*, DATE '1800-12-28' + d."TERMIN_PLAT" AS termin FROM dbo."DOKUMENT_HANDLOWY" d
        WHERE d."NUMER" ILIKE %s OR d."KONTRAHENT_NAZWA" ILIKE %s
        ORDER BY d."DATA_WYSTAWIENIA" DESC, d."ID_DOKUMENTU_HANDLOWEGO" DESC LIMIT 100""",
        f"%{asked}%",
        f"%{asked}%",
    )


def open_orders(connection: Connection, customer_id: int) -> list[dict[str, Any]]:
    """Orders of a contractor with something left to invoice."""
    return rows(
        connection,
        """SELECT z."ID_ZAMOWIENIA" AS id, z."NUMER" AS numer, sum(p."ZAMOWIONO" - p."ZREALIZOWANO") AS zostalo
        FROM dbo."ZAMOWIENIE" z JOIN dbo."POZYCJA_ZAMOWIENIA" p USING ("ID_ZAMOWIENIA")
        WHERE z."ID_KONTRAHENTA" = %s AND z."STATUS_ZAM" <> 'A' AND z."STAN_REALIZ" <> 'Z' GROUP BY 1, 2
        HAVING sum(p."ZAMOWIONO" - p."ZREALIZOWANO") > 0 ORDER BY 1""",
        customer_id,
    )


def open_notes(connection: Connection, customer_id: int) -> list[dict[str, Any]]:
    """Goods of a contractor that went out and are on no invoice."""
    return rows(
        connection,
        """SELECT d."ID_DOK_MAGAZYNOWEGO" AS id, d."NUMER" AS numer, sum(p."ILOSC" * p."CENA_BRUTTO") AS brutto
        FROM dbo."DOKUMENT_MAGAZYNOWY" d JOIN dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" p USING ("ID_DOK_MAGAZYNOWEGO")
        WHERE d."ID_KONTRAHENTA" = %s AND coalesce(d."ID_DOKUMENTU_HANDLOWEGO", 0) = 0
        AND coalesce(p."ID_DOK_HANDLOWEGO", 0) = 0 GROUP BY 1, 2 ORDER BY 1""",
        customer_id,
    )


def issue_for_orders(connection: Connection, order_ids: list[int], days: int, how: How | None = None) -> int:
    """One invoice for everything left of these orders."""
    wanted = {line["ID_POZYCJI_ZAMOWIENIA"]: line["zostalo"] for line in order_lines(connection, order_ids)}
    return issue(connection, order_ids, wanted, days, how)


def issue(
    connection: Connection, order_ids: list[int], wanted: dict[Any, Decimal], days: int, how: How | None = None
) -> int:
    """An invoice with its WZ for these quantities by order line. Returns its id."""
    how = how or How(days=days)
    buyer, chosen = _buyer_of(connection, order_ids), _chosen(connection, order_ids, wanted)
    note = write_note(connection, buyer)
    items = [_item(line, quantity, how, note) for line, quantity in chosen] + transport_of(connection, how)
    more: dict[str, Any] = {}
    if how.final:
        advances = advances_of(connection, order_ids)
        if not advances:
            raise OfficeError("Faktura końcowa: zamówienie nie ma nierozliczonych faktur zaliczkowych.")
        if {one["SYM_WAL"].strip() for one in advances} != {how.currency}:
            raise OfficeError("Waluta: faktura końcowa jest w walucie swoich zaliczek.")
        ids = [int(one["ID_DOKUMENTU_HANDLOWEGO"]) for one in advances]
        more = {"charged": _sum_of(advances), "ID_FZAL_ORG": ids[0], "ID_FZAL_OST": ids[-1]}
    invoice = write_document(connection, buyer, items, how, **more)
    change(connection, "DOKUMENT_MAGAZYNOWY", note, ID_DOKUMENTU_HANDLOWEGO=invoice)
    _gone_out(connection, order_ids, chosen)
    return invoice


def deliver(connection: Connection, order_ids: list[int], wanted: dict[Any, Decimal]) -> int:
    """A WZ alone: the goods go out today and are invoiced another day. Returns its id."""
    buyer, chosen = _buyer_of(connection, order_ids), _chosen(connection, order_ids, wanted)
    note = write_note(connection, buyer)
    for line, quantity in chosen:
        write_line(connection, _item(line, quantity, How(), note))
    _gone_out(connection, order_ids, chosen)
    return note


def issue_for_notes(connection: Connection, note_ids: list[int], days: int, how: How | None = None) -> int:
    """One invoice for these WZ, all of one buyer; its lines know only their WZ. Returns its id."""
    how = how or How(days=days)
    found = rows(
        connection,
        """SELECT p.*, d."ID_KONTRAHENTA" AS kontrahent FROM dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" p
        JOIN dbo."DOKUMENT_MAGAZYNOWY" d USING ("ID_DOK_MAGAZYNOWEGO") WHERE "ID_DOK_MAGAZYNOWEGO" = ANY(%s)
        AND coalesce(d."ID_DOKUMENTU_HANDLOWEGO", 0) = 0 AND coalesce(p."ID_DOK_HANDLOWEGO", 0) = 0""",
        note_ids,
    )
    buyers = {int(one["kontrahent"]) for one in found}
    if len(buyers) != 1:
        raise OfficeError("WZ: zaznacz przynajmniej jedną, wszystkie jednego kontrahenta i bez faktury.")
    for one in found:
        prices = prices_of(one["CENA_NETTO"], one["CENA_BRUTTO"], how)
        values = {"CENA_NETTO_WAL": prices.net_wal, "CENA_BRUTTO_WAL": prices.gross_wal}
        change(connection, "POZYCJA_DOKUMENTU_MAGAZYNOWEGO", one["ID_POZ_DOK_MAG"], **values)
    items = [_priced(one, one["ILOSC"], how) for one in found]
    transport = transport_of(connection, how)
    buyer = contractor(connection, buyers.pop())
    invoice = write_document(connection, buyer, transport, how, standing=items)
    for note in {int(one["ID_DOK_MAGAZYNOWEGO"]) for one in found}:
        change(connection, "DOKUMENT_MAGAZYNOWY", note, ID_DOKUMENTU_HANDLOWEGO=invoice)
    return invoice


def issue_advance(connection: Connection, order_id: int, percent: Decimal, how: How | None = None) -> int:
    """An advance invoice for so many percent of an order; a second one goes on from the first. Returns its id."""
    if not 0 < percent <= HUNDRED:
        raise OfficeError("Zaliczka: wpisz procent od 1 do 100.")
    how = how or How(days=7, kind=ADVANCE)
    buyer, before = _buyer_of(connection, [order_id]), advances_of(connection, [order_id])
    items = []
    for line in order_lines(connection, [order_id]):
        value = {name: grosz(line["ZAMOWIONO"] * line[name] * percent / HUNDRED) for name in PRICES}
        item = _priced(line | value, Decimal(1), how)
        items.append(replace(item, advance_of=int(line["ID_POZYCJI_ZAMOWIENIA"])))
    first = {"ID_FZAL_ORG": before[0]["ID_DOKUMENTU_HANDLOWEGO"]} if before else {}
    return write_document(connection, buyer, items, how, **first)


def advances_of(connection: Connection, order_ids: list[int]) -> list[dict[str, Any]]:
    """Advance invoices of these orders that no final invoice has taken off, from the first."""
    return rows(
        connection,
        """SELECT d.* FROM dbo."DOKUMENT_HANDLOWY" d WHERE d."ID_TYPU" = %s AND EXISTS (
            SELECT 1 FROM dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" p JOIN dbo."POZYCJA_ZAMOWIENIA" z
            ON z."ID_POZYCJI_ZAMOWIENIA" = p."ID_POZ_ZAM_ZAL"
            WHERE p."ID_DOK_HANDLOWEGO" = d."ID_DOKUMENTU_HANDLOWEGO" AND z."ID_ZAMOWIENIA" = ANY(%s))
        AND NOT EXISTS (SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" k WHERE k."ID_TYPU" <> d."ID_TYPU"
            AND k."ID_FZAL_ORG" IN (d."ID_DOKUMENTU_HANDLOWEGO", d."ID_FZAL_ORG"))
        ORDER BY d."ID_DOKUMENTU_HANDLOWEGO" """,
        ADVANCE,
        order_ids,
    )


def _sum_of(advances: list[dict[str, Any]]) -> Sums:
    names = ("WARTOSC_NETTO", "WARTOSC_BRUTTO", "WARTOSC_NETTO_WAL", "WARTOSC_BRUTTO_WAL")
    return Sums(*(sum((one[name] for one in advances), Decimal(0)) for name in names))


def _buyer_of(connection: Connection, order_ids: list[int]) -> dict[str, Any]:
    query = """SELECT k.* FROM dbo."KONTRAHENT" k JOIN dbo."ZAMOWIENIE" z USING ("ID_KONTRAHENTA")
        WHERE z."ID_ZAMOWIENIA" = %s"""
    return row(connection, query, order_ids[0])


def _chosen(
    connection: Connection, order_ids: list[int], wanted: dict[Any, Decimal]
) -> list[tuple[dict[str, Any], Decimal]]:
    chosen = []
    for line in order_lines(connection, order_ids):
        quantity = Decimal(wanted.get(line["ID_POZYCJI_ZAMOWIENIA"], 0))
        if quantity < 0 or quantity > line["zostalo"]:
            raise OfficeError(f"Ilość {line['indeks']}: można zafakturować od 0 do {line['zostalo'].normalize():f}.")
        if quantity:
            chosen.append((line, quantity))
    if not chosen:
        raise OfficeError("Ilość: wpisz przynajmniej jedną większą od zera.")
    return chosen


def _item(line: dict[str, Any], quantity: Decimal, how: How, note: int) -> Item:
    """A line of a document for so much of an order's line."""
    return replace(_priced(line, quantity, how), order_line=int(line["ID_POZYCJI_ZAMOWIENIA"]), note=note)


def _priced(line: dict[str, Any], quantity: Decimal, how: How) -> Item:
    prices = prices_of(line["CENA_NETTO"], line["CENA_BRUTTO"], how)
    return Item(int(line["ID_ARTYKULU"]), line["JEDNOSTKA"], line["KOD_VAT"], quantity, prices)


def _gone_out(connection: Connection, order_ids: list[int], chosen: list[tuple[dict[str, Any], Decimal]]) -> None:
    """Orders and stock follow what went out; an order with nothing left is finished."""
    for line, quantity in chosen:
        connection.execute(
            """UPDATE dbo."POZYCJA_ZAMOWIENIA" SET "ZREALIZOWANO" = "ZREALIZOWANO" + %s,
            "ZAREZERWOWANO" = greatest(0, "ZAREZERWOWANO" - %s) WHERE "ID_POZYCJI_ZAMOWIENIA" = %s""",
            [quantity, quantity, line["ID_POZYCJI_ZAMOWIENIA"]],
        )
        connection.execute(
            """UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" - %s, "ZAREZERWOWANO" = greatest(0, "ZAREZERWOWANO" - %s)
            WHERE "ID_ARTYKULU" = %s""",
            [quantity * line["PRZELICZNIK"], quantity * line["PRZELICZNIK"], line["ID_ARTYKULU"]],
        )
    for order_id in order_ids:
        connection.execute(
            """UPDATE dbo."ZAMOWIENIE" SET "STAN_REALIZ" = 'Z' WHERE "ID_ZAMOWIENIA" = %s AND NOT EXISTS (
            SELECT 1 FROM dbo."POZYCJA_ZAMOWIENIA" p WHERE p."ID_ZAMOWIENIA" = %s AND p."ZREALIZOWANO" < p."ZAMOWIONO")""",
            [order_id, order_id],
        )


def set_due(connection: Connection, invoice_id: int, due: date) -> None:
    """Moves the due date, on the document and on its settlement."""
    connection.execute(
        'UPDATE dbo."DOKUMENT_HANDLOWY" SET "TERMIN_PLAT" = %s WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s',
        [clarion(due), invoice_id],
    )
    connection.execute(
        """UPDATE dbo."ROZRACHUNEK" SET "TERMIN_PLATNOSCI" = %s WHERE "TYP_DOK" = 'h' AND "ID_NAG_DOK_M" = %s""",
        [clarion(due), invoice_id],
    )
