"""Turning a basket into an order, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.core.loading import get_class, get_model
from oscar.core.prices import Price

from wiadukt.shop.about import agreed
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.signature import signature
from wiadukt.shop.history import record
from wiadukt.shop.ordering import changing, trade_forms
from wiadukt.shop.ordering.approval_mail import tell_later
from wiadukt.shop.ordering.confirmation import confirm_later
from wiadukt.shop.ordering.differences import differences
from wiadukt.shop.ordering.locks import lock_stock
from wiadukt.shop.ordering.models import FormKind, TradeForm
from wiadukt.shop.ordering.shortages import asked_of, shortages_of, worse_than
from wiadukt.shop.organisations.access import member_of, ordering_branches_of, places_of
from wiadukt.shop.organisations.approval import Approval, must_wait
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member
from wiadukt.shop.terms.standing import holds_of


class CannotPlace(Exception):
    """The basket can't become an order now; `reasons` say why, one sentence each, for the buyer."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Wishes:
    """What the buyer said at the checkout. `seen_total`: the net total on his page, when there was one.

    `basket_id`: the basket on his page. `seen_shortages`: what it told him of goods of which there are too few.
    `seen_terms`: which versions of the seller's terms he had before him (`about.agreed.as_seen`).
    """

    branch: Branch
    place: DeliveryPlace
    wanted_on: date | None = None
    customer_number: str = ""
    remarks: str = ""
    seen_total: Decimal | None = None
    basket_id: int | None = None
    payment: TradeForm | None = None
    delivery: TradeForm | None = None
    seen_shortages: str | None = None
    seen_terms: str | None = None


def place(basket: Any, member: Member, wishes: Wishes, request: Any = None) -> Any:
    """The order made of this basket; over the member's limit it waits for approval.

    A second call for the same basket gives the same order again. So does a page that was sent again when its basket had
    been ordered, although its buyer has a new basket by now. Raises CannotPlace with every reason at once; then nothing
    is saved.
    """
    Order = get_model("order", "Order")
    Basket = get_model("basket", "Basket")
    with transaction.atomic():
        # What the page read before is old by now: everything is read again behind the locks.
        mine = Basket.objects.select_for_update().filter(owner=basket.owner_id)
        seen = mine.filter(pk=wishes.basket_id, status=Basket.SUBMITTED).first()
        locked = seen or mine.get(pk=basket.pk)
        if locked.status == Basket.SUBMITTED:
            return Order.objects.get(basket=locked)
        lock_stock(locked.lines.values_list("product_id", flat=True))
        locked.strategy = get_class("partner.strategy", "Selector")().strategy(request=request, user=member.user)
        reasons = _reasons_of_place(member, wishes) or _reasons_of_forms(member, wishes) or reasons_against(locked)
        if not reasons and locked.changes_id:
            reasons = changing.reasons_against(locked, wishes.branch, member.user)
        if not reasons and wishes.seen_total is not None and wishes.seen_total != locked.total_excl_tax:
            reasons = [_("Prices have changed since you opened this page: check the basket and order again.")]
        reasons = reasons or _fallen_stock(locked, wishes)
        terms = list(agreed.agreed_with_orders())
        if not reasons and wishes.seen_terms is not None and wishes.seen_terms != agreed.as_seen(terms):
            reasons = [_("The terms have changed since you opened this page: read them and order again.")]
        reasons = reasons or holds_of(member.organisation, locked.total_incl_tax, gives_way=locked.gives_way)
        if reasons:
            raise CannotPlace(reasons)
        order = _create(locked, member, wishes, request)
        if order.replaces and not differences(order.replaces, order):
            raise CannotPlace([_("Nothing is changed yet: change a line, the place, the day or your number.")])
        order.agreed.set(terms)
        locked.submit()
        _note(order, request.user if request is not None else member.user)
        return order


def _note(order: Any, by: User) -> None:
    """In the order's history: who placed it, and that it waits when it does."""
    waits = order.approval == Approval.WAITING
    field, word = ("approval", "awaiting") if waits else ("placed", order.number)
    record.save([record.change("order", order, field, "", word, **signature(by))])
    if waits:
        tell_later(order, Approval.WAITING)
    elif order.replaces_id:
        changing.send(order, by)
    else:
        confirm_later(order)


def reasons_against(basket: Any) -> list[str]:
    """Why this basket can't be ordered now, one sentence a product; empty when it can."""
    if basket.is_empty:
        return [_("The basket is empty: choose some goods first.")]
    reasons = []
    for asked in asked_of(basket):
        allowed, why = asked.availability.is_purchase_permitted(asked.quantity)
        if not allowed:
            reasons.append(_("%(product)s: %(why)s") % {"product": asked.product.get_title(), "why": why})
    return reasons


def _fallen_stock(basket: Any, wishes: Wishes) -> list[str]:
    """What the buyer was not warned of on his page: it fell meanwhile, and he is to know before he orders."""
    if wishes.seen_shortages is None:
        return []
    worse = worse_than(wishes.seen_shortages, shortages_of(basket))
    first = _("There is less than when you opened this page: look at it and order again.")
    return [first, *(one.sentence for one in worse)] if worse else []


def _reasons_of_place(member: Member, wishes: Wishes) -> list[str]:
    """The member's own branch and a place that serves it, asked at the moment of the order."""
    fresh = member_of(member.user) if member.user is not None else None
    if fresh is None:
        return [_("Your company can't order now: ask your salesman.")]
    if not ordering_branches_of(fresh).filter(pk=wishes.branch.pk).exists():
        return [_("Branch: choose one of yours.")]
    if not places_of(fresh).filter(pk=wishes.place.pk).exists():
        return [_("Delivery place: choose one of the list.")]
    if wishes.place.branches.exists() and not wishes.place.branches.filter(pk=wishes.branch.pk).exists():
        return [
            _("Delivery place: %(place)s does not serve the branch %(branch)s.")
            % {"place": wishes.place, "branch": wishes.branch}
        ]
    return []


def _reasons_of_forms(member: Member, wishes: Wishes) -> list[str]:
    """What is chosen must be offered at the moment of the order, too."""
    said = {
        (FormKind.PAYMENT, wishes.payment): _("Payment: this form is not offered any more, choose another one."),
        (FormKind.DELIVERY, wishes.delivery): _("Delivery: this form is not offered any more, choose another one."),
    }
    return [
        reason
        for (kind, form), reason in said.items()
        if form is not None and form not in trade_forms.offered(kind, member.organisation)
    ]


def _create(basket: Any, member: Member, wishes: Wishes, request: Any) -> Any:
    OrderCreator = get_class("order.utils", "OrderCreator")
    shipping = get_class("shipping.methods", "NoShippingRequired")()
    fresh = member_of(member.user)
    first, net = basket.changes, basket.total_excl_tax
    waits = fresh is not None and must_wait(fresh, wishes.branch, net)
    waits = waits and not (first is not None and changing.stays_approved(first, net))
    unasked = Approval.NONE if first is None else Approval.CHANGING
    total = get_class("checkout.calculators", "OrderTotalCalculator")(request).calculate(
        basket, Price(currency=basket.currency or "PLN", excl_tax=0, tax=0)
    )
    return OrderCreator().place_order(
        basket,
        total,
        shipping_method=shipping,
        shipping_charge=shipping.calculate(basket),
        user=member.user,
        shipping_address=_address(wishes.place),
        request=request,
        organisation=member.organisation,
        branch=wishes.branch,
        delivery_place=wishes.place,
        wanted_on=wishes.wanted_on,
        customer_number=wishes.customer_number,
        remarks=wishes.remarks,
        payment_choice=wishes.payment,
        delivery_choice=wishes.delivery,
        replaces=first,
        approval=Approval.WAITING if waits else unasked,
    )


def _address(place: DeliveryPlace) -> Any:
    """A copy of the place as it is today: the order keeps it when the place moves."""
    country, _new = get_model("address", "Country").objects.get_or_create(
        iso_3166_1_a2=place.country[:2].upper(), defaults={"printable_name": place.country, "name": place.country}
    )
    return get_model("order", "ShippingAddress").objects.create(
        first_name=place.recipient[:60],
        last_name=place.name[:100],
        line1=place.street,
        line4=place.city,
        postcode=place.postal_code,
        country=country,
        phone_number="",
        notes=place.note,
    )
