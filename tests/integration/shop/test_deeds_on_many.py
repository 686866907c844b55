"""A deed on everything that matches: previewed, gone through some at a time, cancelled in between, never doubled."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from factories.mass import work_off
from factories.outbox import a_message, an_order_message, say
from factories.shop import a_branch, a_company, a_member, a_supervisor, a_user, an_order

from wiadukt.shop.ordering import notices
from wiadukt.shop.ordering.models import OrderNotice
from wiadukt.shop.outbox.models import Intervention, OutboundMessage
from wiadukt.shop.panel.pace import Pace
from wiadukt.shop.sync.mass import steps
from wiadukt.shop.sync.mass import work as mass
from wiadukt.shop.sync.models import MassDeed, MassRun

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AGAIN = "/dashboard/sync/messages/again/"


@pytest.fixture
def supervisor():
    return a_supervisor("my@sklep.example")


@pytest.fixture
def few_at_a_time(monkeypatch):
    monkeypatch.setattr(steps, "PORTION", 2)


def waiting() -> set[str]:
    return set(OutboundMessage.objects.filter(state="waiting").values_list("key", flat=True))


def test_it_is_counted_first_and_then_goes_on_by_itself_with_progress(supervisor, logged_in, few_at_a_time):
    for number in range(5):
        a_message(f"WD-{number}", state="rejected")
    browser = logged_in(supervisor)
    assert browser.get(AGAIN, {"state": "rejected"}).context["span"]["count"] == 5

    answer = browser.post(AGAIN, {"state": "rejected"})

    run = MassRun.objects.get()
    assert answer["location"] == f"/dashboard/sync/runs/{run.pk}/"
    assert (run.total, waiting()) == (5, set()), "the press only begins it"
    mass._one_portion(run.pk)
    page = browser.get(f"/dashboard/sync/runs/{run.pk}/").content.decode()
    assert 'aria-valuenow="40"' in page
    assert waiting() == {"WD-0", "WD-1"}
    work_off()
    run.refresh_from_db()
    assert (run.state, run.seen, run.done) == ("finished", 5, 5)
    assert Intervention.objects.filter(deed="retried", author="my@sklep.example").count() == 5


def test_what_was_cancelled_leaves_the_rest_alone(supervisor, logged_in, few_at_a_time):
    for number in range(5):
        a_message(f"WD-{number}", state="rejected")
    browser = logged_in(supervisor)
    browser.post(AGAIN, {})
    run = MassRun.objects.get()
    mass._one_portion(run.pk)

    browser.post(f"/dashboard/sync/runs/{run.pk}/cancel/")
    work_off()
    mass.work(run.pk)

    assert waiting() == {"WD-0", "WD-1"}
    run.refresh_from_db()
    assert (run.state, run.done) == ("stopped", 2)


def test_what_was_paused_goes_on_where_it_was(supervisor, logged_in, few_at_a_time):
    for number in range(5):
        a_message(f"WD-{number}", state="rejected")
    browser = logged_in(supervisor)
    browser.post(AGAIN, {})
    run = MassRun.objects.get()
    mass._one_portion(run.pk)
    browser.post(f"/dashboard/sync/runs/{run.pk}/pause/")
    work_off()
    assert len(waiting()) == 2

    browser.post(f"/dashboard/sync/runs/{run.pk}/go-on/")
    work_off()

    assert len(waiting()) == 5
    assert Intervention.objects.count() == 5, "each once"


def test_a_fault_stops_it_with_its_cause_and_a_person_lets_it_go_on(supervisor, monkeypatch):
    a_message("WD-1", state="rejected")
    run = mass.begin(MassDeed.SEND_AGAIN, {}, supervisor, total=1)
    whole = steps.STEPS[MassDeed.SEND_AGAIN]
    monkeypatch.setitem(steps.STEPS, MassDeed.SEND_AGAIN, lambda run: 1 / 0)

    work_off()

    run.refresh_from_db()
    assert (run.state, run.last_error) == ("paused", "ZeroDivisionError: division by zero")
    monkeypatch.setitem(steps.STEPS, MassDeed.SEND_AGAIN, whole)
    assert mass.change(run, "go-on")
    work_off()
    assert waiting() == {"WD-1"}


def test_it_works_with_the_rights_of_its_author_alone(logged_in, supervisor):
    nobody = a_user("goods@sklep.example", is_staff=True)
    a_message("WD-1", state="rejected")

    logged_in(nobody).post(AGAIN, {})
    mass.begin(MassDeed.SEND_AGAIN, {}, nobody, total=1)
    work_off()

    assert waiting() == set()
    run = MassRun.objects.get()
    assert logged_in(nobody).get(f"/dashboard/sync/runs/{run.pk}/").status_code == 200
    other = a_user("other@sklep.example", is_staff=True)
    assert logged_in(other).get(f"/dashboard/sync/runs/{run.pk}/").status_code == 404
    assert logged_in(other).post(f"/dashboard/sync/runs/{run.pk}/cancel/").status_code == 404


def test_an_order_said_twice_sends_no_second_e_mail(supervisor, to, receiver):
    buyer = a_member("buyer@x.example", a_branch(a_company("Nowak"), "Poznań"))
    an_order(buyer.branches.get(), "WD-1", erp_id=None, erp_number="", user=buyer.user)
    an_order_message("WD-1")
    receiver.answer = in_wapro
    say(to)
    assert send_what_is_due() == 1

    OutboundMessage.objects.update(state="rejected")
    mass.begin(MassDeed.SEND_AGAIN, {}, supervisor, total=1)
    work_off()
    say(to)

    assert [said["number"] for said in receiver.told] == ["WD-1", "WD-1"]
    assert send_what_is_due() == 0
    assert len(mail.outbox) == 1


def in_wapro(said: dict) -> tuple[int, str, str]:
    receipt = {"number": said["number"], "id": "77", "erp_number": "ZO 77/2026", "created": True}
    return 200, "application/json", json.dumps(receipt)


def send_what_is_due() -> int:
    OrderNotice.objects.update(created_at=timezone.now() - timedelta(hours=1))
    return notices.send_due()


def test_the_time_left_follows_from_what_was_done():
    pace = Pace.of(250, 1000, 10, is_running=True)

    assert (pace.percent, pace.speed, pace.left) == (25, 25.0, "30 s")
    assert Pace.of(0, 1000, 10, is_running=True).left == ""
    assert Pace.of(1100, 1000, 10, is_running=True).percent == 100
    assert Pace.of(0, 0, 0, is_running=False).percent == 100
