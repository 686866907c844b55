"""Finding messages: by filter, by text, by cause. Every page of the panel asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Left

from wiadukt.shop.outbox.models import DONE, MessageState, OutboundMessage

FIELDS = ("state", "destination", "kind")
CAUSE_LENGTH = 120
MOST_CAUSES = 50


@dataclass(frozen=True)
class CauseGroup:
    """Messages that stand for the same cause; `cause` is empty for those that nobody has answered yet."""

    state: str
    cause: str
    remedy: str
    count: int


def matching(asked: Mapping[str, str], found: QuerySet[OutboundMessage]) -> QuerySet[OutboundMessage]:
    """Of `found`, by `state`, `destination`, `kind`, and `q`: a part of the key or of the last answer."""
    for field in FIELDS:
        if asked.get(field):
            found = found.filter(**{field: asked[field].replace("\0", "")})
    text = asked.get("q", "").replace("\0", "").strip()
    if text:
        found = found.filter(Q(key__icontains=text) | Q(last_answer__icontains=text))
    return found


def retryable(asked: Mapping[str, str], found: QuerySet[OutboundMessage]) -> QuerySet[OutboundMessage]:
    """What of `found` matches and is not done; with `up_to`, only what was there when a person looked."""
    found = matching(asked, found).exclude(state__in=DONE)
    up_to = asked.get("up_to", "")
    return found.filter(pk__lte=int(up_to)) if up_to.isdecimal() and len(up_to) < 19 else found


def by_cause(found: QuerySet[OutboundMessage]) -> list[CauseGroup]:
    """The most frequent causes first; a refusal is known by its cause, an outage by the beginning of the answer."""
    refused = When(state=MessageState.REJECTED, then=KT("refusal__title"))
    cause = Case(refused, default=Left("last_answer", CAUSE_LENGTH), output_field=TextField())
    remedy = Case(
        When(state=MessageState.REJECTED, then=KT("refusal__detail")), default=Value(""), output_field=TextField()
    )
    rows = found.order_by().annotate(cause=cause, remedy=remedy).values("state", "cause", "remedy")
    rows = rows.annotate(n=Count("id")).order_by("-n", "cause")[:MOST_CAUSES]
    return [CauseGroup(row["state"], row["cause"] or "", row["remedy"] or "", row["n"]) for row in rows]


def span(found: QuerySet[OutboundMessage]) -> dict[str, object]:
    """How many, the oldest and the youngest, and the highest id."""
    return found.order_by().aggregate(
        count=Count("id"), oldest=Min("created_at"), youngest=Max("created_at"), up_to=Max(F("id"))
    )


def unsaid_of(message: OutboundMessage) -> QuerySet[OutboundMessage]:
    """Messages of the same object that are not done, in their turn; `message` itself may be among them."""
    return OutboundMessage.objects.filter(order_key=message.order_key).exclude(state__in=DONE).order_by("id")
