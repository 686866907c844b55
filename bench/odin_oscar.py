"""The Oscar team's own bulk mapper on a plain Oscar: `python -m bench.odin_oscar <url> <goods>` prints seconds.

Goods are made first; measured is writing them again with another title, price and stock, as an update of WAPRO would.
"""

from __future__ import annotations

import sys
import time
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

PORTION = 500
PARTS = "analytics checkout address shipping catalogue communication partner basket payment offer order customer search"
DASHBOARDS = "reports users orders catalogue offers partners pages ranges reviews vouchers communications shipping"
PLAIN_OSCAR = [
    *(f"django.contrib.{name}" for name in "auth contenttypes sessions messages sites flatpages staticfiles".split()),
    "oscar.config.Shop",
    *(f"oscar.apps.{name}.apps.{name.title()}Config" for name in f"{PARTS} voucher wishlists dashboard".split()),
    *(f"oscar.apps.dashboard.{name}.apps.{name.title()}DashboardConfig" for name in DASHBOARDS.split()),
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    *"haystack treebeard sorl.thumbnail widget_tweaks django_tables2 oscar_odin.apps.OscarOdinAppConfig".split(),
]


def configure(url: str) -> None:
    import django
    from django.conf import settings
    from oscar import defaults

    parts = urlsplit(url)
    settings.configure(
        **{name: value for name, value in vars(defaults).items() if name.startswith("OSCAR_")}
        | {"OSCAR_DEFAULT_CURRENCY": "PLN"},
        SECRET_KEY="bench",
        USE_TZ=True,
        SITE_ID=1,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.path.strip("/"),
                "USER": parts.username,
                "HOST": parse_qs(parts.query)["host"][0],
            }
        },
        INSTALLED_APPS=PLAIN_OSCAR,
    )  # fmt: skip
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
