"""What of a buyer's payments settles nothing yet follows WAPRO."""

from __future__ import annotations

from wiadukt.contract.customer import Customer, Unassigned
from wiadukt.contract.facts import unassigned_fact
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import UnassignedPayment
from wiadukt.shop.organisations.models import Organisation

FIELDS = ("document", "received_on", "amount", "remaining", "currency", "form")


def follow_unassigned(organisation: Organisation, customer: Customer, about: dict[str, str]) -> None:
    known = {row.erp_id: row for row in organisation.unassigned_payments.all()}
    changes = []
    for one in customer.unassigned:
        row = known.pop(one.id, None)
        if row is not None and unassigned_fact(row) == unassigned_fact(one):
            continue
        changes.append(_change(organisation, row, one, about))
        row = row or UnassignedPayment(organisation=organisation, erp_id=one.id)
        for name in FIELDS:
            setattr(row, name, getattr(one, name))
        row.order_id = one.order_id or ""
        row.save()
    for row in known.values():
        changes.append(_change(organisation, row, None, about))
        row.delete()
    record.save(changes)


def _change(
    organisation: Organisation, old: UnassignedPayment | None, new: Unassigned | None, about: dict[str, str]
) -> Change:
    before, after = ("" if one is None else f"{one.remaining:.2f} {one.currency}" for one in (old, new))
    return record.change("organisation", organisation, "unassigned", before, after, **about)
