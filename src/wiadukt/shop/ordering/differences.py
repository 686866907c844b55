"""What a changed order says otherwise than the first one, for people and for history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from wiadukt.shop.history.words import shown_value, word
from wiadukt.shop.quantities import neat
from wiadukt.shop.sizes.chosen import in_words

HEAD = ("delivery_place", "wanted_on", "customer_number", "remarks", "payment_choice", "delivery_choice")


@dataclass(frozen=True)
class Difference:
    """`product` is empty for what is the whole order's. `field`: added, removed, quantity, note, or one of HEAD."""

    field: str
    old: str = ""
    new: str = ""
    product: str = ""
    index: str = ""

    @property
    def words(self) -> str:
        about = {"product": self.product, "old": shown_value(self.old), "new": shown_value(self.new)}
        if self.field == "added":
            return _("%(product)s added: %(new)s") % about
        if self.field == "removed":
            return _("%(product)s taken out") % about
        what = _("quantity of %(product)s") if self.field == "quantity" else _("note to %(product)s")
        label = what % about if self.product else word(self.field)
        return _("%(what)s: %(old)s → %(new)s") % (about | {"what": label, "old": about["old"] or "–"}) + (
            "" if self.new else "–"
        )


def differences(first: Any, changed: Any) -> list[Difference]:
    """Lines of one product and size are counted together."""
    return [*_of_lines(first.lines.all(), changed.lines.all()), *_of_head(first, changed)]


def _of_lines(before: Iterable[Any], after: Iterable[Any]) -> Iterable[Difference]:
    old, new = _together(before), _together(after)
    for key, (title, index, quantity, note) in new.items():
        if key not in old:
            yield Difference("added", "", f"{neat(quantity):f}", title, index)
            continue
        _title, _index, was, old_note = old[key]
        if was != quantity:
            yield Difference("quantity", f"{neat(was):f}", f"{neat(quantity):f}", title, index)
        if old_note != note:
            yield Difference("note", old_note, note, title, index)
    for key, (title, index, was, _note) in old.items():
        if key not in new:
            yield Difference("removed", f"{neat(was):f}", "", title, index)


def _together(lines: Iterable[Any]) -> dict[tuple[str, str], tuple[str, str, Decimal, str]]:
    """Title, index, quantity and notes by index and size."""
    found: dict[tuple[str, str], tuple[str, str, Decimal, str]] = {}
    for line in lines:
        size = in_words(line.chosen)
        key = (line.upc, size)
        title = " · ".join(filter(None, [line.title, size]))
        _title, _index, quantity, notes = found.get(key, (title, line.upc, Decimal(0), ""))
        found[key] = (title, line.upc, quantity + line.quantity, " | ".join(filter(None, [notes, line.note])))
    return found


def _of_head(first: Any, changed: Any) -> Iterable[Difference]:
    for field in HEAD:
        old, new = getattr(first, field), getattr(changed, field)
        if old != new:
            yield Difference(field, "" if old is None else str(old), "" if new is None else str(new))
