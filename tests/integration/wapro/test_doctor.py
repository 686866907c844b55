"""The doctor is green on a sound base, and red with a remedy on each thing that can be wrong."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from wiadukt.wapro.cli import app as connector
from wiadukt.wapro.doctor.cli import app


@pytest.fixture
def examine(base):
    def examine(**changes):
        environment = {"WAPRO_DATABASE_URL": base, "WAPRO_WAREHOUSES": "1,2", "SHOP_EVENTS_URL": "", **changes}
        return CliRunner().invoke(app, [], env=environment)

    return examine


def test_a_sound_base_is_green(examine):
    result = examine()

    assert (result.exit_code, "[!!]" in result.output) == (0, False), result.output
    assert "WAPRO Mag (demo) 8.91.0, base 26.8704" in result.output


def test_what_differs_from_base_to_base_is_told_from_its_own_rows(office, examine):
    buyer, card = office.contractor(DOMYSLNY_RABAT=5), office.article("FR-1", STAN=10, ZAREZERWOWANO=4)
    office.order(buyer, DATA=109_000, FAKTURA_DO_ZAMOWIENIA=2)
    office.run('DROP VIEW dbo."WIDOK_ARTYKUL"')
    office.run(f'CREATE VIEW dbo."WIDOK_ARTYKUL" AS SELECT {card} AS "IdArtykulu", 10 AS "IloscDostepna"')

    output = examine().output

    assert "[--] FAKTURA_DO_ZAMOWIENIA of 90 days: 2 on 1; we write 0" in output
    assert "[--] 1 articles have another IloscDostepna" in output
    assert "[--] 1 buyers have a positive DOMYSLNY_RABAT" in output
    assert "rows in MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN" in output


def test_what_the_shop_may_write_is_told_and_must_be_there(office, examine):
    assert "[--] addresses of the shop are not written -> To let buyers change them set WAPRO_WRITE_ADDRESSES" in (
        examine().output
    )
    on = {"WAPRO_WRITE_ADDRESSES": "1", "WAPRO_WRITE_PLACES": "1"}
    assert examine(**on).exit_code == 0

    office.run('ALTER TABLE dbo."MIEJSCE_DOSTAWY" DROP COLUMN "TYP_ADRESU"')

    assert "[!!] MIEJSCE_DOSTAWY lacks TYP_ADRESU -> Unset WAPRO_WRITE_PLACES" in examine(**on).output


def test_a_flag_whose_column_is_not_there_is_red(examine):
    assert "[!!] buyers by POLE9=B2B -> Mend WAPRO_CUSTOMER_FLAG." in examine(WAPRO_CUSTOMER_FLAG="POLE9=B2B").output
    assert examine(WAPRO_CUSTOMER_FLAG="POLE3=B2B").exit_code == 0


def twice_by_hand(office):
    buyer = office.contractor()
    for _ in range(2):
        office.order(buyer, NR_ZAMOWIENIA_KLIENTA="WD-1")
    office.run("INSERT INTO wiadukt.zamowienie_mapa (numer, id_zamowienia, skrot) VALUES ('WD-1', 1, '')")


def test_advice_is_given_and_is_no_fault(office, examine):
    office.contractor(NIP="7791001375")
    office.contractor(NIP="7791001375")
    office.order(office.contractor(), ZAMOWIENIE_INTERNETOWE=1, DATA=109_000)

    result = examine()

    assert "[--] 1 tax ids stand on two contractors" in result.output
    assert "[--] 1 orders of 30 days came from WAPRO's own internet modules" in result.output


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda office: office.capture("ARTYKUL", "drop"), "capture is missing on ARTYKUL"),
        (lambda office: office.capture("ZAMOWIENIE", "disable"), "capture is missing on ZAMOWIENIE"),
        ('ALTER TABLE dbo."KONTAKT" DROP COLUMN "TEL_KOM"', "KONTAKT lacks TEL_KOM"),
        ('DROP TABLE dbo."ROZLICZENIE"', "table dbo.ROZLICZENIE is missing"),
        ("DROP TABLE wiadukt.kolejka", "Run 'wiadukt connector install'"),
        (lambda office: office.procedure("RM_SumujZamowienie", None), "procedure RM_SumujZamowienie is missing"),
        (
            lambda office: office.procedure("RM_SumujZamowienie", "id"),
            "RM_SumujZamowienie lacks id_zamowienia wants also id",
        ),
        ('UPDATE dbo."UZYTKOWNIK" SET "ARCHIWALNY" = 1', "Set WAPRO_USER_ID"),
        ('DELETE FROM dbo."TYP_DOKUMENTU_MAGAZYNOWEGO"', "Set WAPRO_ORDER_TYPE_SIGN"),
        ('DELETE FROM dbo."MAG_SLOWNIK_STATUSOW_DOKUMENTOW" WHERE "KOD_STATUSU" = \'G\'', "letter G is not in WAPRO"),
        (
            'INSERT INTO dbo."MAG_SLOWNIK_STATUSOW_DOKUMENTOW" ("OPIS_STATUSU", "KOD_STATUSU") VALUES (\'x\', \'X\')',
            "letter X has no meaning",
        ),
        ("INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, status) VALUES ('order', '1', 'odrzucony')", "rejected"),
        (
            lambda office: office.order(office.contractor(), DATA=46348),
            "ZAMOWIENIE.DATA: 1 values are no Clarion dates",
        ),
        ('UPDATE dbo."MAGAZYN" SET "ID_FIRMY" = 2 WHERE "ID_MAGAZYNU" = 2', "2 is not of company 1"),
        (
            'DELETE FROM dbo."TYP_DOKUMENTU_HANDLOWEGO" WHERE "SYGNATURA" = \'KFS\'',
            "no trade document has the signature KFS",
        ),
        (
            lambda office: office.order(office.contractor(), NUMER="<auto>", SEMAFOR=3000002),
            "1 orders without a number are locked",
        ),
        (
            "INSERT INTO wiadukt.zamowienie_mapa (numer, id_zamowienia, skrot) VALUES ('WD-1', 1, '')",
            "1 orders of the shop have no lines",
        ),
        (twice_by_hand, "1 shop numbers stand on two orders"),
        (
            lambda office: office.contractor(FORMA_PLATNOSCI="barter"),
            "1 payment forms of buyers are not in WAPRO's dictionary ['barter']",
        ),
        (
            lambda office: office.run(
                "INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, utworzono) VALUES ('order', '1', %s)",
                office.moment(-3600),
            ),
            "1 of them longer than 15 minutes",
        ),
    ],
)
def test_what_is_wrong_is_said_and_the_exit_is_red(office, examine, damage, said):
    if callable(damage):
        damage(office)
    else:
        office.run(damage)

    result = examine()

    assert said in result.output
    assert result.exit_code == 1


def test_a_base_that_does_not_answer_is_red(examine):
    result = examine(WAPRO_DATABASE_URL="postgresql://postgres@/nowhere?host=/nonexistent")

    assert result.exit_code == 1
    assert "[!!]" in result.output


def test_the_commands_show_the_queue_the_script_and_the_settings(office, base):
    office.announce("A", "B")
    office.run("UPDATE wiadukt.kolejka SET status = 'odrzucony' WHERE id_obiektu = 'B'")

    def run(*words):
        result = CliRunner().invoke(connector, words, env={"WAPRO_DATABASE_URL": base}, catch_exceptions=False)
        assert result.exit_code == 0
        return result.output

    assert run("queue", "status").split() == ["odrzucony", "1", "przyjety", "1"]
    assert run("queue", "retry") == "1 rows wait again.\n"
    assert run("queue", "status").split() == ["przyjety", "2"]
    assert "TRIGGER" in run("install", "--dry-run")
    assert "WAPRO_ORDER_WAREHOUSE" in run("settings")
    run("install")
    run("uninstall")
    assert office.value("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'wiadukt'") == 0


def test_a_code_of_a_price_list_that_nobody_explained_is_red(office, examine):
    buyer, card = office.contractor(DOMYSLNY_RABAT=-5, BLOKOWANIE=3), office.article("A-1", WYLACZ_CENY_IND="X")
    row = {"ID_KONTRAHENTA": buyer, "ID_ARTYKULU": card, "CENA_NETTO": 0, "CENA_BRUTTO": 0}
    office.insert("CENNIK_KONTRAHENTA", **row, TRYB=7, UPUST=10)
    office.insert("CENNIK_KONTRAHENTA", **row, TRYB=1, UPUST=10)
    office.insert("CENNIK_INDYWIDUALNY", ID_GRUPY=2, ID_ARTYKULU=card, TRYB=2, UPUST=3, SYM_WAL="EUR")

    result = examine()

    assert result.exit_code == 1
    told = result.output
    assert "[!!] CENNIK_KONTRAHENTA: 1 rows of TRYB 7, SPRZEDAZ_ZAKUP 0, 0 with a price, 1 with UPUST" in told
    assert "WAPRO_NO_PRICE_MODES" in told
    assert "Most of them are 0: does the code belong into WAPRO_DISCOUNT_MODES?" in told
    assert "[ok] CENNIK_INDYWIDUALNY: 1 rows of TRYB 2, SPRZEDAZ_ZAKUP 0, 0 with a price, 1 with UPUST" in told
    assert "BLOKOWANIE 3: who is late gets a warning" in told
    assert "WYLACZ_CENY_IND 'X': agreed prices hold" in told
    assert "CENNIK_INDYWIDUALNY: 1 prices in another currency" in told
    assert examine(WAPRO_NO_PRICE_MODES="0,7").exit_code == 0


def final_invoice(office, buyer, **figures):
    """Of 1,000 of goods, after an advance invoice of 300."""
    advance = office.invoice(buyer, ID_TYPU=7, WARTOSC_NETTO=300, WARTOSC_BRUTTO=300)
    final = office.invoice(buyer, ID_FZAL_ORG=advance, **figures)
    office.invoice_line(office.article(), ID_DOK_HANDLOWEGO=final)
    office.run(
        'UPDATE dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" SET "CENA_BRUTTO" = 1000 WHERE "ID_DOK_HANDLOWEGO" = %s', final
    )


REST = {"WARTOSC_BRUTTO": 700, "RAZEM_ZAPLACONO": 0, "POZOSTALO": 700}
LESS = {"WARTOSC_BRUTTO": 1000, "RAZEM_ZAPLACONO": 0, "POZOSTALO": 700}
PAID = {"WARTOSC_BRUTTO": 1000, "RAZEM_ZAPLACONO": 300, "POZOSTALO": 700}
DUMB = {"WARTOSC_BRUTTO": 1000, "RAZEM_ZAPLACONO": 0, "POZOSTALO": 1000}


def test_final_invoices_are_counted_by_how_they_take_the_advance_off(office, examine):
    buyer = office.contractor()
    for figures in (REST, LESS, LESS, PAID, DUMB):
        final_invoice(office, buyer, **figures)

    output = examine().output

    assert "5 final invoices: WARTOSC_BRUTTO of 1 is without the advance, of 2 with it and what" in output
    assert "of 1 with it and the advance counts as paid" in output
    assert "[--] the figures of 1 of them do not tell: FS" in output


@pytest.mark.parametrize(
    ("rule", "figures", "is_wrong"),
    [
        ("whole", REST, True),
        ("whole", LESS, False),
        ("whole", DUMB, False),
        ("rest", LESS, True),
        ("rest", PAID, True),
        ("rest", REST, False),
        ("probe", PAID, False),
    ],
)
def test_a_setting_that_final_invoices_contradict_is_a_fault(office, examine, rule, figures, is_wrong):
    final_invoice(office, office.contractor(), **figures)

    result = examine(WAPRO_FINAL_INVOICES=rule)

    assert (f"[!!] WAPRO_FINAL_INVOICES={rule} is wrong of 1 of them: FS" in result.output) is is_wrong
    assert result.exit_code == int(is_wrong)


def test_what_buyers_owe_beside_the_shops_invoices_is_counted_and_named(office, examine):
    buyer, stranger = office.contractor(), office.contractor(DOSTEPNY_W_B2B=0)
    office.owed(buyer, "48.37", "48.37")
    office.owed(buyer, "900", "900", RODZAJ="B")
    office.owed(stranger, "5", "5")
    office.receivable(office.invoice(buyer, ID_TYPU=9), buyer, "12")
    office.receivable(999, buyer, "7")
    office.receivable(office.invoice(buyer), buyer, "100")

    output = examine().output

    assert "[ok] 1 open amounts without a trade document, 48.37 in all" in output
    assert "that the shop does not show: TYP_DOK 'n' with RODZAJ 'B': 1, 900.00 ->" in output
    assert "that the shop does not show: PA: 1, 12.00; without a document: 1, 7.00 ->" in output


def test_open_documents_in_other_currencies_without_a_base_amount_are_counted(office, examine):
    buyer = office.contractor()
    office.invoice(buyer, SYM_WAL="EUR", WARTOSC_BRUTTO_WAL=10, POZOSTALO_WAL=10, WARTOSC_BRUTTO=43, POZOSTALO=43)
    office.invoice(buyer, SYM_WAL="EUR", WARTOSC_BRUTTO_WAL=10, POZOSTALO_WAL=10)

    assert "open documents in other currencies: EUR: 2; 1 of them without POZOSTALO" in examine().output


def test_how_the_base_writes_settlements_is_told_from_its_documents(office, examine):
    buyer = office.contractor()
    office.invoice(buyer, WARTOSC_BRUTTO=100, POZOSTALO=-100)
    office.invoice(buyer, WARTOSC_BRUTTO=100, POZOSTALO=10)
    office.invoice(buyer, ID_TYPU=3, WARTOSC_BRUTTO=-10, POZOSTALO=10)
    paid_by_card = office.money(buyer, "5", FORMA_PLATNOSCI="karta")
    office.pay(office.receivable(office.invoice(buyer), buyer, "5"), "5", ID_ROZRACHUNKU_ZWIAZEK=paid_by_card)

    output = examine(WAPRO_KSEF_NUMBER_COLUMN="NR_Z_KSEF").output

    assert "POZOSTALO: 1 sales are open with plus, 1 with minus" in output
    assert "POZOSTALO: 0 corrections are open with minus, 1 with plus" in output
    assert "[--] 1 documents whose RAZEM_ZAPLACONO and POZOSTALO do not add up" in output
    assert "payments of a form without a meaning: 'karta' on 1" in output
    assert "[!!] KSeF is read from DOKUMENT_HANDLOWY.NR_Z_KSEF -> Mend" in output
