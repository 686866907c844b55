"""Orders at a steady rate: how long until WAPRO has the document and production its job orders.

`python -m bench.orders <rate> <seconds>` is the buyers, in a process with the shop's settings.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Any

from bench.world import World

TOOK = """SELECT extract(epoch FROM delivered_at - created_at)::float FROM outbox_outboundmessage
    WHERE destination = %s ORDER BY 1"""
PLENTY = 'UPDATE dbo."ARTYKUL" SET "STAN" = 1000000'
PUBLISH = """UPDATE catalogue_product SET published_at = now(), is_public = true"""
LINES = 10
BUYERS = 4


SPAN = """SELECT count(*) / extract(epoch FROM max(created_at) - min(created_at)) FROM outbox_outboundmessage
    WHERE destination = 'wapro'"""


def placed_orders(world: World, rate: int, seconds: int) -> tuple[float, dict[str, list[float]]]:
    """The rate that was reached, and seconds from the order's commit to WAPRO's and to production's answer, sorted."""
    world.run("shop", PUBLISH)
    world.run("wapro", PLENTY)
    world.wait(world.idle, 120, 0.1)
    subprocess.run([sys.executable, "-m", "bench.orders", str(rate), str(seconds)], env=world.env | _path(), check=True)
    unsaid = "SELECT count(*) FROM outbox_outboundmessage WHERE state <> 'delivered'"
    world.wait(lambda: world.value("shop", unsaid) == 0, 120, 0.1)
    orders = world.value("shop", "SELECT count(*) FROM order_order WHERE number LIKE 'WD-%%'")
    documents = world.value("wapro", 'SELECT count(DISTINCT "NR_ZAMOWIENIA_KLIENTA") FROM dbo."ZAMOWIENIE"'
                            """ WHERE "NR_ZAMOWIENIA_KLIENTA" LIKE 'WD-%%'""")  # fmt: skip
    assert orders == documents, f"{orders} orders, {documents} documents"
    took = {to: [row[0] for row in world.run("shop", TOOK, to)] for to in ("wapro", "production")}
    return float(world.value("shop", SPAN)), took


def _path() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(sys.path)}


def buy(rate: int, seconds: int) -> None:
    """Places `rate` orders a second of ten lines, two of them made to order."""
    import django

    django.setup()
    from django.db import transaction
    from oscar.core.loading import get_model

    from wiadukt.shop.forks.partner.strategy import Selector
    from wiadukt.shop.ordering.place import Wishes, place
    from wiadukt.shop.organisations.models import Member

    Product, ProductClass = get_model("catalogue", "Product"), get_model("catalogue", "ProductClass")
    Basket = get_model("basket", "Basket")
    fronts, _new = ProductClass.objects.get_or_create(
        slug="front", defaults={"name": "Front", "track_stock": False, "made_to_order": True}
    )
    Product.objects.filter(title__startswith="Front").update(product_class=fronts)
    members = [
        member
        for member in Member.objects.filter(user__is_active=True).select_related("organisation", "user")
        if member.organisation.delivery_places.filter(is_active=True, branches=None).exists()
        and member.branches.filter(is_default=True).exists()
    ]
    made = list(Product.objects.filter(product_class=fronts)[:200])
    stock = list(Product.objects.exclude(product_class=fronts)[:800])

    def filled(n: int) -> tuple[Any, Member, Wishes]:
        """What was put together before the button is pressed."""
        member = members[n % len(members)]
        with transaction.atomic():
            basket = Basket.objects.create(owner=member.user)
            basket.strategy = Selector().strategy(user=member.user)
            for k in range(LINES):
                product: Any = made[(n + k) % len(made)] if k < 2 else stock[(n * 7 + k) % len(stock)]
                basket.add_product(product, 1 + k % 3)
        branch = member.organisation.branches.get(is_default=True)
        where = member.organisation.delivery_places.filter(is_active=True, branches=None).first()
        return basket, member, Wishes(branch=branch, place=where)

    ready = [filled(n) for n in range(rate * seconds)]
    began = time.monotonic()
    numbers = iter(range(rate * seconds))
    taking = threading.Lock()

    def buyer() -> None:
        while True:
            with taking:
                n = next(numbers, None)
            if n is None:
                return
            time.sleep(max(0.0, began + n / rate - time.monotonic()))
            place(*ready[n])

    buyers = [threading.Thread(target=buyer) for _ in range(BUYERS)]
    for one in buyers:
        one.start()
    for one in buyers:
        one.join()
    took = time.monotonic() - began
    print(f"{rate * seconds} orders in {took:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    buy(int(sys.argv[1]), int(sys.argv[2]))
