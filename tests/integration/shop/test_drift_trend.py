"""What comparisons found over time, by kind and field, and how fast the one that runs is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from factories.shop import a_seller

from wiadukt.shop.sellers.models import SellerRole
from wiadukt.shop.sync.models import Drift, Problem, Reconciliation, RunState
from wiadukt.shop.sync.reconcile import run as reconciliation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PAGE = "/dashboard/comparison/"


def a_run(days_ago: int, *drifts: tuple[str, str, str], state: str = RunState.FINISHED) -> Reconciliation:
    """With these (kind, object, field) differing; an empty field: the whole object is missing."""
    run = reconciliation.start()
    run.state, run.finished_at = state, timezone.now() - timedelta(days=days_ago)
    run.save()
    for kind, object_id, field in drifts:
        problem = Problem.DIFFERENT if field else Problem.MISSING
        Drift.objects.create(run=run, kind=kind, object_id=object_id, problem=problem, field=field)
    return run


def test_counts_stand_by_kind_and_field_oldest_comparison_first(supervisor):
    a_run(3, ("product", "A", "name"), ("product", "A", "price 2"), ("product", "B", "price 7"), ("order", "1", ""))
    a_run(2)
    a_run(1, ("product", "A", "price 12"))
    a_run(0, ("product", "Z", "name"), state=RunState.STOPPED)

    trend = supervisor.get(PAGE).context["trend"]

    kinds = {row.kind: row.counts for row in trend.kinds}
    assert kinds == {"kupujący": (0, 0, 0), "produkt": (2, 0, 1), "zamówienie": (1, 0, 0), "faktura": (0, 0, 0)}
    fields = {(row.kind, row.what): row.counts for row in trend.fields}
    assert fields == {
        ("produkt", "price #"): (2, 0, 1),
        ("produkt", "name"): (1, 0, 0),
        ("zamówienie", "nie ma w sklepie"): (1, 0, 0),
    }
    assert [len(row.bars) for row in trend.kinds] == [0, 2, 1, 0]


def test_a_person_without_buyers_sees_no_trend_of_theirs(logged_in):
    a_run(1, ("customer", "17", "name"))

    nobody = logged_in(a_seller("nikt@x.example", role=SellerRole.NONE).user)

    assert [row.total for row in nobody.get(PAGE).context["trend"].kinds] == [0, 0, 0, 0]


def test_the_one_that_runs_shows_its_speed_and_the_time_left_without_its_pauses(supervisor):
    run = reconciliation.start()
    # Buyers are done and half of the goods: 384 of 1024 buckets in 30 s of work, though it was begun an hour ago.
    run.kind, run.next_bucket, run.compared, run.worked_s = "product", 128, 6000, 30.0
    run.started_at = timezone.now() - timedelta(hours=1)
    run.save()

    page = supervisor.get(PAGE, headers={"hx-request": "true"}).content.decode()

    assert 'aria-valuenow="37"' in page
    assert "200 na sekundę" in page
    assert "zostało około 50 s" in page
