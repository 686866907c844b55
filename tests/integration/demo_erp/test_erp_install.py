"""The stand-in's tables: made once, and with the habits of the real ones."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from wiadukt.demo.erp.install import install

TABLES = [
    *("FIRMA", "MAGAZYN", "UZYTKOWNIK", "PRACOWNIK", "RACHUNEK_FIRMY", "KRAJE", "STAWKA_VAT", "JEDNOSTKA"),
    *("FORMA_PLATNOSCI", "FORMA_DOSTAWY", "MAG_OPERATOR_PRZESYLKI", "DEFINICJA_NUMERACJI", "NUMERACJA", "WAPRODBSTATE"),
    *("MAG_SLOWNIK_STATUSOW_DOKUMENTOW", "MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN", "KONTRAHENT", "KONTAKT"),
    *("MIEJSCE_DOSTAWY", "ADRESY_KONTRAHENTA", "GRUPA_KONTRAHENTA", "ARTYKUL", "KATEGORIA_ARTYKULU"),
    *("KATEGORIA_ARTYKULU_TREE", "CENA", "CENA_ARTYKULU", "CENNIK_KONTRAHENTA", "ZAMOWIENIE", "POZYCJA_ZAMOWIENIA"),
    *("DOSTAWA", "DOKUMENT_HANDLOWY", "DOKUMENT_MAGAZYNOWY", "POZYCJA_DOKUMENTU_MAGAZYNOWEGO", "ROZRACHUNEK"),
    *("ROZLICZENIE", "TYP_DOKUMENTU_HANDLOWEGO", "TYP_DOKUMENTU_MAGAZYNOWEGO", "WIDOK_ARTYKUL"),
]


def test_a_second_install_leaves_the_base_alone(erp, erp_url):
    contractor = erp.contractor()

    install(erp_url)

    assert erp.value('SELECT count(*) FROM dbo."KONTRAHENT" WHERE "ID_KONTRAHENTA" = %s', contractor) == 1
    assert erp.value('SELECT count(*) FROM dbo."MAGAZYN"') == 3


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_the_facts_can_be_read(erp, table):
    assert erp.value(f'SELECT count(*) FROM dbo."{table}"') >= 0


def test_codes_come_padded(erp):
    assert erp.value("""SELECT "KOD_VAT" FROM dbo."STAWKA_VAT" WHERE "KOD_VAT" = '8'""") == "8  "
    assert erp.value('SELECT "SYGNATURA" FROM dbo."TYP_DOKUMENTU_MAGAZYNOWEGO" WHERE "ID_TYPU" = 12') == "ZO "


def test_an_index_stands_once_in_a_warehouse_and_again_in_another(erp):
    row = """INSERT INTO dbo."ARTYKUL" ("ID_MAGAZYNU", "INDEKS_KATALOGOWY", "NAZWA", "VAT_SPRZEDAZY", "ID_JEDNOSTKI")
        VALUES (%s, 'PL-DAB-18-INST', 'Płyta', '23', 1)"""
    erp.connection.execute(row, [1])
    erp.connection.execute(row, [2])

    with pytest.raises(errors.UniqueViolation):
        erp.connection.execute(row, [1])


def test_two_addresses_of_one_day_are_refused(erp):
    row = 'INSERT INTO dbo."ADRESY_KONTRAHENTA" ("ID_KONTRAHENTA", "DATA_OD") VALUES (%s, 82510)'
    contractor = erp.contractor()
    erp.connection.execute(row, [contractor])

    with pytest.raises(errors.UniqueViolation):
        erp.connection.execute(row, [contractor])


def test_the_view_gives_what_is_free(erp):
    card = erp.article(stock=9)
    erp.connection.execute(
        'UPDATE dbo."ARTYKUL" SET "ZAREZERWOWANO" = 2, "ILOSC_EDYTOWANA" = 3 WHERE "ID_ARTYKULU" = %s', [card]
    )

    assert erp.value('SELECT "IloscDostepna" FROM dbo."WIDOK_ARTYKUL" WHERE "IdArtykulu" = %s', card) == 4


def test_an_unfinished_install_leaves_nothing(postgres, monkeypatch, tmp_path):
    (tmp_path / "postgresql").mkdir()
    (tmp_path / "postgresql/01.sql").write_text("CREATE SCHEMA dbo; CREATE TABLE dbo.half ();")
    (tmp_path / "postgresql/02.sql").write_text("no sql at all;")
    monkeypatch.setattr("wiadukt.demo.erp.install.FOLDER", tmp_path)
    url = postgres.url("erp_unfinished")

    with pytest.raises(errors.SyntaxError):
        install(url)

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regnamespace('dbo')").fetchone() == (None,)
