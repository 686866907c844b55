"""Forms of payment and of delivery: which a buyer may choose, and what WAPRO is told of his choice.

A form of the shop stands for one of WAPRO's. One that stands for none, or for one that WAPRO does not have any more, is
not offered, or goes as the default one: the administrator's choice.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from wiadukt.contract.status import ConnectorStatus
from wiadukt.shop.ordering.models import ErpForm, FormKind, FormRule, TradeForm, Unmapped
from wiadukt.shop.organisations.models import Organisation


@dataclass(frozen=True)
class Standing:
    """Where a form stands. `code`: what WAPRO is told, empty when it can't be offered; `days`: until payment is due."""

    form: TradeForm
    code: str
    days: int
    is_default: bool

    @property
    def is_usable(self) -> bool:
        return bool(self.code)


def standings(kind: FormKind) -> list[Standing]:
    """Every form of this kind, offered or not, in their order."""
    known = {form.code: form.days for form in ErpForm.objects.filter(kind=kind)}
    rule = FormRule.objects.filter(pk=kind).first()
    default = rule.default_code if rule and rule.unmapped == Unmapped.DEFAULT and rule.default_code in known else ""
    found = []
    for form in TradeForm.objects.filter(kind=kind):
        is_mapped = form.erp_code in known
        code = form.erp_code if is_mapped else default
        found.append(Standing(form, code, known.get(code, 0), is_default=not is_mapped and bool(default)))
    return found


def offered(kind: FormKind, organisation: Organisation) -> list[TradeForm]:
    """What this buyer may choose. Nobody gives himself longer to pay than was agreed with him."""
    return [
        one.form
        for one in standings(kind)
        if one.form.is_offered
        and one.is_usable
        and (kind is not FormKind.PAYMENT or one.days <= organisation.payment_days)
    ]


def said(form: TradeForm | None) -> str:
    """What an order tells WAPRO of this choice: empty when nothing was chosen.

    A form that lost its mapping after it was chosen is said as it is: WAPRO then refuses it, and the administrator maps
    it from the refusal.
    """
    if form is None:
        return ""
    standing = next(one for one in standings(FormKind(form.kind)) if one.form.pk == form.pk)
    return standing.code or form.erp_code or form.name


@transaction.atomic
def map_code(kind: FormKind, old: str, new: str) -> int:
    """Forms that were said as `old` stand for `new` from now on; returns how many."""
    changed = 0
    for form in TradeForm.objects.filter(kind=kind).select_for_update():
        if old == (form.erp_code or form.name):
            form.erp_code = new
            form.save(update_fields=["erp_code"])
            changed += 1
    return changed


def follow(status: ConnectorStatus) -> None:
    """Keeps WAPRO's dictionaries as the connector tells them now; writes only what differs."""
    told = {(FormKind.PAYMENT.value, one.name): (one.name, one.days) for one in status.payment_forms}
    told |= {(FormKind.DELIVERY.value, one.id): (one.name, 0) for one in status.delivery_forms}
    held = {(one.kind, one.code): one for one in ErpForm.objects.all()}
    ErpForm.objects.filter(pk__in=[held[key].pk for key in held.keys() - told.keys()]).delete()
    for (kind, code), (name, days) in told.items():
        one = held.get((kind, code))
        if one is None or (one.name, one.days) != (name, days):
            about = {"name": name[:100], "days": days}
            ErpForm.objects.update_or_create(kind=kind, code=code[:50], defaults=about)
