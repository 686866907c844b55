"""One timeline for goods, buyers, orders and invoices: WAPRO's changes beside people's, narrowed, and as a file."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from factories.shop import (
    a_company,
    a_member,
    a_product,
    a_seller,
    a_supervisor,
    an_invoice,
    an_order,
    batch,
    erp_article,
)

from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change, Origin
from wiadukt.shop.organisations.models import Role
from wiadukt.shop.sync.apply.products import apply_products

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

KINDS = ("product", "organisation", "order", "invoice")


@pytest.fixture
def subjects():
    company = a_company("Nowak")
    order = an_order(company.default_branch, "WD-1")
    return {
        "product": a_product("ZAW-1"),
        "organisation": company,
        "order": order,
        "invoice": an_invoice(company, "FS-1", order),
    }


@pytest.fixture
def staff(logged_in):
    return logged_in(a_supervisor("szef@sklep.example"))


PAGES = {
    "product": "/catalogue/{0.slug}_{0.pk}/",
    "organisation": "/dashboard/buyers/{0.pk}/",
    "order": "/dashboard/all-orders/{0.pk}/",
    "invoice": "/dashboard/all-invoices/{0.pk}/",
}


def told(kind, subject, *rows, days_ago: int = 0):
    made = [record.change(kind, subject, field, old, new, **about) for field, old, new, about in rows]
    record.save(made)
    before = timezone.now() - timedelta(days=days_ago)
    Change.objects.filter(pk__in=[row.pk for row in Change.objects.order_by("-pk")[: len(made)]]).update(at=before)


def shown(browser, address, **asked) -> list[str]:
    return [change.new for change in browser.get(address, asked).context["page"]]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kinds_page_has_the_same_timeline_with_its_filters_and_files(staff, subjects, kind):
    subject = subjects[kind]
    told(kind, subject, ("name", "Stara", "Nowa nazwa", {"message_id": "m-77"}))

    page = staff.get(PAGES[kind].format(subject)).content.decode()

    for part in ("Nowa nazwa", "m-77", 'name="origin"', f"/history/{kind}/{subject.pk}.csv", ".json"):
        assert part in page


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_narrowed_by_source_kind_of_change_and_days(staff, subjects, kind):
    subject, address = subjects[kind], f"/history/{kind}/{subjects[kind].pk}/"
    told(kind, subject, ("name", "", "dawna", {}), days_ago=10)
    told(kind, subject, ("price 2", "", "z WAPRO", {}), ("ZAW-1: price", "", "wiersz", {}))
    told(kind, subject, ("name", "", "od nas", {"origin": Origin.STAFF, "author": "ola@sklep.example"}))
    today = timezone.localdate()

    assert shown(staff, address, origin="staff") == ["od nas"]
    assert set(shown(staff, address, what="price")) == {"z WAPRO", "wiersz"}
    assert shown(staff, address, what="name", last=today - timedelta(days=5)) == ["dawna"]
    assert "dawna" not in shown(staff, address, first=today)
    assert len(shown(staff, address, origin="nobody", first="2026-06-31")) == 4, "what can't be read is not asked"


def test_what_wapro_did_to_a_product_stands_beside_what_staff_did(staff):
    product = a_product("ZAW-1", title="Zawias")
    apply_products([erp_article("ZAW-1", name="Zawias Clip", available=3)], [], batch("m-1", "ZAW-1"))
    told("product", product, ("description", "", "<p>Opis</p>", {"origin": Origin.STAFF, "author": "ola@x.example"}))

    page = staff.get(f"/history/product/{product.pk}/").content.decode()

    for part in ("Zawias Clip", "dostępna ilość", "m-1", "ola@x.example"):
        assert part in page


def test_a_file_holds_what_the_filters_leave_all_pages_of_it(staff, subjects):
    product = subjects["product"]
    told("product", product, *[("price 2", "", f"{n}.50", {"message_id": f"m-{n}"}) for n in range(40)])
    told("product", product, ("name", "", "=1+1", {}))

    text = staff.get(f"/history/product/{product.pk}.csv", {"what": "price"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    whole = json.loads(staff.get(f"/history/product/{product.pk}.json").content)

    assert rows[0] == ["Czas", "Źródło", "Kto", "Co", "Przedtem", "Po zmianie", "Komunikat"]
    assert {row[5] for row in rows[1:]} == {f"{n},50" for n in range(40)}
    assert {row["new"] for row in whole["changes"]} == {"=1+1", *(f"{n}.50" for n in range(40))}
    assert {row["field"] for row in whole["changes"]} == {"price 2", "name"}
    named = staff.get(f"/history/product/{product.pk}.csv", {"what": "name"}).content.decode()
    assert "'=1+1" in named, "a formula stays a text"


def test_a_narrowed_timeline_alone_answers_a_piece_of_a_page(staff, subjects):
    told("product", subjects["product"], *[("name", "", f"n{n}", {}) for n in range(40)])

    piece = staff.get(f"/history/product/{subjects['product'].pk}/?page=2", headers={"HX-Request": "true"})

    assert "<html" not in piece.content.decode()
    assert len(piece.context["page"]) == 10


def test_buyers_read_what_their_pages_show_and_no_ids_of_messages(subjects, logged_in):
    company = subjects["organisation"]
    for kind in KINDS:
        told(kind, subjects[kind], ("name", "", "zmiana", {"message_id": "m-5"}))
    manager = logged_in(a_member("jan@nowak.example", company.default_branch, role=Role.MANAGER).user)
    buyer = logged_in(a_member("ewa@nowak.example", company.default_branch).user)
    stranger = logged_in(a_member("x@stolmar.example", a_company("Stolmar").default_branch).user)
    seller = logged_in(a_seller("inny@sklep.example").user)

    def readable(browser):
        return {kind for kind in KINDS if browser.get(f"/history/{kind}/{subjects[kind].pk}.json").status_code == 200}

    assert readable(manager) == {"organisation", "invoice"}
    assert readable(buyer) == {"invoice"}
    assert readable(stranger) == set()
    assert readable(seller) == {"product"}
    assert "m-5" not in manager.get(f"/history/organisation/{company.pk}.json").content.decode()
    assert "m-5" not in manager.get(f"/history/organisation/{company.pk}.csv").content.decode()
    assert manager.get("/history/user/1/").status_code == 404
