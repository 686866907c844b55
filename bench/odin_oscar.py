"""The Oscar team's own bulk mapper on a plain Oscar: `python -m bench.odin_oscar <url> <goods>` prints seconds.

Goods are made first; measured is writing them again with another title, price and stock, as an update of WAPRO would.
"""

from __future__ import annotations

import sys
import time
from decimal import Decimal

from bench.plain_oscar import PLAIN_OSCAR, settings_of

PORTION = 500


def configure(url: str) -> None:
    import django
    from django.conf import settings

    plain = settings_of(url)
    settings.configure(**plain | {"INSTALLED_APPS": [*PLAIN_OSCAR, "oscar_odin.apps.OscarOdinAppConfig"]})
    django.setup()


def main(url: str, goods: int) -> float:
    configure(url)
    from django.core.management import call_command
    from oscar.apps.catalogue.models import ProductClass
    from oscar.apps.partner.models import Partner
    from oscar_odin.mappings.helpers import products_to_db
    from oscar_odin.resources.catalogue import ProductClassResource, ProductResource

    call_command("migrate", verbosity=0)
    ProductClass.objects.create(name="Towar", slug="towar", track_stock=True, requires_shipping=True)
    partner = Partner.objects.create(name="WAPRO", code="wapro")

    def resource(n: int, mark: int) -> ProductResource:
        return ProductResource(
            upc=f"ZAW-{n}",
            title=f"Zawias {n} {mark}",
            slug=f"zawias-{n}",
            structure="standalone",
            product_class=ProductClassResource(slug="towar", name="Towar"),
            price=Decimal(10 + mark),
            currency="PLN",
            availability=100 + mark,
            partner=partner,
        )

    def write(mark: int) -> float:
        seconds = 0.0
        for first in range(0, goods, PORTION):
            resources = [resource(n, mark) for n in range(first, min(first + PORTION, goods))]
            started = time.monotonic()
            _saved, errors = products_to_db(resources)
            seconds += time.monotonic() - started
            if errors:
                raise RuntimeError(errors)
        return seconds

    write(0)
    return write(1)


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
