"""The timeline of one object, narrowed by who made a change, what changed and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from wiadukt.shop.history.models import Change, Origin
from wiadukt.shop.history.words import field_label, new_value, old_value, word

PAGE_SIZE = 30


@dataclass(frozen=True)
class Asked:
    """What a reader wants to see; everything when nothing is said. Days are local, both included."""

    origin: str = ""
    what: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Of an address; what can't be read is not asked."""
        origin = query.get("origin", "")
        return cls(
            origin if origin in Origin.values else "",
            query.get("what", "").replace("\0", ""),
            _day(query.get("first", "")),
            _day(query.get("last", "")),
        )

    @property
    def query(self) -> str:
        """The same in an address."""
        said = {"origin": self.origin, "what": self.what, "first": self.first, "last": self.last}
        return urlencode({name: value for name, value in said.items() if value})


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # 31 June
        return None


def what_of(field: str) -> str:
    """The kind of change of a field's full name: of a line, a part or a price level the thing itself."""
    _before, is_line, rest = field.partition(": ")
    return (rest if is_line else field).partition(".")[0].partition(" ")[0]


class Timeline:
    """One object's changes; whoever makes it says that this reader may see them all."""

    def __init__(self, kind: str, object_id: int, asked: Asked) -> None:
        self.kind, self.object_id, self.asked = kind, object_id, asked
        self.everything = Change.objects.filter(kind=kind, object_id=object_id)

    @cached_property
    def _fields(self) -> list[str]:
        return list(self.everything.order_by().values_list("field", flat=True).distinct())

    @property
    def whats(self) -> list[tuple[str, str]]:
        """What ever changed, with its words, in their order."""
        found = {what: str(word(what)) for what in map(what_of, self._fields)}
        return sorted(found.items(), key=lambda pair: pair[1].casefold())

    @property
    def origins(self) -> list[tuple[str, Any]]:
        return list(Origin.choices)

    @property
    def changes(self) -> QuerySet[Change]:
        asked, found = self.asked, self.everything
        if asked.origin:
            found = found.filter(origin=asked.origin)
        if asked.what:
            found = found.filter(field__in=[field for field in self._fields if what_of(field) == asked.what])
        if asked.first:
            found = found.filter(at__date__gte=asked.first)
        if asked.last:
            found = found.filter(at__date__lte=asked.last)
        return found

    def page(self, number: str | None) -> Page[Change]:
        return Paginator(self.changes, PAGE_SIZE).get_page(number)

    def as_kept(self) -> Iterator[dict[str, Any]]:
        """For a program, newest first."""
        for change in self.changes.iterator():
            kept = {name: getattr(change, name) for name in ("origin", "author", "field", "old", "new", "message_id")}
            yield {"at": change.at, **kept}

    def as_read(self) -> Iterator[list[Any]]:
        """For a person, newest first, as the page says it."""
        for change in self.changes.iterator():
            moment = timezone.localtime(change.at).strftime("%Y-%m-%d %H:%M:%S")
            new = new_value(change) if change.new else ""
            who = [change.get_origin_display(), change.author]
            yield [moment, *who, field_label(change), old_value(change), new, change.message_id]
