"""A paused road carries nothing and loses nothing; everybody sees that it is paused, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import TestCase
from django.urls import reverse
from factories.outbox import a_message, again, an_order_message, make_due, outage, say
from factories.shop import a_supervisor, a_user
from procrastinate.contrib.django.models import ProcrastinateJob

from wiadukt.contract.base import Kind
from wiadukt.contract.fetch import Fetched
from wiadukt.shop.outbox.models import Attempt, MessageState
from wiadukt.shop.outbox.write import DELIVER_TASK
from wiadukt.shop.roads import pausing
from wiadukt.shop.roads.models import Pause, Road
from wiadukt.shop.sync import fetch, inbox
from wiadukt.shop.sync.jobs import INBOX_TASK
from wiadukt.shop.sync.models import InboxObject, InboxState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PAGE = "/dashboard/sync/roads/"
WHO, WHY = "admin@sklep.example", "WAPRO jest aktualizowane"


class Empty:
    """A connector that knows no object and counts what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, kind: Kind, ids: Sequence[str]) -> Fetched[Any]:
        self.asked += ids
        return Fetched[Any](objects=(), missing=tuple(ids), read_at=datetime.now(UTC))


@pytest.fixture
def administrator(logged_in):
    return logged_in(a_user(WHO, is_staff=True, is_superuser=True))


def pause(browser, road: Road, reason: str = WHY):
    return browser.post(f"{PAGE}{road}/pause/", {"reason": reason}, follow=True)


def resume(browser, road: Road):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browser.post(f"{PAGE}{road}/resume/", follow=True)


def waiting_jobs(task: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=task, status="todo").count()


def test_what_is_to_go_out_waits_while_its_road_is_paused_and_goes_on_in_turn(administrator, to, receiver):
    pause(administrator, Road.TO_PRODUCTION)
    first, second = a_message("WD-1"), a_message("WD-2")

    say(to)

    assert receiver.told == []
    assert {again(one).state for one in (first, second)} == {MessageState.WAITING}
    assert not Attempt.objects.exists()
    ProcrastinateJob.objects.all()._raw_delete("default")
    resume(administrator, Road.TO_PRODUCTION)
    assert waiting_jobs(DELIVER_TASK) == 1
    say(to)
    assert [one["order_number"] for one in receiver.told] == ["WD-1", "WD-2"]
    assert {again(one).state for one in (first, second)} == {MessageState.DELIVERED}


def test_one_paused_road_leaves_the_others_open(administrator, to):
    order, work = an_order_message(), a_message("WD-2")
    pause(administrator, Road.TO_WAPRO)

    say(to)

    assert again(order).state == MessageState.WAITING
    assert again(work).state == MessageState.DELIVERED


def test_nobody_tries_a_paused_road_to_find_out_whether_the_receiver_is_back(administrator, to, receiver):
    receiver.answer = outage
    message = a_message()
    say(to)
    pause(administrator, Road.TO_PRODUCTION)
    make_due()

    say(to)

    assert again(message).attempts == 1


def test_nothing_is_fetched_while_its_road_is_paused_and_all_is_after(administrator):
    pause(administrator, Road.FROM_WAPRO)
    ids = [f"ZAW-{n}" for n in range(3)]
    inbox.ask({(Kind.PRODUCT, one): "" for one in ids})
    wapro = Empty()

    assert fetch.run(wapro) == 0

    assert wapro.asked == []
    assert set(InboxObject.objects.values_list("state", "attempts")) == {(InboxState.WAITING, 0)}
    resume(administrator, Road.FROM_WAPRO)
    assert waiting_jobs(INBOX_TASK) == 1
    assert fetch.run(wapro) == 3
    assert sorted(wapro.asked) == ids


def test_who_paused_and_who_resumed_when_and_why_is_kept(administrator, logged_in):
    pause(administrator, Road.TO_WAPRO)
    resume(logged_in(a_user("druga@sklep.example", is_staff=True, is_superuser=True)), Road.TO_WAPRO)

    kept = Pause.objects.get()

    assert (kept.paused_by, kept.reason, kept.resumed_by) == (WHO, WHY, "druga@sklep.example")
    assert kept.paused_at < kept.resumed_at
    page = administrator.get(PAGE).content.decode()
    assert all(said in page for said in (WHO, WHY, "druga@sklep.example"))


def test_a_road_is_paused_once(administrator):
    pause(administrator, Road.TO_WAPRO)

    page = pause(administrator, Road.TO_WAPRO, "drugi powód").content.decode()

    assert "już wstrzymany" in page
    assert Pause.objects.get().reason == WHY


@pytest.mark.parametrize(("reason", "said"), [("  ", "Powód: napisz"), ("x" * 301, "Powód: najwyżej 300 znaków")])
def test_a_pause_without_a_good_reason_is_refused_with_the_field_named(administrator, reason, said):
    page = pause(administrator, Road.TO_WAPRO, reason).content.decode()

    assert said in page
    assert not Pause.objects.exists()


def test_an_open_road_is_not_resumed_and_an_unknown_one_not_found(administrator):
    assert "nie jest wstrzymany" in resume(administrator, Road.TO_WAPRO).content.decode()
    assert administrator.post(f"{PAGE}to_moon/pause/", {"reason": WHY}).status_code == 404
    assert administrator.post(f"{PAGE}to_wapro/close/", {"reason": WHY}).status_code == 404


def test_a_supervisor_sees_who_paused_and_can_do_neither(logged_in):
    browser = logged_in(a_supervisor("kierowniczka@sklep.example"))
    pausing.pause(Road.TO_WAPRO, WHY, WHO)

    page = browser.get(PAGE).content.decode()

    assert WHY in page
    assert "/resume/" not in page
    assert resume(browser, Road.TO_WAPRO).status_code == 403
    assert pausing.standing()


@pytest.mark.parametrize(
    "page", ["panel:home", "panel:orders", "panel:sync", "intake:board", "dashboard:catalogue-product-list"]
)
def test_every_page_of_the_dashboard_says_loudly_that_a_road_is_paused(administrator, page):
    pausing.pause(Road.FROM_WAPRO, WHY, WHO)

    text = administrator.get(reverse(page)).content.decode()

    assert "WSTRZYMANY: WAPRO → sklep" in " ".join(text.split())
    assert WHY in text
