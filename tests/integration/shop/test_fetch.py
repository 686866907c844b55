"""A batch is fetched while the one before it is applied: whatever happens to either, nothing stays behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Refused, Unreachable
from wiadukt.contract.fetch import Fetched
from wiadukt.shop.sync import fetch, inbox
from wiadukt.shop.sync.models import InboxObject, InboxState

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
