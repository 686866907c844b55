"""`python -m bench.account URL 20000`: how long the page of a company with so many invoices takes, in one process.

Prints the worst 95th percentile in milliseconds of server time; then median, 95th percentile and number of queries, for
a manager and for a member of one branch. A process of its own, on an empty base: it has Django's settings.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

ROUNDS = 40
BRANCHES = 5
OPEN_SHARE = 10  # one in so many is still to be paid


def main() -> None:
    url, invoices = sys.argv[1], int(sys.argv[2])
    os.environ |= {
        "SHOP_DATABASE_URL": url,
        "SHOP_SECRET_KEY": "bench",
        "DJANGO_SETTINGS_MODULE": "wiadukt.shop.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    people = _made(invoices)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told, worst = [], 0.0
    for who, user in people.items():
        took, queries = _timed(user)
        worst = max(worst, _at(took, 0.95))
        told.append(f"{who} {_at(took, 0.5):.0f} ms, {_at(took, 0.95):.0f} ms, {queries} queries")
    print(f"{worst:.0f}", "; ".join(told))


def _made(count: int) -> dict[str, Any]:
    """One company; every fourth invoice is of two orders."""
    from django.utils import timezone

    from wiadukt.shop.forks.order.models import Order
    from wiadukt.shop.invoices.models import Invoice, InvoiceLine, InvoiceShare
    from wiadukt.shop.organisations.models import Branch, Member, Organisation, Role
    from wiadukt.shop.organisations.people import give_login

    today = timezone.localdate()
    company = Organisation.objects.create(erp_id="1", code="1", name="Wielki Odbiorca")
    branches = [
        Branch.objects.create(organisation=company, name=f"Oddział {n}", is_default=n == 0) for n in range(BRANCHES)
    ]
    orders = Order.objects.bulk_create(
        Order(number=f"WD-{n}", erp_id=str(n), organisation=company, branch=branches[n % BRANCHES], currency="PLN",
              total_excl_tax=100, total_incl_tax=123, date_placed=timezone.now())
        for n in range(1, count)
    )  # fmt: skip
    made = Invoice.objects.bulk_create(
        Invoice(erp_id=str(n), number=f"FS {n}", kind="sale", organisation=company, customer_erp_id="1",
                issued_on=today - timedelta(days=n * 1000 // count),
                due_on=today - timedelta(days=n * 1000 // count - 14),
                total_net=100, total_gross=123, paid=0 if n % OPEN_SHARE == 0 else 123,
                remaining=123 if n % OPEN_SHARE == 0 else 0)
        for n in range(count)
    )  # fmt: skip
    shares, lines = [], []
    for n, invoice in enumerate(made):
        own = [orders[n % len(orders)], *([orders[(n + 1) % len(orders)]] if n % 4 == 0 else [])]
        for order in own:
            gross, left = Decimal(123) / len(own), invoice.remaining / len(own)
            shares.append(
                InvoiceShare(invoice=invoice, erp_order_id=order.erp_id, net=gross, gross=gross, remaining=left)
            )
            lines.append(InvoiceLine(invoice=invoice, erp_id=str(n), product_index="A", name="A", quantity=1,
                                     net=gross, gross=gross, erp_order_id=order.erp_id))  # fmt: skip
    InvoiceShare.objects.bulk_create(shares, batch_size=5000)
    InvoiceLine.objects.bulk_create(lines, batch_size=5000)
    people = {}
    for who, branch, role in (("manager", branches[0], Role.MANAGER), ("member", branches[1], Role.BUYER)):
        member = Member.objects.create(organisation=company, email=f"{who}@bench.example", role=role)
        member.branches.set([branch])
        give_login(member)
        people[who] = member.user
    return people


def _timed(user: Any) -> tuple[list[float], int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    took = []
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/invoices/").status_code == 200
        asked = len(queries)
    for _ in range(ROUNDS):
        start = time.perf_counter()
        browser.get("/invoices/")
        took.append((time.perf_counter() - start) * 1000)
    return took, asked


def _at(took: list[float], share: float) -> float:
    return sorted(took)[min(len(took) - 1, int(share * len(took)))]


if __name__ == "__main__":
    main()
