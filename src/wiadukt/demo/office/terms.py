"""Terms of trade: a contractor's terms and price list, an article's promotion, groups and thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from wiadukt.demo.office.base import Connection, OfficeError, clarion, rows

MODES = {1: "stała cena", 2: "upust", 0: "bez ceny"}
BLOCKING = {0: "nic", 1: "ostrzeżenie", 2: "wstrzymanie"}


def of_customer(connection: Connection, customer_id: int) -> dict[str, Any]:
    """What the contractor's card shows beside the address."""
    found = rows(
        connection,
        """SELECT c.*, a."INDEKS_KATALOGOWY" FROM dbo."CENNIK_KONTRAHENTA" c
        JOIN dbo."ARTYKUL" a ON a."ID_ARTYKULU" = c."ID_ARTYKULU" WHERE c."ID_KONTRAHENTA" = %s ORDER BY 1""",
        customer_id,
    )
    return {"price_list": found, "groups": groups(connection), "modes": MODES, "blocking": BLOCKING}


def groups(connection: Connection) -> list[dict[str, Any]]:
    return rows(connection, 'SELECT * FROM dbo."GRUPA_KONTRAHENTA" ORDER BY "ID_GRUPY"')


def save(connection: Connection, customer_id: int, form: Mapping[str, str]) -> None:
    connection.execute(
        """UPDATE dbo."KONTRAHENT" SET "ID_GRUPY" = %s, "FORMA_PLATNOSCI" = %s, "TERMIN_NALEZNOSCI" = %s,
        "LIMIT_KUPIECKI" = %s, "DNI_PO_TERMINIE" = %s, "BLOKOWANIE" = %s, "PODLEGA_PROMOCJI" = %s
        WHERE "ID_KONTRAHENTA" = %s""",
        [
            int(form["group"]) or None,
            form.get("payment", "")[:50],
            _whole(form, "days", "Termin płatności"),
            number(form.get("limit", "0"), "Limit kupiecki"),
            _whole(form, "late", "Dni po terminie"),
            int(form["blocking"]),
            int("promotions" in form),
            customer_id,
        ],
    )


def add_price(connection: Connection, customer_id: int, form: Mapping[str, str]) -> None:
    """A row of the contractor's price list. Gross follows by VAT. A currency that is not PLN is kept as it is."""
    index, mode = form.get("index", "").strip(), int(form["mode"])
    cards = rows(
        connection,
        """SELECT a."ID_ARTYKULU", a."NAZWA_CALA", a."VAT_SPRZEDAZY" FROM dbo."ARTYKUL" a
        WHERE a."INDEKS_KATALOGOWY" = %s AND a."ID_MAGAZYNU" = 1""",
        index,
    )
    if not cards:
        raise OfficeError(f"Indeks: artykułu {index} nie ma w magazynie głównym. Sprawdź indeks.")
    value = number(form.get("value", ""), "Cena lub upust")
    net, discount = (value, 0) if mode == 1 else (Decimal(0), value)
    connection.execute(
        """INSERT INTO dbo."CENNIK_KONTRAHENTA" ("ID_KONTRAHENTA", "ID_ARTYKULU", "INDEKS", "NAZWA_ARTYKULU", "TRYB", "SYM_WAL",
        "CENA_NETTO", "CENA_BRUTTO", "UPUST") VALUES (%s, %s, %s, %s, %s, %s, %s, dbo."JL_Func_ObliczBrutto"(%s, %s), %s)""",
        [
            customer_id,
            cards[0]["ID_ARTYKULU"],
            index,
            cards[0]["NAZWA_CALA"],
            mode,
            form.get("currency", "PLN")[:3].upper() or "PLN",
            net,
            net,
            cards[0]["VAT_SPRZEDAZY"],
            discount,
        ],
    )


def remove_price(connection: Connection, customer_id: int, key: int) -> None:
    connection.execute(
        'DELETE FROM dbo."CENNIK_KONTRAHENTA" WHERE "ID_CENNIK_KONTRAHENTA" = %s AND "ID_KONTRAHENTA" = %s',
        [key, customer_id],
    )


def promote(connection: Connection, index: str, form: Mapping[str, str]) -> None:
    """The promotion of all cards of an article; no price and no percent ends it. Days may be empty."""
    net = number(form.get("net") or "0", "Cena promocyjna netto")
    connection.execute(
        """UPDATE dbo."ARTYKUL" SET "CENA_PROMOCJI_N" = %s, "CENA_PROMOCJI_B" = dbo."JL_Func_ObliczBrutto"(%s, "VAT_SPRZEDAZY"),
        "PROMOCJA_RABAT" = %s, "PROMOCJA_OD" = %s, "PROMOCJA_DO" = %s, "PODLEGA_RABATOWANIU" = %s, "WYLACZ_CENY_IND" = %s
        WHERE "INDEKS_KATALOGOWY" = %s""",
        [
            net,
            net,
            number(form.get("percent") or "0", "Rabat promocji"),
            _day(form, "first", "Promocja od"),
            _day(form, "last", "Promocja do"),
            int("discountable" in form),
            "T" if "no_individual" in form else None,
            index,
        ],
    )


def thresholds(connection: Connection) -> list[dict[str, Any]]:
    return rows(connection, 'SELECT "PROG", "RABAT" FROM dbo."PROGI_RABATOWE" WHERE "ID_FIRMY" = 1 ORDER BY "PROG"')


def save_thresholds(connection: Connection, values: list[str], percents: list[str]) -> None:
    """All thresholds anew; a pair with an empty value is left out."""
    connection.execute('DELETE FROM dbo."PROGI_RABATOWE" WHERE "ID_FIRMY" = 1')
    for value, percent in zip(values, percents, strict=True):
        if value.strip():
            connection.execute(
                'INSERT INTO dbo."PROGI_RABATOWE" ("ID_FIRMY", "PROG", "RABAT") VALUES (1, %s, %s)',
                [number(value, "Próg"), number(percent, "Rabat")],
            )


def save_group(connection: Connection, group_id: int, form: Mapping[str, str]) -> None:
    connection.execute(
        'UPDATE dbo."GRUPA_KONTRAHENTA" SET "ID_CENY" = %s, "NARZUT" = %s WHERE "ID_GRUPY" = %s',
        [int(form["level"]) or None, number(form.get("markup") or "0", "Narzut"), group_id],
    )


def number(text: str, field: str) -> Decimal:
    """Raises OfficeError that names the field."""
    try:
        return Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        raise OfficeError(f"{field}: „{text}” nie jest liczbą. Wpisz na przykład 12,50.") from None


def _whole(form: Mapping[str, str], name: str, field: str) -> int:
    value = number(form.get(name) or "0", field)
    if value != int(value) or value < 0:
        raise OfficeError(f"{field}: wpisz liczbę całkowitą od zera w górę.")
    return int(value)


def _day(form: Mapping[str, str], name: str, field: str) -> int | None:
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        return clarion(date.fromisoformat(text))
    except ValueError:
        raise OfficeError(f"{field}: „{text}” nie jest datą. Wpisz na przykład 2026-11-30.") from None
