"""Finding messages: by filter, by text, by time, by cause. Every page of the panel asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Max, Min, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Left, Upper

from wiadukt.shop import span as spans
from wiadukt.shop.outbox.models import DONE, MessageState, OutboundMessage

FIELDS = ("state", "destination", "kind")
ASKED = (*FIELDS, "q", "code", "about", *spans.FIELDS)
"""What a page's filter may hold."""
CAUSE_LENGTH = 120
MOST_CAUSES = 50
ABOUT = {"payment_form_unknown": "payment_form", "delivery_form_unknown": "delivery_form_id"}
"""Field of the message that a refusal with this code is about: such messages are one group by its value."""


@dataclass(frozen=True)
class CauseGroup:
    """Messages that stand for the same cause; `cause` is empty for those that nobody has answered yet."""

    state: str
    cause: str
    remedy: str
    count: int


@dataclass(frozen=True)
class RefusalGroup:
    """Messages that one receiver refused with one code. `cause` and `remedy` are of one of them; `causes` counts
    different wordings, as when each names its own article. `about`: what of the message the refusal is about."""

    destination: str
    code: str
    about: str
    cause: str
    remedy: str
    count: int
    causes: int
    oldest: object


def matching(
    asked: Mapping[str, str], found: QuerySet[OutboundMessage], *, texts: bool = True
) -> QuerySet[OutboundMessage]:
    """Of `found`, by `state`, `destination`, `kind`, the time it was written, `code` of the refusal (and what it is
    `about`), and `q`: how the key begins, or a part of the last answer of what was not delivered; without `texts` of
    the key alone, for who may not read answers may not guess at them."""
    for field in FIELDS:
        if asked.get(field):
            found = found.filter(**{field: asked[field].replace("\0", "")})
    code = asked.get("code", "").replace("\0", "")
    if code:
        found = found.filter(state=MessageState.REJECTED, refusal__code=code)
        if code in ABOUT and "about" in asked:
            found = found.filter(**{f"payload__{ABOUT[code]}": asked["about"].replace("\0", "")})
    text = asked.get("q", "").replace("\0", "").strip()
    if text:
        answered = ~Q(state=MessageState.DELIVERED) & Q(last_answer__icontains=text)
        found = found.annotate(upper_key=Upper("key"))
        begins = Q(upper_key__startswith=text.upper())
        found = found.filter(begins | answered if texts else begins)
    return spans.within(found, "created_at", asked)


def retryable(
    asked: Mapping[str, str], found: QuerySet[OutboundMessage], *, texts: bool = True
) -> QuerySet[OutboundMessage]:
    """What of `found` matches and is not done; with `up_to`, only what was there when a person looked."""
    found = matching(asked, found, texts=texts).exclude(state__in=DONE)
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


def refused_by_cause(found: QuerySet[OutboundMessage]) -> list[RefusalGroup]:
    """The rejected among `found`, the largest group first: one a receiver and code, not one an article."""
    known = [When(refusal__code=code, then=KT(f"payload__{field}")) for code, field in ABOUT.items()]
    about = Case(*known, default=Value(""), output_field=CharField())
    rejected = found.filter(state=MessageState.REJECTED).order_by()
    rows = rejected.annotate(refused_as=KT("refusal__code"), refused_about=about, title=KT("refusal__title"))
    rows = rows.values("destination", "refused_as", "refused_about").annotate(
        n=Count("id"),
        causes=Count("title", distinct=True),
        cause=Max("title"),
        remedy=Max(KT("refusal__detail")),
        oldest=Min("created_at"),
    )
    return [
        RefusalGroup(
            row["destination"],
            row["refused_as"] or "",
            row["refused_about"] or "",
            row["cause"] or "",
            row["remedy"] or "",
            row["n"],
            row["causes"],
            row["oldest"],
        )
        for row in rows.order_by("-n", "refused_as")[:MOST_CAUSES]
    ]


def span(found: QuerySet[OutboundMessage]) -> dict[str, object]:
    """How many, the oldest and the youngest, and the highest id."""
    return found.order_by().aggregate(
        count=Count("id"), oldest=Min("created_at"), youngest=Max("created_at"), up_to=Max(F("id"))
    )


def unsaid_of(message: OutboundMessage) -> QuerySet[OutboundMessage]:
    """Messages of the same object that are not done, in their turn; `message` itself may be among them."""
    return OutboundMessage.objects.filter(order_key=message.order_key).exclude(state__in=DONE).order_by("id")
