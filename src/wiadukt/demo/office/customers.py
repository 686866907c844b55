"""Contractors: list, card, the flag for the shop, the block, trade terms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wiadukt.demo.office import terms
from wiadukt.demo.office.address_book import BOOKS
from wiadukt.demo.office.address_book import listed as listed_in
from wiadukt.demo.office.base import Connection, row, rows


def listed(connection: Connection, asked: str) -> list[dict[str, Any]]:
    return rows(
        connection,
        """SELECT k.*, (SELECT count(*) FROM dbo."KONTAKT" c WHERE c."ID_KONTRAHENTA" = k."ID_KONTRAHENTA") AS osoby,
            (SELECT count(*) FROM dbo."MIEJSCE_DOSTAWY" m WHERE m."ID_KONTRAHENTA" = k."ID_KONTRAHENTA") AS miejsca
        FROM dbo."KONTRAHENT" k WHERE k."NAZWA" ILIKE %s OR k."NIP" ILIKE %s ORDER BY k."NAZWA" LIMIT 200""",
        f"%{asked}%",
        f"%{asked}%",
    )


def card(connection: Connection, customer_id: int) -> dict[str, Any]:
    return {
        "customer": row(connection, 'SELECT * FROM dbo."KONTRAHENT" WHERE "ID_KONTRAHENTA" = %s', customer_id),
        **terms.of_customer(connection, customer_id),
        "books": {name: (book, listed_in(connection, book, customer_id)) for name, book in BOOKS.items()},
    }


def set_flag(connection: Connection, customer_id: int, on: bool) -> None:
    connection.execute(
        'UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = %s WHERE "ID_KONTRAHENTA" = %s', [int(on), customer_id]
    )


def set_blocked(connection: Connection, customer_id: int, on: bool) -> None:
    connection.execute(
        'UPDATE dbo."KONTRAHENT" SET "ZABLOKOWANY" = %s WHERE "ID_KONTRAHENTA" = %s', [int(on), customer_id]
    )


def save(
    connection: Connection, customer_id: int, *, name: str, street: str, code: str, city: str, discount: Decimal
) -> None:
    """A discount is kept negative, as WAPRO does."""
    connection.execute(
        """UPDATE dbo."KONTRAHENT" SET "NAZWA" = %s, "ULICA_LOKAL" = %s, "KOD_POCZTOWY" = %s, "MIEJSCOWOSC" = %s,
        "DOMYSLNY_RABAT" = %s WHERE "ID_KONTRAHENTA" = %s""",
        [name[:50], street[:50], code[:20], city[:50], -abs(discount), customer_id],
    )
