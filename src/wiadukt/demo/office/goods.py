"""Articles by catalogue index, over their cards: flag, block, name, stock, price."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wiadukt.demo.office.base import Connection, OfficeError, day_of, rows

LEVELS = {1: "Detaliczna", 2: "Hurtowa", 3: "Partner"}


def listed(connection: Connection, asked: str) -> list[dict[str, Any]]:
    return rows(
        connection,
        """SELECT "INDEKS_KATALOGOWY" AS indeks, min("NAZWA_CALA") AS nazwa, sum("STAN") FILTER (WHERE "ID_MAGAZYNU" = 1) AS mg,
            sum("STAN") FILTER (WHERE "ID_MAGAZYNU" = 2) AS hf, sum("ZAREZERWOWANO") AS rezerwacje,
            max("DOSTEPNY_W_SKLEPIE_INTER") AS flaga, max("ZABLOKOWANY") AS zablokowany
        FROM dbo."ARTYKUL" WHERE "INDEKS_KATALOGOWY" ILIKE %s OR "NAZWA_CALA" ILIKE %s
        GROUP BY 1 ORDER BY 1 LIMIT 100""",
        f"%{asked}%",
        f"%{asked}%",
    )


def card(connection: Connection, index: str) -> dict[str, Any]:
    cards = rows(
        connection,
        """SELECT a.*, m."SYMBOL" FROM dbo."ARTYKUL" a JOIN dbo."MAGAZYN" m ON m."ID_MAGAZYNU" = a."ID_MAGAZYNU"
        WHERE a."INDEKS_KATALOGOWY" = %s ORDER BY a."ID_MAGAZYNU" """,
        index,
    )
    if not cards:
        raise OfficeError(f"Nie ma artykułu {index}: sprawdź indeks.")
    prices = rows(
        connection,
        'SELECT "ID_CENY", "CENA_NETTO" FROM dbo."CENA_ARTYKULU" WHERE "ID_ARTYKULU" = %s ORDER BY 1',
        cards[0]["ID_ARTYKULU"],
    )
    main = cards[0]
    days = {"first_day": day_of(main["PROMOCJA_OD"]), "last_day": day_of(main["PROMOCJA_DO"])}
    return {"index": index, "cards": cards, "prices": prices, "levels": LEVELS, "main": main, **days}


def set_flag(connection: Connection, index: str, on: bool) -> None:
    _set(connection, index, "DOSTEPNY_W_SKLEPIE_INTER", int(on))


def set_blocked(connection: Connection, index: str, on: bool) -> None:
    _set(connection, index, "ZABLOKOWANY", int(on))


def _set(connection: Connection, index: str, column: str, value: int) -> None:
    statement = f'UPDATE dbo."ARTYKUL" SET "{column}" = %s WHERE "INDEKS_KATALOGOWY" = %s'
    connection.execute(statement.encode(), [value, index])


def save(
    connection: Connection, index: str, *, name: str, stock: dict[int, Decimal], prices: dict[int, Decimal]
) -> None:
    """Name on every card, stock by warehouse, net price by level on every card; gross follows from VAT."""
    connection.execute(
        'UPDATE dbo."ARTYKUL" SET "NAZWA_CALA" = %s, "NAZWA" = %s WHERE "INDEKS_KATALOGOWY" = %s',
        [name[:100], name[:40], index],
    )
    for warehouse, quantity in stock.items():
        if quantity < 0:
            raise OfficeError("Stan: wpisz liczbę od zera w górę.")
        connection.execute(
            'UPDATE dbo."ARTYKUL" SET "STAN" = %s WHERE "INDEKS_KATALOGOWY" = %s AND "ID_MAGAZYNU" = %s',
            [quantity, index, warehouse],
        )
    for level, net in prices.items():
        connection.execute(
            """UPDATE dbo."CENA_ARTYKULU" c SET "CENA_NETTO" = %s, "CENA_BRUTTO" = round(%s * (1 + v."STAWKA" / 100), 2)
            FROM dbo."ARTYKUL" a JOIN dbo."STAWKA_VAT" v ON v."KOD_VAT" = a."VAT_SPRZEDAZY"
            WHERE a."ID_ARTYKULU" = c."ID_ARTYKULU" AND a."INDEKS_KATALOGOWY" = %s AND c."ID_CENY" = %s""",
            [net, net, index, level],
        )
