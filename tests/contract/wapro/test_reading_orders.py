"""Orders as they stand in WAPRO."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wiadukt.contract.base import Kind
from wiadukt.contract.states import OrderState
from wiadukt.wapro.engine import reading
from wiadukt.wapro.read.ids import read_ids
from wiadukt.wapro.read.orders import read_orders


@pytest.fixture
def read(engine, settings):
    def read(*ids):
        with reading(engine) as conn:
            return read_orders(conn, [str(one) for one in ids], settings)

    return read


def test_an_order_comes_whole(office, read):
    buyer = office.contractor()
    place = office.place(buyer)
    order = office.order(
        buyer,
        STATUS_ZAM="W",
        STAN_REALIZ="Z",
        DATA_REALIZACJI=82520,
        NUMER_PRZESYLKI="123 45",
        ID_OPERATORA_PRZESYLKI=2,
        WARTOSC_NETTO="20.0000",
        FORMA_PLATNOSCI="przelew",
    )
    line = office.line(order, office.article("FR-1"), "2", ZREALIZOWANO=1)
    office.insert("DOSTAWA", ID_ZAMOWIENIA=order, ID_MIEJSCA_DOSTAWY=place)

    found = read(order).objects[0]

    assert (found.customer_id, found.delivery_place_id, found.shop_number) == (str(buyer), str(place), "")
    assert (found.issued_on, found.due_on) == (date(2026, 11, 23), date(2026, 12, 3))
    assert (found.state, found.status_code, found.status_label) == (OrderState.SHIPPED, "W", "wysłane")
    assert [(one.id, one.product_id, one.ordered, one.realised) for one in found.lines] == [(str(line), "FR-1", 2, 1)]
    assert (found.total_net, found.payment_form) == (Decimal(20), "przelew")
    assert found.shipment.carrier == "DPD"
    assert found.shipment.tracking_url == "https://tracktrace.dpd.example/?q=123%2045"


def test_an_order_in_another_currency_is_read_in_it_and_says_what_it_is_worth_in_the_base_one(office, read):
    buyer, card = office.contractor(), office.article("FR-1")
    values = {"SYM_WAL": "EUR", "WARTOSC_NETTO": 860, "WARTOSC_BRUTTO": 1060}
    stated = office.order(buyer, WARTOSC_NETTO_WAL=200, WARTOSC_BRUTTO_WAL=246, **values)
    office.line(stated, card, "2", "430", CENA_NETTO_WAL=100, CENA_BRUTTO_WAL=123)
    unstated = office.order(buyer, **values)
    office.line(unstated, card, "2", "430")

    found = {one.id: one for one in read(stated, unstated).objects}

    in_euro, in_pln = found[str(stated)], found[str(unstated)]
    assert (in_euro.currency, in_euro.total_net, in_euro.total_gross, in_euro.base_gross) == ("EUR", 200, 246, 1060)
    assert (in_euro.lines[0].price_net, in_euro.lines[0].price_gross) == (100, 123)
    assert (in_pln.currency, in_pln.total_gross, in_pln.base_gross, in_pln.lines[0].price_net) == (
        "PLN",
        1060,
        None,
        430,
    )


@pytest.mark.parametrize("number", ["", "<auto>", None])
def test_one_still_being_made_is_missing(office, read, engine, settings, number):
    buyer = office.contractor()
    half_made = office.order(buyer, NUMER=number, SEMAFOR=3000002)

    assert read(half_made).missing == (str(half_made),)
    with reading(engine) as conn:
        assert read_ids(conn, Kind.ORDER, settings, after="", limit=5).ids == ()


def test_goods_are_received_when_every_delivery_of_the_order_is(office, read):
    order = office.order(office.contractor(), STATUS_ZAM="W")
    place = office.place(office.contractor())
    for day, taken in ((82515, 1), (82517, 0)):
        office.insert("DOSTAWA", ID_ZAMOWIENIA=order, ID_MIEJSCA_DOSTAWY=place, ODEBRANO=taken, DATA_ODBIORU=day)

    half = read(order).objects[0]
    office.run('UPDATE dbo."DOSTAWA" SET "ODEBRANO" = 1')
    whole = read(order).objects[0]

    assert not half.received
    assert (whole.received, whole.received_on) == (True, date(2026, 11, 30))


def test_an_order_to_a_supplier_is_none_of_the_shops(office, read):
    purchase = office.order(office.contractor(), TYP=2)

    assert read(purchase).missing == (str(purchase),)


def test_the_buyers_own_number_is_never_taken_for_the_shops(office, read):
    by_phone = office.order(office.contractor(), NR_ZAMOWIENIA_KLIENTA="WD-100001")

    assert read(by_phone).objects[0].shop_number == ""


def test_one_bad_order_does_not_spoil_its_batch(office, read):
    buyer = office.contractor()
    good, bad_day, no_article = office.order(buyer), office.order(buyer, DATA=46349), office.order(buyer)
    office.line(no_article, 999999)

    answer = read(good, bad_day, no_article)

    assert [order.id for order in answer.objects] == [str(good)]
    assert "46349" in answer.broken[str(bad_day)]
    assert "999999" in answer.broken[str(no_article)]
    assert answer.missing == ()


def test_everything_read_is_of_one_moment(office, engine, settings):
    order = office.order(office.contractor(), STATUS_ZAM="V")

    with reading(engine) as conn:
        before = read_orders(conn, [str(order)], settings)
        office.run('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'W\'')
        after = read_orders(conn, [str(order)], settings)

    assert (before.objects, before.read_at) == (after.objects, after.read_at)


def test_ids_are_those_of_flagged_buyers(office, engine, settings):
    wanted = [str(office.order(office.contractor())) for _ in range(3)]
    office.order(office.contractor(DOSTEPNY_W_B2B=0))

    with reading(engine) as conn:
        assert list(read_ids(conn, Kind.ORDER, settings, after="", limit=3).ids) == wanted
