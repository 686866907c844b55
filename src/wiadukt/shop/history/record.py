"""Writing the timeline; always in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone

from wiadukt.shop import bulk
from wiadukt.shop.history.models import Change, Origin

CREATED = "created"
FIELDS = ["kind", "object_id", "field", "old", "new", "origin", "message_id", "author", "at"]


def change(kind: str, obj: Model | int, field: str, old: Any, new: Any, **about: str) -> Change:
    """An unsaved row about an object or its key; `about` may give origin, message_id, author."""
    key = obj if isinstance(obj, int) else obj.pk
    return Change(
        kind=kind, object_id=key, field=field, old=_text(old), new=_text(new), **{"origin": Origin.WAPRO, **about}
    )


def assign(kind: str, obj: Model, values: dict[str, Any], **about: str) -> list[Change]:
    """Puts `values` on the object and returns a row for each field that differed; saves nothing."""
    changes = []
    for field, new in values.items():
        old = getattr(obj, field)
        if old != new:
            changes.append(change(kind, obj, field, old, new, **about))
            setattr(obj, field, new)
    return changes


def save(changes: Iterable[Change]) -> None:
    rows = list(changes)
    now = timezone.now()
    for row in rows:
        row.at = now
    if rows:
        bulk.insert(Change, rows, FIELDS)


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"  # without the zeros of the column's scale, and without the sign of a zero
    return "" if value is None else str(value)
