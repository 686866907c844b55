"""Promises of the inbox on a real PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wiadukt.contract.base import Kind
from wiadukt.contract.event import ThinEvent
from wiadukt.shop.sync import inbox, watch
from wiadukt.shop.sync.models import InboxObject, InboxState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def event(number: int, object_id: str = "17") -> ThinEvent:
    return ThinEvent.changed(
        Kind.PRODUCT, object_id, event_id=f"e-{number}", source="/wapro/1", time=datetime(2026, 11, 23, tzinfo=UTC)
    )


def test_an_event_sent_twice_asks_once():
    assert inbox.accept([event(1)]) == 1
    assert inbox.accept([event(1)]) == 0

    assert InboxObject.objects.get().asked == 1


def test_several_changes_of_one_object_are_one_fetch():
    inbox.accept([event(1)])
    inbox.accept([event(2)])

    claimed = inbox.claim()

    assert claimed is not None
    assert claimed.ids == ("17",)
    assert inbox.claim() is None


def test_an_event_during_the_fetch_leads_to_another_fetch():
    inbox.accept([event(1)])
    claimed = inbox.claim()
    inbox.accept([event(2)])

    inbox.finish(list(fenced(claimed)), {})

    row = InboxObject.objects.get()
    assert (row.state, row.asked, row.applied) == (InboxState.WAITING, 2, 1)
    assert inbox.claim() is not None


def test_a_worker_whose_lease_ended_applies_nothing():
    inbox.accept([event(1)])
    first = inbox.claim()
    InboxObject.objects.update(claimed_until=datetime(2020, 1, 1, tzinfo=UTC))
    second = inbox.claim()

    assert fenced(first) == []
    assert len(fenced(second)) == 1


def test_a_poisonous_object_is_rejected_with_its_cause_and_an_outage_is_not():
    inbox.accept([event(1), event(2, "18")])
    for _ in range(inbox.MOST_ATTEMPTS_BEFORE_REJECTED):
        InboxObject.objects.update(next_attempt_at=datetime(2020, 1, 1, tzinfo=UTC))
        claimed = inbox.claim()
        inbox.postpone(claimed, {"17": "bad card"}, poisonous=True)
        inbox.postpone(claimed, {"18": "no answer"}, poisonous=False)

    states = dict(InboxObject.objects.values_list("object_id", "state"))
    assert states == {"17": InboxState.REJECTED, "18": InboxState.WAITING}
    assert InboxObject.objects.get(object_id="17").last_error == "bad card"


def test_what_wapro_announces_before_the_flag_day_comes_quietly():
    """The connector may be at work for days before the shop takes over: a change then is no reason for an e-mail."""
    inbox.accept([event(1)])
    assert InboxObject.objects.get().quiet

    watch.note_takeover()
    inbox.accept([event(2), event(3, "18")])

    assert dict(InboxObject.objects.values_list("object_id", "quiet")) == {"17": True, "18": False}


def test_nor_does_a_comparison_before_the_flag_day_make_noise():
    inbox.ask({(Kind.CUSTOMER, "17"): "reconciliation-1"})

    assert InboxObject.objects.get().quiet


def test_a_buyer_goes_before_goods_that_were_asked_for_earlier():
    inbox.ask({(Kind.PRODUCT, "FR-1"): "", (Kind.INVOICE, "5"): ""})
    inbox.ask({(Kind.CUSTOMER, "17"): ""})

    claimed = [inbox.claim(), inbox.claim(), inbox.claim(), inbox.claim()]

    assert [one and one.ids for one in claimed] == [("17",), ("FR-1",), ("5",), None]


@pytest.mark.parametrize("first", ["the event", "the order"])
def test_goods_of_an_order_wait_a_moment_for_wapros_own_word(first):
    def order() -> None:
        inbox.ask({(Kind.PRODUCT, "17"): ""}, after_s=60)

    if first == "the order":
        order()
        assert inbox.claim() is None
    inbox.accept([event(1)])
    if first == "the event":
        order()

    assert inbox.claim().ids == ("17",)
    assert InboxObject.objects.get().asked == 2


def fenced(claimed: inbox.Claim) -> list[InboxObject]:
    from django.db import transaction

    with transaction.atomic():
        return list(inbox.fence(claimed).values())
