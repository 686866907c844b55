"""`python -m bench.shelf_plain URL 100000 FOLDER`: the same pages of a plain Oscar with the same goods.

Oscar as it comes, with one price for everybody and its own templates. Its search stands on Haystack's simple backend,
which asks the base: the other backends are servers of their own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from bench.plain_oscar import settings_of
from bench.shelf_goods import fill, put_picture
from bench.shelf_pages import pages_of, serve

MIDDLEWARE = """
django.middleware.security.SecurityMiddleware django.contrib.sessions.middleware.SessionMiddleware
django.middleware.common.CommonMiddleware django.middleware.csrf.CsrfViewMiddleware
django.contrib.auth.middleware.AuthenticationMiddleware django.contrib.messages.middleware.MessageMiddleware
oscar.apps.basket.middleware.BasketMiddleware django.contrib.flatpages.middleware.FlatpageFallbackMiddleware
""".split()
CONTEXT = """
django.template.context_processors.request django.contrib.auth.context_processors.auth
django.template.context_processors.i18n django.contrib.messages.context_processors.messages
oscar.apps.search.context_processors.search_form oscar.apps.checkout.context_processors.checkout
oscar.core.context_processors.metadata
""".split()


def configure(url: str, media: Path) -> None:
    import django
    from django.conf import settings

    templates = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT},
    }
    settings.configure(
        **settings_of(url)
        | {
            "OSCAR_PRODUCTS_PER_PAGE": 24,
            "ALLOWED_HOSTS": ["*"],
            "ROOT_URLCONF": "bench_urls",
            "STATIC_URL": "/static/",
            "MEDIA_URL": "/media/",
            "MEDIA_ROOT": str(media),
            "MIDDLEWARE": MIDDLEWARE,
            "AUTHENTICATION_BACKENDS": ["oscar.apps.customer.auth_backends.EmailBackend"],
            "TEMPLATES": [templates],
        }
    )
    django.setup()
    from django.apps import apps
    from django.urls import include, path

    urls = ModuleType("bench_urls")
    urls.urlpatterns = [  # type: ignore[attr-defined]
        path("i18n/", include("django.conf.urls.i18n")),
        path("", include(apps.get_app_config("oscar").urls[0])),
    ]
    sys.modules["bench_urls"] = urls


def main() -> None:
    url, goods, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    configure(url, folder)
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from oscar.core.loading import get_model

    call_command("migrate", verbosity=0)
    fill(goods, put_picture(folder))
    user = get_user_model().objects.create_user("kupiec", "kupiec@bench.example", "x")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    browser = Client()
    browser.force_login(user, backend="oscar.apps.customer.auth_backends.EmailBackend")
    keys = list(get_model("catalogue", "Product").objects.order_by("pk").values_list("pk", flat=True))
    categories = list(get_model("catalogue", "Category").objects.order_by("pk"))
    pages = pages_of(goods, "/search/", lambda n: f"/catalogue/towar-{n}_{keys[n]}/",
                     lambda n: categories[n].get_absolute_url())  # fmt: skip
    serve(browser, pages)


if __name__ == "__main__":
    main()
