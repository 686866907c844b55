"""A person's deeds inside the shop, as a process of its own. One JSON line in, one JSON line out."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import close_old_connections, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from oscar.core.loading import get_model  # noqa: E402

from wiadukt.shop.accounts.rights import make_staff  # noqa: E402
from wiadukt.shop.forks.partner.strategy import Selector  # noqa: E402
from wiadukt.shop.ordering.place import CannotPlace, Wishes, place  # noqa: E402
from wiadukt.shop.organisations.models import Member  # noqa: E402
from wiadukt.shop.sync import client, jobs, takeover  # noqa: E402

Product = get_model("catalogue", "Product")
ProductClass = get_model("catalogue", "ProductClass")
Basket = get_model("basket", "Basket")


def hire(*, email: str) -> dict[str, Any]:
    """An administrator, and a session of his: the password's hash would cost each scenario a second."""
    user = make_staff(email, "chaos", administrator=True)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"session": session.session_key}


def take_over() -> dict[str, Any]:
    """The flag day."""
    return {"asked": takeover.ask_for_everything(client.connector())}


def publish() -> dict[str, Any]:
    """What the shop's staff does with new goods: fronts are made to order, everything is published."""
    with transaction.atomic():
        fronts, _new = ProductClass.objects.get_or_create(
            slug="front", defaults={"name": "Front", "track_stock": False, "made_to_order": True}
        )
        for product in Product.objects.select_for_update().filter(published_at=None).order_by("pk"):
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


def look() -> dict[str, Any]:
    """What the worker's clock does every 15 seconds."""
    jobs.watch_connector(0)
    return {}


DEEDS = {"hire": hire, "take_over": take_over, "publish": publish, "order": order, "look": look}


def main() -> None:
    print(json.dumps({"here": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        close_old_connections()
        try:
            answer = DEEDS[asked.pop("do")](**asked)
        except Exception as error:  # an outage: not done, or done and only the base knows of it
            answer = {"failed": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(answer), flush=True)


main()
