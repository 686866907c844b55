"""The comparison in the dashboard: who starts it, what the buttons do, what the page says."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from factories.shop import a_supervisor
from procrastinate.contrib.django.models import ProcrastinateJob

from wiadukt.shop.accounts.models import User
from wiadukt.shop.health import measure
from wiadukt.shop.sync.models import Cause, Drift, Problem, Reconciliation, RunState
from wiadukt.shop.sync.reconcile import run as reconciliation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PAGE = "/dashboard/comparison/"


@pytest.fixture
def staff() -> Client:
    browser = Client()
    browser.force_login(a_supervisor("obsluga@example.com"))
    return browser


def waiting_jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="wiadukt.reconcile", status="todo").count()


def test_the_button_starts_a_comparison_and_wakes_a_worker(staff):
    staff.post(PAGE + "now/", {"kind": "product", "dry": "on"})

    run = Reconciliation.objects.get()
    assert (run.kinds, run.only_reports, run.asked_by) == (["product"], True, "obsluga@example.com")
    assert waiting_jobs() == 1


def test_an_unknown_kind_starts_nothing_and_is_named(staff):
    answer = staff.post(PAGE + "now/", {"kind": "planet"}, follow=True)

    assert not Reconciliation.objects.exists()
    assert "Rodzaj: wybierz jeden z listy." in answer.content.decode()


def test_a_person_who_is_no_staff_starts_nothing(staff):
    browser = Client()
    browser.force_login(User.objects.create(email="kupujacy@example.com"))

    assert browser.post(PAGE + "now/").status_code == 403
    assert not Reconciliation.objects.exists()


@pytest.mark.parametrize(
    ("before", "what", "after"),
    [
        (RunState.RUNNING, "pause", RunState.PAUSED),
        (RunState.PAUSED, "go-on", RunState.RUNNING),
        (RunState.PAUSED, "stop", RunState.STOPPED),
        (RunState.FINISHED, "go-on", RunState.FINISHED),
        (RunState.STOPPED, "pause", RunState.STOPPED),
        (RunState.RUNNING, "explode", RunState.RUNNING),
    ],
)
def test_a_comparison_is_paused_resumed_and_ended(staff, before, what, after):
    run = reconciliation.start()
    Reconciliation.objects.filter(pk=run.pk).update(state=before)

    staff.post(f"{PAGE}{run.pk}/{what}/")

    run.refresh_from_db()
    assert run.state == after
    assert waiting_jobs() == (1 if before != after == RunState.RUNNING else 0)


def test_the_page_of_a_comparison_names_object_field_values_and_cause(staff):
    run = reconciliation.start()
    Drift.objects.create(
        run=run,
        kind="product",
        object_id="ZAW-1",
        problem=Problem.DIFFERENT,
        field="available",
        shop_value="5.000000",
        erp_value="7.000000",
        cause=Cause.NOT_CAPTURED,
    )

    page = staff.get(f"{PAGE}{run.pk}/").content.decode()

    for words in ("ZAW-1", "dostępna ilość", ">5<", ">7<", "WAPRO nie zgłosiło zmiany", "objects/product/?id=ZAW-1"):
        assert words in page


def test_while_it_runs_its_page_follows_it_and_a_dry_one_says_that_it_only_reports(staff):
    run = reconciliation.start(only_reports=True)

    running = staff.get(f"{PAGE}{run.pk}/").content.decode()
    Reconciliation.objects.filter(pk=run.pk).update(state=RunState.FINISHED)
    finished = staff.get(f"{PAGE}{run.pk}/").content.decode()

    assert 'hx-select="#drift"' in running
    assert 'hx-select="#drift"' not in finished
    assert "Tylko raport." in finished


def test_what_a_person_discarded_is_his_decision_and_no_drift_to_see_to():
    run = reconciliation.start()
    Reconciliation.objects.filter(pk=run.pk).update(state=RunState.FINISHED, finished_at=timezone.now(), drifted=2)
    about = {"run": run, "kind": "order", "problem": Problem.NOT_IN_ERP}
    Drift.objects.create(object_id="WD-1", cause=Cause.DISCARDED, **about)
    Drift.objects.create(object_id="WD-2", cause=Cause.REFUSED_BY_ERP, **about)

    assert measure.measure().compared.drifted == 1
