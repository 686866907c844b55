"""What buyers ordered before the demo begins: an order that waits for approval, and work for the floor and its machines."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from wiadukt.demo.accounts import LOGINS
from wiadukt.shop.forks.partner.strategy import CustomerStrategy
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.organisations.access import places_of
from wiadukt.shop.organisations.models import Member, Role
from wiadukt.shop.terms.standing import holds_of

NOTHING, WAITING_NET = Decimal(0), 2400
LACQUERED, FOILED, VENEERED = "FR-", "FF-", "FN-"
# Days until it is wanted, and lines: kind of front, pieces. People lacquer for days; machines are soon free again.
WANTED: list[tuple[int, list[tuple[str, int]]]] = [
    (1, [(LACQUERED, 6), (LACQUERED, 2)]),
    (1, [(FOILED, 2)]),
    (2, [(LACQUERED, 12)]),
    (3, [(LACQUERED, 8), (VENEERED, 2)]),
    (3, [(LACQUERED, 4), (LACQUERED, 4), (LACQUERED, 10)]),
    (4, [(LACQUERED, 16)]),
    (5, [(LACQUERED, 5), (LACQUERED, 3)]),
    (8, [(LACQUERED, 20), (LACQUERED, 6)]),
    (12, [(LACQUERED, 30)]),
]


def place_orders() -> None:
    """Repeatable: once there is an order of the shop's, none is placed. Needs published goods."""
    if get_model("order", "Order").objects.exclude(basket=None).exists():
        return
    _over_the_limit(Member.objects.select_related("user", "organisation").get(email=LOGINS["buyer"]))
    chosen = Member.objects.filter(role=Role.MANAGER, user__is_active=True).exclude(email__in=LOGINS.values())
    known = chosen.select_related("user", "organisation").order_by("organisation__name")
    may_order = (buyer for buyer in known if not holds_of(buyer.organisation, NOTHING))
    for nth, ((days, lines), buyer) in enumerate(zip(WANTED, may_order, strict=False)):
        _of_fronts(buyer, timezone.localdate() + timedelta(days), lines, nth)


def _over_the_limit(buyer: Member) -> None:
    """An order that waits for approval."""
    basket = _basket(buyer)
    as_they_are = get_model("catalogue", "Product").objects.browsable().filter(product_class__size_rule=None)
    for product in as_they_are.order_by("upc"):
        info = basket.strategy.fetch_for_product(product)
        if info.availability.is_purchase_permitted(12)[0]:
            basket.add_product(product, 12)
        if basket.total_excl_tax > WAITING_NET:
            break
    _order(basket, buyer, customer_number="ZAM/2026/118")


def _of_fronts(buyer: Member, wanted_on: date, lines: list[tuple[str, int]], nth: int) -> None:
    """Fronts of a fixed size, none of which must be drilled."""
    basket = _basket(buyer)
    fixed = get_model("catalogue", "Product").objects.browsable().filter(product_class__size_rule=None)
    for row, (kind, pieces) in enumerate(lines):
        fronts = fixed.filter(upc__startswith=kind).exclude(upc__regex="-(1100|1313)-").order_by("upc")
        basket.add_product(fronts[(nth * 7 + row * 3) % fronts.count()], pieces)
    _order(basket, buyer, wanted_on=wanted_on)


def _basket(buyer: Member) -> Any:
    basket = get_model("basket", "Basket").objects.create(owner=buyer.user)
    basket.strategy = CustomerStrategy(user=buyer.user)
    return basket


def _order(basket: Any, buyer: Member, **wishes: Any) -> None:
    branch = buyer.branches.first() or buyer.organisation.branches.get(is_default=True)
    where = places_of(buyer).filter(branches=branch).first() or places_of(buyer).first()
    place(basket, buyer, Wishes(branch, where, **wishes))
