"""The inbox under every order of events, workers, deaths and late answers that hypothesis can think of.

WAPRO is a counter an object: each change makes it higher. A fetch reads it at one moment and applies it at a later one.
What must hold: the shop never goes back to an older snapshot while its worker holds no claim, an event counts once, and
when nobody interferes any more the shop ends with what WAPRO has.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from wiadukt.contract.base import Kind
from wiadukt.contract.event import ThinEvent
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.inbox import Claim
from wiadukt.shop.sync.models import InboxEvent, InboxObject, InboxState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
OBJECTS = ("A", "B")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Work:
    """A claim and what its worker has read of WAPRO."""

    claim: Claim
    read: dict[str, int]


class Inbox(RuleBasedStateMachine):
    """`wapro` is the truth, `shop` what was applied; an event not yet accepted waits in `unsent`."""

    works: Bundle[Work] = Bundle("works")

    def __init__(self) -> None:
        super().__init__()
        InboxObject.objects.all().delete()
        InboxEvent.objects.all().delete()
        self.wapro = dict.fromkeys(OBJECTS, 0)
        self.shop = dict.fromkeys(OBJECTS, 0)
        self.told: list[ThinEvent] = []
        self.unsent: list[ThinEvent] = []

    @rule(one=st.sampled_from(OBJECTS), at_once=st.booleans())
    def wapro_changes(self, one: str, at_once: bool) -> None:
        """And says so at once, or a while later."""
        self.wapro[one] += 1
        number = sum(self.wapro.values())
        event = ThinEvent.changed(Kind.PRODUCT, one, event_id=f"e{number}", source="/wapro", time=NOW)
        if at_once:
            assert inbox.accept([event]) == 1
        (self.told if at_once else self.unsent).append(event)

    @precondition(lambda self: self.unsent or self.told)
    @rule(data=st.data())
    def an_event_comes_once_or_again(self, data: st.DataObject) -> None:
        """Late, out of order, or once more: the dispatcher had lost our answer."""
        event = data.draw(st.sampled_from(self.unsent + self.told))
        before = InboxObject.objects.filter(object_id=event.subject).values_list("asked", flat=True).first() or 0
        new = inbox.accept([event])
        after = InboxObject.objects.get(object_id=event.subject).asked
        assert (new, after - before) == ((0, 0) if event in self.told else (1, 1))
        if event in self.unsent:
            self.unsent.remove(event)
            self.told.append(event)

    @rule(target=works, size=st.integers(1, 3))
    def a_worker_claims_and_reads(self, size: int) -> Work | None:
        claimed = inbox.claim(size)
        return Work(claimed, {one: self.wapro[one] for one in claimed.ids}) if claimed else Work(NOTHING, {})

    @rule(one=st.sampled_from(OBJECTS), lease_ends=st.booleans())
    def wapro_changes_while_a_worker_reads(self, one: str, lease_ends: bool) -> None:
        """The moments that chance alone seldom hits; with a lease that ends, another worker is quicker."""
        self.time_passes()
        inbox.ask({(Kind.PRODUCT, one): ""})
        slow = self.a_worker_claims_and_reads(size=3)
        self.wapro_changes(one, at_once=True)
        if lease_ends:
            self.time_passes()
            self.a_worker_applies(self.a_worker_claims_and_reads(size=3))
        self.a_worker_applies(slow)

    @rule(work=consumes(works))
    def a_worker_applies(self, work: Work) -> None:
        with transaction.atomic():
            held = inbox.fence(work.claim)
            for one in held:
                assert work.read[one] >= self.shop[one], f"{one} goes back to an older snapshot"
                self.shop[one] = work.read[one]
            inbox.finish(held.values(), {})

    @rule(work=consumes(works), poisonous=st.booleans())
    def a_worker_fails(self, work: Work, poisonous: bool) -> None:
        inbox.postpone(work.claim, dict.fromkeys(work.claim.ids, "trouble"), poisonous=poisonous)

    @rule(work=consumes(works))
    def a_worker_dies(self, work: Work) -> None:
        """It never comes back; its lease will end."""

    @rule()
    def time_passes(self) -> None:
        past = timezone.now() - timedelta(seconds=1)
        InboxObject.objects.exclude(claimed_until=None).update(claimed_until=past)
        InboxObject.objects.update(next_attempt_at=past)

    @invariant()
    def nothing_is_applied_that_wapro_never_was(self) -> None:
        assert all(self.shop[one] <= self.wapro[one] for one in OBJECTS)

    @invariant()
    def an_object_that_is_behind_is_waited_for(self) -> None:
        """Whoever is behind has an event on its way, or waits, or was refused with a cause."""
        rows = {row.object_id: row for row in InboxObject.objects.all()}
        on_their_way = {event.subject for event in self.unsent}
        for one in OBJECTS:
            if self.shop[one] < self.wapro[one] and one not in on_their_way:
                row = rows[one]
                assert row.state == InboxState.WAITING or (row.state == InboxState.REJECTED and row.last_error)

    def teardown(self) -> None:
        """Everything that was under way arrives, the rejected are asked again, and one worker does the rest."""
        if self.unsent:
            inbox.accept(self.unsent)
        inbox.ask({(Kind.PRODUCT, one): "" for one in OBJECTS})
        self.time_passes()
        for _ in OBJECTS:
            if (claimed := inbox.claim()) is not None:
                self.a_worker_applies(Work(claimed, {one: self.wapro[one] for one in claimed.ids}))
        assert self.shop == self.wapro


NOTHING = Claim(token=uuid.UUID(int=0), kind=Kind.PRODUCT, ids=())


def test_the_inbox_keeps_its_promises_whatever_happens_in_whatever_order():
    run_state_machine_as_test(
        Inbox,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
