"""Addresses and delivery places of the shop, written to WAPRO: once, only what differs, and never over an open card."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from factories.threads import at_once
from factories.wapro import placed

from wiadukt.contract.address_change import AddressChange, CardPart, CardValue, DeliveryPlaceChange
from wiadukt.contract.customer import Address, PlaceCard
from wiadukt.contract.errors import Busy, Refused
from wiadukt.runtime import clock
from wiadukt.wapro import clarion
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.read.customers import read_customers
from wiadukt.wapro.write import told
from wiadukt.wapro.write.addresses import write_address, write_place
from wiadukt.wapro.write.orders import write_order

NOW = datetime(2026, 11, 23, 12, 8, tzinfo=UTC)
OLD = Address(street="Polna 1", postal_code="62-045", city="Pniewy")
NEW = Address(street="Leśna 7", postal_code="60-001", city="Poznań")
KEY = "0d8b1a52-0000-4000-8000-000000000001"
HALL = PlaceCard(name="Hala 2", recipient="Jan Kłos", address=NEW, phone="+48 61 852 00 00", note="Wjazd od tyłu")


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"wapro_write_addresses": True, "wapro_write_places": True})


@pytest.fixture
def buyer(office) -> int:
    return office.contractor(ULICA_LOKAL="Polna 1", KOD_POCZTOWY="62-045", MIEJSCOWOSC="Pniewy", SYM_KRAJU="PL ")


@pytest.fixture
def put(engine, settings):
    def put(change):
        write = write_address if isinstance(change, AddressChange) else write_place
        with writing(engine) as conn:
            return write(conn, change, settings)

    return put


def moved(buyer: int, revision: int = 1, value: Address = NEW, **fields) -> AddressChange:
    about = {"customer_id": str(buyer), "part": CardPart.ADDRESS, "revision": revision, "changed_at": NOW}
    return AddressChange(**about | {"value": CardValue(address=value)} | fields)


def a_hall(buyer: int, revision: int = 1, value: PlaceCard = HALL, **fields) -> DeliveryPlaceChange:
    about = {"key": KEY, "customer_id": str(buyer), "revision": revision, "changed_at": NOW, "value": value}
    return DeliveryPlaceChange(**about | fields)


@pytest.fixture
def read(engine, settings):
    def read(buyer):
        with reading(engine) as conn:
            return read_customers(conn, [str(buyer)], settings).objects[0]

    return read


def test_an_address_changes_and_stands_in_wapros_history_under_today(office, put, read, buyer):
    receipt = put(moved(buyer, base=CardValue(address=OLD)))

    assert (receipt.written, receipt.replaced) == (True, None)
    assert read(buyer).address == NEW
    row = office.rows('SELECT * FROM dbo."ADRESY_KONTRAHENTA"')[0]
    assert (row["ULICA_LOKAL"], row["MIEJSCOWOSC"], row["DATA_OD"]) == (
        "Leśna 7", "Poznań", clarion.of_moment(clock.now()),
    )  # fmt: skip


def test_a_second_address_of_one_day_changes_the_row_of_that_day(office, put, buyer):
    put(moved(buyer))

    put(moved(buyer, 2, NEW.model_copy(update={"street": "Leśna 8"})))

    assert [row["ULICA_LOKAL"] for row in office.rows('SELECT * FROM dbo."ADRESY_KONTRAHENTA"')] == ["Leśna 8"]


PARTS = {
    CardPart.CORRESPONDENCE: (
        {"address": NEW},
        {"ULICA_LOKAL_KOR", "KOD_POCZTOWY_KOR", "MIEJSCOWOSC_KOR"},
    ),
    CardPart.PHONE: ({"phone": "+48 601 234 567"}, {"TELEFON_FIRMOWY"}),
}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_changes_its_own_columns_and_no_others(office, put, buyer, part):
    value, columns = PARTS[part]
    before = office.rows('SELECT * FROM dbo."KONTRAHENT"')[0]

    put(moved(buyer).model_copy(update={"part": part, "value": CardValue(**value)}))

    after = office.rows('SELECT * FROM dbo."KONTRAHENT"')[0]
    assert {name for name in before if before[name] != after[name]} == columns
    assert office.count("ADRESY_KONTRAHENTA") == 0


def test_a_repeat_writes_nothing_and_gives_the_same_answer(office, put, buyer):
    office.run('UPDATE dbo."KONTRAHENT" SET "ULICA_LOKAL" = \'Inna 3\', "KTO_POPRAWIL" = \'Anna 23.11.2026 12:00:00\'')
    change = moved(buyer, base=CardValue(address=OLD))
    first = put(change)
    office.run('UPDATE dbo."KONTRAHENT" SET "ULICA_LOKAL" = \'Po nas 4\'')
    office.forget_queue()

    second = put(change)

    assert second == first
    assert first.replaced.address.street == "Inna 3"
    assert first.replaced_by == "Anna 23.11.2026 12:00:00"
    assert office.value('SELECT "ULICA_LOKAL" FROM dbo."KONTRAHENT"') == "Po nas 4"
    assert office.queue() == []


def test_an_older_revision_that_comes_late_changes_nothing(put, read, buyer):
    put(moved(buyer, 5))

    receipt = put(moved(buyer, 4, OLD))

    assert not receipt.written
    assert read(buyer).address == NEW


def test_the_same_revision_that_a_person_edited_is_written(put, read, buyer):
    put(moved(buyer, 5))

    put(moved(buyer, 5, OLD))

    assert read(buyer).address == OLD


def test_what_wapro_holds_already_is_not_written_again_and_announces_nothing(office, put, buyer):
    office.forget_queue()

    receipt = put(moved(buyer, value=OLD))

    assert (receipt.written, office.queue(), office.count("ADRESY_KONTRAHENTA")) == (False, [], 0)


def test_what_we_wrote_ourselves_is_no_change_of_the_office(put, buyer):
    put(moved(buyer, 1, base=CardValue(address=OLD)))

    receipt = put(moved(buyer, 2, NEW.model_copy(update={"city": "Łódź"}), base=CardValue(address=OLD)))

    assert receipt.replaced is None


@pytest.mark.parametrize("change", [moved, a_hall], ids=["address", "place"])
def test_a_card_that_the_office_has_open_waits(office, put, buyer, change):
    office.run('UPDATE dbo."KONTRAHENT" SET "SEMAFOR" = 3000001')
    with pytest.raises(Busy, match="otwarta"):
        put(change(buyer))
    assert office.count("MIEJSCE_DOSTAWY") == office.count("ADRESY_KONTRAHENTA") == 0

    office.run('UPDATE dbo."KONTRAHENT" SET "SEMAFOR" = 0')

    assert put(change(buyer)).written


def test_a_place_of_the_shop_is_made_once_and_comes_back_with_its_id(office, put, read, buyer):
    first, second = put(a_hall(buyer)), put(a_hall(buyer))

    assert (first.created, first.id, office.count("MIEJSCE_DOSTAWY")) == (True, second.id, 1)
    place = read(buyer).delivery_places[0]
    assert (place.id, place.key) == (first.id, KEY)
    assert PlaceCard(**place.model_dump(exclude={"id", "key"})) == HALL
    row = office.rows('SELECT * FROM dbo."MIEJSCE_DOSTAWY"')[0]
    assert (row["TYP_ADRESU"], row["RODO_DATA"]) == (0, clarion.of_moment(clock.now()))


def test_many_at_once_make_one_place(office, put, buyer):
    told = at_once(*[lambda: put(a_hall(buyer))] * 4)

    assert (len({one.id for one in told}), office.count("MIEJSCE_DOSTAWY")) == (1, 1)


def test_a_place_of_wapro_is_changed_where_it_stands(office, put, read, buyer):
    place = office.place(buyer, FIRMA="Hala", MIEJSCOWOSC="Pniewy")
    office.run('UPDATE dbo."MIEJSCE_DOSTAWY" SET "MIEJSCOWOSC" = \'Kępno\'')
    base = PlaceCard(name="Hala", address=Address(city="Pniewy"))

    receipt = put(a_hall(buyer, id=str(place), base=base))

    assert (receipt.id, receipt.created, receipt.written) == (str(place), False, True)
    assert receipt.replaced.address.city == "Kępno"
    assert read(buyer).delivery_places[0].name == "Hala 2"


def test_a_place_that_wapro_does_not_have_or_anothers_is_refused(office, put, buyer):
    theirs = office.place(office.contractor())
    gone = office.place(buyer)
    office.run('DELETE FROM dbo."MIEJSCE_DOSTAWY" WHERE "ID_MIEJSCA_DOSTAWY" = %s', gone)

    for place in (theirs, gone):
        with pytest.raises(Refused) as refusal:
            put(a_hall(buyer, id=str(place)))
        assert (refusal.value.code, refusal.value.object_id) == ("place_unknown", KEY)


@pytest.mark.parametrize(
    ("street", "code", "said"),
    [("x" * 51, "too_long", "51 znaków, a WAPRO mieści 50"), ("Łąkowa 1 ☃", "unknown_sign", "☃")],
)
def test_what_wapro_cannot_keep_is_refused_with_its_field(office, put, buyer, street, code, said):
    address = NEW.model_copy(update={"street": street})

    for change in (moved(buyer, value=address), a_hall(buyer, value=HALL.model_copy(update={"address": address}))):
        with pytest.raises(Refused, match=said) as refusal:
            put(change)
        assert refusal.value.code == code
        assert refusal.value.field.endswith("address.street")
    assert office.value('SELECT "ULICA_LOKAL" FROM dbo."KONTRAHENT"') == "Polna 1"
    assert office.count("MIEJSCE_DOSTAWY") == 0


def test_without_the_switch_nothing_is_written(office, engine, settings, buyer):
    off = settings.model_copy(update={"wapro_write_addresses": False, "wapro_write_places": False})

    for write, change in ((write_address, moved(buyer)), (write_place, a_hall(buyer))):
        with pytest.raises(Refused, match="WAPRO_WRITE_") as refusal, writing(engine) as conn:
            write(conn, change, off)
        assert refusal.value.code == "switched_off"
    assert office.count("MIEJSCE_DOSTAWY") == 0


@pytest.mark.parametrize("closed", [{"ZABLOKOWANY": 1}, {"RODO_ZANONIMIZOWANY": 1}, {"DOSTEPNY_W_B2B": 0}])
def test_a_contractor_who_left_the_shop_keeps_his_card(office, put, closed):
    buyer = office.contractor(ULICA_LOKAL="Polna 1", **closed)

    with pytest.raises(Refused) as refusal:
        put(moved(buyer))

    assert refusal.value.code == "customer_not_allowed"


def test_an_order_finds_the_place_that_had_no_id_when_it_was_placed(office, engine, settings, put, buyer):
    office.article("FR-1")
    order = placed(buyer, {"product_id": "FR-1"}, delivery_place_key=KEY)
    with pytest.raises(Refused, match="nie ma jeszcze") as refusal, writing(engine) as conn:
        write_order(conn, order, settings)
    assert refusal.value.code == "place_unknown"
    place = put(a_hall(buyer)).id

    with writing(engine) as conn:
        first = write_order(conn, order, settings)
    known = order.model_copy(update={"delivery_place_key": "", "delivery_place_id": place})
    with writing(engine) as conn:
        again = write_order(conn, known, settings)

    assert (first.id, again.created) == (again.id, False)
    assert str(int(office.value('SELECT "ID_MIEJSCA_DOSTAWY" FROM dbo."DOSTAWA"'))) == place


def test_old_answers_are_forgotten_and_a_repeat_still_changes_nothing(office, engine, put, read, buyer):
    put(moved(buyer, base=CardValue(address=Address(street="Stara 1"))))
    office.run("UPDATE wiadukt.adres_powiedziany SET zapisano = %s", office.moment(-40 * 86400))

    with writing(engine) as conn:
        told.forget_answers(conn, 30)

    assert office.value("SELECT odpowiedz FROM wiadukt.adres_powiedziany") == ""
    assert not put(moved(buyer, base=CardValue(address=Address(street="Stara 1")))).written
