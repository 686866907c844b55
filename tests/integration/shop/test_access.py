"""A member sees the documents of his branches, a manager of the organisation, staff the dashboard, others nothing.

Every route of the shop stands in the table with what it answers to each kind of person; a new one fails until it does.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from factories import shop as make
from oscar.core.loading import get_model

from tests.integration.shop.cast import BUYERS, PEOPLE, SELLERS, Cast, routes
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.organisations.models import DeliveryPlace
from wiadukt.shop.outbox.models import OutboundMessage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

DOOR = "/login/"
ALL = dict.fromkeys(PEOPLE, 200)
ONCE_IN = ALL | {"stranger": DOOR}
POSTED = dict.fromkeys(PEOPLE, 405) | {"stranger": DOOR}
GOODS = ONCE_IN | {"outsider": 403}
OF_THE_BRANCH = dict.fromkeys(PEOPLE, 404) | {"stranger": DOOR, "buyer": 200, "approver": 200, "manager": 200}
OF_THE_SELLER = dict.fromkeys(("assigned", "supervisor", "root"), 200)
OF_THE_COMPANY = dict.fromkeys(PEOPLE, 404) | {"stranger": DOOR} | dict.fromkeys(BUYERS, 200)
OF_ITS_MANAGER = dict.fromkeys(PEOPLE, 404) | {"stranger": DOOR, "manager": 200}
REFUSED = dict.fromkeys(PEOPLE, 403) | {"stranger": DOOR}
# Pages of the seller's: everybody of the seller's opens them, and sees in them what is his.
STAFF = REFUSED | dict.fromkeys(SELLERS, 200)
STAFF_POSTED = REFUSED | dict.fromkeys(SELLERS, 405)
# An object of the buyer's branch Poznań: for who looks after that branch, and for who sees all.
THEIRS = STAFF | {"other": 404, "goods": 404, "technician": 404}
SUPERVISORS = REFUSED | {"supervisor": 200, "root": 200}
SUPERVISORS_POSTED = REFUSED | {"supervisor": 405, "root": 405}
WATCHERS = SUPERVISORS | {"technician": 200}
# There is no connector here: they are told so, and sent to where they came from.
WATCHERS_SENT_BACK = {role: "/dashboard/sync/causes/" if status == 200 else status for role, status in WATCHERS.items()}
ADMIN_POSTED = REFUSED | {"root": 405}
GOODS_STAFF = REFUSED | {"goods": 200, "root": 200}
GOODS_STAFF_POSTED = REFUSED | {"goods": 405, "root": 405}
# Oscar's dashboard of goods asks for Django's permissions; it has a door of its own name.
WITH_RIGHTS = GOODS_STAFF | {"stranger": "/dashboard/login/"}
DELETING_GOODS = WITH_RIGHTS | {"goods": 403}
MEMBERS = REFUSED | dict.fromkeys(BUYERS, 200)
OF_THE_PLACE = OF_THE_BRANCH | dict.fromkeys(("outsider", *SELLERS), 403)


def away(where: str, **others: str | int) -> dict[str, str | int]:
    """Everybody once in is sent there."""
    return dict.fromkeys(PEOPLE, where) | {"stranger": DOOR} | others


TABLE: dict[str, tuple[str, dict[str, str | int]]] = {
    "": ("/", away("/catalogue/", **dict.fromkeys(SELLERS, "/dashboard/"))),
    "healthz": ("/healthz", ALL),
    "sync/events": ("/sync/events", dict.fromkeys(PEOPLE, 405)),
    "login/": ("/login/", away("/catalogue/", stranger=200)),
    "logout/": ("/logout/", POSTED),
    "password-reset/": ("/password-reset/", ALL),
    "password-reset/sent/": ("/password-reset/sent/", ALL),
    "password-reset/confirm/<str:uidb64>/<str:token>/": ("/password-reset/confirm/MQ/worn-out/", ALL),
    "account/": ("/account/", ONCE_IN),
    "account/password/": ("/account/password/", ONCE_IN),
    "account/log-out-elsewhere/": ("/account/log-out-elsewhere/", POSTED),
    "second-factor/": ("/second-factor/", REFUSED | dict.fromkeys(SELLERS, "/second-factor/setup/")),
    "second-factor/setup/": ("/second-factor/setup/", STAFF),
    "second-factor/codes/": ("/second-factor/codes/", STAFF_POSTED),
    "password-reset/again/<str:uidb64>/<str:token>/": ("/password-reset/again/MQ/x/", dict.fromkeys(PEOPLE, 405)),
    "i18n/setlang/": ("/i18n/setlang/", away("/", stranger="/")),
    "catalogue/": ("/catalogue/", GOODS),
    "catalogue/suggest/": ("/catalogue/suggest/?q=zaw", GOODS),
    "catalogue/price/<int:pk>/": ("/catalogue/price/{sized}/", GOODS),
    "catalogue/attachments/<int:pk>/": ("/catalogue/attachments/{attachment}/", GOODS),
    r"catalogue/^(?P<product_slug>[\w-]*)_(?P<pk>\d+)/$": ("/catalogue/{slug}_{product}/", GOODS),
    r"catalogue/^category/(?P<category_slug>[\w-]+(/[\w-]+)*)_(?P<pk>\d+)/$": (
        "/catalogue/category/{category_slug}_{category}/",
        GOODS,
    ),
    "basket/": ("/basket/", ONCE_IN),
    "basket/add/<int:product_id>/": ("/basket/add/{product}/", POSTED),
    "basket/line/<int:line_id>/": ("/basket/line/1/", POSTED),
    "basket/save/": ("/basket/save/", POSTED),
    "basket/branch/": ("/basket/branch/", POSTED),
    "basket/saved/<int:pk>/open/": ("/basket/saved/1/open/", POSTED),
    "basket/saved/<int:pk>/delete/": ("/basket/saved/1/delete/", POSTED),
    "basket/files/": ("/basket/files/", POSTED),
    "basket/files/<int:pk>/delete/": ("/basket/files/1/delete/", POSTED),
    "basket/quick/": ("/basket/quick/", away("/catalogue/", **dict.fromkeys(BUYERS, 200))),
    "basket/quick/template.<str:fmt>": (
        "/basket/quick/template.csv",
        away("/catalogue/", **dict.fromkeys(BUYERS, 200)),
    ),
    "basket/leave-change/": ("/basket/leave-change/", POSTED),
    "basket/checkout/": ("/basket/checkout/", away("/catalogue/", **dict.fromkeys(BUYERS, "/basket/"))),
    "lists/": ("/lists/", MEMBERS),
    "lists/<int:pk>/": ("/lists/{goods_list}/", OF_THE_BRANCH | dict.fromkeys(("outsider", *SELLERS), 403)),
    "lists/<int:pk>/delete/": ("/lists/{goods_list}/delete/", POSTED),
    "lists/<int:pk>/basket/": ("/lists/{goods_list}/basket/", POSTED),
    "lists/<int:pk>/<int:product_id>/": ("/lists/{goods_list}/{product}/", POSTED),
    "lists/choose/<int:product_id>/": ("/lists/choose/{product}/", MEMBERS),
    "orders/": ("/orders/", ONCE_IN),
    "orders/mail/": ("/orders/mail/", away("/", **dict.fromkeys(BUYERS, 200))),
    "orders/<int:pk>/": ("/orders/{order}/", OF_THE_BRANCH),
    "invoices/": ("/invoices/", ONCE_IN),
    "invoices/<int:pk>/": ("/invoices/{invoice}/", OF_THE_BRANCH),
    "invoices/<int:pk>/preview.pdf": ("/invoices/{invoice}/preview.pdf", OF_THE_BRANCH),
    "invoices/pay/": ("/invoices/pay/", ONCE_IN),
    "invoices/list.<str:fmt>": ("/invoices/list.xlsx", OF_THE_COMPANY),
    "invoices/statement/": ("/invoices/statement/", OF_ITS_MANAGER),
    "invoices/statement.<str:fmt>": ("/invoices/statement.pdf", OF_ITS_MANAGER),
    "reports/": ("/reports/", OF_THE_COMPANY),
    "reports/purchases.<str:fmt>": ("/reports/purchases.csv", OF_THE_COMPANY),
    "orders/<int:pk>/again/": ("/orders/{order}/again/", POSTED),
    "orders/<int:pk>/change/": ("/orders/{order}/change/", POSTED),
    "orders/<int:pk>/cancel/": ("/orders/{order}/cancel/", POSTED),
    "orders/<int:pk>/confirmation.pdf": ("/orders/{order}/confirmation.pdf", OF_THE_BRANCH),
    "orders/<int:pk>/files/<int:file_id>/": ("/orders/{order}/files/{order_file}/", OF_THE_BRANCH),
    "orders/<int:pk>/withdraw/": ("/orders/{order}/withdraw/", POSTED),
    "approvals/": ("/approvals/", ONCE_IN),
    "approvals/<int:pk>/": (
        "/approvals/{order}/",
        OF_THE_BRANCH | dict.fromkeys(("buyer", "approver", "manager"), "/orders/{order}/"),
    ),
    "acting/end/": ("/acting/end/", POSTED),
    "company/": ("/company/", ONCE_IN | dict.fromkeys(SELLERS, "/dashboard/") | {"outsider": DOOR}),
    "company/me/": ("/company/me/", OF_THE_COMPANY),
    "company/people/": ("/company/people/", OF_THE_COMPANY),
    "company/people/invite/": ("/company/people/invite/", OF_ITS_MANAGER),
    "company/people/<int:pk>/": ("/company/people/{member}/", OF_ITS_MANAGER),
    "company/people/<int:pk>/switch/": ("/company/people/{member}/switch/", POSTED),
    "company/people/<int:pk>/invite/": ("/company/people/{member}/invite/", POSTED),
    "company/branches/": ("/company/branches/", OF_THE_COMPANY),
    "company/branches/add/": ("/company/branches/add/", POSTED),
    "company/branches/approval/": ("/company/branches/approval/", POSTED),
    "company/branches/<int:pk>/": ("/company/branches/{branch}/", OF_ITS_MANAGER),
    "company/login/": ("/company/login/", away(DOOR)),
    "company/logout/": ("/company/logout/", away("/logout/")),
    "places/": ("/places/", MEMBERS),
    "places/new/": ("/places/new/", MEMBERS),
    "places/pick/": ("/places/pick/", MEMBERS),
    "places/company/": ("/places/company/", dict.fromkeys(PEOPLE, 403) | {"stranger": DOOR, "manager": 200}),
    "places/<int:pk>/": ("/places/{place}/", OF_THE_PLACE),
    "places/<int:pk>/favourite/": ("/places/{place}/favourite/", POSTED),
    "places/<int:pk>/default/": ("/places/{place}/default/", POSTED),
    "places/<int:pk>/<str:what>/": ("/places/{place}/retire/", POSTED),
    "dashboard/": ("/dashboard/", STAFF),
    "pages/logo-<str:mark>.png": ("/pages/logo-none.png", dict.fromkeys(PEOPLE, 404)),
    "pages/<slug:slug>/": ("/pages/regulamin/", ALL),
    "pages/<slug:slug>/<int:version_id>/": ("/pages/regulamin/{version}/", ALL),
    "dashboard/about/": ("/dashboard/about/", REFUSED | {"root": 200}),
    "dashboard/about/new/": ("/dashboard/about/new/", REFUSED | {"root": 200}),
    "dashboard/about/<int:pk>/": ("/dashboard/about/{page}/", REFUSED | {"root": 200}),
    "dashboard/about/versions/<int:pk>/withdraw/": ("/dashboard/about/versions/{version}/withdraw/", ADMIN_POSTED),
    "dashboard/all-orders/": ("/dashboard/all-orders/", STAFF),
    "dashboard/all-orders/<int:pk>/": ("/dashboard/all-orders/{order}/", THEIRS),
    "dashboard/all-orders/<int:pk>/change/": ("/dashboard/all-orders/{order}/change/", STAFF_POSTED),
    "dashboard/all-orders/<int:pk>/files/<int:file_id>/": ("/dashboard/all-orders/{order}/files/{order_file}/", THEIRS),
    "dashboard/buyers/": ("/dashboard/buyers/", STAFF),
    "dashboard/buyers/<int:pk>/": ("/dashboard/buyers/{organisation}/", THEIRS),
    "dashboard/buyers/<int:pk>/invite/": ("/dashboard/buyers/{organisation}/invite/", STAFF_POSTED),
    "dashboard/buyers/<int:pk>/prices/": ("/dashboard/buyers/{organisation}/prices/", THEIRS),
    "dashboard/buyers/<int:pk>/contact/": ("/dashboard/buyers/{organisation}/contact/", STAFF_POSTED),
    "dashboard/members/<int:pk>/invite/": ("/dashboard/members/{member}/invite/", STAFF_POSTED),
    "dashboard/members/<int:pk>/act/": ("/dashboard/members/{member}/act/", STAFF_POSTED),
    "history/<str:kind>/<int:pk>/": ("/history/invoice/{invoice}/", OF_THE_BRANCH | OF_THE_SELLER),
    "history/<str:kind>/<int:pk>.<str:fmt>": ("/history/invoice/{invoice}.csv", OF_THE_BRANCH | OF_THE_SELLER),
    "questions/": ("/questions/", ONCE_IN),
    "questions/ask/": (
        "/questions/ask/?order={order}",
        ONCE_IN | dict.fromkeys(("outsider", *SELLERS), "/") | {"foreigner": 404, "neighbour": 404},
    ),
    "questions/<int:pk>/": ("/questions/{question}/", OF_THE_BRANCH),
    "questions/<int:pk>/close/": ("/questions/{question}/close/", POSTED),
    "dashboard/all-invoices/": ("/dashboard/all-invoices/", STAFF),
    "dashboard/all-invoices/<int:pk>/": ("/dashboard/all-invoices/{invoice}/", THEIRS),
    "dashboard/all-invoices/<int:pk>/preview.pdf": ("/dashboard/all-invoices/{invoice}/preview.pdf", THEIRS),
    "dashboard/receivables/": ("/dashboard/receivables/", STAFF),
    "dashboard/receivables/reminders/": ("/dashboard/receivables/reminders/", SUPERVISORS),
    "dashboard/receivables/reminders/send/": ("/dashboard/receivables/reminders/send/", SUPERVISORS_POSTED),
    "dashboard/buyers/<int:pk>/account/": ("/dashboard/buyers/{organisation}/account/", THEIRS),
    "dashboard/buyers/<int:pk>/account/note/": ("/dashboard/buyers/{organisation}/account/note/", STAFF_POSTED),
    "dashboard/buyers/<int:pk>/account/gate/": ("/dashboard/buyers/{organisation}/account/gate/", STAFF_POSTED),
    "dashboard/buyers/<int:pk>/statement/": ("/dashboard/buyers/{organisation}/statement/", THEIRS | {"assigned": 404}),
    "dashboard/buyers/<int:pk>/statement.<str:fmt>": (
        "/dashboard/buyers/{organisation}/statement.xlsx",
        THEIRS | {"assigned": 404},
    ),
    "dashboard/buyers/assign/": ("/dashboard/buyers/assign/", SUPERVISORS_POSTED),
    "dashboard/buyers/<int:pk>/assign/": ("/dashboard/buyers/{organisation}/assign/", SUPERVISORS_POSTED),
    "dashboard/assignments/<int:pk>/withdraw/": ("/dashboard/assignments/{assignment}/withdraw/", SUPERVISORS_POSTED),
    "dashboard/questions/": ("/dashboard/questions/", STAFF),
    "dashboard/questions/<int:pk>/": ("/dashboard/questions/{question}/", THEIRS),
    "dashboard/questions/<int:pk>/close/": ("/dashboard/questions/{question}/close/", STAFF_POSTED),
    "dashboard/sellers/": ("/dashboard/sellers/", SUPERVISORS),
    "dashboard/sellers/add/": ("/dashboard/sellers/add/", ADMIN_POSTED),
    "dashboard/sellers/branches/add/": ("/dashboard/sellers/branches/add/", ADMIN_POSTED),
    "dashboard/sellers/<int:pk>/": ("/dashboard/sellers/{seller}/", SUPERVISORS),
    "dashboard/sellers/<int:pk>/save/": ("/dashboard/sellers/{seller}/save/", ADMIN_POSTED),
    "dashboard/sellers/<int:pk>/switch-<str:to>/": ("/dashboard/sellers/{seller}/switch-off/", ADMIN_POSTED),
    "dashboard/sellers/<int:pk>/forget-phone/": ("/dashboard/sellers/{seller}/forget-phone/", ADMIN_POSTED),
    "dashboard/sellers/<int:pk>/invite/": ("/dashboard/sellers/{seller}/invite/", ADMIN_POSTED),
    "dashboard/sellers/<int:pk>/hand-over/": ("/dashboard/sellers/{seller}/hand-over/", SUPERVISORS_POSTED),
    "dashboard/locks/": ("/dashboard/locks/", REFUSED | {"root": 200}),
    "dashboard/locks/<int:pk>/unlock/": ("/dashboard/locks/1/unlock/", ADMIN_POSTED),
    "dashboard/buyers/troubles/": ("/dashboard/buyers/troubles/", STAFF),
    "dashboard/addresses/": ("/dashboard/addresses/", STAFF),
    "dashboard/addresses/<int:pk>/": ("/dashboard/addresses/1/", STAFF_POSTED),
    "dashboard/sync/": ("/dashboard/sync/", STAFF),
    "dashboard/sync/fetch-now/<int:pk>/": ("/dashboard/sync/fetch-now/{inbox}/", STAFF_POSTED),
    "dashboard/sync/incoming/": ("/dashboard/sync/incoming/", STAFF),
    "dashboard/sync/incoming/again/": ("/dashboard/sync/incoming/again/", STAFF),
    "dashboard/sync/causes/": ("/dashboard/sync/causes/", STAFF),
    "dashboard/sync/causes/map/": ("/dashboard/sync/causes/map/", ADMIN_POSTED),
    "dashboard/sync/erp-queue/": ("/dashboard/sync/erp-queue/", WATCHERS),
    "dashboard/sync/erp-queue/export.<str:fmt>": ("/dashboard/sync/erp-queue/export.csv", WATCHERS_SENT_BACK),
    "dashboard/sync/erp-queue/causes/": ("/dashboard/sync/erp-queue/causes/", WATCHERS),
    "dashboard/sync/erp-queue/again/": ("/dashboard/sync/erp-queue/again/", WATCHERS_SENT_BACK),
    "dashboard/sync/forms/": ("/dashboard/sync/forms/", REFUSED | {"root": 200}),
    "dashboard/sync/forms/add/<str:kind>/": ("/dashboard/sync/forms/add/payment/", ADMIN_POSTED),
    "dashboard/sync/forms/rule/<str:kind>/": ("/dashboard/sync/forms/rule/payment/", ADMIN_POSTED),
    "dashboard/sync/forms/status/": ("/dashboard/sync/forms/status/", ADMIN_POSTED),
    "dashboard/sync/forms/<int:pk>/": ("/dashboard/sync/forms/1/", ADMIN_POSTED),
    "dashboard/sync/replay/": ("/dashboard/sync/replay/", SUPERVISORS),
    "dashboard/sync/runs/": ("/dashboard/sync/runs/", STAFF),
    # A deed on many of the supervisor's: for himself, and for who sees all.
    "dashboard/sync/runs/<int:pk>/": (
        "/dashboard/sync/runs/{mass_run}/",
        REFUSED | dict.fromkeys(SELLERS, 404) | {"supervisor": 200, "root": 200},
    ),
    "dashboard/sync/runs/<int:pk>/<str:what>/": ("/dashboard/sync/runs/{mass_run}/cancel/", STAFF_POSTED),
    "dashboard/sync/messages/": ("/dashboard/sync/messages/", STAFF),
    "dashboard/sync/incoming/export.<str:fmt>": ("/dashboard/sync/incoming/export.csv", STAFF),
    "dashboard/sync/messages/export.<str:fmt>": ("/dashboard/sync/messages/export.json", STAFF),
    "dashboard/sync/messages/again/": ("/dashboard/sync/messages/again/", STAFF),
    "dashboard/sync/messages/<int:pk>/": ("/dashboard/sync/messages/{message}/", THEIRS | {"technician": 200}),
    "dashboard/sync/messages/<int:pk>/again/": ("/dashboard/sync/messages/{message}/again/", STAFF_POSTED),
    "dashboard/sync/messages/<int:pk>/edit/": ("/dashboard/sync/messages/{message}/edit/", ADMIN_POSTED),
    "dashboard/sync/messages/<int:pk>/discard/": ("/dashboard/sync/messages/{message}/discard/", ADMIN_POSTED),
    "dashboard/sync/messages/<int:pk>/take-back/": ("/dashboard/sync/messages/{message}/take-back/", ADMIN_POSTED),
    "dashboard/sync/alarms/": ("/dashboard/sync/alarms/", REFUSED | {"root": 200}),
    "dashboard/sync/alarms/settings/": ("/dashboard/sync/alarms/settings/", REFUSED | {"root": 200}),
    "dashboard/sync/alarms/key/": ("/dashboard/sync/alarms/key/", ADMIN_POSTED),
    "dashboard/sync/alarms/test/": ("/dashboard/sync/alarms/test/", ADMIN_POSTED),
    "dashboard/sync/diagnosis/": ("/dashboard/sync/diagnosis/", REFUSED | {"root": 200}),
    "dashboard/sync/diagnosis/begin/": ("/dashboard/sync/diagnosis/begin/", ADMIN_POSTED),
    "dashboard/sync/diagnosis/<int:pk>/": ("/dashboard/sync/diagnosis/{checkup}/", REFUSED | {"root": 200}),
    "dashboard/sync/diagnosis/<int:pk>/step/": ("/dashboard/sync/diagnosis/{checkup}/step/", ADMIN_POSTED),
    "dashboard/sync/diagnosis/<int:pk>/report.<str:fmt>": (
        "/dashboard/sync/diagnosis/{checkup}/report.json",
        REFUSED | {"root": 200},
    ),
    "dashboard/sync/roads/": ("/dashboard/sync/roads/", STAFF),
    "dashboard/sync/roads/<str:name>/<str:deed>/": ("/dashboard/sync/roads/to_wapro/pause/", ADMIN_POSTED),
    "dashboard/sync/objects/": ("/dashboard/sync/objects/", STAFF),
    "dashboard/sync/objects/why/": ("/dashboard/sync/objects/why/", STAFF),
    "dashboard/sync/objects/<str:kind>/": ("/dashboard/sync/objects/order/?id=zWD-1", THEIRS),
    "dashboard/sync/objects/<str:kind>/sides/": ("/dashboard/sync/objects/order/sides/?id=zWD-1", THEIRS),
    "dashboard/sync/objects/<str:kind>/<str:deed>/": ("/dashboard/sync/objects/order/send/?id=zWD-1", STAFF_POSTED),
    "dashboard/comparison/": ("/dashboard/comparison/", STAFF),
    "dashboard/comparison/now/": ("/dashboard/comparison/now/", SUPERVISORS_POSTED),
    "dashboard/comparison/<int:pk>/": ("/dashboard/comparison/{run}/", STAFF),
    "dashboard/comparison/<int:pk>/<str:what>/": ("/dashboard/comparison/{run}/pause/", SUPERVISORS_POSTED),
    "dashboard/intake/": ("/dashboard/intake/", GOODS_STAFF),
    "dashboard/intake/<int:pk>/": ("/dashboard/intake/{hidden}/", GOODS_STAFF),
    "dashboard/intake/<int:pk>/links/": ("/dashboard/intake/{hidden}/links/", GOODS_STAFF_POSTED),
    "dashboard/intake/<int:pk>/copy/": ("/dashboard/intake/{hidden}/copy/", GOODS_STAFF_POSTED),
    "dashboard/intake/<int:pk>/<str:what>/": ("/dashboard/intake/{hidden}/take/", GOODS_STAFF_POSTED),
    "dashboard/sizes/": ("/dashboard/sizes/", GOODS_STAFF),
    "dashboard/sizes/<int:pk>/": ("/dashboard/sizes/{sized_kind}/", GOODS_STAFF),
    "dashboard/intake/many/": ("/dashboard/intake/many/", GOODS_STAFF_POSTED),
    "dashboard/intake/many/publish/": ("/dashboard/intake/many/publish/", GOODS_STAFF_POSTED),
    "dashboard/intake/photos/": ("/dashboard/intake/photos/", GOODS_STAFF),
    "dashboard/intake/sheet/": ("/dashboard/intake/sheet/", GOODS_STAFF),
    "dashboard/intake/sheet/goods.xlsx": ("/dashboard/intake/sheet/goods.xlsx", GOODS_STAFF),
    "dashboard/intake/sheet/<int:pk>/import/": ("/dashboard/intake/sheet/1/import/", GOODS_STAFF_POSTED),
    "dashboard/intake/categories/": ("/dashboard/intake/categories/", GOODS_STAFF),
    "dashboard/intake/stock/": ("/dashboard/intake/stock/", GOODS_STAFF),
    "dashboard/login/": ("/dashboard/login/", away(DOOR)),
    "dashboard/logout/": ("/dashboard/logout/", POSTED),
    r"^media/(?P<path>.*)$": ("/media/no-such-photo.webp", dict.fromkeys(PEOPLE, 404) | {"stranger": DOOR}),
}
_GOODS_ADMIN: dict[str, str] = {
    "": "",
    "products/<int:pk>/": "products/{product}/",
    r"^products/create/(?P<product_class_slug>[\w-]+)/$": "products/create/towar/",
    "products/<int:pk>/delete/": "products/{product}/delete/",
    "stock-alerts/": "stock-alerts/",
    "product-lookup/": "product-lookup/",
    "categories/": "categories/",
    "categories/<int:pk>/": "categories/{category}/",
    "categories/create/": "categories/create/",
    "categories/create/<int:parent>/": "categories/create/{category}/",
    "categories/<int:pk>/update/": "categories/{category}/update/",
    "categories/<int:pk>/delete/": "categories/{category}/delete/",
    "product-type/create/": "product-type/create/",
    "product-types/": "product-types/",
    "product-type/<int:pk>/update/": "product-type/{kind}/update/",
    "product-type/<int:pk>/delete/": "product-type/{kind}/delete/",
    "attribute-option-group/create/": "attribute-option-group/create/",
    "attribute-option-group/": "attribute-option-group/",
    "attribute-option-group/<str:pk>/update/": "attribute-option-group/{options}/update/",
    "attribute-option-group/<str:pk>/delete/": "attribute-option-group/{options}/delete/",
    "option/": "option/",
    "option/create/": "option/create/",
    "option/<str:pk>/update/": "option/{option}/update/",
    "option/<str:pk>/delete/": "option/{option}/delete/",
}
# Addresses that only take a form send back to the list.
_GOODS_ADMIN_AWAY = {
    "products/bulk-action/": "products/bulk-action/",
    "products/create/": "products/create/",
    "products/<int:parent_pk>/create-variant/": "products/{product}/create-variant/",
}
_AT = "dashboard/catalogue/"
_BACK = WITH_RIGHTS | {"goods": f"/{_AT}", "root": f"/{_AT}"}
TABLE |= {_AT + route: (f"/{_AT}{address}", WITH_RIGHTS) for route, address in _GOODS_ADMIN.items()}
TABLE[f"{_AT}products/<int:pk>/delete/"] = (f"/{_AT}products/{{product}}/delete/", DELETING_GOODS)
TABLE |= {_AT + route: (f"/{_AT}{address}", _BACK) for route, address in _GOODS_ADMIN_AWAY.items()}


def test_every_address_of_the_shop_stands_in_the_table():
    assert set(routes()) == set(TABLE)


@pytest.mark.parametrize("route", TABLE, ids=lambda route: route or "home")
def test_an_address_answers_each_person_as_the_table_says(cast, route):
    address, answers = TABLE[route]
    expected = {who: word.format(**cast.ids) if isinstance(word, str) else word for who, word in answers.items()}

    answers = {who: cast.browser(who).get(address.format(**cast.ids)) for who in PEOPLE}

    assert {who: _word(answer) for who, answer in answers.items()} == expected


def _word(answer: Any) -> str | int:
    answer.close()
    if answer.status_code in (301, 302):
        return answer["location"].split("?")[0]
    return answer.status_code


SEEN_ORDERS = {
    "outsider": set(), "foreigner": {"WD-3"}, "neighbour": {"WD-2"}, "buyer": {"WD-1"}, "approver": {"WD-1"},
    "manager": {"WD-1", "WD-2"},
    "assigned": set(), "root": set(),
}  # fmt: skip
SEEN_INVOICES = {
    "outsider": set(), "foreigner": {"FS-3"}, "neighbour": {"FS-2", "FS-12"}, "buyer": {"FS-1", "FS-12"},
    "approver": {"FS-1", "FS-12"}, "manager": {"FS-0", "FS-1", "FS-2", "FS-12"}, "assigned": set(), "root": set(),
}  # fmt: skip
SEEN_PLACES = {
    "foreigner": {"Hala S"}, "neighbour": {"Hala L", "Wspólne"}, "buyer": {"Hala P", "Wspólne"},
    "approver": {"Hala P", "Wspólne"},
    "manager": {"Hala P", "Hala L", "Biuro", "Wspólne"},
}  # fmt: skip
SEEN_PEOPLE = {
    "foreigner": {"foreigner"}, "neighbour": {"neighbour"}, "buyer": {"approver", "buyer"},
    "approver": {"approver", "buyer"}, "manager": {"approver", "buyer", "manager", "neighbour"},
}  # fmt: skip


@pytest.mark.parametrize("who", SEEN_ORDERS)
@pytest.mark.parametrize("state", ["", "new", "no-such-state"])
def test_the_list_of_orders_shows_exactly_those_of_ones_branches(cast, who, state):
    page = cast.browser(who).get("/orders/", {"state": state}).content.decode()

    assert set(re.findall(r"WD-\d+", page)) == SEEN_ORDERS[who]


@pytest.mark.parametrize("who", SEEN_INVOICES)
def test_the_list_of_invoices_shows_exactly_those_of_ones_branches(cast, who):
    page = cast.browser(who).get("/invoices/").content.decode()

    assert set(re.findall(r"FS-\d+", page)) == SEEN_INVOICES[who]


def test_every_order_and_invoice_opens_for_those_who_see_it_and_for_nobody_else(cast):
    for who in SEEN_ORDERS:
        browser = cast.browser(who)
        for order in Order.objects.all():
            answer = browser.get(reverse("orders:detail", args=[order.pk]))
            assert (answer.status_code == 200) == (order.number in SEEN_ORDERS[who]), (who, order.number)
        for invoice in get_model("invoices", "Invoice").objects.all():
            answer = browser.get(reverse("invoices:detail", args=[invoice.pk]))
            assert (answer.status_code == 200) == (invoice.number in SEEN_INVOICES[who]), (who, invoice.number)


@pytest.mark.parametrize("who", SEEN_PLACES)
def test_places_and_people_are_those_of_ones_branches(cast, who):
    browser = cast.browser(who)
    company = browser.get("/company/").context
    make.a_basket(cast.people[who], (get_model("catalogue", "Product").objects.get(upc="ZAW-1"), 1))
    checkout = browser.get("/basket/checkout/").context

    assert {place.name for place in company["places"]} == SEEN_PLACES[who]
    assert {person.first_name for person in company["people"]} == SEEN_PEOPLE[who]
    assert {place.name for place in checkout["form"].fields["place"].queryset} == SEEN_PLACES[who]


def test_a_shared_invoice_names_no_order_of_another_branch(cast):
    invoice = get_model("invoices", "Invoice").objects.get(number="FS-12")

    page = cast.browser("buyer").get(reverse("invoices:detail", args=[invoice.pk])).content.decode()

    assert set(re.findall(r"WD-\d+", page)) == {"WD-1"}


def test_an_invoice_that_another_company_pays_is_not_shown_on_the_order(cast):
    order = Order.objects.get(number="WD-1")
    payer = make.a_company("Płatnik")
    make.an_invoice(payer, "FS-99", order)
    address = reverse("orders:detail", args=[order.pk])

    assert "FS-99" not in cast.browser("buyer").get(address).content.decode()
    assert "FS-99" not in cast.browser("buyer").get(address, headers={"hx-request": "true"}).content.decode()
    assert "FS-99" in cast.browser("supervisor").get(f"/dashboard/all-orders/{order.pk}/").content.decode()


def test_a_closed_company_and_a_removed_person_lose_everything_at_once(cast):
    manager, buyer = cast.browser("manager"), cast.browser("buyer")
    member = cast.member("buyer")
    member.is_active = False
    member.save()
    assert buyer.get(f"/orders/{cast.ids['order']}/").status_code == 404
    assert buyer.get("/catalogue/").status_code == 403

    member.organisation.is_open = False
    member.organisation.save()
    assert manager.get(f"/invoices/{cast.ids['invoice']}/").status_code == 404


# What changes something: the person without the right changes nothing.


@pytest.mark.parametrize("who", ["stranger", "outsider", *SELLERS])
def test_only_a_buyer_fills_a_basket_and_orders(cast, who):
    browser = cast.browser(who)

    browser.post(f"/basket/add/{cast.ids['product']}/", {"quantity": 1})
    answer = browser.post("/basket/checkout/", {"place": 1, "branch": 1})

    assert answer.status_code == 302
    assert not get_model("basket", "Line").objects.exists()
    assert Order.objects.count() == 3


def test_nobody_changes_a_line_of_anothers_basket(cast):
    product = get_model("catalogue", "Product").objects.get(upc="ZAW-1")
    line = make.a_basket(cast.people["buyer"], (product, 2)).lines.get()

    for who in set(PEOPLE) - {"buyer"}:
        cast.browser(who).post(f"/basket/line/{line.pk}/", {"quantity": 0})
        line.refresh_from_db()
        assert line.quantity == 2, who

    cast.browser("buyer").post(f"/basket/line/{line.pk}/", {"quantity": 3})
    line.refresh_from_db()
    assert line.quantity == 3


@pytest.mark.parametrize("place", ["Hala L", "Hala S", "Biuro"])
def test_an_order_goes_to_no_place_of_another_branch_or_company(cast, place):
    browser = _with_basket(cast)

    browser.post("/basket/checkout/", _form(place=place, branch="Poznań"))

    assert Order.objects.count() == 3


@pytest.mark.parametrize("branch", ["Łódź", "Centrala"])
def test_an_order_is_in_the_name_of_no_branch_but_ones_own(cast, branch):
    browser = _with_basket(cast)

    browser.post("/basket/checkout/", _form(place="Hala P", branch=branch))

    assert Order.objects.count() == 3


def test_the_buyer_himself_orders_to_his_own_place(cast):
    browser = _with_basket(cast)

    browser.post("/basket/checkout/", _form(place="Hala P", branch="Poznań"))

    assert Order.objects.count() == 4


def _with_basket(cast: Cast) -> object:
    make.a_basket(cast.people["buyer"], (get_model("catalogue", "Product").objects.get(upc="ZAW-1"), 1))
    return cast.browser("buyer")


def _form(*, place: str, branch: str) -> dict[str, int]:
    branches = get_model("organisations", "Branch").objects.filter(organisation__name="Meble Nowak")
    return {"place": DeliveryPlace.objects.get(name=place).pk, "branch": branches.get(name=branch).pk}


BY_STAFF_ALONE = sorted(set(PEOPLE) - set(SELLERS))


@pytest.mark.parametrize("who", BY_STAFF_ALONE)
def test_only_staff_asks_again_invites_and_publishes(cast, who):
    browser = cast.browser(who)
    jobs = _jobs()

    for address, form in (
        ("/dashboard/sync/messages/{message}/again/", {}),
        ("/dashboard/sync/fetch-now/{inbox}/", {}),
        ("/dashboard/buyers/{organisation}/invite/", {}),
        ("/dashboard/members/{member}/invite/", {}),
        ("/dashboard/intake/{product}/", {"action": "withdraw"}),
        ("/dashboard/catalogue/products/{product}/delete/", {}),
        ("/dashboard/catalogue/categories/{category}/delete/", {}),
    ):
        answer = browser.post(address.format(**cast.ids), form)
        assert answer.status_code in (302, 403), address

    assert OutboundMessage.objects.get().state == "rejected"
    assert _jobs() == jobs
    assert get_model("catalogue", "Product").objects.get(pk=cast.ids["product"]).is_public
    assert get_model("catalogue", "Category").objects.filter(pk=cast.ids["category"]).exists()


@pytest.mark.parametrize("who", ["assigned", "supervisor", "root"])
def test_who_looks_after_the_buyer_asks_again_and_invites(cast, who):
    browser = cast.browser(who)
    jobs = _jobs()

    browser.post(f"/dashboard/sync/messages/{cast.ids['message']}/again/")
    browser.post(f"/dashboard/members/{cast.ids['member']}/invite/")

    assert OutboundMessage.objects.get().state == "waiting"
    assert _jobs() == jobs + 1, "of the invitation; the message wakes a worker after the commit, which no test here has"


@pytest.mark.parametrize("who", ["other", "goods"])
def test_who_does_not_look_after_the_buyer_changes_nothing(cast, who):
    browser = cast.browser(who)
    jobs = _jobs()

    for address in (
        "/dashboard/sync/messages/{message}/again/",
        "/dashboard/buyers/{organisation}/invite/",
        "/dashboard/members/{member}/invite/",
    ):
        assert browser.post(address.format(**cast.ids)).status_code == 404, address
    browser.post("/dashboard/sync/messages/again/")

    assert OutboundMessage.objects.get().state == "rejected"
    assert _jobs() == jobs


def _jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return cursor.fetchone()[0]


def test_goods_that_are_not_published_exist_for_staff_alone(cast):
    hidden = get_model("catalogue", "Product").objects.get(pk=cast.ids["hidden"])

    seen = {who: cast.browser(who).get(hidden.get_absolute_url()).status_code for who in PEOPLE}

    assert seen == dict.fromkeys(PEOPLE, 404) | dict.fromkeys(SELLERS, 200) | {"stranger": 302, "outsider": 403}
    assert "ZAW-2" not in cast.browser("buyer").get("/catalogue/").content.decode()
