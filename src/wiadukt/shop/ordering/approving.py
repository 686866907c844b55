"""Deciding about orders that wait: approve, edit, reject, withdraw. Each once, behind a lock on the order.

Only with the approval do WAPRO and production hear of the order, in the transaction of the approval, and only then does
it keep goods. Prices and stock are asked again at that moment: what differs from the page that the approver saw is not
taken, he looks again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_class

from wiadukt.contract.money import line_value
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.signature import signature
from wiadukt.shop.history import record
from wiadukt.shop.ordering.allocated import keep
from wiadukt.shop.ordering.approval_mail import tell_later
from wiadukt.shop.ordering.changing import may_change, send
from wiadukt.shop.ordering.confirmation import confirm_later
from wiadukt.shop.ordering.freed import freed_by, with_freed
from wiadukt.shop.ordering.locks import lock_stock
from wiadukt.shop.ordering.messages import write_placed
from wiadukt.shop.organisations.access import approvals_of, orders_of
from wiadukt.shop.organisations.approval import Approval
from wiadukt.shop.stock.rules import warning_of
from wiadukt.shop.terms.standing import holds_of

KIND = "order"


class CannotDecide(Exception):
    """The order can't be decided about so; `reasons` say why, one sentence each."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Row:
    """A waiting line at today's price. `problem` says why it can't be ordered now, empty when it can; `warning` that
    there are too few of it."""

    line: Any
    net: Decimal
    gross: Decimal
    problem: str
    warning: str = ""

    @property
    def is_dearer_or_cheaper(self) -> bool:
        return (self.net, self.gross) != (self.line.unit_price_excl_tax, self.line.unit_price_incl_tax)

    @property
    def value_net(self) -> Decimal:
        return line_value(self.line.quantity, self.net)

    @property
    def value_gross(self) -> Decimal:
        return line_value(self.line.quantity, self.gross)


@dataclass(frozen=True)
class Look:
    """A waiting order as an approver sees it: today's prices beside those of the day it was made."""

    order: Any
    rows: tuple[Row, ...]

    @property
    def total_net(self) -> Decimal:
        return sum((row.value_net for row in self.rows), Decimal(0))

    @property
    def total_gross(self) -> Decimal:
        return sum((row.value_gross for row in self.rows), Decimal(0))

    @property
    def total_tax(self) -> Decimal:
        return self.total_gross - self.total_net

    @property
    def has_other_prices(self) -> bool:
        return any(row.is_dearer_or_cheaper for row in self.rows)

    @property
    def reasons(self) -> list[str]:
        """Why it can't be approved as it stands."""
        found = [
            _("%(product)s: %(why)s") % {"product": r.line.title, "why": r.problem} for r in self.rows if r.problem
        ]
        place = self.order.delivery_place
        if place is None or not place.is_active:
            found.append(_("The delivery place is no longer there: reject the order, so that it is made anew."))
        return found

    @property
    def fingerprint(self) -> str:
        """Tells whether what is approved is what was seen."""
        seen = [(row.line.pk, row.line.quantity, str(row.net), str(row.gross), row.warning) for row in self.rows]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def look(order: Any, by: User) -> Look:
    """Prices and stock of this moment, by the terms of the approver's company, which is the buyer's."""
    strategy = get_class("partner.strategy", "Selector")().strategy(user=by)
    lines = list(order.lines.select_related("product__product_class__size_rule", "order").order_by("line_no", "id"))
    infos = {line.pk: strategy.fetch_for_line(line) for line in lines if line.product is not None}
    freed = freed_by(order.replaces)
    threshold = strategy.threshold_of([(line.quantity, infos[line.pk].price) for line in lines if line.pk in infos])
    rows = []
    wanted: dict[int, Decimal] = {}
    for line in lines:
        if line.product is None:
            rows.append(Row(line, line.unit_price_excl_tax, line.unit_price_incl_tax, _("is no longer sold")))
            continue
        wanted[line.product_id] = wanted.get(line.product_id, 0) + line.quantity
        info = infos[line.pk]
        availability = with_freed(info.availability, freed.get(line.product_id, 0))
        allowed, why = availability.is_purchase_permitted(wanted[line.product_id])
        net, gross = line.unit_price_excl_tax, line.unit_price_incl_tax
        if info.price.exists:
            price = strategy.in_order(info.price, threshold)
            net, gross = price.excl_tax, price.incl_tax
        warning = warning_of(availability, wanted[line.product_id])
        rows.append(Row(line, net, gross, "" if allowed else str(why), warning))
    return Look(order, tuple(rows))


@transaction.atomic
def approve(order_id: int, by: User, *, seen: str) -> Any:
    """Places the order, as it was seen. Raises CannotDecide with every reason at once; then nothing is saved."""
    order = _waiting(order_id, by)
    lock_stock(order.lines.exclude(product=None).values_list("product_id", flat=True))
    now = look(order, by)
    gives_way = order.replaces.total_incl_tax if order.replaces else Decimal(0)
    reasons = now.reasons or holds_of(order.organisation, now.total_gross, gives_way=gives_way)
    if reasons:
        raise CannotDecide(*reasons)
    if now.fingerprint != seen:
        raise CannotDecide(_("Quantities or prices have changed since you opened this page: look again."))
    if order.replaces and not may_change(order.replaces, order.user or by, besides=order):
        raise CannotDecide(_("The order that this one changes can't be changed any more: reject this one."))
    _take_prices(now, by)
    order.date_placed = timezone.now()
    if order.replaces:
        _decide(order, Approval.APPROVED, by)
        send(order, by)
        return order
    for row in now.rows:
        _keep_goods(row.line)
    _decide(order, Approval.APPROVED, by)
    write_placed(order)
    confirm_later(order)
    return order


@transaction.atomic
def edit(order_id: int, by: User, quantities: Mapping[int, Decimal], *, seen: str) -> Any:
    """Other quantities by line id; 0 takes the line out. The order goes on waiting. Raises CannotDecide."""
    order = _waiting(order_id, by)
    now = look(order, by)
    if now.fingerprint != seen:
        raise CannotDecide(_("Quantities or prices have changed since you opened this page: look again."))
    if not any(quantities.get(row.line.pk, row.line.quantity) for row in now.rows):
        raise CannotDecide(_("No line would remain: reject the order instead."))
    changes = []
    for row in now.rows:
        line, quantity = row.line, quantities.get(row.line.pk, row.line.quantity)
        problem = line.product.portions.problem(quantity) if quantity and line.product is not None else ""
        if problem:
            raise CannotDecide(_("%(product)s: %(why)s") % {"product": line.title, "why": problem})
        if quantity != line.quantity:
            changes.append(
                record.change(KIND, order, f"{line.upc}: quantity", line.quantity, quantity, **signature(by))
            )
            line.quantity = quantity
            _save_line(line, row.line.unit_price_excl_tax, row.line.unit_price_incl_tax)
    if changes:
        order.lines.filter(quantity=0).delete()
        _sum_up(order)
        order.save(update_fields=["total_excl_tax", "total_incl_tax"])
        record.save(changes)
        tell_later(order, "edited")
    return order


@transaction.atomic
def reject(order_id: int, by: User, reason: str) -> Any:
    """For good: the buyer orders anew when he has to. Raises CannotDecide."""
    order = _waiting(order_id, by)
    order.approval_reason = reason
    _decide(order, Approval.REJECTED, by)
    return order


@transaction.atomic
def withdraw(order_id: int, by: User) -> Any:
    """By its own buyer, while nobody has decided; also a change that the seller is asked for. Raises CannotDecide."""
    undecided = orders_of(by).filter(user=by, approval__in=(Approval.WAITING, Approval.ASKED))
    order = undecided.filter(pk=order_id).select_for_update(of=("self",)).first()
    if order is None:
        raise CannotDecide(_("This order does not wait for approval any more."))
    _decide(order, Approval.WITHDRAWN, by)
    return order


def _waiting(order_id: int, by: User) -> Any:
    """The order, locked; asked again behind the lock whether it waits and whether this person may decide."""
    order = approvals_of(by).filter(pk=order_id).select_for_update(of=("self",)).first()
    if order is None:
        raise CannotDecide(_("This order does not wait for your approval any more."))
    return order


def _decide(order: Any, decision: Approval, by: User) -> None:
    about = signature(by)
    order.approval, order.decided_at, order.decided_by = decision, timezone.now(), about["author"]
    order.save()
    changes = [record.change(KIND, order, "approval", "awaiting", decision.value, **about)]
    if order.approval_reason:
        changes.append(record.change(KIND, order, "reason", "", order.approval_reason, **about))
    record.save(changes)
    tell_later(order, decision.value)


def _take_prices(now: Look, by: User) -> None:
    changes = []
    for row in now.rows:
        if row.is_dearer_or_cheaper:
            old = row.line.unit_price_excl_tax
            field = f"{row.line.upc}: unit_price_excl_tax"
            changes.append(record.change(KIND, now.order, field, old, row.net, **signature(by)))
            _save_line(row.line, row.net, row.gross)
    record.save(changes)
    _sum_up(now.order)


def _save_line(line: Any, net: Decimal, gross: Decimal) -> None:
    line.unit_price_excl_tax, line.unit_price_incl_tax = net, gross
    line.line_price_excl_tax = line.line_price_before_discounts_excl_tax = line_value(line.quantity, net)
    line.line_price_incl_tax = line.line_price_before_discounts_incl_tax = line_value(line.quantity, gross)
    line.save()


def _sum_up(order: Any) -> None:
    lines = list(order.lines.all())
    order.total_excl_tax = sum((line.line_price_excl_tax for line in lines), Decimal(0))
    order.total_incl_tax = sum((line.line_price_incl_tax for line in lines), Decimal(0))


def _keep_goods(line: Any) -> None:
    """Once, here: a waiting order keeps none."""
    keep(line)
    line.num_allocated = line.quantity
    line.save(update_fields=["num_allocated"])
