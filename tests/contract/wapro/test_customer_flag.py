"""Which contractors are in the shop: by the column that the setting names, for every part of the connector alike."""

from __future__ import annotations

import pytest
from factories.wapro import placed

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Refused
from wiadukt.wapro.doctor.counts import check_counts
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.install import Choices, install
from wiadukt.wapro.read.customers import read_customers
from wiadukt.wapro.read.ids import read_all_ids
from wiadukt.wapro.write.orders import write_order

FLAGS = {
    "DOSTEPNY_W_B2B": ({"DOSTEPNY_W_B2B": 1}, {"DOSTEPNY_W_B2B": 0}),
    "POLE3=B2B": ({"POLE3": " B2B "}, {"POLE3": "B2C"}),
    "ID_GRUPY=2,5": ({"ID_GRUPY": 5}, {"ID_GRUPY": 1}),
    "ID_KLASYFIKACJI=4": ({"ID_KLASYFIKACJI": 4}, {"ID_KLASYFIKACJI": None}),
}
OUT = {"DOSTEPNY_W_B2B": 0, "ID_GRUPY": None}


@pytest.fixture(params=FLAGS)
def flag(request) -> str:
    return request.param


@pytest.fixture
def settings(settings, flag):
    return settings.model_copy(update={"wapro_customer_flag": flag})


@pytest.fixture
def pair(office, flag) -> tuple[int, int]:
    """One contractor whom the flag chooses, one whom it does not."""
    inside, outside = FLAGS[flag]
    return office.contractor(**OUT | inside), office.contractor(**OUT | outside)


def test_it_decides_what_is_listed_read_and_allowed_to_order(office, engine, settings, pair):
    inside, outside = pair
    office.article("FR-1")

    with reading(engine) as conn:
        assert read_all_ids(conn, Kind.CUSTOMER, settings) == [str(inside)]
        found = {one.id: one.in_shop for one in read_customers(conn, [str(one) for one in pair], settings).objects}
        assert "1 contractors" in next(iter(check_counts(conn, settings))).what

    assert found == {str(inside): True, str(outside): False}
    with writing(engine) as conn:
        write_order(conn, placed(inside, {"product_id": "FR-1"}), settings)
    with pytest.raises(Refused, match="nie jest w WAPRO udostępniony"), writing(engine) as conn:
        write_order(conn, placed(outside, {"product_id": "FR-1"}), settings)


def test_who_gets_the_flag_is_announced_with_his_documents_and_who_loses_it_alone(office, engine, settings, pair, flag):
    install(engine, choices=Choices.of(settings))
    inside, outside = pair
    order, invoice = office.order(outside), office.invoice(outside)
    office.forget_queue()
    chosen, unchosen = FLAGS[flag]
    column = next(iter(chosen))

    office.run(f'UPDATE dbo."KONTRAHENT" SET "{column}" = %s WHERE "ID_KONTRAHENTA" = %s', chosen[column], outside)

    entered = {("customer", str(outside)), ("order", str(order)), ("invoice", str(invoice))}
    assert set(office.queue()) == entered
    office.forget_queue()
    office.run(f'UPDATE dbo."KONTRAHENT" SET "{column}" = %s WHERE "ID_KONTRAHENTA" = %s', unchosen[column], inside)
    assert office.queue() == [("customer", str(inside))]


def test_of_an_anonymised_contractor_no_person_leaves_wapro(office, engine, settings, flag):
    buyer = office.contractor(
        **OUT | FLAGS[flag][0], RODO_ZANONIMIZOWANY=1, ADRES_EMAIL="a@b.example", TELEFON_FIRMOWY="1", ULICA_LOKAL="X 1"
    )
    office.insert("KONTAKT", ID_KONTRAHENTA=buyer, IMIE="Jan", E_MAIL="jan@b.example")
    office.place(buyer, ODBIORCA="Jan")

    with reading(engine) as conn:
        told = read_customers(conn, [str(buyer)], settings).objects[0]

    assert told.is_anonymised
    assert (told.contacts, told.delivery_places, told.emails, told.phone, told.address.street) == ((), (), (), "", "")
