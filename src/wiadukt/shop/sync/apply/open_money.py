"""What of a buyer's money stands by itself follows WAPRO: payments that settle nothing yet, and what he owes by no
invoice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from wiadukt.contract.customer import Customer
from wiadukt.contract.facts import receivable_fact, unassigned_fact
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import OtherReceivable, UnassignedPayment
from wiadukt.shop.organisations.models import Organisation


@dataclass(frozen=True)
class _Kept:
    """How rows of one sort are kept; `word` names it in the history."""

    word: str
    model: type[Any]
    fact: Callable[[Any], str]
    fields: tuple[str, ...]


UNASSIGNED = _Kept(
    "unassigned",
    UnassignedPayment,
    unassigned_fact,
    ("document", "received_on", "amount", "remaining", "currency", "form", "order_id"),
)
RECEIVABLE = _Kept(
    "receivable",
    OtherReceivable,
    receivable_fact,
    ("document", "issued_on", "due_on", "amount", "remaining", "currency", "base_remaining"),
)


def follow_open_money(organisation: Organisation, customer: Customer, about: dict[str, str]) -> None:
    changes = _follow(UNASSIGNED, organisation, customer.unassigned, about)
    record.save(changes + _follow(RECEIVABLE, organisation, customer.receivables, about))


def _follow(kept: _Kept, organisation: Organisation, told: Iterable[Any], about: dict[str, str]) -> list[Change]:
    known = {row.erp_id: row for row in kept.model.objects.filter(organisation=organisation)}
    changes = []
    for one in told:
        row = known.pop(one.id, None)
        if row is not None and kept.fact(row) == kept.fact(one):
            continue
        changes.append(_change(kept.word, organisation, row, one, about))
        row = row or kept.model(organisation=organisation, erp_id=one.id)
        for name in kept.fields:
            value = getattr(one, name)
            setattr(row, name, "" if value is None and name == "order_id" else value)
        row.save()
    for row in known.values():
        changes.append(_change(kept.word, organisation, row, None, about))
        row.delete()
    return changes


def _change(word: str, organisation: Organisation, old: Any, new: Any, about: dict[str, str]) -> Change:
    before, after = ("" if one is None else f"{one.remaining:.2f} {one.currency}" for one in (old, new))
    return record.change("organisation", organisation, word, before, after, **about)
