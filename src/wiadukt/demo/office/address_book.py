"""What hangs on a contractor: people (KONTAKT) and delivery places (MIEJSCE_DOSTAWY): put in, changed, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from wiadukt.demo.office.base import Connection, OfficeError, rows


@dataclass(frozen=True)
class Field:
    """One column of the form: its label, its length in WAPRO, and whether it must be filled."""

    column: str
    label: str
    length: int
    required: bool = False


@dataclass(frozen=True)
class Book:
    """One table that hangs on the contractor. `constant`: what the office does not ask for but WAPRO wants."""

    table: str
    key: str
    fields: tuple[Field, ...]
    constant: Mapping[str, int]


CONTACTS = Book(
    "KONTAKT",
    "ID_KONTAKTU",
    (
        Field("IMIE", "Imię", 50, required=True),
        Field("NAZWISKO", "Nazwisko", 50, required=True),
        Field("STANOWISKO", "Stanowisko", 50),
        Field("E_MAIL", "E-mail", 255),
        Field("TEL_KOM", "Telefon", 50),
    ),
    {},
)
PLACES = Book(
    "MIEJSCE_DOSTAWY",
    "ID_MIEJSCA_DOSTAWY",
    (
        Field("FIRMA", "Nazwa", 100, required=True),
        Field("ODBIORCA", "Odbiorca", 50),
        Field("ULICA_LOKAL", "Ulica", 50),
        Field("KOD_POCZTOWY", "Kod", 20),
        Field("MIEJSCOWOSC", "Miasto", 50),
        Field("TEL", "Telefon", 20),
        Field("OPIS", "Uwagi", 500),
    ),
    {"TYP_ADRESU": 0},
)
BOOKS = {"contacts": CONTACTS, "places": PLACES}
EVERYTHING = sql.SQL("SELECT * FROM dbo.{} WHERE {} = %s ORDER BY {}")


def listed(connection: Connection, book: Book, customer_id: int) -> list[dict[str, Any]]:
    query = EVERYTHING.format(*map(sql.Identifier, (book.table, "ID_KONTRAHENTA", book.key)))
    return rows(connection, query.as_string(connection), customer_id)


def save(connection: Connection, book: Book, customer_id: int, key: int | None, form: Mapping[str, str]) -> None:
    """A new row without `key`. Raises OfficeError that names the field which is empty or too long."""
    values = {field.column: checked(field, form.get(field.column, "")) for field in book.fields}
    if key is None:
        values |= {"ID_KONTRAHENTA": customer_id} | dict(book.constant)
        statement = sql.SQL("INSERT INTO dbo.{} ({}) VALUES ({})").format(
            sql.Identifier(book.table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(sql.Placeholder() * len(values)),
        )
        connection.execute(statement, list(values.values()))
        return
    statement = sql.SQL("UPDATE dbo.{} SET {} WHERE {} = %s AND {} = %s").format(
        sql.Identifier(book.table),
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in values),
        sql.Identifier(book.key),
        sql.Identifier("ID_KONTRAHENTA"),
    )
    connection.execute(statement, [*values.values(), key, customer_id])


def remove(connection: Connection, book: Book, customer_id: int, key: int) -> None:
    statement = sql.SQL("DELETE FROM dbo.{} WHERE {} = %s AND {} = %s").format(
        *map(sql.Identifier, (book.table, book.key, "ID_KONTRAHENTA"))
    )
    connection.execute(statement, [key, customer_id])


def checked(field: Field, value: str) -> str:
    value = value.strip()
    if field.required and not value:
        raise OfficeError(f"{field.label}: wpisz, nie może być puste.")
    if len(value) > field.length:
        raise OfficeError(f"{field.label}: najwyżej {field.length} znaków, jest {len(value)}. Skróć.")
    return value
