"""Addresses and delivery places on both sides: said once, waited for, and the last change that WAPRO took stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import shop as make
from factories.shop import erp_customer

from wiadukt.contract.address_change import AddressReceipt, CardPart, CardValue, DeliveryPlaceReceipt
from wiadukt.contract.customer import Address, PlaceCard
from wiadukt.contract.customer import DeliveryPlace as ErpPlace
from wiadukt.shop.addresses import change, settle
from wiadukt.shop.addresses.change import By
from wiadukt.shop.addresses.models import Conflict
from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.models import DeliveryPlace, Organisation
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.sync.apply import Batch
from wiadukt.shop.sync.apply.customers import apply_customers

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

ANNA = By("anna@bukowiec.example")
OLD = Address(street="Polna 1", postal_code="62-045", city="Pniewy")
NEW = Address(street="Leśna 7", postal_code="60-001", city="Poznań")
OTHER = Address(street="Nowa 3", postal_code="90-001", city="Łódź")
HALL = PlaceCard(name="Hala 2", recipient="Jan Kłos", address=NEW, phone="+48 61 852 00 00")


@pytest.fixture
def company() -> Organisation:
    comes(erp_customer("17", address=OLD))
    return Organisation.objects.get(erp_id="17")


def comes(customer, read_at=None):
    """A snapshot of WAPRO, read now unless it is an old one."""
    batch = Batch(messages={customer.id: "e-1"}, quiet=frozenset(), read_at=read_at or timezone.now())
    apply_customers([customer], [], batch)


def moves(company, address=NEW, by=ANNA):
    return change.change_card(company, CardPart.ADDRESS, CardValue(address=address), by)


def is_taken(message, *, replaced=None):
    """WAPRO's answer comes, and says whether the office's value was overwritten."""
    receipt = AddressReceipt(
        customer_id="17", part="address", written=True, replaced=replaced, replaced_by="Biuro" if replaced else ""
    )
    settle.note_address(receipt, message)
    OutboundMessage.objects.filter(pk=message.pk).update(state=MessageState.DELIVERED, delivered_at=timezone.now())


def street(company) -> str:
    company.refresh_from_db()
    return company.street


def told() -> list[OutboundMessage]:
    return list(OutboundMessage.objects.order_by("id"))


def test_a_change_is_shown_kept_in_history_and_said_in_one_transaction(company):
    message = moves(company)

    assert street(company) == "Leśna 7"
    assert (message.kind, message.key, message.payload["base"]["address"]["street"]) == (
        "address_changed", "17 address", "Polna 1",
    )  # fmt: skip
    row = Change.objects.get(field="street", origin="buyer")
    assert (row.old, row.new, row.author, row.message_id) == ("Polna 1", "Leśna 7", ANNA.email, f"outbox-{message.pk}")


def test_the_same_again_says_nothing(company):
    assert moves(company, OLD) is None
    assert told() == []


def test_a_second_change_before_the_answer_keeps_its_turn_and_what_was_before_the_first(company):
    first = moves(company)

    second = moves(company, OTHER)

    assert second.pk == first.pk
    assert second.payload["base"]["address"]["street"] == "Polna 1"
    assert second.payload["revision"] > first.payload["revision"]
    assert len(told()) == 1


def test_wapros_older_value_does_not_overwrite_a_change_that_waits(company):
    moves(company)

    comes(erp_customer("17", address=OTHER, name="Nowa nazwa"))

    assert street(company) == "Leśna 7"
    assert company.name == "Nowa nazwa", "other fields follow"


def test_a_snapshot_read_before_wapro_took_the_change_does_not_undo_it(company):
    before = timezone.now()
    is_taken(moves(company))
    changes = Change.objects.count()

    comes(erp_customer("17", address=OLD), read_at=before)

    assert (street(company), Change.objects.count(), Conflict.objects.count()) == ("Leśna 7", changes, 0)


def test_what_we_wrote_comes_back_and_changes_nothing(company):
    is_taken(moves(company))
    before = (Change.objects.count(), len(told()))

    comes(erp_customer("17", address=NEW))

    assert (Change.objects.count(), len(told()), Conflict.objects.count()) == (*before, 0)
    assert street(company) == "Leśna 7"


def test_the_office_changed_it_meanwhile_and_the_shops_change_won(company):
    is_taken(moves(company), replaced=CardValue(address=OTHER))

    conflict = Conflict.objects.get()

    assert (conflict.winner, conflict.part, conflict.shop_author, conflict.wapro_author) == (
        "shop", "address", ANNA.email, "Biuro",
    )  # fmt: skip
    assert conflict.wapro_value["address"]["street"] == "Nowa 3"
    assert Change.objects.get(field="conflict").old.startswith("Nowa 3")
    assert street(company) == "Leśna 7"


def test_the_office_overwrote_a_change_at_once_and_won(company):
    is_taken(moves(company))

    comes(erp_customer("17", address=OTHER))

    assert street(company) == "Nowa 3"
    conflict = Conflict.objects.get()
    assert (conflict.winner, conflict.shop_value["address"]["street"]) == ("wapro", "Leśna 7")


def test_a_change_of_the_office_days_later_is_no_conflict(company):
    is_taken(moves(company))
    OutboundMessage.objects.update(delivered_at=timezone.now() - timedelta(days=2))

    comes(erp_customer("17", address=OTHER))

    assert (street(company), Conflict.objects.count()) == ("Nowa 3", 0)


def test_each_field_group_goes_its_own_way(company):
    moves(company)

    comes(erp_customer("17", address=OTHER, correspondence_address=OTHER, phone="+48 61 1"))

    company.refresh_from_db()
    assert (company.street, company.correspondence_street, company.phone) == ("Leśna 7", "Nowa 3", "+48 61 1")


def test_what_wapro_refused_is_wapros_again_and_a_new_try_takes_its_place(company):
    message = moves(company)
    OutboundMessage.objects.update(state=MessageState.REJECTED)
    comes(erp_customer("17", address=OLD))
    assert street(company) == "Polna 1"

    again = moves(company, OTHER)

    assert (again.pk, again.state, street(company)) == (message.pk, MessageState.WAITING, "Nowa 3")


def test_what_was_withdrawn_is_never_said_and_wapro_is_read_again(company):
    moves(company)

    assert change.withdraw(company, "17 address", ANNA)
    assert not change.withdraw(company, "17 address", ANNA)

    assert told()[0].state == MessageState.DISCARDED
    comes(erp_customer("17", address=OLD))
    assert street(company) == "Polna 1"


# Delivery places.


def test_a_place_made_here_gets_its_id_whichever_word_comes_first(company):
    for is_receipt_first in (True, False):
        place = change.add_place(company, HALL, [], ANNA)
        message = OutboundMessage.objects.get(key=str(place.key))
        erp_id = f"m-{is_receipt_first}"
        snapshot = ErpPlace(id=erp_id, key=str(place.key), **HALL.model_dump())
        receipt = DeliveryPlaceReceipt(key=str(place.key), id=erp_id, created=True, written=True)
        steps = [lambda m=message, r=receipt: settle.note_place(r, m),
                 lambda s=snapshot: comes(erp_customer("17", address=OLD, delivery_places=(s,)))]  # fmt: skip

        for step in steps if is_receipt_first else reversed(steps):
            step()

        place.refresh_from_db()
        assert (place.erp_id, place.is_active) == (erp_id, True)
        assert DeliveryPlace.objects.filter(name="Hala 2", key=place.key).count() == 1
    assert DeliveryPlace.objects.filter(erp_id__startswith="m-").count() == 2


def test_a_retired_place_stays_retired_whatever_wapro_says(company):
    place = company.delivery_places.get()
    change.retire_place(place, ANNA)

    comes(erp_customer("17", address=OLD, delivery_places=(ErpPlace(id=place.erp_id, name="Hala inna"),)))

    place.refresh_from_db()
    assert (place.name, place.is_active, place.retired_at is not None) == ("Hala inna", True, True)
    assert told() == [], "WAPRO keeps the place: nothing is said"


def test_a_changed_place_waits_and_two_values_at_once_are_a_conflict(company):
    place = company.delivery_places.get()
    change.change_place(place, HALL, None, ANNA)
    wapros = ErpPlace(id=place.erp_id, name="Hala biura")
    comes(erp_customer("17", address=OLD, delivery_places=(wapros,)))
    place.refresh_from_db()
    assert place.name == "Hala 2", "the change waits"
    OutboundMessage.objects.update(state=MessageState.DELIVERED, delivered_at=timezone.now())

    comes(erp_customer("17", address=OLD, delivery_places=(wapros,)))

    place.refresh_from_db()
    conflict = Conflict.objects.get()
    assert (place.name, conflict.place_id, conflict.winner) == ("Hala biura", place.pk, "wapro")


def test_a_withdrawn_place_that_wapro_never_knew_is_retired(company):
    place = change.add_place(company, HALL, [], ANNA)

    change.withdraw(company, str(place.key), ANNA)

    place.refresh_from_db()
    assert place.retired_at is not None


def test_an_order_to_a_new_place_goes_behind_its_message(company, to_order):
    place = change.add_place(company, HALL, [], ANNA)

    order = to_order(place)

    message = OutboundMessage.objects.get(key=order.number)
    assert message.order_key == OutboundMessage.objects.get(key=str(place.key)).order_key
    assert (message.payload["delivery_place_id"], message.payload["delivery_place_key"]) == (None, str(place.key))


@pytest.fixture
def to_order(company):
    from wiadukt.shop.ordering.place import Wishes
    from wiadukt.shop.ordering.place import place as place_order

    def to_order(place):
        product = make.a_priced_product("ZAW-1")
        member = company.members.get()
        basket = make.a_basket(member.user, (product, 1))
        return place_order(basket, member, Wishes(branch=company.default_branch, place=place))

    return to_order
