"""Orders at a steady rate: how long until WAPRO has the document and production its job orders, and what each costs.

An order counts from the commit that tells of it. Its basket, prices and lines are made ready before: only that with
which the synchronisation begins, the messages in the outbox, is written at the rate (`python -m bench.orders say`). A
checkout costs more than that; it is work of the web's processes, and measured by itself (`... bench.orders checkout`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bench.world import World

TOOK = """SELECT extract(epoch FROM delivered_at - created_at)::float FROM outbox_outboundmessage
    WHERE destination = %s AND key LIKE 'WD-B%%' ORDER BY 1"""
SPAN = """SELECT (count(*) - 1) / extract(epoch FROM max({moment}) - min({moment})) FROM outbox_outboundmessage
    WHERE destination = 'wapro' AND key LIKE 'WD-B%'"""
DOCUMENTS = """SELECT count(*), count(DISTINCT "NR_ZAMOWIENIA_KLIENTA") FROM dbo."ZAMOWIENIE"
    WHERE "NR_ZAMOWIENIA_KLIENTA" LIKE 'WD-B%'"""
JOBS = "SELECT count(*), count(DISTINCT order_number) FROM job_order WHERE order_number LIKE 'WD-B%'"
PLENTY = 'UPDATE dbo."ARTYKUL" SET "STAN" = 1000000'
PUBLISH = "UPDATE catalogue_product SET published_at = now(), is_public = true"
LINES, MADE_TO_ORDER = 10, 2


@dataclass(frozen=True)
class Placed:
    """`said_per_s` orders were placed, `taken_per_s` came to WAPRO; seconds of each by receiver, sorted.

    `cpu_ms`: processor time by process, an order. `busy`: of all cores, while orders came.
    """

    said_per_s: float
    taken_per_s: float
    took: dict[str, list[float]]
    cpu_ms: dict[str, float]
    busy: float


def placed_orders(world: World, rate: int, seconds: int) -> Placed:
    """Ends when nothing waits on any side; fails when an order has no document, has two, or lacks its job orders."""
    world.run("shop", PUBLISH)
    world.run("wapro", PLENTY)
    world.wait(world.idle, 300, 0.1)
    before, started = world.cpu_s(), time.monotonic()
    said = json.loads(_child(world, "say", str(rate), str(seconds)))
    unsaid = "SELECT count(*) FROM outbox_outboundmessage WHERE state <> 'delivered'"
    world.wait(lambda: world.value("shop", unsaid) == 0 and world.idle(), 600, 0.1)
    took_s = time.monotonic() - started
    spent = {name: after - before.get(name, 0.0) for name, after in world.cpu_s().items()}
    spent["buyers (load)"] = said["cpu_s"]
    orders = rate * seconds
    assert world.run("wapro", DOCUMENTS) == [(orders, orders)], "an order without a document, or with two"
    assert world.run("production", JOBS) == [(orders * MADE_TO_ORDER, orders)], "an order without its job orders"
    return Placed(
        said_per_s=_per_s(world, "created_at"),
        taken_per_s=_per_s(world, "delivered_at"),
        took={to: [row[0] for row in world.run("shop", TOOK, to)] for to in ("wapro", "production")},
        cpu_ms={name: 1000 * cpu_s / orders for name, cpu_s in spent.items()},
        busy=sum(spent.values()) / took_s,
    )


def checkout_ms(world: World, count: int = 20) -> dict[str, float]:
    """Processor time of one checkout of ten lines: in Python, and in PostgreSQL."""
    cost: dict[str, float] = json.loads(_child(world, "checkout", str(count)))
    return cost


def _per_s(world: World, moment: str) -> float:
    return float(world.value("shop", SPAN.format(moment=moment)))


def _child(world: World, *words: str) -> str:
    env = world.env | {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-m", "bench.orders", *words], env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout.strip().splitlines()[-1]


# -- in a process with the shop's settings


def say(rate: int, seconds: int) -> dict[str, float]:
    """Places `rate` orders a second, each of ten lines with two of them made to order."""
    from django.db import transaction

    from wiadukt.shop.ordering.messages import write_placed

    ready = _ready_orders(rate * seconds)
    began, cpu = time.monotonic(), time.process_time()
    for n, order in enumerate(ready):
        time.sleep(max(0.0, began + n / rate - time.monotonic()))
        with transaction.atomic():
            write_placed(order)
    return {"cpu_s": time.process_time() - cpu}


def checkout(count: int) -> dict[str, float]:
    """The whole way from a filled basket to the order."""
    import psutil
    from django.db import connection

    from wiadukt.shop.ordering.place import place

    goods, members = _goods(), _members()
    chosen = [[goods[(n * LINES + k) % len(goods)] for k in range(LINES)] for n in range(count)]
    ready = [_basket(members[n % len(members)], some) for n, some in enumerate(chosen)]
    connection.ensure_connection()
    backend = psutil.Process(connection.connection.info.backend_pid)
    base, cpu = sum(backend.cpu_times()[:2]), time.process_time()
    for one in ready:
        place(*one)
    return {
        "python": 1000 * (time.process_time() - cpu) / count,
        "postgresql": 1000 * (sum(backend.cpu_times()[:2]) - base) / count,
    }


def _ready_orders(count: int) -> list[Any]:
    """Orders as a checkout leaves them, but for their messages."""
    from django.utils import timezone
    from oscar.core.loading import get_model

    Order, Line = get_model("order", "Order"), get_model("order", "Line")
    fronts, goods, members = _fronts(), _goods(), _members()
    orders, lines = [], []
    for n in range(count):
        member = members[n % len(members)]
        order = Order(
            number=f"WD-B{n}", organisation=member.organisation, branch=_branch(member), delivery_place=_place(member),
            user=member.user, currency="PLN", total_excl_tax=100, total_incl_tax=123, date_placed=timezone.now(),
        )  # fmt: skip
        orders.append(order)
        made = [fronts[(n + k) % len(fronts)] for k in range(MADE_TO_ORDER)]
        stock = [goods[(n * (LINES - MADE_TO_ORDER) + k) % len(goods)] for k in range(LINES - MADE_TO_ORDER)]
        lines += [_line(order, number, product) for number, product in enumerate(made + stock, 1)]
    Order.objects.bulk_create(orders)
    Line.objects.bulk_create(lines, batch_size=1000)
    return orders


def _line(order: Any, number: int, product: Any) -> Any:
    from oscar.core.loading import get_model

    net, gross = Decimal("10.0000"), Decimal("12.3000")
    return get_model("order", "Line")(
        order=order, line_no=number, product=product, upc=product.upc, partner_sku=product.upc, partner_name="WAPRO",
        title=product.title, unit=product.unit, quantity=1, num_allocated=1,
        unit_price_excl_tax=net, unit_price_incl_tax=gross, line_price_excl_tax=net, line_price_incl_tax=gross,
        line_price_before_discounts_excl_tax=net, line_price_before_discounts_incl_tax=gross,
    )  # fmt: skip


def _fronts() -> list[Any]:
    from oscar.core.loading import get_model

    Product, ProductClass = get_model("catalogue", "Product"), get_model("catalogue", "ProductClass")
    fronts, _new = ProductClass.objects.get_or_create(
        slug="front", defaults={"name": "Front", "track_stock": False, "made_to_order": True}
    )
    chosen = Product.objects.filter(title__startswith="Front").order_by("pk")[:200]
    Product.objects.filter(pk__in=chosen.values_list("pk")).update(product_class=fronts)
    return list(Product.objects.filter(product_class=fronts))


def _goods() -> list[Any]:
    from oscar.core.loading import get_model

    return list(get_model("catalogue", "Product").objects.exclude(product_class__slug="front").order_by("pk")[:1000])


def _members() -> list[Any]:
    from wiadukt.shop.organisations.models import Member

    members = Member.objects.filter(user__is_active=True).select_related("organisation", "user")
    return [one for one in members if _place(one) is not None and one.branches.filter(is_default=True).exists()]


def _branch(member: Any) -> Any:
    return member.organisation.branches.get(is_default=True)


def _place(member: Any) -> Any:
    return member.organisation.delivery_places.filter(is_active=True, branches=None).first()


def _basket(member: Any, products: list[Any]) -> tuple[Any, Any, Any]:
    from oscar.core.loading import get_model

    from wiadukt.shop.forks.partner.strategy import Selector
    from wiadukt.shop.ordering.place import Wishes

    basket = get_model("basket", "Basket").objects.create(owner=member.user)
    basket.strategy = Selector().strategy(user=member.user)
    for product in products:
        basket.add_product(product, 1)
    return basket, member, Wishes(branch=_branch(member), place=_place(member))


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"say": say, "checkout": checkout}[sys.argv[1]](*map(int, sys.argv[2:]))))
