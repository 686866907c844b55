"""A batch is fetched while the one before it is applied: whatever happens to either, nothing stays behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Refused, Unreachable
from wiadukt.contract.fetch import Fetched
from wiadukt.shop.doctor import own
from wiadukt.shop.doctor.subject import Subject
from wiadukt.shop.health import diagnosis, measure
from wiadukt.shop.health.diagnosis import Rule
from wiadukt.shop.sync import broken, fetch, inbox, observe
from wiadukt.shop.sync.apply import APPLIERS, Batch
from wiadukt.shop.sync.models import FailedBatch, InboxObject, InboxState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TWO_BATCHES = inbox.CLAIM_SIZE + 1


class Answering:
    """A connector that knows no object, and answers each call in its own way."""

    def __init__(self, *ways: Callable[[], None]) -> None:
        self.ways = list(ways)

    def fetch(self, kind: Kind, ids: Sequence[str]) -> Fetched[Any]:
        if self.ways:
            self.ways.pop(0)()
        return Fetched[Any](objects=(), missing=tuple(ids), read_at=datetime.now(UTC))


def silence() -> None:
    raise Unreachable("nobody is there")


def refusal() -> None:
    raise Refused("not_an_id", "That is no id.", remedy="Ask otherwise.")


def well() -> None:
    """As it should be."""


def states() -> dict[str, int]:
    found = list(InboxObject.objects.values_list("state", flat=True))
    return {str(state): found.count(state) for state in set(found)}


@pytest.fixture(autouse=True)
def _two_batches() -> None:
    inbox.ask({(Kind.PRODUCT, f"FR-{n:04}"): "" for n in range(TWO_BATCHES)})


def test_all_batches_are_fetched_and_applied():
    assert fetch.run(Answering()) == TWO_BATCHES

    assert states() == {InboxState.APPLIED: TWO_BATCHES}


@pytest.mark.parametrize("ways", [(silence, silence), (silence, well), (well, silence)])
def test_an_outage_holds_no_batch_back(ways):
    fetch.run(Answering(*ways))

    assert not InboxObject.objects.exclude(claim=None).exists()
    waiting = InboxObject.objects.filter(state=InboxState.WAITING)
    assert waiting.exists()
    assert set(waiting.values_list("attempts", "last_error")) == {(1, "nobody is there")}


def test_a_refused_batch_stops_no_other():
    fetch.run(Answering(refusal))

    assert states() == {InboxState.APPLIED: 1, InboxState.WAITING: inbox.CLAIM_SIZE}


def failing(fails: Callable[[Sequence[str]], bool]) -> Callable[..., None]:
    """Applies nothing, and breaks for such objects."""

    def apply(_objects: Sequence[Any], missing: Sequence[str], _batch: Batch) -> None:
        if fails(missing):
            raise ValueError("jan.nowak@meblenowak.example stands twice")

    return apply


def batches_failed(culprits: str) -> float:
    text = observe.worker().metrics().decode()
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    wanted = {"kind": "product", "culprits": culprits}
    return sum(one.value for one in samples if one.name.endswith("batches_failed_total") and one.labels == wanted)


def troubles() -> list[diagnosis.Trouble]:
    found = diagnosis.diagnose(measure.measure(), measure.agreed())
    return [trouble for trouble in found if trouble.rule is Rule.BATCHES]


def test_a_batch_that_fails_only_as_a_whole_is_told_of_though_everything_arrives(monkeypatch):
    monkeypatch.setitem(APPLIERS, Kind.PRODUCT, failing(lambda ids: len(ids) > 1))
    counted = batches_failed("no")

    fetch.run(Answering())

    assert states() == {InboxState.APPLIED: TWO_BATCHES}
    assert batches_failed("no") == counted + 1
    (trouble,) = troubles()
    assert trouble.size == 1
    # Where it broke, and nothing of what it was about.
    assert trouble.detail == "ValueError, shop/sync/fetch.py:" + trouble.detail.rpartition(":")[2]
    (found,) = own.LOOKS["batches"](Subject(None, None))
    assert not found.ok
    assert trouble.detail in found.what
    assert found.remedy


def test_an_hour_after_the_last_such_batch_all_is_well_again(monkeypatch):
    monkeypatch.setitem(APPLIERS, Kind.PRODUCT, failing(lambda ids: len(ids) > 1))
    fetch.run(Answering())

    FailedBatch.objects.update(at=timezone.now() - broken.LATELY - timedelta(seconds=1))

    assert troubles() == []
    assert [found.ok for found in own.LOOKS["batches"](Subject(None, None))] == [True]


def test_a_batch_with_an_object_that_fails_by_itself_is_told_of_by_that_object(monkeypatch):
    monkeypatch.setitem(APPLIERS, Kind.PRODUCT, failing(lambda ids: "FR-0007" in ids))
    counted = batches_failed("yes")

    fetch.run(Answering())

    assert states() == {InboxState.APPLIED: TWO_BATCHES - 1, InboxState.WAITING: 1}
    assert batches_failed("yes") == counted + 1
    assert troubles() == []
