"""What is not well, the thing to do first before the others. Pure: the same state has always the same troubles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wiadukt.shop.health.agreed import Agreed
from wiadukt.shop.health.state import Part, Rejection, State
from wiadukt.shop.health.words import Counts, Word, word_of, word_of_age
from wiadukt.shop.roads.models import Road


class Rule(StrEnum):
    """Kinds of trouble, in the order in which to see to them: while nobody carries, nothing else can be judged."""

    NO_WORKER = "no_worker"
    SILENT = "silent"
    CLOCK = "clock"
    FAULT = "fault"
    CAPTURE = "capture"
    TAKEOVER = "takeover"
    STATUS = "status"
    REJECTED = "rejected"
    ORDERS = "orders"
    QUEUE = "queue"
    REPORTS = "reports"
    MACHINES = "machines"
    LATE = "late"
    BATCHES = "batches"
    COMPARISON = "comparison"
    DRIFT = "drift"
    PAUSED = "paused"


CLOCKS_DIFFER_S = 60
EVENTS_EXPIRE_S = 300
"""The shop takes no event that was signed longer ago, or later than now by as much."""
REPORTED = "reported"
"""Why differences stand: the comparison was asked only to report them."""
TURN = {rule: place for place, rule in enumerate(Rule)}


@dataclass(frozen=True)
class Trouble:
    """`where`: the road or the part, empty for the whole. `size`: how many, or how many seconds, by the rule.

    `why`: the kind of the cause in one word, `detail`: the cause as whoever met it tells it, `remedy`: what he advises.
    `about`: kind and id of an object that has it.
    """

    rule: Rule
    word: Word
    where: str = ""
    size: float = 0
    since: datetime | None = None
    detail: str = ""
    why: str = ""
    remedy: str = ""
    about: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """Of one trouble as long as it lasts, however it grows."""
        return f"{self.rule}:{self.where}" if self.where else str(self.rule)


def diagnose(state: State, agreed: Agreed) -> list[Trouble]:
    found = [
        *_of_parts(state),
        *_of_connector(state, agreed),
        *_of_roads(state, agreed),
        *_of_orders(state, agreed),
        *_of_reports(state),
        *_of_statuses(state),
        *_of_batches(state),
        *_of_comparisons(state, agreed),
    ]
    return sorted(found, key=lambda one: (TURN[one.rule], -one.word))


def worst(troubles: list[Trouble]) -> Word:
    return max((trouble.word for trouble in troubles), default=Word.ON_TIME)


def _of_parts(state: State) -> Iterator[Trouble]:
    if not state.alive_workers:
        heard = max((worker.heard_at for worker in state.workers), default=None)
        yield Trouble(Rule.NO_WORKER, Word.ERROR, Part.SHOP, since=heard)
    for part, life in state.lives.items():
        if life.silent_since is not None:
            rule = Rule.MACHINES if part is Part.MACHINES else Rule.SILENT
            yield Trouble(rule, Word.ERROR, part, since=life.silent_since, detail=life.cause, why=life.why)
    if not state.taken_over:
        yield Trouble(Rule.TAKEOVER, Word.ACTION, Part.SHOP)


def _of_connector(state: State, agreed: Agreed) -> Iterator[Trouble]:
    """What it said of itself; while it is silent that is old."""
    if any(part in state.lives and state.lives[part].silent_since for part in (Part.CONNECTOR, Part.WAPRO)):
        return
    off_s = abs(state.clock_off_s)
    if off_s > CLOCKS_DIFFER_S:
        word = Word.ERROR if off_s > EVENTS_EXPIRE_S else Word.LATE
        yield Trouble(Rule.CLOCK, word, Part.CONNECTOR, state.clock_off_s)
    for kind in dict.fromkeys(fault.kind for fault in state.faults):
        names = [fault.name for fault in state.faults if fault.kind == kind]
        yield Trouble(Rule.FAULT, Word.ACTION, Part.WAPRO, len(names), detail=", ".join(names), why=kind)
    if state.capture_missing:
        yield Trouble(Rule.CAPTURE, Word.ACTION, Part.CONNECTOR, detail=state.capture_missing)
    if state.queue.rejected:
        yield Trouble(Rule.REJECTED, Word.ACTION, Part.CONNECTOR, state.queue.rejected, detail=state.queue.rejected_for)
    late = word_of_age(state.queue.oldest_s, agreed.arrive_s)
    if late is not Word.ON_TIME:
        yield Trouble(Rule.QUEUE, late, Part.CONNECTOR, state.queue.waiting, _before(state), state.queue.cause)


def _before(state: State) -> datetime:
    return state.at - timedelta(seconds=state.queue.oldest_s or 0)


def _of_roads(state: State, agreed: Agreed) -> Iterator[Trouble]:
    for road, counts in state.roads.items():
        closed = state.paused.get(road)
        if closed is not None:
            yield Trouble(Rule.PAUSED, Word.PAUSED, road, counts.to_go, closed.at, closed.reason)
        if counts.rejected:
            said = state.rejections.get(road, Rejection("", "", 0))
            yield Trouble(
                Rule.REJECTED,
                Word.ACTION,
                road,
                counts.rejected,
                detail=said.cause,
                about=(said.kind, said.object_id),
                remedy=said.remedy,
            )
        late = word_of_age(counts.oldest_s, agreed.arrive_s)
        if closed is None and late is not Word.ON_TIME:
            yield Trouble(Rule.LATE, late, road, counts.oldest_s or 0, detail=state.hindrances.get(road, ""))


def _of_reports(state: State) -> Iterator[Trouble]:
    """While we hear nothing of the connector ourselves, that production does not either is the same trouble."""
    connector = state.lives.get(Part.CONNECTOR)
    if state.unreported and not (connector and connector.silent_since):
        (what, remedy), *_others = state.unreported
        yield Trouble(Rule.REPORTS, Word.ERROR, Part.PRODUCTION, len(state.unreported), detail=what, remedy=remedy)


def _of_statuses(state: State) -> Iterator[Trouble]:
    """Orders whose state is a guess."""
    if state.meaningless:
        names = ", ".join(f"{one.letter} ({one.label})" if one.label else one.letter for one in state.meaningless)
        yield Trouble(Rule.STATUS, Word.ACTION, Part.WAPRO, sum(one.orders for one in state.meaningless), detail=names)


def _of_batches(state: State) -> Iterator[Trouble]:
    """Everything arrives, but one by one, and nobody would learn of the fault."""
    one = state.broken
    if one is not None:
        yield Trouble(Rule.BATCHES, Word.LATE, Road.FROM_WAPRO, one.count, one.at, detail=one.cause)


def _of_orders(state: State, agreed: Agreed) -> Iterator[Trouble]:
    if state.lost_orders:
        word = max(word_of_age(state.oldest_lost_s, agreed.order_s), Word.LATE)
        yield Trouble(Rule.ORDERS, word, "", state.lost_orders)


def _of_comparisons(state: State, agreed: Agreed) -> Iterator[Trouble]:
    last = state.compared
    if last is not None and last.drifted:
        why = REPORTED if last.only_reported else ""
        yield Trouble(Rule.DRIFT, Word.LATE, "", last.drifted, last.ended_at, why=why)
    since = last.ended_at if last else state.watched_since
    if since is not None and state.taken_over:
        age_s = (state.at - since).total_seconds()
        late = word_of_age(age_s, agreed.compare_s)
        if late is not Word.ON_TIME:
            yield Trouble(Rule.COMPARISON, late, "", age_s, since)


def word_of_road(state: State, road: str, agreed: Agreed) -> Word:
    """News from WAPRO are on their way already while they stand in WAPRO's own queue."""
    word = word_of(state.roads[road], agreed.arrive_s, paused=road in state.paused)
    if road != Road.FROM_WAPRO:
        return word
    queue = Counts(rejected=state.queue.rejected, oldest_s=state.queue.oldest_s)
    return max(word, word_of(queue, agreed.arrive_s))


def word_of_part(part: Part, troubles: list[Trouble]) -> Word:
    return worst([trouble for trouble in troubles if trouble.where == part])
