"""The stand-in as a caller sees it: the order procedures, by the names of their parameters."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg

INTEGRATION = 3000001
DAY = 82510  # 2026-11-23 as a Clarion day
DAY_OF_WORLD = date.today()
"""Of the whole run, also when midnight falls into it."""


@dataclass
class Erp:
    """One connection to the stand-in, in autocommit unless `transaction()` is used on it."""

    connection: psycopg.Connection[dict[str, Any]]

    def one(self, query: str, *values: Any) -> dict[str, Any]:
        row = self.connection.execute(query, values).fetchone()
        assert row is not None, query
        return row

    def value(self, query: str, *values: Any) -> Any:
        return next(iter(self.one(query, *values).values()))

    def call(self, procedure: str, **values: Any) -> dict[str, Any]:
        named = ", ".join(f'"{name}" => %s' for name in values)
        return self.one(f'SELECT * FROM dbo."{procedure}"({named})', *values.values())

    def contractor(self, *, group: int = 2) -> int:
        return self.value(
            'INSERT INTO dbo."KONTRAHENT" ("KOD_KONTRAHENTA", "NAZWA", "ID_GRUPY")'
            ' VALUES ((SELECT coalesce(max("KOD_KONTRAHENTA"), 0) + 1 FROM dbo."KONTRAHENT"), \'Próba\', %s)'
            ' RETURNING "ID_KONTRAHENTA"',
            group,
        )

    def article(self, *, warehouse: int = 1, stock: int = 100, wholesale: str | None = None) -> int:
        card = self.value(
            'INSERT INTO dbo."ARTYKUL" ("ID_MAGAZYNU", "INDEKS_KATALOGOWY", "NAZWA", "VAT_SPRZEDAZY", "ID_JEDNOSTKI",'
            ' "STAN", "ID_CENY_DOM") VALUES (%s, %s, \'Zawias\', \'23\', 1, %s, 2) RETURNING "ID_ARTYKULU"',
            warehouse,
            uuid.uuid4().hex[:20],
            stock,
        )
        if wholesale:
            self.connection.execute(
                'INSERT INTO dbo."CENA_ARTYKULU" ("ID_ARTYKULU", "ID_CENY", "CENA_NETTO", "CENA_BRUTTO")'
                " VALUES (%s, 2, %s, round(%s * 1.23, 2))",
                (card, wholesale, wholesale),
            )
        return card

    def header(self, contractor: int, *, user: int = INTEGRATION, warehouse: int = 1) -> dict[str, Any]:
        return self.call(
            "RM_DodajZamowienie",
            id_firmy=1,
            id_kontrahenta=contractor,
            id_magazynu=warehouse,
            typ=1,
            data=DAY,
            semafor=user,
            trybrejestracji=0,
            brutto_netto="Netto ",
        )

    def line(self, order: int, card: int, quantity: int, *, line: int = 0, **other: Any) -> int:
        """The return code. Prices are 10 net unless `other` says so."""
        values = {
            "ID_POZYCJI_ZAMOWIENIA": line,
            "ID_ZAMOWIENIA": order,
            "ID_ARTYKULU": card,
            "KOD_VAT": "23 ",
            "ZAMOWIONO": quantity,
            "ZREALIZOWANO": 0,
            "ZAREZERWOWANO": 0,
            "DO_REZERWACJI": quantity,
            "CENA_NETTO": "10",
            "CENA_BRUTTO": "12.30",
            "CENA_NETTO_WAL": 0,
            "CENA_BRUTTO_WAL": 0,
            "PRZELICZNIK": 1,
            "JEDNOSTKA": "szt.",
            "NARZUT": 0,
            "OPIS": "",
            "ZNAK_NARZUTU": 0,
            "trybrejestracji": 0,
            "ID_DOSTAWY_REZ": 0,
            "ID_WARIANTU_PRODUKTU": 0,
            "ZNACZNIK_CENY": "m",
            "NR_SERII": "",
            **other,
        }
        return self.call("RM_DodajPozycjeZamowienia", **values)["rc"]

    def approve(self, order: int, contractor: int, **other: Any) -> int:
        """The return code."""
        numbering = self.call("JL_PobierzFormatNumeracji_Server", id_firmy=1, dokument=2, id_typu=12, id_zasobu=1)
        values = {
            "ID_ZAMOWIENIA": order,
            "ID_KONTRAHENTA": contractor,
            "ID_TYPU": 12,
            "NUMER": "<auto>",
            "NUM_FORMAT": numbering["format_num"],
            "NUM_OKRESNUMERACJI": numbering["okresnumeracji"],
            "NUM_AUTO": numbering["parametr1"],
            "NUM_NIEZALEZNY": numbering["parametr2"],
            "AUTONUMER": 0,
            "ID_FIRMY": 1,
            "ID_MAG": 1,
            "DATA": DAY,
            "DATA_REALIZACJI": DAY + 10,
            "ZALICZKA": 0,
            "PRIORYTET": 2,
            "AUTO_REZERWACJA": 1,
            "NR_ZAM_KLIENTA": "WD-100001",
            "TYP": 1,
            "ID_PRACOWNIKA": 1,
            "PRZELICZNIK_WAL": 1,
            "DATA_KURS_WAL": 0,
            "SYM_WAL": "",
            "DOK_WAL": 0,
            "FLAGA_STANU": 1,
            "trybrejestracji": 0,
            "RABAT_NARZUT": 0,
            "ZNAK_RABATU": 0,
            "UWAGI": "Dzwonić przed dostawą",
            "ID_RACHUNKU": 1,
            "InformacjeDodatkowe": "",
            "OsobaZamawiajaca": "Anna Bukowska",
            "Id_KONTAKTU": 0,
            "FormaPlatnosci": "przelew",
            "DniPlatnosci": 14,
            "FakturaParagon": 0,
            "NumerPrzesylki": "",
            "IdOperatoraPrzesylki": 0,
            **other,
        }
        return self.call("RM_ZatwierdzZamowienie", **values)["rc"]

    def order(self, order: int) -> dict[str, Any]:
        return self.one('SELECT * FROM dbo."ZAMOWIENIE" WHERE "ID_ZAMOWIENIA" = %s', order)
