"""Corrections of invoices: of a line, to zero, of several invoices at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wiadukt.demo.office.base import Connection, OfficeError, rows
from wiadukt.demo.office.documents import BASE_CURRENCY, CORRECTION, How, Item, Prices, contractor, write_document

OF = """coalesce(nullif(p."ID_DOK_HANDLOWEGO", 0), w."ID_DOKUMENTU_HANDLOWEGO")"""
LINES = f"""SELECT p.*, {OF} AS faktura, a."NAZWA_CALA" AS nazwa, p."ILOSC" + coalesce((SELECT sum(k."ILOSC")
    FROM dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" k WHERE k."ID_POZ_ORYGINALNEJ" = p."ID_POZ_DOK_MAG"), 0) AS jest,
    d."ID_KONTRAHENTA" AS kontrahent, d."ID_PLATNIKA" AS platnik, d."SYM_WAL" AS waluta
    FROM dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" p
    LEFT JOIN dbo."DOKUMENT_MAGAZYNOWY" w USING ("ID_DOK_MAGAZYNOWEGO")
    JOIN dbo."DOKUMENT_HANDLOWY" d ON d."ID_DOKUMENTU_HANDLOWEGO" = {OF}
    LEFT JOIN dbo."ARTYKUL" a USING ("ID_ARTYKULU") WHERE """


def lines_of(connection: Connection, invoice_ids: list[int]) -> list[dict[str, Any]]:
    """Lines of these invoices with the quantity after all corrections (`jest`)."""
    return rows(connection, LINES + f'{OF} = ANY(%s) ORDER BY p."ID_POZ_DOK_MAG"', invoice_ids)


def to_zero(connection: Connection, invoice_ids: list[int], days: int = 14) -> int:
    """One correction that takes back everything of these invoices."""
    lines = lines_of(connection, invoice_ids)
    return correct(connection, {int(one["ID_POZ_DOK_MAG"]): Decimal(0) for one in lines}, days)


def correct(connection: Connection, wanted: Mapping[int, Decimal], days: int = 14) -> int:
    """One correction by which these lines have these quantities; of one invoice or collective. Returns its id."""
    found = rows(connection, LINES + 'p."ID_POZ_DOK_MAG" = ANY(%s) ORDER BY 1', list(wanted))
    changed = [(one, wanted[int(one["ID_POZ_DOK_MAG"])] - one["jest"]) for one in found]
    changed = [(one, difference) for one, difference in changed if difference]
    if any(quantity < 0 for quantity in wanted.values()) or not changed:
        raise OfficeError("Ilość po korekcie: wpisz od zera, inną niż jest, w przynajmniej jednej pozycji.")
    if len({(one["kontrahent"], one["platnik"], one["waluta"]) for one, _difference in changed}) > 1:
        raise OfficeError("Korekta zbiorcza: wybierz faktury jednego nabywcy, płatnika i jednej waluty.")
    first, corrected = changed[0][0], {int(one["faktura"]) for one, _difference in changed}
    items = [_item(one, difference) for one, difference in changed]
    how = How(days, CORRECTION, payer=int(first["platnik"]), currency=(first["waluta"] or BASE_CURRENCY).strip())
    only = corrected.pop() if len(corrected) == 1 else None
    pointers = {"ID_DOK_ORYGINALNEGO": only, "ID_DOK_KORYGOWANEGO": only}
    return write_document(connection, contractor(connection, int(first["kontrahent"])), items, how, **pointers)


def _item(line: dict[str, Any], difference: Decimal) -> Item:
    prices = Prices(*(line[name] for name in ("CENA_NETTO", "CENA_BRUTTO", "CENA_NETTO_WAL", "CENA_BRUTTO_WAL")))
    corrects = int(line["ID_POZ_DOK_MAG"])
    return Item(int(line["ID_ARTYKULU"]), line["JEDNOSTKA"], line["KOD_VAT"], difference, prices, corrects=corrects)
