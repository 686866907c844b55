"""What each deed does to its next portion, and what it would do: the preview counts what the work will go through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from wiadukt.contract.base import Kind
from wiadukt.contract.erp_queue import CAUSE_LENGTH, MAX_TEXT, QueueFilter, QueueRetry
from wiadukt.shop import keyset
from wiadukt.shop import span as spans
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.ordering.messages import PLACED, WORK_REQUESTED
from wiadukt.shop.outbox import mend, search
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.sellers import access
from wiadukt.shop.sync import client, inbox, inbox_search
from wiadukt.shop.sync.models import InboxEvent, InboxObject, InboxState, MassDeed, MassRun

PORTION = 500
REPLAYABLE = (PLACED, WORK_REQUESTED)


@dataclass(frozen=True)
class Step:
    """What came of a portion: rows gone through, rows changed, and the place behind which the next one begins; None
    at the end."""

    seen: int
    done: int
    bookmark: Any = None


def to_send_again(asked: Mapping[str, str], user: Any) -> QuerySet[OutboundMessage]:
    return search.retryable(asked, access.messages_of(user), texts=access.sees_personal(user))


def to_fetch_again(asked: Mapping[str, str], user: Any) -> QuerySet[InboxObject]:
    """Rejected ones; with `up_to`, only what was there when a person looked."""
    found = inbox_search.matching(asked, access.announced_of(user), texts=access.sees_personal(user))
    found = found.filter(state=InboxState.REJECTED)
    up_to = asked.get("up_to", "")
    return found.filter(pk__lte=int(up_to)) if up_to.isdecimal() and len(up_to) < 19 else found


def _send_again(run: MassRun) -> Step:
    found = to_send_again(run.asked, run.user).filter(pk__gt=run.bookmark or 0).order_by("id")
    keys = list(found.values_list("pk", flat=True)[:PORTION])
    return Step(len(keys), mend.retry_portion(keys, run.user.email), _last(keys))


def _fetch_again(run: MassRun) -> Step:
    rows = list(to_fetch_again(run.asked, run.user).filter(pk__gt=run.bookmark or 0).order_by("id")[:PORTION])
    inbox.ask({(Kind(row.kind), row.object_id): row.last_event_id for row in rows})
    return Step(len(rows), len(rows), _last([row.pk for row in rows]))


def asked_of_queue(asked: Mapping[str, str]) -> QueueFilter:
    """What of WAPRO's queue matches, in the connector's words; what is no kind or no time says nothing."""
    kind = asked.get("kind", "")
    return QueueFilter(
        kind=Kind(kind) if kind in list(Kind) else None,
        q=asked.get("q", "")[:MAX_TEXT],
        cause=asked.get("cause", "")[:CAUSE_LENGTH] or None,
        since=spans.moment(asked.get(spans.SINCE, "")),
        until=spans.moment(asked.get(spans.UNTIL, "")),
    )


def _announce(run: MassRun) -> Step:
    """In WAPRO's queue itself. A portion that was done though its answer got lost is not found rejected any more."""
    if not access.watches_all(run.user):
        return Step(0, 0)
    place = {"above": run.bookmark or 0, "up_to": int(run.asked["up_to"]), "most": PORTION}
    done = client.connector().retry_queue(QueueRetry(**dict(asked_of_queue(run.asked)), **place))
    return Step(done.count, done.count, done.last)


def to_map(asked: Mapping[str, str], user: Any) -> QuerySet[OutboundMessage]:
    """Messages that were refused for a form that WAPRO does not have: `code` of the refusal, `about` that form."""
    return search.matching({name: asked[name] for name in ("code", "about")}, access.messages_of(user))


def _map_form(run: MassRun) -> Step:
    found = to_map(run.asked, run.user).filter(pk__gt=run.bookmark or 0).order_by("id")
    keys = list(found.values_list("pk", flat=True)[:PORTION])
    field, value = search.ABOUT[run.asked["code"]], run.asked["to"]
    reason = f"{run.asked['about']} → {value}"
    done = mend.say_otherwise(keys, run.user.email, field=field, value=value, reason=reason)
    return Step(len(keys), done, _last(keys))


def to_replay_in(asked: Mapping[str, str]) -> QuerySet[InboxEvent]:
    """WAPRO's events that came in this time, of one kind or of all, as far as they are kept."""
    found = spans.within(InboxEvent.objects.all(), "received_at", asked)
    return found.filter(kind=asked["kind"]) if asked.get("kind") else found


def to_replay_out(asked: Mapping[str, str]) -> QuerySet[OutboundMessage]:
    """Messages of this kind that were delivered in this time.

    Only kinds whose receiver takes a repeat for what it is: of an address or a cancellation a repeat could be news. An
    order that was cancelled or deleted since is left alone.
    """
    over = Order.objects.filter(Q(is_gone=True) | ~Q(cancellation="") | Q(erp_state="cancelled"))
    told = OutboundMessage.objects.filter(state=MessageState.DELIVERED, kind__in=REPLAYABLE, kind=asked["kind"])
    return spans.within(told, "delivered_at", asked).exclude(key__in=over.values("number"))


def _replay_in(run: MassRun) -> Step:
    found = to_replay_in(run.asked)
    if run.bookmark:
        at, last = run.bookmark
        found = keyset.beyond(found, (spans.moment(at), last), "received_at", key="event_id")
    events = list(found.order_by("received_at", "event_id")[:PORTION])
    objects = {(Kind(event.kind), event.object_id): f"replay-{run.pk}" for event in events}
    inbox.ask(objects, quiet=True)  # whoever was told of it has heard it; whoever was not is not told of the past
    if len(events) < PORTION:
        return Step(len(events), len(objects))
    return Step(len(events), len(objects), [events[-1].received_at.isoformat(), events[-1].event_id])


def _replay_out(run: MassRun) -> Step:
    """By when they were delivered: what has been said once more is delivered later than this time, or waits."""
    found = to_replay_out(run.asked)
    if run.bookmark:
        at, last = run.bookmark
        found = keyset.beyond(found, (spans.moment(at), last), "delivered_at")
    messages = list(found.order_by("delivered_at", "id").only("id", "delivered_at")[:PORTION])
    done = mend.replay_portion([message.pk for message in messages], run.user.email)
    if len(messages) < PORTION:
        return Step(len(messages), done)
    return Step(len(messages), done, [messages[-1].delivered_at.isoformat(), messages[-1].pk])


def _last(keys: list[int]) -> int | None:
    return keys[-1] if len(keys) == PORTION else None


STEPS: dict[str, Callable[[MassRun], Step]] = {
    MassDeed.SEND_AGAIN: _send_again,
    MassDeed.FETCH_AGAIN: _fetch_again,
    MassDeed.ANNOUNCE: _announce,
    MassDeed.MAP_FORM: _map_form,
    MassDeed.REPLAY_IN: _replay_in,
    MassDeed.REPLAY_OUT: _replay_out,
}
