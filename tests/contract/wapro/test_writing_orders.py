"""A placed order becomes one document of WAPRO, or nothing and a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest
from factories.bases import SERVERS
from factories.threads import at_once
from factories.wapro import placed

from wiadukt.contract.errors import Misconfigured, Refused
from wiadukt.contract.product import Contents
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.read.orders import read_orders
from wiadukt.wapro.read.products import read_products
from wiadukt.wapro.write.orders import write_order

TABLES = ("ZAMOWIENIE", "POZYCJA_ZAMOWIENIA", "DOSTAWA")


@pytest.fixture
def write(engine, settings):
    def write(order, **changes):
        with writing(engine) as conn:
            return write_order(conn, order, settings.model_copy(update=changes))

    return write


@pytest.fixture
def buyer(office) -> int:
    return office.contractor(ID_HANDLOWCA=2)


def _nothing_of_it(office) -> bool:
    ours = office.value("SELECT count(*) FROM wiadukt.zamowienie_mapa")
    reserved = office.value('SELECT coalesce(sum("ZAREZERWOWANO"), 0) FROM dbo."ARTYKUL"')
    counters = office.count("NUMERACJA")
    return not (ours or reserved or counters or any(office.count(table) for table in TABLES))


def test_an_order_lands_as_the_buyer_placed_it(office, write, buyer):
    place = office.place(buyer)
    card = office.article("FR-1", wholesale="10.00")
    order = placed(
        buyer,
        {
            "product_id": "FR-1",
            "parameters": [{"id": "szerokość", "value": "396", "unit": "mm"}, {"id": "dekor", "value": "dąb"}],
            "note": "ostrożnie",
        },
        delivery_place_id=str(place),
        ordered_by="Anna Bukowska",
        customer_number="ZK/7",
        remarks="Proszę dzwonić.",
    )

    receipt = write(order)

    assert receipt.created
    assert receipt.erp_number == "ZO 0001/26"
    header = office.rows('SELECT * FROM dbo."ZAMOWIENIE"')[0]
    assert str(header["ID_ZAMOWIENIA"]) == receipt.id
    assert header["NR_ZAMOWIENIA_KLIENTA"] == order.number
    assert (header["ID_KONTRAHENTA"], header["ID_UZYTKOWNIKA"], header["ID_PRACOWNIKA"]) == (buyer, 3000001, 2)
    assert (header["DATA"], header["DATA_REALIZACJI"]) == (82510, 82520)
    assert (header["FORMA_PLATNOSCI"], header["DNI_PLATNOSCI"]) == ("przelew", 14)
    assert (header["WARTOSC_NETTO"], header["WARTOSC_BRUTTO"]) == (Decimal(20), Decimal("24.60"))
    assert header["OSOBA_ZAMAWIAJACA"] == "Anna Bukowska"
    assert header["UWAGI"] == "Proszę dzwonić.\nNr zamówienia kupującego: ZK/7"
    assert (header["SEMAFOR"], header["FLAGA_STANU"]) == (0, 0)
    line = office.rows('SELECT * FROM dbo."POZYCJA_ZAMOWIENIA"')[0]
    assert (line["ID_ARTYKULU"], line["ZAMOWIONO"], line["ZNACZNIK_CENY"]) == (card, 2, "k")
    assert line["OPIS"] == "szerokość=396 mm; dekor=dąb | ostrożnie"
    assert office.value('SELECT "ZAREZERWOWANO" FROM dbo."ARTYKUL"') == 2
    delivery = office.rows('SELECT * FROM dbo."DOSTAWA"')
    assert [(row["ID_MIEJSCA_DOSTAWY"], str(row["ID_ZAMOWIENIA"])) for row in delivery] == [(place, receipt.id)]


def test_pieces_of_a_card_in_square_metres_keep_their_unit_and_say_how_much_of_it_one_is(
    office, write, buyer, engine, settings
):
    office.article("FR-1", wholesale="41.37")
    line = {"product_id": "FR-1", "quantity": "3", "price_net": "41.37", "unit": "szt.", "unit_factor": "0.283536"}

    receipt = write(placed(buyer, line))

    (kept,) = office.rows('SELECT * FROM dbo."POZYCJA_ZAMOWIENIA"')
    assert (kept["ZAMOWIONO"], kept["JEDNOSTKA"].strip(), kept["PRZELICZNIK"]) == (3, "szt.", Decimal("0.283536"))
    assert kept["ZNACZNIK_CENY"] == "m", "the level's price is that of a square metre, whatever it comes to"
    assert office.value('SELECT "ZAREZERWOWANO" FROM dbo."ARTYKUL"') == Decimal("0.850608")
    with reading(engine) as conn:
        (read,) = read_orders(conn, [receipt.id], settings).objects
    assert [(one.ordered, one.unit, one.price_net) for one in read.lines] == [(3, "szt.", Decimal("41.37"))]


def test_packages_take_their_pieces_from_the_stock_and_are_told_in_packages(office, write, buyer, engine, settings):
    pack = office.insert("JEDNOSTKA", ID_FIRMY=1, NAZWA="opakowanie 12 szt.", SKROT="op.", PRZELICZNIK=12)
    office.article("WKR-1", wholesale="9.50", STAN=100, ID_JEDNOSTKI_SPRZ=pack)

    write(placed(buyer, {"product_id": "WKR-1", "quantity": "3", "price_net": "9.50"}))

    (line,) = office.rows('SELECT * FROM dbo."POZYCJA_ZAMOWIENIA"')
    assert (line["ZAMOWIONO"], line["JEDNOSTKA"].strip(), line["PRZELICZNIK"]) == (3, "op.", 12)
    assert office.value('SELECT "ZAREZERWOWANO" FROM dbo."ARTYKUL"') == 36
    with reading(engine) as conn:
        (product,) = read_products(conn, ["WKR-1"], settings).objects
    assert (product.unit, product.available) == ("op.", Decimal("5.333333"))
    assert product.contents == Contents(quantity=Decimal(12), unit="szt.")


def test_it_is_read_back_under_the_shops_number(office, write, buyer, engine, settings):
    office.article("FR-1")
    order = placed(buyer, {"product_id": "FR-1"})

    receipt = write(order)

    with reading(engine) as conn:
        assert read_orders(conn, [receipt.id], settings).objects[0].shop_number == order.number


def test_an_agreed_price_is_marked_so_that_wapro_leaves_it(office, write, buyer):
    office.article("FR-1", wholesale="11.00")

    write(placed(buyer, {"product_id": "FR-1"}))

    line = office.rows('SELECT "ZNACZNIK_CENY", "CENA_NETTO", "CENA_BRUTTO" FROM dbo."POZYCJA_ZAMOWIENIA"')[0]
    assert list(line.values()) == ["m", Decimal(10), Decimal("12.30")]


def test_the_card_is_that_of_the_orders_warehouse(office, write, buyer):
    office.article("FR-1", ID_MAGAZYNU=2)
    card = office.article("FR-1")

    write(placed(buyer, {"product_id": "FR-1"}))

    assert office.value('SELECT "ID_ARTYKULU" FROM dbo."POZYCJA_ZAMOWIENIA"') == card


@pytest.mark.parametrize(
    ("placed_at", "wanted_on", "days"),
    [
        (datetime(2026, 11, 23, 12, 8, tzinfo=UTC), None, (82510, 82510)),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), date(2026, 11, 24), (82511, 82511)),
        (datetime(2026, 11, 23, 12, 8, tzinfo=UTC), date(2026, 11, 1), (82510, 82510)),
    ],
)
def test_the_due_day_is_never_before_the_day_of_the_order(office, write, buyer, placed_at, wanted_on, days):
    office.article("FR-1")

    write(placed(buyer, {"product_id": "FR-1"}, placed_at=placed_at, wanted_on=wanted_on))

    assert tuple(office.rows('SELECT "DATA", "DATA_REALIZACJI" FROM dbo."ZAMOWIENIE"')[0].values()) == days


def test_an_order_sent_twice_makes_one_document(office, write, buyer):
    office.article("FR-1")
    order = placed(buyer, {"product_id": "FR-1"})

    first, second = write(order), write(order)

    assert (first.created, second.created) == (True, False)
    assert (second.id, second.erp_number) == (first.id, first.erp_number)
    assert office.count("ZAMOWIENIE") == 1


def test_an_order_sent_by_many_at_once_makes_one_document(office, write, buyer):
    office.article("FR-1")
    order = placed(buyer, {"product_id": "FR-1"})

    receipts = at_once(*[lambda: write(order)] * 8)

    assert sorted(receipt.created for receipt in receipts) == [False] * 7 + [True]
    assert len({receipt.id for receipt in receipts}) == 1
    assert office.count("ZAMOWIENIE") == office.count("POZYCJA_ZAMOWIENIA") == 1
    assert office.value('SELECT "ZAREZERWOWANO" FROM dbo."ARTYKUL"') == 2


def test_many_orders_at_once_get_a_document_and_a_number_each(office, write, buyer):
    for index in ("A", "B", "C"):
        office.article(index)
    orders = [placed(buyer, *({"product_id": i} for i in lines)) for lines in ("ABC", "CBA", "BCA", "CAB") * 3]

    receipts = at_once(*(partial(write, order) for order in orders))

    assert len({receipt.erp_number for receipt in receipts}) == len(orders) == office.count("ZAMOWIENIE")
    assert office.value('SELECT sum("ZAREZERWOWANO") FROM dbo."ARTYKUL"') == 3 * 2 * len(orders)


def test_the_same_number_with_another_content_is_refused(office, write, buyer):
    office.article("FR-1")
    order = placed(buyer, {"product_id": "FR-1"})
    write(order)

    with pytest.raises(Refused) as refusal:
        write(order.model_copy(update={"remarks": "inaczej"}))

    assert refusal.value.code == "number_taken"


def test_an_order_known_to_wapro_only_is_found_by_its_key(office, write, buyer):
    """The map is younger than the base, as after a restore."""
    office.article("FR-1")
    order = placed(buyer, {"product_id": "FR-1"})
    first = write(order)
    office.run("DELETE FROM wiadukt.zamowienie_mapa")

    again = write(order)

    assert (again.created, again.id) == (False, first.id)
    assert office.value("SELECT count(*) FROM wiadukt.zamowienie_mapa") == 1


def test_an_order_that_the_office_deleted_is_not_made_again(office, write, buyer):
    office.article("FR-1")
    order = placed(buyer, {"product_id": "FR-1"})
    write(order)
    office.run('DELETE FROM dbo."POZYCJA_ZAMOWIENIA"')
    office.run('DELETE FROM dbo."ZAMOWIENIE"')

    with pytest.raises(Refused) as refusal:
        write(order)

    assert refusal.value.code == "order_deleted"
    assert office.count("ZAMOWIENIE") == 0


REFUSALS = {
    "a contractor WAPRO does not know": (lambda o: {"customer_id": "999"}, "customer_id"),
    "an id that is no id": (lambda o: {"customer_id": "x"}, "customer_id"),
    "a blocked contractor": (lambda o: {"customer_id": str(o.contractor(ZABLOKOWANY=1))}, "customer_id"),
    "a contractor not in the shop": (lambda o: {"customer_id": str(o.contractor(DOSTEPNY_W_B2B=0))}, "customer_id"),
    "another company's contractor": (lambda o: {"customer_id": str(o.contractor(ID_FIRMY=2))}, "customer_id"),
    "another's delivery place": (lambda o: {"delivery_place_id": str(o.place(o.contractor()))}, "delivery_place_id"),
    "a moment without a zone": (lambda o: {"placed_at": datetime(2026, 11, 23, 12)}, "placed_at"),
    "remarks too long": (lambda o: {"remarks": "a" * 1001}, "remarks"),
    "a sign WAPRO can't keep": (lambda o: {"remarks": "👍"}, "remarks"),
    "a name too long": (lambda o: {"ordered_by": "a" * 102}, "ordered_by"),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_a_refused_order_names_its_field_and_leaves_nothing_behind(office, write, buyer, why):
    office.article("FR-1")
    change, field = REFUSALS[why]

    with pytest.raises(Refused) as refusal:
        write(placed(buyer, {"product_id": "FR-1"}, **change(office)))

    assert refusal.value.field == field
    assert refusal.value.cause
    assert refusal.value.remedy
    assert _nothing_of_it(office)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"product_id": "none"}, "product_id"),
        ({"product_id": "blocked"}, "product_id"),
        ({"product_id": "elsewhere"}, "product_id"),
        ({"product_id": "FR-1", "note": "Ω"}, "lines[2].note"),
        ({"product_id": "FR-1", "note": "a" * 501}, "lines[2].note"),
    ],
)
def test_a_line_that_cannot_be_ordered_refuses_the_whole_order(office, write, buyer, line, field):
    office.article("FR-1")
    office.article("blocked", ZABLOKOWANY=1)
    office.article("elsewhere", ID_MAGAZYNU=2)

    with pytest.raises(Refused) as refusal:
        write(placed(buyer, {"product_id": "FR-1"}, line))

    assert refusal.value.field == field
    assert _nothing_of_it(office)


def test_a_failure_half_way_leaves_nothing_behind(office, write, buyer):
    office.article("FR-1")
    office.run('DELETE FROM dbo."DEFINICJA_NUMERACJI"')

    with pytest.raises(Refused, match="JL_PobierzFormatNumeracji_Server"):
        write(placed(buyer, {"product_id": "FR-1"}))

    assert _nothing_of_it(office)


def test_a_user_who_is_not_in_wapro_makes_no_order(office, write, buyer):
    """A document made by one stays locked in WAPRO for ever."""
    office.article("FR-1")

    with pytest.raises(Misconfigured, match="WAPRO_USER_ID"):
        write(placed(buyer, {"product_id": "FR-1"}), wapro_user_id=1)

    assert _nothing_of_it(office)


DEATHS = {
    "postgresql": ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend({})"),
    "sqlserver": ("SELECT @@SPID", "KILL {}"),
}


@pytest.mark.parametrize(("bases", "death"), [(one, DEATHS[one]) for one in SERVERS], indirect=["bases"])
def test_why_an_order_was_refused_is_told_even_when_the_transaction_can_not_be_ended(office, engine, death):
    """A procedure may have ended it, or the connection is gone."""
    ask, end = death

    def refuse() -> None:
        with writing(engine) as conn:
            office.run(end.format(conn.exec_driver_sql(ask).scalar_one()))
            raise Refused("refused", "bo tak", remedy="")

    with pytest.raises(Refused, match="bo tak"):
        refuse()

    with reading(engine) as conn:
        assert conn.exec_driver_sql("SELECT 1").scalar_one() == 1


def test_forms_of_payment_and_delivery_are_the_orders_own(office, write, buyer):
    office.article("FR-1")
    place = office.place(buyer)
    chosen = {"payment_form": "gotówka", "delivery_form_id": "2", "delivery_place_id": str(place)}

    write(placed(buyer, {"product_id": "FR-1"}, **chosen))

    header = office.rows('SELECT "FORMA_PLATNOSCI", "DNI_PLATNOSCI" FROM dbo."ZAMOWIENIE"')[0]
    assert tuple(header.values()) == ("gotówka", 0)
    assert office.value('SELECT "ID_FORMY_DOSTAWY" FROM dbo."DOSTAWA"') == 2


@pytest.mark.parametrize(
    ("field", "value"), [("payment_form", "barter"), ("payment_form", "czek"), ("delivery_form_id", "77")]
)
def test_a_form_that_is_not_in_wapros_dictionary_is_refused_by_name(office, write, buyer, field, value):
    office.article("FR-1")
    office.insert("FORMA_PLATNOSCI", NAZWA="czek", AKTYWNA=0, ID_FIRMY=1)

    with pytest.raises(Refused) as refusal:
        write(placed(buyer, {"product_id": "FR-1"}, **{field: value}))

    assert refusal.value.field == field
    assert _nothing_of_it(office)
