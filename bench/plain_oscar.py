"""An Oscar as it comes: what every one of its processes here is configured with."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

PARTS = "analytics checkout address shipping catalogue communication partner basket payment offer order customer search"
DASHBOARDS = "reports users orders catalogue offers partners pages ranges reviews vouchers communications shipping"
PLAIN_OSCAR = [
    *(f"django.contrib.{name}" for name in "auth contenttypes sessions messages sites flatpages staticfiles".split()),
    "oscar.config.Shop",
    *(f"oscar.apps.{name}.apps.{name.title()}Config" for name in f"{PARTS} voucher wishlists dashboard".split()),
    *(f"oscar.apps.dashboard.{name}.apps.{name.title()}DashboardConfig" for name in DASHBOARDS.split()),
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    *"haystack treebeard sorl.thumbnail widget_tweaks django_tables2".split(),
]


def settings_of(url: str) -> dict[str, Any]:
    """Django's settings on the base at this address of a local socket."""
    from oscar import defaults

    parts = urlsplit(url)
    return {name: value for name, value in vars(defaults).items() if name.startswith("OSCAR_")} | {
        "OSCAR_DEFAULT_CURRENCY": "PLN",
        "SECRET_KEY": "bench",
        "USE_TZ": True,
        "SITE_ID": 1,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "HAYSTACK_CONNECTIONS": {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        "DATABASES": {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.path.strip("/"),
                "USER": parts.username,
                "HOST": parse_qs(parts.query)["host"][0],
                "CONN_MAX_AGE": None,
            }
        },
        "INSTALLED_APPS": PLAIN_OSCAR,
    }
