"""A past time range once more: counted first, fetched or said again, with no e-mail and no second document."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from factories.mass import work_off
from factories.outbox import a_message, an_order_message, say
from factories.shop import a_branch, a_company, a_seller, an_order

from wiadukt.shop.outbox.models import Intervention, OutboundMessage
from wiadukt.shop.sync.mass import steps
from wiadukt.shop.sync.models import ConnectorState, InboxEvent, InboxObject, InboxState, MassRun

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAGE = "/dashboard/sync/replay/"
TEN = {"since": "2026-11-20T10:00", "until": "2026-11-20T11:00"}


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.fixture
def events() -> None:
    """ZAW-1 thrice (once too late), ZAW-2 and a buyer once, all applied long ago, the flag day over."""
    ConnectorState.objects.create(pk=1, taken_over_at=at(1))
    told = [("product", "ZAW-1", 10), ("product", "ZAW-1", 10), ("product", "ZAW-1", 11), ("product", "ZAW-2", 10)]
    for n, (kind, object_id, hour) in enumerate([*told, ("customer", "17", 10), ("product", "OLD", 9)]):
        InboxEvent.objects.create(
            event_id=f"e{n}", kind=kind, object_id=object_id, time=at(hour), received_at=at(hour, n)
        )
        InboxObject.objects.get_or_create(kind=kind, object_id=object_id, defaults={"state": InboxState.APPLIED})


def waiting() -> set[str]:
    return set(InboxObject.objects.filter(state=InboxState.WAITING).values_list("object_id", flat=True))


@pytest.mark.parametrize("portion", [500, 2, 1])
def test_what_wapro_announced_then_is_fetched_again_quietly(supervisor, events, monkeypatch, portion):
    monkeypatch.setattr(steps, "PORTION", portion)
    assert supervisor.get(PAGE, TEN | {"what": "in:product"}).context["objects"] == 2
    assert supervisor.get(PAGE, TEN | {"what": "in"}).context["objects"] == 3
    assert waiting() == set()

    supervisor.post(PAGE, TEN | {"what": "in:product"})
    work_off()

    assert waiting() == {"ZAW-1", "ZAW-2"}
    assert set(InboxObject.objects.filter(state=InboxState.WAITING).values_list("quiet", flat=True)) == {True}
    run = MassRun.objects.get()
    assert (run.deed, run.total, run.seen, run.state) == ("replay_in", 3, 3, "finished")


@pytest.mark.parametrize("portion", [500, 1])
def test_what_was_delivered_then_is_said_again_under_its_own_number(supervisor, to, receiver, monkeypatch, portion):
    monkeypatch.setattr(steps, "PORTION", portion)
    for number, minute in (("WD-1", 5), ("WD-2", 10), ("WD-3", 75)):
        a_message(number, state="delivered", delivered_at=at(10, 0) + timezone.timedelta(minutes=minute))
    a_message("WD-4", state="rejected")
    an_order_message("WD-5", state="delivered", delivered_at=at(10, 1))
    assert supervisor.get(PAGE, TEN | {"what": "out:work_requested"}).context["objects"] == 2

    supervisor.post(PAGE, TEN | {"what": "out:work_requested"})
    work_off()
    say(to)

    assert sorted(said["order_number"] for said in receiver.told) == ["WD-1", "WD-2"]
    assert Intervention.objects.filter(deed="replayed", author="my@sklep.example").count() == 2
    assert OutboundMessage.objects.filter(state="delivered").count() == 4
    assert MassRun.objects.get().done == 2


def test_orders_that_are_over_are_not_said_again(supervisor):
    branch = a_branch(a_company("Nowak"), "Poznań")
    over = {"WD-1": {"is_gone": True}, "WD-2": {"cancellation": "done"}, "WD-3": {"erp_state": "cancelled"}, "WD-4": {}}
    for number, fields in over.items():
        an_order(branch, number, **fields)
        an_order_message(number, state="delivered", delivered_at=at(10, 5))

    page = supervisor.get(PAGE, TEN | {"what": "out:order_placed"})

    assert page.context["objects"] == 1
    assert [one.key for one in steps.to_replay_out(TEN | {"kind": "order_placed"})] == ["WD-4"]


@pytest.mark.parametrize(
    "asked",
    [
        {"what": "out:address_changed"},
        {"what": "out:order_cancelled"},
        {"what": "in:planet"},
        {"since": "2026-11-20T12:00"},
        {"since": "2126-11-20T12:00", "until": "2126-11-20T13:00"},
        {"until": ""},
    ],
)
def test_what_can_not_be_replayed_is_refused_and_nothing_begins(supervisor, events, asked):
    said = TEN | {"what": "in"} | asked

    assert supervisor.get(PAGE, said).status_code == 422
    assert supervisor.post(PAGE, said).status_code == 422
    assert not MassRun.objects.exists()


def test_who_does_not_see_all_buyers_replays_nothing(logged_in, events):
    assert logged_in(a_seller("opiekun@x.example").user).post(PAGE, TEN | {"what": "in"}).status_code == 403
    assert not MassRun.objects.exists()
