"""The buyer as a process: places orders in the shop as the checkout does. One JSON line in, one JSON line out."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.db import close_old_connections, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from oscar.core.loading import get_model  # noqa: E402

from wiadukt.shop.forks.partner.strategy import Selector  # noqa: E402
from wiadukt.shop.ordering.place import CannotPlace, Wishes, place  # noqa: E402
from wiadukt.shop.organisations.models import Member  # noqa: E402

Product = get_model("catalogue", "Product")
ProductClass = get_model("catalogue", "ProductClass")
Basket = get_model("basket", "Basket")


def publish(**_nothing: Any) -> dict[str, Any]:
    """What the shop's staff does with new goods: fronts are made to order, everything is published."""
    with transaction.atomic():
        fronts, _new = ProductClass.objects.get_or_create(
            slug="front", defaults={"name": "Front", "track_stock": False, "made_to_order": True}
        )
        for product in Product.objects.filter(published_at=None):
            if product.title.startswith("Front"):
                product.product_class = fronts
            product.published_at = timezone.now()
            product.follow_publication()
            product.save()
    return {"published": Product.objects.filter(is_public=True).count()}


def order(*, who: float, goods: list[tuple[float, int]], remarks: str) -> dict[str, Any]:
    """`who` and `goods` choose by their share of what may be chosen now, so a plan fits any state of the world."""
    members = list(Member.objects.filter(user__is_active=True, is_active=True).select_related("user").order_by("id"))
    products = list(Product.objects.filter(is_public=True).order_by("upc"))
    if not members or not products:
        return {"error": "nobody or nothing"}
    member = members[int(who * len(members))]
    places = list(member.organisation.delivery_places.filter(is_active=True).order_by("id"))
    if not places:
        return {"error": "no place"}
    with transaction.atomic():
        basket = Basket.objects.create(owner=member.user)
        basket.strategy = Selector().strategy(user=member.user)
        for share, quantity in goods:
            product = products[int(share * len(products))]
            info = basket.get_stock_info(product, [])
            if info.price.exists and info.availability.is_purchase_permitted(quantity)[0]:
                basket.add_product(product, quantity)
    wishes = Wishes(
        branch=member.organisation.branches.get(is_default=True),
        place=places[int(who * 7919) % len(places)],
        remarks=remarks,
    )
    try:
        return {"number": place(basket, member, wishes).number}
    except CannotPlace as refusal:
        return {"error": str(refusal)}


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        close_old_connections()
        try:
            answer = {"publish": publish, "order": order}[asked.pop("do")](**asked)
        except Exception as error:  # an outage: not an order, or one that only the base knows of
            answer = {"failed": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(answer), flush=True)


main()
