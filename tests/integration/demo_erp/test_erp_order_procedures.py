"""An order by the recorded sequence of procedures, and the traps the facts name."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import psycopg
import pytest
from erp_calls import INTEGRATION, Erp
from factories.threads import at_once
from psycopg.rows import dict_row

NOBODY = 1


def _lines(erp: Erp, order: int) -> list[dict]:
    return erp.connection.execute(
        'SELECT * FROM dbo."POZYCJA_ZAMOWIENIA" WHERE "ID_ZAMOWIENIA" = %s ORDER BY "ID_POZYCJI_ZAMOWIENIA"', [order]
    ).fetchall()


def _reserved(erp: Erp, card: int) -> Decimal:
    return erp.value('SELECT "ZAREZERWOWANO" FROM dbo."ARTYKUL" WHERE "ID_ARTYKULU" = %s', card)


def _approved(erp: Erp, *, quantity: int = 5, **other) -> tuple[int, int]:
    contractor, card = erp.contractor(), erp.article()
    order = erp.header(contractor)["wynik"]
    assert erp.line(order, card, quantity) == 0
    assert erp.approve(order, contractor, **other) == 0
    return order, card


def test_a_new_header_is_held_by_its_user_and_has_no_number(erp):
    made = erp.header(erp.contractor())
    order = erp.order(made["wynik"])

    assert made["rc"] == 0
    assert (order["NUMER"], order["SEMAFOR"], order["FLAGA_STANU"]) == ("<auto>", INTEGRATION, 1)
    assert order["OBLICZANIE_WG_CEN"] == "Netto "


def test_an_unknown_contractor_makes_no_header(erp):
    assert erp.header(-5) == {"rc": 1, "wynik": None}


def test_the_sequence_makes_a_numbered_order_with_reservation(erp):
    order_id, card = _approved(erp, quantity=5)
    order = erp.order(order_id)

    assert order["NUMER"].startswith("ZO 0")
    assert order["NUMER"].endswith("/26")
    assert (order["SEMAFOR"], order["FLAGA_STANU"]) == (0, 0)
    assert (order["WARTOSC_NETTO"], order["WARTOSC_BRUTTO"]) == (50, Decimal("61.50"))
    assert order["NR_ZAMOWIENIA_KLIENTA"] == "WD-100001"
    assert (order["FORMA_PLATNOSCI"], order["DNI_PLATNOSCI"]) == ("przelew", 14)
    assert order["UWAGI"] == "Dzwonić przed dostawą"
    assert order["STAN_REALIZ"] == "N"
    assert _lines(erp, order_id)[0]["ZAREZERWOWANO"] == 5
    assert _reserved(erp, card) == 5


def test_without_automatic_reservation_nothing_is_reserved(erp):
    order, card = _approved(erp, AUTO_REZERWACJA=0)

    assert _reserved(erp, card) == 0
    assert _lines(erp, order)[0]["DO_REZERWACJI"] == 5


def test_an_article_of_another_warehouse_is_refused(erp):
    order = erp.header(erp.contractor())["wynik"]

    assert erp.line(order, erp.article(warehouse=2), 1) == 2
    assert _lines(erp, order) == []


def test_a_line_named_by_its_id_is_changed_and_not_added(erp):
    order, card = erp.header(erp.contractor())["wynik"], erp.article()
    erp.line(order, card, 5)

    assert erp.line(order, card, 8, line=_lines(erp, order)[0]["ID_POZYCJI_ZAMOWIENIA"]) == 0
    assert [line["ZAMOWIONO"] for line in _lines(erp, order)] == [8]


def test_approval_drops_lines_without_quantity(erp):
    contractor, card = erp.contractor(), erp.article()
    order = erp.header(contractor)["wynik"]
    erp.line(order, card, 0)
    erp.line(order, card, 3)
    erp.approve(order, contractor)

    assert [line["ZAMOWIONO"] for line in _lines(erp, order)] == [3]


def test_a_document_of_a_user_who_does_not_exist_stays_locked(erp):
    contractor = erp.contractor()
    order = erp.header(contractor, user=NOBODY)["wynik"]
    erp.line(order, erp.article(), 1)
    erp.approve(order, contractor)

    assert (erp.order(order)["SEMAFOR"], erp.order(order)["FLAGA_STANU"]) == (NOBODY, 1)

    assert erp.call("RM_UsunBlokadeZamowienia", ID_ZAMOWIENIA=order, Tryb=0)["rc"] == 0
    assert (erp.order(order)["SEMAFOR"], erp.order(order)["FLAGA_STANU"]) == (0, 0)


@pytest.mark.parametrize(("marker", "net"), [("k", Decimal("8.50")), ("m", Decimal(10)), ("i", Decimal(10))])
def test_the_price_check_resets_only_lines_with_the_catalogues_marker(erp, marker, net):
    order, card = erp.header(erp.contractor())["wynik"], erp.article(wholesale="8.50")
    erp.line(order, card, 2, ZNACZNIK_CENY=marker)

    erp.call("RM_KontrolaCenPozycjiZamowienia", id_zamowienia=order, id_uzytkownika=INTEGRATION)

    assert _lines(erp, order)[0]["CENA_NETTO"] == net


def test_the_price_check_takes_the_cards_own_level_for_a_contractor_without_a_group(erp):
    contractor = erp.value(
        """INSERT INTO dbo."KONTRAHENT" ("KOD_KONTRAHENTA", "NAZWA") VALUES (990001, 'Bez grupy')
        RETURNING "ID_KONTRAHENTA" """
    )
    order, card = erp.header(contractor)["wynik"], erp.article(wholesale="8.50")
    erp.line(order, card, 2, ZNACZNIK_CENY="k")

    erp.call("RM_KontrolaCenPozycjiZamowienia", id_zamowienia=order, id_uzytkownika=INTEGRATION)

    assert _lines(erp, order)[0]["CENA_NETTO"] == Decimal("8.50")


def test_values_are_rounded_by_line(erp):
    order, card = erp.header(erp.contractor())["wynik"], erp.article()
    for _ in range(2):
        erp.line(order, card, 3, CENA_NETTO="0.335", CENA_BRUTTO="0.412")

    assert erp.call("RM_SumujZamowienie", id_zamowienia=order)["rc"] == 0
    assert (erp.order(order)["WARTOSC_NETTO"], erp.order(order)["WARTOSC_BRUTTO"]) == (
        Decimal("2.02"),
        Decimal("2.48"),
    )


def test_a_second_approval_keeps_the_number_and_reserves_nothing_more(erp):
    order, card = _approved(erp)
    number = erp.order(order)["NUMER"]

    assert erp.approve(order, erp.order(order)["ID_KONTRAHENTA"], UWAGI="po zmianie") == 0
    assert (erp.order(order)["NUMER"], erp.order(order)["UWAGI"]) == (number, "po zmianie")
    assert (erp.order(order)["SEMAFOR"], erp.order(order)["FLAGA_STANU"]) == (0, 0)
    assert _reserved(erp, card) == 5


def test_approving_what_is_not_there_uses_up_no_number(erp):
    _approved(erp)
    counter = """SELECT "LAST_ID" FROM dbo."NUMERACJA" WHERE "TYP_DOKUMENTU" = 12 AND "OKRES" = 2026"""
    before = erp.value(counter)

    assert erp.approve(-1, -1) == 1
    assert erp.value(counter) == before


def test_the_number_follows_the_format_of_the_call_and_is_never_cut(erp):
    erp.connection.execute("""UPDATE dbo."NUMERACJA" SET "LAST_ID" = 20284 WHERE "TYP_DOKUMENTU" = 12""")
    order, _card = _approved(erp, NUM_FORMAT="B2B/##/$$")

    assert erp.order(order)["NUMER"] == "B2B/20285/26"


def test_concurrent_approvals_get_different_numbers(erp, erp_url):
    contractor, card = erp.contractor(), erp.article(stock=1000)
    orders = []
    for _ in range(6):
        orders.append(erp.header(contractor)["wynik"])
        erp.line(orders[-1], card, 2)

    def approve(order: int) -> int:
        with psycopg.connect(erp_url, row_factory=dict_row) as connection:
            return Erp(connection).approve(order, contractor)

    assert at_once(*(partial(approve, order) for order in orders)) == [0] * len(orders)
    assert len({erp.order(order)["NUMER"] for order in orders}) == len(orders)
    assert _reserved(erp, card) == 2 * len(orders)


def test_an_approval_rolled_back_gives_its_number_to_the_next(erp, erp_url):
    contractor, card = erp.contractor(), erp.article()
    order = erp.header(contractor)["wynik"]
    erp.line(order, card, 1)
    with psycopg.connect(erp_url, row_factory=dict_row) as connection:
        other = Erp(connection)
        other.approve(order, contractor)
        number = other.order(order)["NUMER"]
        connection.rollback()

    assert erp.order(order)["NUMER"] == "<auto>"
    erp.approve(order, contractor)
    assert erp.order(order)["NUMER"] == number


def test_a_status_is_set_with_its_log(erp):
    order, _card = _approved(erp)
    for letter in ("V", "P"):
        values = {"id_zamowienia": order, "id_sesji": INTEGRATION, "tryb_inf_realiz": 0, "status_zam": letter}
        assert erp.call("RM_UstawStanZamowien", **values)["rc"] == 0

    log = erp.connection.execute(
        'SELECT "KOD_Z", "KOD_NA", "OPIS_UZYTKOWNIKA" FROM dbo."MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN"'
        ' WHERE "ID_DOKUMENTU" = %s ORDER BY "ID_REJESTRU_ZMIAN"',
        [order],
    ).fetchall()
    assert erp.order(order)["STATUS_ZAM"] == "P"
    assert [tuple(row.values()) for row in log] == [
        (" ", "V", "Integracja Wiadukt"),
        ("V", "P", "Integracja Wiadukt"),
    ]


def test_the_numbering_format_of_an_unknown_type_is_refused(erp):
    assert erp.call("JL_PobierzFormatNumeracji_Server", id_firmy=1, dokument=2, id_typu=99, id_zasobu=1)["rc"] == 1
