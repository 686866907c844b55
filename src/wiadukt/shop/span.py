"""From when to when, as a person writes it into a filter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

M = TypeVar("M", bound=Model)
FIELDS = SINCE, UNTIL = ("since", "until")


def moment(text: str) -> datetime | None:
    """A time of the shop's own zone, as `datetime-local` gives it, or with a zone; None for what is none."""
    try:
        found = parse_datetime(text.strip())
    except ValueError:
        return None
    if found is None or not 2000 <= found.year <= 9000:
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def within(found: QuerySet[M], field: str, asked: Mapping[str, str]) -> QuerySet[M]:
    """Those of `found` whose `field` is not before `since` and before `until`, as far as they are given."""
    since, until = moment(asked.get(SINCE, "")), moment(asked.get(UNTIL, ""))
    if since is not None:
        found = found.filter(**{f"{field}__gte": since})
    if until is not None:
        found = found.filter(**{f"{field}__lt": until})
    return found
