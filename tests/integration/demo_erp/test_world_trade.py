"""A year of trade: every sum can be computed again from its parts, and every shape of document is there."""

from __future__ import annotations

import re
from datetime import date

import pytest
from erp_calls import DAY_OF_WORLD

TODAY = (DAY_OF_WORLD - date(1800, 12, 28)).days
# The lines of every trade document: named by themselves, or through their warehouse document.
LINES = """WITH pozycje AS (
    SELECT p.*, coalesce(nullif(p."ID_DOK_HANDLOWEGO", 0), nullif(m."ID_DOKUMENTU_HANDLOWEGO", 0)) AS faktura
    FROM dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" p
    LEFT JOIN dbo."DOKUMENT_MAGAZYNOWY" m ON m."ID_DOK_MAGAZYNOWEGO" = p."ID_DOK_MAGAZYNOWEGO")
"""
# What must never be found, with why.
BROKEN = {
    "an order's value is not that of its lines": """
        SELECT z."NUMER" FROM dbo."ZAMOWIENIE" z JOIN dbo."POZYCJA_ZAMOWIENIA" p USING ("ID_ZAMOWIENIA")
        GROUP BY z."ID_ZAMOWIENIA" HAVING z."WARTOSC_NETTO" <> sum(round(p."ZAMOWIONO" * p."CENA_NETTO", 2))
        OR z."WARTOSC_BRUTTO" <> sum(round(p."ZAMOWIONO" * p."CENA_BRUTTO", 2))""",
    "an invoice's value is not that of its lines": f"""{LINES}
        SELECT d."NUMER" FROM dbo."DOKUMENT_HANDLOWY" d
        LEFT JOIN pozycje p ON p.faktura = d."ID_DOKUMENTU_HANDLOWEGO"
        GROUP BY d."ID_DOKUMENTU_HANDLOWEGO"
        HAVING d."WARTOSC_NETTO" IS DISTINCT FROM sum(round(p."ILOSC" * p."CENA_NETTO", 2))
        OR d."WARTOSC_BRUTTO" IS DISTINCT FROM sum(round(p."ILOSC" * p."CENA_BRUTTO", 2))""",
    "an invoice's remainder is not gross less payments": """
        SELECT d."NUMER" FROM dbo."DOKUMENT_HANDLOWY" d
        LEFT JOIN dbo."ROZRACHUNEK" r ON r."TYP_DOK" = 'h' AND r."ID_NAG_DOK_M" = d."ID_DOKUMENTU_HANDLOWEGO"
        LEFT JOIN dbo."ROZLICZENIE" z USING ("ID_ROZRACHUNKU") GROUP BY d."ID_DOKUMENTU_HANDLOWEGO"
        HAVING count(DISTINCT r."ID_ROZRACHUNKU") <> 1 OR d."RAZEM_ZAPLACONO" <> coalesce(sum(z."KWOTA"), 0)
        OR d."POZOSTALO" <> d."WARTOSC_BRUTTO" - d."RAZEM_ZAPLACONO"
        OR d."ROZLICZONY" <> (d."POZOSTALO" = 0)::int""",
    "a settlement differs from its document": """
        SELECT d."NUMER" FROM dbo."DOKUMENT_HANDLOWY" d
        JOIN dbo."ROZRACHUNEK" r ON r."TYP_DOK" = 'h' AND r."ID_NAG_DOK_M" = d."ID_DOKUMENTU_HANDLOWEGO"
        WHERE r."KWOTA" <> d."WARTOSC_BRUTTO" OR r."POZOSTALO" <> d."POZOSTALO" OR r."NR_DOK" <> d."NUMER"
        OR r."STRONA" <> 'WN' OR r."ID_KONTRAHENTA" <> d."ID_PLATNIKA" OR r."TERMIN_PLATNOSCI" <> d."TERMIN_PLAT"
        OR r."CZY_ROZLICZONY" <> CASE WHEN r."POZOSTALO" = 0 THEN 2 WHEN r."POZOSTALO" < r."KWOTA" THEN 1 ELSE 0 END""",
    "a payment is not what it settles": """
        SELECT r."NR_DOK" FROM dbo."ROZRACHUNEK" r
        LEFT JOIN dbo."ROZLICZENIE" z ON z."ID_ROZRACHUNKU_ZWIAZEK" = r."ID_ROZRACHUNKU"
        WHERE r."STRONA" = 'MA' GROUP BY r."ID_ROZRACHUNKU" HAVING r."KWOTA" IS DISTINCT FROM sum(z."KWOTA")""",
    "more was paid than owed": 'SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "POZOSTALO" < 0 AND "DOK_KOREKTY" = 0',
    "a correction does not take back from a sale": """
        SELECT k."NUMER" FROM dbo."DOKUMENT_HANDLOWY" k LEFT JOIN dbo."DOKUMENT_HANDLOWY" d
        ON d."ID_DOKUMENTU_HANDLOWEGO" = k."ID_DOK_ORYGINALNEGO" WHERE k."DOK_KOREKTY" = 1
        AND (k."WARTOSC_BRUTTO" >= 0 OR d."ID_TYPU" IS DISTINCT FROM 1
        OR d."DATA_WYSTAWIENIA" > k."DATA_WYSTAWIENIA")""",
    "what was delivered is not what documents gave out": """
        SELECT p."ID_POZYCJI_ZAMOWIENIA" FROM dbo."POZYCJA_ZAMOWIENIA" p
        LEFT JOIN dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" d ON d."ID_POZ_ZAM" = p."ID_POZYCJI_ZAMOWIENIA"
        GROUP BY 1 HAVING p."ZREALIZOWANO" <> coalesce(sum(d."ILOSC"), 0)""",
    "a document's line names no order line that there is": """
        SELECT 1 FROM dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" d WHERE d."ID_POZ_ZAM" > 0 AND NOT EXISTS (
        SELECT FROM dbo."POZYCJA_ZAMOWIENIA" p WHERE p."ID_POZYCJI_ZAMOWIENIA" = d."ID_POZ_ZAM"
        AND p."ID_ARTYKULU" = d."ID_ARTYKULU" AND p."CENA_NETTO" = d."CENA_NETTO")""",
    "an invoice is not that of the orders' buyer": f"""{LINES}
        SELECT d."NUMER" FROM dbo."DOKUMENT_HANDLOWY" d JOIN pozycje p ON p.faktura = d."ID_DOKUMENTU_HANDLOWEGO"
        JOIN dbo."POZYCJA_ZAMOWIENIA" l ON l."ID_POZYCJI_ZAMOWIENIA" = p."ID_POZ_ZAM"
        JOIN dbo."ZAMOWIENIE" z ON z."ID_ZAMOWIENIA" = l."ID_ZAMOWIENIA"
        WHERE z."ID_KONTRAHENTA" <> d."ID_KONTRAHENTA" OR d."DATA_WYSTAWIENIA" < z."DATA" """,
    "a realised order misses something, or a whole one is open": """
        SELECT z."NUMER" FROM dbo."ZAMOWIENIE" z JOIN dbo."POZYCJA_ZAMOWIENIA" p USING ("ID_ZAMOWIENIA")
        GROUP BY z."ID_ZAMOWIENIA" HAVING bool_and(p."ZREALIZOWANO" = p."ZAMOWIONO") <> (z."STAN_REALIZ" = 'Z')""",
    "a line is reserved beyond what waits": """
        SELECT 1 FROM dbo."POZYCJA_ZAMOWIENIA" p JOIN dbo."ZAMOWIENIE" z USING ("ID_ZAMOWIENIA") WHERE p."ZAREZERWOWANO"
        <> CASE WHEN z."STATUS_ZAM" = 'A' THEN 0 ELSE p."ZAMOWIONO" - p."ZREALIZOWANO" END""",
    "a card's reservation is not that of its lines, or above its stock": """
        SELECT a."INDEKS_KATALOGOWY" FROM dbo."ARTYKUL" a LEFT JOIN dbo."POZYCJA_ZAMOWIENIA" p USING ("ID_ARTYKULU")
        GROUP BY a."ID_ARTYKULU" HAVING a."ZAREZERWOWANO" <> coalesce(sum(p."ZAREZERWOWANO"), 0)
        OR a."ZAREZERWOWANO" > a."STAN" """,
    "an order of another warehouse's card": """
        SELECT 1 FROM dbo."POZYCJA_ZAMOWIENIA" p JOIN dbo."ARTYKUL" a USING ("ID_ARTYKULU")
        JOIN dbo."ZAMOWIENIE" z USING ("ID_ZAMOWIENIA") WHERE a."ID_MAGAZYNU" <> z."ID_MAGAZYNU" """,
    "a delivery to another buyer's place": """
        SELECT 1 FROM dbo."DOSTAWA" d JOIN dbo."ZAMOWIENIE" z USING ("ID_ZAMOWIENIA")
        JOIN dbo."MIEJSCE_DOSTAWY" m USING ("ID_MIEJSCA_DOSTAWY") WHERE m."ID_KONTRAHENTA" <> z."ID_KONTRAHENTA" """,
    "a catalogue price that is not the buyer's": """
        SELECT 1 FROM dbo."POZYCJA_ZAMOWIENIA" p JOIN dbo."ZAMOWIENIE" z USING ("ID_ZAMOWIENIA")
        JOIN dbo."KONTRAHENT" k USING ("ID_KONTRAHENTA") JOIN dbo."GRUPA_KONTRAHENTA" g USING ("ID_GRUPY")
        JOIN dbo."CENA_ARTYKULU" c ON c."ID_ARTYKULU" = p."ID_ARTYKULU" AND c."ID_CENY" = g."ID_CENY"
        WHERE p."ZNACZNIK_CENY" = 'k' AND p."CENA_NETTO" <> c."CENA_NETTO" """,
    "a letter without its log": """
        SELECT z."NUMER" FROM dbo."ZAMOWIENIE" z LEFT JOIN LATERAL (
        SELECT s."KOD_NA" FROM dbo."MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN" s WHERE s."ID_DOKUMENTU" = z."ID_ZAMOWIENIA"
        ORDER BY s."ID_REJESTRU_ZMIAN" DESC LIMIT 1) s ON true
        WHERE coalesce(s."KOD_NA", ' ') <> z."STATUS_ZAM" """,
    "a document held by somebody": """
        SELECT 1 FROM dbo."ZAMOWIENIE" WHERE "SEMAFOR" <> 0 OR "FLAGA_STANU" <> 0
        UNION ALL SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "SEMAFOR" <> 0 OR "FLAGA_STANU" <> 0""",
    "a number given twice": """
        SELECT "NUMER" FROM dbo."DOKUMENT_HANDLOWY" GROUP BY 1 HAVING count(*) > 1
        UNION ALL SELECT "NUMER" FROM dbo."DOKUMENT_MAGAZYNOWY" GROUP BY 1 HAVING count(*) > 1""",
    "a day that has not been yet": f"""
        SELECT 1 FROM dbo."ZAMOWIENIE" WHERE "DATA" >= {TODAY}
        UNION ALL SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "DATA_WYSTAWIENIA" >= {TODAY}
        UNION ALL SELECT 1 FROM dbo."DOKUMENT_MAGAZYNOWY" WHERE "DATA" >= {TODAY}
        UNION ALL SELECT 1 FROM dbo."ROZLICZENIE" WHERE "DATA_ROZLICZENIA" >= {TODAY}
        UNION ALL SELECT 1 FROM dbo."MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN" WHERE "DATAICZAS" >= '{DAY_OF_WORLD}'""",
    "a payment before its document": """
        SELECT d."NUMER" FROM dbo."DOKUMENT_HANDLOWY" d
        JOIN dbo."ROZRACHUNEK" r ON r."TYP_DOK" = 'h' AND r."ID_NAG_DOK_M" = d."ID_DOKUMENTU_HANDLOWEGO"
        JOIN dbo."ROZLICZENIE" z USING ("ID_ROZRACHUNKU") WHERE z."DATA_ROZLICZENIA" < d."DATA_WYSTAWIENIA" """,
}
# The invoices of each order, and the orders of each invoice.
PAIRS = f"""{LINES}, pary AS (SELECT DISTINCT l."ID_ZAMOWIENIA" AS zamowienie, p.faktura FROM pozycje p
    JOIN dbo."POZYCJA_ZAMOWIENIA" l ON l."ID_POZYCJI_ZAMOWIENIA" = p."ID_POZ_ZAM" WHERE p.faktura IS NOT NULL)
"""
SHAPES = {
    "several invoices of one order": f"{PAIRS} SELECT zamowienie FROM pary GROUP BY 1 HAVING count(*) > 1",
    "one invoice for several orders": f"{PAIRS} SELECT faktura FROM pary GROUP BY 1 HAVING count(*) > 1",
    "goods issued first": f"""{LINES} SELECT DISTINCT faktura FROM pozycje
        WHERE "ID_DOK_HANDLOWEGO" = 0 AND faktura IS NOT NULL""",
    "delivered, not invoiced yet": """
        SELECT 1 FROM dbo."DOKUMENT_MAGAZYNOWY" WHERE "ID_DOKUMENTU_HANDLOWEGO" = 0""",
    "correction": 'SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "ID_TYPU" = 3',
    "advance": 'SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "ID_TYPU" = 7',
    "receipt": 'SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "ID_TYPU" = 9',
    "paid in stages": """SELECT 1 FROM dbo."ROZLICZENIE" GROUP BY "ID_ROZRACHUNKU" HAVING count(*) > 1""",
    "one payment for several documents": """
        SELECT 1 FROM dbo."ROZLICZENIE" GROUP BY "ID_ROZRACHUNKU_ZWIAZEK" HAVING count(*) > 1""",
    "paid in part": 'SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "POZOSTALO" > 0 AND "RAZEM_ZAPLACONO" > 0',
    "overdue": f"""SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "POZOSTALO" > 0 AND "TERMIN_PLAT" < {TODAY}""",
    "due soon": f"""SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "POZOSTALO" > 0 AND "TERMIN_PLAT" >= {TODAY}""",
    "paid by another": 'SELECT 1 FROM dbo."DOKUMENT_HANDLOWY" WHERE "ID_PLATNIKA" <> "ID_KONTRAHENTA"',
    "a line nobody ordered": """SELECT 1 FROM dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO"
        WHERE "ID_POZ_ZAM" = 0 AND "POZ_KOREKTY" = 0""",
    "an order delivered in part": """SELECT DISTINCT "ID_ZAMOWIENIA" FROM dbo."POZYCJA_ZAMOWIENIA"
        WHERE "ZREALIZOWANO" > 0 AND "ZREALIZOWANO" < "ZAMOWIONO" """,
    "cancelled": """SELECT 1 FROM dbo."ZAMOWIENIE" WHERE "STATUS_ZAM" = 'A'""",
    "new": """SELECT 1 FROM dbo."ZAMOWIENIE" WHERE "STATUS_ZAM" = ' ' AND "STAN_REALIZ" = 'N'""",
    "shipped with a parcel": """SELECT 1 FROM dbo."ZAMOWIENIE" WHERE "STATUS_ZAM" = 'W' AND "NUMER_PRZESYLKI" <> ''""",
    "agreed price": """SELECT 1 FROM dbo."POZYCJA_ZAMOWIENIA" WHERE "ZNACZNIK_CENY" = 'i'""",
}


@pytest.mark.parametrize("query", BROKEN.values(), ids=BROKEN.keys())
def test_never(world, query):
    assert world.connection.execute(query).fetchall() == []


@pytest.mark.parametrize("query", SHAPES.values(), ids=SHAPES.keys())
def test_there_is(world, query):
    assert len(world.connection.execute(query).fetchall()) >= 2


def test_the_sizes(world):
    assert world.value('SELECT count(*) FROM dbo."ZAMOWIENIE"') == 600
    assert world.value("""SELECT count(*) FROM dbo."ZAMOWIENIE" WHERE "STAN_REALIZ" = 'N'""") > 30
    assert world.value(f'SELECT max({TODAY} - "DATA") FROM dbo."ZAMOWIENIE"') > 330


def test_counters_stand_at_the_last_number(world):
    counters = {
        (row["DOKUMENT"], row["TYP_DOKUMENTU"], row["OKRES"] % 100): row["LAST_ID"]
        for row in world.connection.execute('SELECT * FROM dbo."NUMERACJA"')
    }
    given = world.connection.execute(
        """SELECT 2 AS d, 12 AS t, "NUMER" FROM dbo."ZAMOWIENIE"
        UNION ALL SELECT 4, "ID_TYPU", "NUMER" FROM dbo."DOKUMENT_HANDLOWY"
        UNION ALL SELECT 3, 2, "NUMER" FROM dbo."DOKUMENT_MAGAZYNOWY" """
    ).fetchall()
    last: dict[tuple[int, int, int], int] = {}
    for row in given:
        number, year = re.fullmatch(r"[A-Z]+ (\d{4})/(\d\d)", row["NUMER"]).groups()
        key = (row["d"], int(row["t"]), int(year))
        last[key] = max(last.get(key, 0), int(number))

    assert counters == last
