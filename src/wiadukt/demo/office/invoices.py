"""Invoices for parts of orders or for several orders, and part payments."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from wiadukt.demo.office.base import Connection, OfficeError, clarion, row, rows
from wiadukt.demo.office.orders import lines as order_lines

SALE, ISSUE, ORDERS, TRADE, WAREHOUSE = 1, 2, 2, 4, 3
GROSZ = Decimal("0.01")


def listed(connection: Connection, asked: str) -> list[dict[str, Any]]:
    return rows(
        connection,
        """SELECT d.*, DATE '1800-12-28' + d."TERMIN_PLAT" AS termin FROM dbo."DOKUMENT_HANDLOWY" d
        WHERE d."NUMER" ILIKE %s OR d."KONTRAHENT_NAZWA" ILIKE %s
        ORDER BY d."DATA_WYSTAWIENIA" DESC, d."ID_DOKUMENTU_HANDLOWEGO" DESC LIMIT 100""",
        f"%{asked}%",
        f"%{asked}%",
    )


def card(connection: Connection, invoice_id: int) -> dict[str, Any]:
    query = """SELECT d.*, DATE '1800-12-28' + d."TERMIN_PLAT" AS termin FROM dbo."DOKUMENT_HANDLOWY" d
        WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s"""
    return {
        "invoice": row(connection, query, invoice_id),
        "payments": rows(
            connection,
            """SELECT r.*, DATE '1800-12-28' + r."DATA_ROZLICZENIA" AS dzien FROM dbo."ROZLICZENIE" r
            JOIN dbo."ROZRACHUNEK" s ON s."ID_ROZRACHUNKU" = r."ID_ROZRACHUNKU"
            WHERE s."TYP_DOK" = 'h' AND s."ID_NAG_DOK_M" = %s ORDER BY r."ID_ROZLICZENIA" """,
            invoice_id,
        ),
    }


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


def issue_for_orders(connection: Connection, order_ids: list[int], days: int) -> int:
    """One invoice for everything left of these orders."""
    wanted = {line["ID_POZYCJI_ZAMOWIENIA"]: line["zostalo"] for line in order_lines(connection, order_ids)}
    return issue(connection, order_ids, wanted, days)


def issue(connection: Connection, order_ids: list[int], wanted: dict[Any, Decimal], days: int) -> int:
    """An invoice with its WZ and settlement for these quantities by order line. Returns its id."""
    chosen = []
    for line in order_lines(connection, order_ids):
        quantity = Decimal(wanted.get(line["ID_POZYCJI_ZAMOWIENIA"], 0))
        if quantity < 0 or quantity > line["zostalo"]:
            raise OfficeError(f"Ilość {line['indeks']}: można zafakturować od 0 do {line['zostalo'].normalize():f}.")
        if quantity:
            chosen.append((line, quantity))
    if not chosen:
        raise OfficeError("Ilość: wpisz przynajmniej jedną większą od zera.")
    buyer = row(
        connection,
        """SELECT k.* FROM dbo."KONTRAHENT" k JOIN dbo."ZAMOWIENIE" z USING ("ID_KONTRAHENTA")
        WHERE z."ID_ZAMOWIENIA" = %s""",
        order_ids[0],
    )
    net = sum(((q * line["CENA_NETTO"]).quantize(GROSZ) for line, q in chosen), Decimal(0))
    gross = sum(((q * line["CENA_BRUTTO"]).quantize(GROSZ) for line, q in chosen), Decimal(0))
    invoice_id = _header(connection, buyer, net, gross, days)
    _lines(connection, invoice_id, buyer, chosen)
    for order_id in order_ids:
        connection.execute(
            """UPDATE dbo."ZAMOWIENIE" SET "STAN_REALIZ" = 'Z' WHERE "ID_ZAMOWIENIA" = %s AND NOT EXISTS (
            SELECT 1 FROM dbo."POZYCJA_ZAMOWIENIA" p WHERE p."ID_ZAMOWIENIA" = %s AND p."ZREALIZOWANO" < p."ZAMOWIONO")""",
            [order_id, order_id],
        )
    return invoice_id


def _number(connection: Connection, document: int, kind: int, day: int) -> str:
    return str(row(connection, "SELECT numer FROM dbo.nadaj_numer(1, 1, %s, %s, %s)", document, kind, day)["numer"])


def _header(connection: Connection, buyer: dict[str, Any], net: Decimal, gross: Decimal, days: int) -> int:
    today = date.today()
    day, due = clarion(today), clarion(today + timedelta(days=days))
    number = _number(connection, TRADE, SALE, day)
    invoice_id = row(
        connection,
        """INSERT INTO dbo."DOKUMENT_HANDLOWY" ("ID_FIRMY", "ID_MAGAZYNU", "ID_TYPU", "NUMER", "DATA_WYSTAWIENIA",
        "DATA_SPRZEDAZY", "TERMIN_PLAT", "ID_KONTRAHENTA", "ID_PLATNIKA", "KONTRAHENT_NAZWA", "PLATNIK_NAZWA",
        "WARTOSC_NETTO", "WARTOSC_BRUTTO", "SYM_WAL", "POZOSTALO", "FORMA_PLATNOSCI", "ID_RACHUNKU")
        VALUES (1, 1, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'PLN', %s, %s, 1)
        RETURNING "ID_DOKUMENTU_HANDLOWEGO" AS id""",
        *[SALE, number, day, day, due, buyer["ID_KONTRAHENTA"], buyer["ID_PLATNIKA"] or buyer["ID_KONTRAHENTA"]],
        *[buyer["NAZWA"], buyer["NAZWA"], net, gross, gross, buyer["FORMA_PLATNOSCI"]],
    )["id"]
    connection.execute(
        """INSERT INTO dbo."ROZRACHUNEK" ("ID_FIRMY", "ID_KONTRAHENTA", "TYP_DOK", "ID_NAG_DOK_M", "NR_DOK", "DATA_DOK",
        "TERMIN_PLATNOSCI", "KWOTA", "POZOSTALO", "STRONA", "SYM_WALUTY", "FORMA_PLATNOSCI")
        VALUES (1, %s, 'h', %s, %s, %s, %s, %s, %s, 'WN', 'PLN', %s)""",
        [buyer["ID_KONTRAHENTA"], invoice_id, number, day, due, gross, gross, buyer["FORMA_PLATNOSCI"]],
    )
    return int(invoice_id)


def _lines(
    connection: Connection, invoice_id: int, buyer: dict[str, Any], chosen: list[tuple[dict[str, Any], Decimal]]
) -> None:
    day = clarion(date.today())
    issue_id = row(
        connection,
        """INSERT INTO dbo."DOKUMENT_MAGAZYNOWY" ("ID_MAGAZYNU", "ID_KONTRAHENTA", "ID_DOKUMENTU_HANDLOWEGO", "ID_TYPU",
        "RODZAJ_DOKUMENTU", "NUMER", "DATA") VALUES (1, %s, %s, %s, 'WZ', %s, %s) RETURNING "ID_DOK_MAGAZYNOWEGO" AS id""",
        *[buyer["ID_KONTRAHENTA"], invoice_id, ISSUE, _number(connection, WAREHOUSE, ISSUE, day), day],
    )["id"]
    for line, quantity in chosen:
        connection.execute(
            """INSERT INTO dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" ("ID_DOK_MAGAZYNOWEGO", "ID_DOK_HANDLOWEGO", "ID_ARTYKULU",
            "ILOSC", "JEDNOSTKA", "CENA_NETTO", "CENA_BRUTTO", "KOD_VAT", "DATA", "ID_POZ_ZAM")
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            [
                *(issue_id, invoice_id, line["ID_ARTYKULU"], quantity, line["JEDNOSTKA"], line["CENA_NETTO"]),
                *(line["CENA_BRUTTO"], line["KOD_VAT"], day, line["ID_POZYCJI_ZAMOWIENIA"]),
            ],
        )
        connection.execute(
            """UPDATE dbo."POZYCJA_ZAMOWIENIA" SET "ZREALIZOWANO" = "ZREALIZOWANO" + %s,
            "ZAREZERWOWANO" = greatest(0, "ZAREZERWOWANO" - %s) WHERE "ID_POZYCJI_ZAMOWIENIA" = %s""",
            [quantity, quantity, line["ID_POZYCJI_ZAMOWIENIA"]],
        )
        connection.execute(
            """UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" - %s, "ZAREZERWOWANO" = greatest(0, "ZAREZERWOWANO" - %s)
            WHERE "ID_ARTYKULU" = %s""",
            [quantity, quantity, line["ID_ARTYKULU"]],
        )


def pay(connection: Connection, invoice_id: int, amount: Decimal) -> None:
    """A part payment of today. More than what remains is refused."""
    invoice = row(
        connection, 'SELECT * FROM dbo."DOKUMENT_HANDLOWY" WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s FOR UPDATE', invoice_id
    )
    if amount <= 0 or amount > invoice["POZOSTALO"]:
        raise OfficeError(f"Kwota: wpisz od 0,01 do {invoice['POZOSTALO']:.2f}.")
    day = clarion(date.today())
    payment_id = row(
        connection,
        """INSERT INTO dbo."ROZRACHUNEK" ("ID_FIRMY", "ID_KONTRAHENTA", "TYP_DOK", "NR_DOK", "DATA_DOK", "TERMIN_PLATNOSCI",
        "KWOTA", "POZOSTALO", "STRONA", "SYM_WALUTY", "CZY_ROZLICZONY")
        VALUES (1, %s, 'f', 'WB', %s, %s, %s, 0, 'MA', 'PLN', 2) RETURNING "ID_ROZRACHUNKU" AS id""",
        *[invoice["ID_PLATNIKA"], day, day, amount],
    )["id"]
    settlement = row(
        connection,
        """UPDATE dbo."ROZRACHUNEK" SET "POZOSTALO" = "POZOSTALO" - %s, "DATA_OST_ROZL" = %s,
        "CZY_ROZLICZONY" = CASE WHEN "POZOSTALO" = %s THEN 2 ELSE 1 END
        WHERE "TYP_DOK" = 'h' AND "ID_NAG_DOK_M" = %s RETURNING "ID_ROZRACHUNKU" AS id""",
        *[amount, day, amount, invoice_id],
    )["id"]
    connection.execute(
        """INSERT INTO dbo."ROZLICZENIE" ("ID_ROZRACHUNKU", "ID_ROZRACHUNKU_ZWIAZEK", "KWOTA", "DATA_ROZLICZENIA", "STRONA")
        VALUES (%s, %s, %s, %s, 'WN')""",
        [settlement, payment_id, amount, day],
    )
    connection.execute(
        """UPDATE dbo."DOKUMENT_HANDLOWY" SET "RAZEM_ZAPLACONO" = "RAZEM_ZAPLACONO" + %s, "POZOSTALO" = "POZOSTALO" - %s,
        "ROZLICZONY" = CASE WHEN "POZOSTALO" = %s THEN 1 ELSE 0 END, "DATA_OST_ROZLICZENIA" = %s
        WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s""",
        [amount, amount, amount, day, invoice_id],
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
