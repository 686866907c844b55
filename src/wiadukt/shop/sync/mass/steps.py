"""What each deed does to its next portion, and what it would do: the preview counts what the work will go through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from wiadukt.contract.base import Kind
from wiadukt.shop.outbox import mend, search
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sellers import access
from wiadukt.shop.sync import inbox, inbox_search
from wiadukt.shop.sync.models import InboxObject, InboxState, MassDeed, MassRun

PORTION = 500


@dataclass(frozen=True)
class Step:
    """What came of a portion: rows gone through, rows changed, and the place behind which the next one begins; None
    at the end."""

    seen: int
    done: int
    bookmark: Any = None


def to_send_again(asked: Mapping[str, str], user: Any) -> QuerySet[OutboundMessage]:
    return search.retryable(asked, access.messages_of(user))


def to_fetch_again(asked: Mapping[str, str], user: Any) -> QuerySet[InboxObject]:
    """Rejected ones; with `up_to`, only what was there when a person looked."""
    found = inbox_search.matching(asked, access.announced_of(user)).filter(state=InboxState.REJECTED)
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


def _last(keys: list[int]) -> int | None:
    return keys[-1] if len(keys) == PORTION else None


STEPS: dict[str, Callable[[MassRun], Step]] = {
    MassDeed.SEND_AGAIN: _send_again,
    MassDeed.FETCH_AGAIN: _fetch_again,
    MassDeed.MAP_FORM: _map_form,
}
