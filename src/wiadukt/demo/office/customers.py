"""Contractors: list, card, the flag for the shop, the block, trade terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from psycopg import sql

from wiadukt.demo.office import terms
from wiadukt.demo.office.address_book import BOOKS, Field, checked
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
        "fields": FIELDS,
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


FIELDS = (
    Field("NAZWA", "Nazwa", 50, required=True),
    Field("ULICA_LOKAL", "Ulica", 50),
    Field("KOD_POCZTOWY", "Kod", 20),
    Field("MIEJSCOWOSC", "Miasto", 50),
    Field("ULICA_LOKAL_KOR", "Ulica (koresp.)", 50),
    Field("KOD_POCZTOWY_KOR", "Kod (koresp.)", 20),
    Field("MIEJSCOWOSC_KOR", "Miasto (koresp.)", 50),
    Field("TELEFON_FIRMOWY", "Telefon", 20),
)


def save(connection: Connection, customer_id: int, form: Mapping[str, str], discount: Decimal) -> None:
    """The fields that the form has; a discount is kept negative, and the card notes who changed it, as in WAPRO."""
    values: dict[str, Any] = {f.column: checked(f, form[f.column]) for f in FIELDS if f.column in form}
    values |= {"DOMYSLNY_RABAT": -abs(discount), "KTO_POPRAWIL": f"Biuro {datetime.now():%d.%m.%Y %H:%M:%S}"}
    statement = sql.SQL('UPDATE dbo."KONTRAHENT" SET {} WHERE "ID_KONTRAHENTA" = %s').format(
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in values)
    )
    connection.execute(statement, [*values.values(), customer_id])


def set_open(connection: Connection, customer_id: int, on: bool) -> None:
    """As when somebody opens the card to edit it, and closes it again: meanwhile nobody else may write it."""
    user = 3000001 if on else 0
    connection.execute('UPDATE dbo."KONTRAHENT" SET "SEMAFOR" = %s WHERE "ID_KONTRAHENTA" = %s', [user, customer_id])


def anonymise(connection: Connection, customer_id: int) -> None:
    """Takes the personal data of a contractor away for ever, as the law lets a person ask."""
    connection.execute(
        """UPDATE dbo."KONTRAHENT" SET "NAZWA" = 'Zanonimizowany', "NAZWA_PELNA" = '', "NIP" = NULL, "ADRES_EMAIL" = NULL,
        "TELEFON_FIRMOWY" = NULL, "ULICA_LOKAL" = NULL, "ULICA_LOKAL_KOR" = NULL, "RODO_ZANONIMIZOWANY" = 1
        WHERE "ID_KONTRAHENTA" = %s""",
        [customer_id],
    )
    connection.execute('DELETE FROM dbo."KONTAKT" WHERE "ID_KONTRAHENTA" = %s', [customer_id])
