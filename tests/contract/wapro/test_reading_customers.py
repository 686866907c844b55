"""Contractors as the contract tells them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import event

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Refused
from wiadukt.wapro.engine import reading
from wiadukt.wapro.read.customers import read_customers
from wiadukt.wapro.read.ids import read_ids


@pytest.fixture
def read(engine, settings):
    def read(*ids):
        with reading(engine) as conn:
            return read_customers(conn, [str(one) for one in ids], settings)

    return read


def test_a_contractor_comes_whole(office, read):
    buyer = office.contractor(
        NAZWA="Meble Nowak",
        NIP="779-100-13-75",
        ADRES_EMAIL="Biuro@nowak.example; zakupy@nowak.example",
        SYM_KRAJU="PL ",
        DOMYSLNY_RABAT=-5,
        LIMIT_KUPIECKI=50000,
        ID_HANDLOWCA=1,
    )
    contact = office.insert(
        "KONTAKT", ID_KONTRAHENTA=buyer, IMIE="Jan", NAZWISKO="Nowak", E_MAIL="jan@nowak.example", DOMYSLNY=1
    )
    silent = office.insert("KONTAKT", ID_KONTRAHENTA=buyer, IMIE="Zofia")
    place = office.place(buyer, FIRMA="Hala 2", MIEJSCOWOSC="Pniewy")

    found = read(buyer).objects[0]

    assert (found.id, found.name, found.in_shop, found.blocked) == (str(buyer), "Meble Nowak", True, False)
    assert found.emails == ("biuro@nowak.example", "zakupy@nowak.example")
    assert [(c.id, c.emails, c.is_default) for c in found.contacts] == [
        (str(contact), ("jan@nowak.example",), True),
        (str(silent), (), False),
    ]
    assert [(p.id, p.name, p.address.city) for p in found.delivery_places] == [(str(place), "Hala 2", "Pniewy")]
    terms = found.terms
    assert (terms.price_level, terms.discount_percent, terms.credit_limit) == ("2", Decimal(5), Decimal(50000))
    assert (terms.payment_form, terms.payment_days, terms.salesman.name) == ("przelew", 14, "Katarzyna Zielińska")


def test_no_discount_and_no_limit_are_nothing(office, read):
    terms = read(office.contractor(ID_GRUPY=None)).objects[0].terms

    assert (terms.discount_percent, terms.credit_limit, terms.salesman, terms.price_level) == (0, None, None, "")
    assert not terms.discount_percent.is_signed(), "the sign of WAPRO's discounts makes no -0 of none"


def test_an_agreed_price_is_a_fixed_sale_price_of_the_orders_warehouse_first(office, read):
    buyer = office.contractor()
    here, there = office.article("ZAW-1"), office.article("ZAW-1", ID_MAGAZYNU=2)
    elsewhere = office.article("ZAW-2", ID_MAGAZYNU=3)
    price = {"ID_KONTRAHENTA": buyer, "CENA_BRUTTO": 0}
    office.insert("CENNIK_KONTRAHENTA", **price, ID_ARTYKULU=there, CENA_NETTO=8)
    office.insert("CENNIK_KONTRAHENTA", **price, ID_ARTYKULU=here, CENA_NETTO=7)
    office.insert("CENNIK_KONTRAHENTA", **price, ID_ARTYKULU=elsewhere, CENA_NETTO=6)
    office.insert("CENNIK_KONTRAHENTA", **price, ID_ARTYKULU=here, CENA_NETTO=5, TRYB=0)
    office.insert("CENNIK_KONTRAHENTA", **price, ID_ARTYKULU=here, CENA_NETTO=4, SPRZEDAZ_ZAKUP=1)

    prices = read(buyer).objects[0].terms.individual_prices

    assert [(one.product_id, one.net) for one in prices] == [("ZAW-1", Decimal(7))]


def test_flags_are_told_and_do_not_hide(office, read):
    gone = office.contractor(DOSTEPNY_W_B2B=0, ZABLOKOWANY=1, RODO_ZANONIMIZOWANY=1)

    found = read(gone).objects[0]

    assert (found.in_shop, found.blocked, found.is_anonymised) == (False, True, True)


def test_what_is_not_there_is_missing(office, read):
    other_company = office.contractor(ID_FIRMY=2)

    answer = read(other_company, 999999, "²", "9" * 30, "x")

    assert answer.objects == ()
    assert set(answer.missing) == {str(other_company), "999999", "²", "9" * 30, "x"}


def test_more_objects_take_no_more_queries(office, engine, settings):
    ids = [str(office.contractor()) for _ in range(20)]
    queries = []
    event.listen(engine, "before_cursor_execute", lambda *args: queries.append(args[2]))
    counts = []

    for wanted in (ids[:1], ids[:1], ids):  # the first look at a base also asks what columns it has
        queries.clear()
        with reading(engine) as conn:
            assert len(read_customers(conn, wanted, settings).objects) == len(wanted)
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_pages_of_ids_give_each_flagged_contractor_once(office, engine, settings):
    flagged = [str(office.contractor()) for _ in range(7)]
    office.contractor(DOSTEPNY_W_B2B=0)
    office.contractor(ID_FIRMY=2)

    seen, after = [], ""
    with reading(engine) as conn:
        while after is not None:
            page = read_ids(conn, Kind.CUSTOMER, settings, after=after, limit=3)
            seen += page.ids
            after = page.next_after

    assert seen == flagged


def test_a_cursor_that_is_no_id_is_refused(engine, settings):
    with pytest.raises(Refused, match="identyfikatorem"), reading(engine) as conn:
        read_ids(conn, Kind.ORDER, settings, after="x'", limit=10)
