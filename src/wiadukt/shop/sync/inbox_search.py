"""Finding objects of the inbox: by filter, by text, by time, by cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, F, Func, Max, Min, Q, QuerySet, TextField, Value, When
from django.db.models.functions import MD5, Left, Replace

from wiadukt.shop import span as spans
from wiadukt.shop.sync.models import InboxObject, InboxState

FIELDS = ("state", "kind")
ASKED = (*FIELDS, "q", "cause", *spans.FIELDS)
CAUSE_LENGTH = 200
MOST_CAUSES = 50
PLACE = "…"
"""Where a cause names its own object."""
# One cause however many objects it names: their own id and every number are left out.
_named = Case(
    When(object_id="", then=F("last_error")),
    default=Replace(F("last_error"), F("object_id"), Value(PLACE)),
    output_field=TextField(),
)
CAUSE = Left(
    Func(_named, Value(r"\d+"), Value("#"), Value("g"), function="regexp_replace", output_field=TextField()),
    CAUSE_LENGTH,
)


@dataclass(frozen=True)
class FailureGroup:
    """Objects of one kind that could not be applied for one cause, which `key` names in a filter. `example`: the words
    about one of them."""

    kind: str
    key: str
    cause: str
    example: str
    count: int
    oldest: object


def matching(asked: Mapping[str, str], found: QuerySet[InboxObject], *, texts: bool = True) -> QuerySet[InboxObject]:
    """Of `found`, by `state`, `kind`, when it changed last, `cause` (the key of a group), and `q`: how the id begins,
    or a part of the error; without `texts` of the id alone."""
    for field in FIELDS:
        if asked.get(field):
            found = found.filter(**{field: asked[field].replace("\0", "")})
    cause = asked.get("cause", "").replace("\0", "")
    if cause:
        found = found.filter(state=InboxState.REJECTED).annotate(cause=MD5(CAUSE)).filter(cause=cause)
    text = asked.get("q", "").replace("\0", "").strip()
    if text:
        failed = ~Q(state=InboxState.APPLIED) & Q(last_error__icontains=text)
        begins = Q(object_id__startswith=text)
        found = found.filter(begins | failed if texts else begins)
    return spans.within(found, "changed_at", asked)


def by_cause(found: QuerySet[InboxObject]) -> list[FailureGroup]:
    """The rejected among `found`, the largest group first."""
    rows = found.filter(state=InboxState.REJECTED).order_by().annotate(cause=CAUSE, key=MD5(CAUSE))
    rows = rows.values("kind", "key", "cause")
    rows = rows.annotate(n=Count("id"), example=Max("last_error"), oldest=Min("changed_at"))
    return [
        FailureGroup(row["kind"], row["key"], row["cause"], row["example"], row["n"], row["oldest"])
        for row in rows.order_by("-n", "cause")[:MOST_CAUSES]
    ]
