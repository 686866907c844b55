"""Customer orders: lines, status and parcel."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wiadukt.demo.office.base import Connection, OfficeError, row, rows
from wiadukt.demo.office.terms import number

OFFICE_USER = 3000002
SHIPPED = "W"
MOST = 99_999


def listed(connection: Connection, asked: str) -> list[dict[str, Any]]:
    return rows(
        connection,
        """SELECT z.*, k."NAZWA" AS nazwa FROM dbo."ZAMOWIENIE" z JOIN dbo."KONTRAHENT" k USING ("ID_KONTRAHENTA")
        WHERE z."TYP" = 1 AND (z."NUMER" ILIKE %s OR z."NR_ZAMOWIENIA_KLIENTA" ILIKE %s OR k."NAZWA" ILIKE %s)
        ORDER BY z."DATA" DESC, z."ID_ZAMOWIENIA" DESC LIMIT 100""",
        *[f"%{asked}%"] * 3,
    )


def card(connection: Connection, order_id: int) -> dict[str, Any]:
    query = """SELECT z.*, k."NAZWA" AS nazwa FROM dbo."ZAMOWIENIE" z JOIN dbo."KONTRAHENT" k USING ("ID_KONTRAHENTA")
        WHERE "ID_ZAMOWIENIA" = %s"""
    return {
        "order": row(connection, query, order_id),
        "lines": lines(connection, [order_id]),
        "place": rows(
            connection,
            """SELECT m.* FROM dbo."DOSTAWA" d JOIN dbo."MIEJSCE_DOSTAWY" m USING ("ID_MIEJSCA_DOSTAWY")
            WHERE d."ID_ZAMOWIENIA" = %s""",
            order_id,
        ),
        "statuses": rows(connection, 'SELECT * FROM dbo."MAG_SLOWNIK_STATUSOW_DOKUMENTOW" ORDER BY "ID_STATUSU"'),
        "carriers": rows(connection, 'SELECT * FROM dbo."MAG_OPERATOR_PRZESYLKI" ORDER BY 1'),
        "invoices": rows(
            connection,
            """SELECT DISTINCT d."ID_DOKUMENTU_HANDLOWEGO" AS id, d."NUMER" AS numer FROM dbo."DOKUMENT_HANDLOWY" d
            JOIN dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" p ON p."ID_DOK_HANDLOWEGO" = d."ID_DOKUMENTU_HANDLOWEGO"
            OR p."ID_DOK_MAGAZYNOWEGO" IN (SELECT w."ID_DOK_MAGAZYNOWEGO" FROM dbo."DOKUMENT_MAGAZYNOWY" w
                WHERE w."ID_DOKUMENTU_HANDLOWEGO" = d."ID_DOKUMENTU_HANDLOWEGO")
            JOIN dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" c ON c."ID_POZ_DOK_MAG" IN (p."ID_POZ_DOK_MAG", p."ID_POZ_ORYGINALNEJ")
            JOIN dbo."POZYCJA_ZAMOWIENIA" z ON z."ID_POZYCJI_ZAMOWIENIA" IN (c."ID_POZ_ZAM", c."ID_POZ_ZAM_ZAL")
            WHERE z."ID_ZAMOWIENIA" = %s ORDER BY 1""",
            order_id,
        ),
    }


def lines(connection: Connection, order_ids: list[int]) -> list[dict[str, Any]]:
    return rows(
        connection,
        """SELECT p.*, a."INDEKS_KATALOGOWY" AS indeks, a."NAZWA_CALA" AS nazwa, z."NUMER" AS zamowienie,
            p."ZAMOWIONO" - p."ZREALIZOWANO" AS zostalo
        FROM dbo."POZYCJA_ZAMOWIENIA" p JOIN dbo."ARTYKUL" a USING ("ID_ARTYKULU")
        JOIN dbo."ZAMOWIENIE" z ON z."ID_ZAMOWIENIA" = p."ID_ZAMOWIENIA"
        WHERE p."ID_ZAMOWIENIA" = ANY(%s) ORDER BY p."ID_POZYCJI_ZAMOWIENIA" """,
        order_ids,
    )


def set_status(connection: Connection, order_id: int, letter: str) -> None:
    connection.execute(
        """SELECT * FROM dbo."RM_UstawStanZamowien"("id_zamowienia" => %s, "id_sesji" => %s, "tryb_inf_realiz" => 0,
        "status_zam" => %s)""",
        [order_id, OFFICE_USER, letter or " "],
    )


def ship(connection: Connection, order_id: int, parcel: str, carrier: int) -> None:
    if not parcel.strip():
        raise OfficeError("Numer przesyłki: wpisz numer z listu przewozowego.")
    connection.execute(
        'UPDATE dbo."ZAMOWIENIE" SET "NUMER_PRZESYLKI" = %s, "ID_OPERATORA_PRZESYLKI" = %s WHERE "ID_ZAMOWIENIA" = %s',
        [parcel.strip()[:50], carrier, order_id],
    )
    set_status(connection, order_id, SHIPPED)


def receive(connection: Connection, order_id: int) -> None:
    """Today, by the calendar of WAPRO."""
    connection.execute(
        """UPDATE dbo."DOSTAWA" SET "ODEBRANO" = 1, "DATA_ODBIORU" = current_date - date '1800-12-28'
        WHERE "ID_ZAMOWIENIA" = %s""",
        [order_id],
    )


def change_lines(connection: Connection, order_id: int, wanted: Mapping[int, tuple[str, str]]) -> None:
    """Other quantities and net prices, by line; quantity 0 takes the line out."""
    for line in lines(connection, [order_id]):
        quantity, net = wanted.get(int(line["ID_POZYCJI_ZAMOWIENIA"]), ("", ""))
        if quantity or net:
            _change_line(connection, line, _amount("Ilość", quantity), _amount("Cena netto", net))
    connection.execute('SELECT * FROM dbo."RM_SumujZamowienie"("id_zamowienia" => %s)', [order_id])


def _change_line(connection: Connection, line: dict[str, Any], quantity: Decimal, net: Decimal) -> None:
    if quantity < line["ZREALIZOWANO"]:
        raise OfficeError(f"Ilość {line['indeks']}: wydano już {line['ZREALIZOWANO']:f}, wpisz co najmniej tyle.")
    line_id = line["ID_POZYCJI_ZAMOWIENIA"]
    if not quantity:
        connection.execute('DELETE FROM dbo."POZYCJA_ZAMOWIENIA" WHERE "ID_POZYCJI_ZAMOWIENIA" = %s', [line_id])
        return
    is_repriced = net != line["CENA_NETTO"]
    gross = (net * line["CENA_BRUTTO"] / line["CENA_NETTO"]).quantize(Decimal("0.0001")) if line["CENA_NETTO"] else net
    connection.execute(
        """UPDATE dbo."POZYCJA_ZAMOWIENIA" SET "ZAMOWIONO" = %s, "CENA_NETTO" = %s, "CENA_BRUTTO" = %s, "ZNACZNIK_CENY" = %s
        WHERE "ID_POZYCJI_ZAMOWIENIA" = %s""",
        [
            quantity,
            net,
            gross if is_repriced else line["CENA_BRUTTO"],
            "m" if is_repriced else line["ZNACZNIK_CENY"],
            line_id,
        ],
    )


def _amount(field: str, text: str) -> Decimal:
    found = number(text.replace("\N{NO-BREAK SPACE}", ""), field)
    if not 0 <= found <= MOST:
        raise OfficeError(f"{field}: wpisz liczbę od 0 do {MOST}.")
    return found
