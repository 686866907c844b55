"""`python -m bench.shelf URL 100000 FOLDER`: our shop's pages of goods at a customer's own prices.

A process of its own, on an empty base: it has Django's settings. Also how long the migration takes that rebuilds the
text by which goods are found.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from bench.shelf_goods import fill, put_picture, title, upc
from bench.shelf_pages import ROUNDS, WARM, pages_of, serve

AGREED = 2000


def main() -> None:
    url, goods, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    os.environ |= {
        "SHOP_DATABASE_URL": url,
        "SHOP_SECRET_KEY": "bench",
        "SHOP_MEDIA_ROOT": str(folder),
        "DJANGO_SETTINGS_MODULE": "wiadukt.shop.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from wiadukt.runtime import heap
    from wiadukt.shop.forks.catalogue.models import Category, Product

    call_command("migrate", verbosity=0)
    now = timezone.now()
    fill(goods, put_picture(folder), unit="szt", vat_code="23", vat_percent=23, in_shop=True, published_at=now,
         is_public=True)  # fmt: skip
    user = _buyer(goods)
    _analyse()
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    keys = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    categories = list(Category.objects.filter(slug__startswith="kategoria").order_by("pk"))
    pages = pages_of(goods, "/catalogue/", lambda n: f"/catalogue/towar-{n}_{keys[n]}/",
                     lambda n: categories[n].get_absolute_url())  # fmt: skip
    pages["search, mistaken word"] = [f"/catalogue/?q={_slipped(title(n).split()[0])}" for n in range(ROUNDS + WARM)]
    heap.settle()  # as the shop's own process does before it serves
    serve(browser, pages)
    print(_rebuilt(), flush=True)


def _buyer(goods: int) -> Any:
    """Who buys at level 2 with a discount, with agreed prices and a group of his own."""
    from wiadukt.shop.forks.catalogue.models import Product
    from wiadukt.shop.forks.partner.models import GroupPrice, LevelPrice
    from wiadukt.shop.organisations.models import Branch, IndividualPrice, Member, Organisation
    from wiadukt.shop.organisations.people import give_login

    keys = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    LevelPrice.objects.bulk_create(
        (LevelPrice(product_id=key, level=level, level_name=level, net=net, gross=net * 123 / 100)
         for key in keys for level, net in (("1", 12), ("2", 10))), batch_size=5000)  # fmt: skip
    GroupPrice.objects.bulk_create(
        (GroupPrice(product_id=key, group="7", discount_percent=4) for key in keys[::10]), batch_size=5000
    )
    company = Organisation.objects.create(
        erp_id="1", code="1", name="Odbiorca", price_level="2", price_group="7", discount_percent=3
    )
    IndividualPrice.objects.bulk_create(
        IndividualPrice(organisation=company, product_index=upc(n), net=9, gross="11.07")
        for n in range(0, goods, max(1, goods // AGREED))
    )
    branch = Branch.objects.create(organisation=company, name="Centrala", is_default=True)
    member = Member.objects.create(organisation=company, email="kupiec@bench.example")
    member.branches.set([branch])
    give_login(member)
    return member.user


def _slipped(word: str) -> str:
    """Two letters changed places."""
    return word[:2] + word[3] + word[2] + word[4:]


def _rebuilt() -> float:
    """Seconds of the migration that makes the searched text anew; the ones after it are taken back first."""
    from django.core.management import call_command

    call_command("migrate", "catalogue", "0004", verbosity=0)
    start = time.perf_counter()
    call_command("migrate", "catalogue", "0005", verbosity=0)
    return time.perf_counter() - start


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
