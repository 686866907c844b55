"""Every address of the shop."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import normpath

from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from django.views.static import serve

from wiadukt.shop.accounts.views import home
from wiadukt.shop.forks.basket.quick import quick
from wiadukt.shop.forks.basket.quick_template import template
from wiadukt.shop.intake.models import ATTACHMENTS
from wiadukt.shop.ordering import urls as ordering
from wiadukt.shop.ordering.models import PRIVATE
from wiadukt.shop.organisations.acting import end
from wiadukt.shop.organisations.expired import send_again
from wiadukt.shop.panel import views as panel
from wiadukt.shop.sync.views import events


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Photos; attachments and files of orders have doors of their own."""
    if {ATTACHMENTS, PRIVATE} & set(PurePosixPath(normpath(f"/{path}")).parts):
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


# Of Oscar's dashboards only the one of goods: its others would change orders, people, prices and payers behind WAPRO,
# and its login would be a second door.
dashboard = (
    [
        path("", panel.home, name="index"),
        path("catalogue/", include(apps.get_app_config("catalogue_dashboard").urls[0])),
        path("login/", login_not_required(RedirectView.as_view(pattern_name="login", query_string=True)), name="login"),
        path("logout/", LogoutView.as_view(next_page="login"), name="logout"),
    ],
    "dashboard",
)

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz),
    path("sync/events", events, name="sync-events"),
    path("", include("wiadukt.shop.accounts.urls")),
    path("password-reset/again/<str:uidb64>/<str:token>/", send_again, name="invitation-again"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("catalogue/", include("wiadukt.shop.forks.catalogue.urls")),
    path("basket/quick/", quick, name="quick-order"),
    path("basket/quick/template.<str:fmt>", template, name="quick-template"),
    path("basket/", include(ordering.basket)),
    path("lists/", include("wiadukt.shop.lists.urls")),
    path("orders/", include(ordering.orders)),
    path("approvals/", include(ordering.approvals)),
    path("invoices/", include("wiadukt.shop.invoices.urls")),
    path("reports/", include("wiadukt.shop.reports.urls")),
    path("company/", include("wiadukt.shop.organisations.urls")),
    path("acting/end/", end, name="end-acting"),
    path("pages/", include("wiadukt.shop.about.urls")),
    path("history/", include("wiadukt.shop.storefront.urls")),
    path("questions/", include("wiadukt.shop.questions.urls")),
    path("places/", include("wiadukt.shop.addresses.urls")),
    path("dashboard/", include("wiadukt.shop.panel.urls")),
    path("dashboard/intake/", include("wiadukt.shop.intake.urls")),
    path("dashboard/sizes/", include("wiadukt.shop.sizes.urls")),
    path("dashboard/", include(dashboard)),
    re_path(r"^media/(?P<path>.*)$", media),
]
