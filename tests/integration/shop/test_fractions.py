"""A quantity is what the unit can have: fractions of a metre, whole pieces; at every door, and all the way to WAPRO."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from factories.shop import (
    a_basket,
    a_member,
    a_price,
    a_priced_product,
    a_product,
    an_order,
    batch,
    erp_article,
    fresh_basket,
)
from openpyxl import Workbook

from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.forks.partner.models import StockRecord
from wiadukt.shop.history.models import Change
from wiadukt.shop.ordering import confirmation
from wiadukt.shop.organisations.models import Role
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sync.apply.products import apply_products

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

HALF = "chcesz 2,5 szt, a sprzedajemy po 1 szt: zamów 2 szt albo 3 szt"


@pytest.fixture
def edging():
    """By the metre, at 0.53 net."""
    product = a_product("OBR-1", unit="m", is_divisible=True, title="Obrzeże dąb")
    a_price(product, "0.53", "0.65")
    return product


@pytest.fixture
def hinge():
    return a_priced_product("ZAW-1", title="Zawias Clip")


def read(answer) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def content(browser) -> dict[str, str]:
    return {line.product.upc: str(line.quantity) for line in browser.get("/basket/").context["lines"]}


def ordered(browser, place, branch) -> Order:
    page = browser.get("/basket/checkout/")
    seen = {name: page.context["form"][name].value() for name in ("seen_total", "basket", "seen_shortages")}
    browser.post("/basket/checkout/", {"place": place.pk, "branch": branch.pk, **seen})
    return Order.objects.latest("pk")


def told() -> dict[str, dict]:
    return {one.kind: one.payload for one in OutboundMessage.objects.all()}


@pytest.mark.parametrize("written", ["2,5", "2.500"])
def test_a_fraction_goes_the_whole_way(browser, edging, place, branch, member, written):
    assert 'step="0.001"' in read(browser.get(edging.get_absolute_url()))

    page = read(browser.post(f"/basket/add/{edging.pk}/", {"quantity": written}, follow=True))
    assert "Obrzeże dąb, 2,5 m: w koszyku" in page
    browser.post(f"/basket/add/{edging.pk}/", {"quantity": "0,75"})
    assert content(browser) == {"OBR-1": "3.25"}
    assert "3,25 m × 0,53" in read(browser.get("/basket/checkout/"))

    order = ordered(browser, place, branch)

    line = order.lines.get()
    assert (line.quantity, line.line_price_excl_tax, line.line_price_incl_tax) == (
        Decimal("3.25"),
        Decimal("1.72"),
        Decimal("2.11"),
    )
    assert order.total_excl_tax == Decimal("1.72")
    assert StockRecord.objects.get().num_allocated == Decimal("3.25")
    assert "dostępne: 96,75 m" in read(browser.get("/catalogue/"))
    assert Decimal(told()["order_placed"]["lines"][0]["quantity"]) == Decimal("3.25")
    assert "3,25 m" in read(browser.get(f"/orders/{order.pk}/"))
    confirmation.confirm(order.pk, about="job 1")
    ((_name, sheet, _kind),) = mail.outbox[-1].attachments
    assert sheet[:4] == b"%PDF"

    browser.post(f"/orders/{order.pk}/again/")
    assert content(browser) == {"OBR-1": "3.25"}


def test_what_is_made_to_order_goes_to_production_in_fractions(browser, place, branch):
    sheet = a_product("PLY-1", unit="m2", is_divisible=True, made_to_order=True)
    a_price(sheet, "40.00", "49.20")
    browser.post(f"/basket/add/{sheet.pk}/", {"quantity": "0,75"})

    ordered(browser, place, branch)

    assert Decimal(told()["work_requested"]["job_orders"][0]["quantity"]) == Decimal("0.75")


def test_whole_units_stay_whole_at_every_door(browser, hinge, branch):
    shown = read(browser.get(hinge.get_absolute_url()))
    assert 'value="1" min="1" step="1"' in shown
    once = an_order(branch, "WD-9")
    once.lines.update(product=hinge, quantity=Decimal("2.5"))
    browser.post("/lists/", {"name": "Stałe", "branch": branch.pk})
    goods_list = branch.goods_lists.get()
    goods_list.products.create(product=hinge, quantity=Decimal("2.5"))
    doors = {
        "product's page": lambda: browser.post(f"/basket/add/{hinge.pk}/", {"quantity": "2,5"}, follow=True),
        "order again": lambda: browser.post(f"/orders/{once.pk}/again/", follow=True),
        "list": lambda: browser.post(f"/lists/{goods_list.pk}/basket/", follow=True),
        "quick order": lambda: browser.post("/basket/quick/", {"text": "ZAW-1;2,5", "add": "1"}),
    }

    for door, come_through in doors.items():
        assert HALF in read(come_through()), door
        assert content(browser) == {}, door

    browser.post(f"/basket/add/{hinge.pk}/", {"quantity": 2})
    (line,) = browser.get("/basket/").context["lines"]
    assert HALF in read(browser.post(f"/basket/line/{line.pk}/", {"quantity": "2,5"}, follow=True))
    assert content(browser) == {"ZAW-1": "2"}


def test_a_basket_that_holds_what_is_no_longer_sold_so_can_not_be_ordered(browser, hinge, place, branch):
    """WAPRO's people may make a unit whole that was not."""
    type(hinge).objects.update(is_divisible=True)
    browser.post(f"/basket/add/{hinge.pk}/", {"quantity": "2,5"})
    type(hinge).objects.update(is_divisible=False)

    assert HALF in read(browser.get("/basket/"))
    browser.post("/basket/checkout/", {"place": place.pk, "branch": branch.pk})
    assert not Order.objects.exists()


def test_fractions_come_back_from_quick_order_a_saved_basket_and_a_list(browser, edging, branch):
    browser.post("/basket/quick/", {"text": "OBR-1;1,25\nOBR-1 0.5", "add": "1"})
    assert content(browser) == {"OBR-1": "1.75"}
    browser.post("/basket/save/", {"name": "Kuchnia"})
    (kept,) = browser.get("/basket/").context["saved"]
    browser.post(f"/basket/saved/{kept.pk}/open/")
    assert content(browser) == {"OBR-1": "1.75"}

    browser.post("/lists/", {"name": "Stałe", "branch": branch.pk})
    goods_list = branch.goods_lists.get()
    goods_list.products.create(product=edging)
    browser.post(f"/lists/{goods_list.pk}/{edging.pk}/", {"quantity": "0,2"})
    assert 'value="0.2"' in read(browser.get(f"/lists/{goods_list.pk}/"))
    browser.post(f"/lists/{goods_list.pk}/basket/")
    assert content(browser) == {"OBR-1": "1.95"}


def test_an_approver_sees_and_changes_fractions_as_the_unit_has_them(company, branch, place, edging, hinge, logged_in):
    type(company).objects.update(approval=True)
    ewa = logged_in(a_member("e@nowak.example", branch, order_limit=Decimal(1)).user)
    adam = logged_in(a_member("a@nowak.example", branch, role=Role.APPROVER, order_limit=Decimal(50)).user)
    ewa.post("/basket/quick/", {"text": "OBR-1;2,5\nZAW-1;1", "add": "1"})
    order = ordered(ewa, place, branch)
    metres, pieces = order.lines.get(upc="OBR-1"), order.lines.get(upc="ZAW-1")
    page = adam.get(f"/approvals/{order.pk}/")
    assert f'name="line_{metres.pk}" value="2.5"' in read(page)
    seen = {"deed": "edit", "seen": page.context["seen"].fingerprint}

    refused = adam.post(
        f"/approvals/{order.pk}/", {f"line_{metres.pk}": "1,5", f"line_{pieces.pk}": "2,5", **seen}, follow=True
    )
    assert HALF in read(refused)
    assert order.lines.get(upc="OBR-1").quantity == Decimal("2.5")

    adam.post(f"/approvals/{order.pk}/", {f"line_{metres.pk}": "1,5", f"line_{pieces.pk}": "2", **seen})
    page = adam.get(f"/approvals/{order.pk}/")
    adam.post(f"/approvals/{order.pk}/", {"deed": "approve", "seen": page.context["seen"].fingerprint})
    assert [Decimal(line["quantity"]) for line in told()["order_placed"]["lines"]] == [Decimal("1.5"), 2]
    assert order.lines.get(upc="OBR-1").num_allocated == Decimal("1.5")


def test_stock_below_a_fraction_offers_what_there_is(browser, edging):
    StockRecord.objects.update(available=Decimal("1.2345"), num_in_stock=1)

    page = read(browser.post(f"/basket/add/{edging.pk}/", {"quantity": "2,5"}, follow=True))

    assert "chcesz 2,5 m, dostępne 1,2345 m: zamów najwyżej 1,234 m" in page


def test_ordered_fractions_stay_allocated_until_wapro_knows_of_them(browser, edging, place, branch):
    browser.post(f"/basket/add/{edging.pk}/", {"quantity": "2,5"})
    ordered(browser, place, branch)

    article = erp_article("OBR-1", unit="m", is_divisible=True, stock=Decimal(10), available=Decimal(10))
    apply_products([article], [], batch("", "OBR-1"))

    assert StockRecord.objects.get().num_allocated == Decimal("2.5")
    assert "dostępne: 7,5 m" in read(browser.get("/catalogue/"))


def test_a_basket_reads_whole_numbers_without_a_fraction(member, hinge):
    basket = a_basket(member.user, (hinge, 100))

    assert [str(line.quantity) for line in fresh_basket(basket).all_lines()] == ["100"]


def saved_portions(ola, product, **fields):
    page = ola.get(f"/dashboard/intake/{product.pk}/")
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in ("product_class", "description", "step", "least")}
    data |= {"category": form["category"].value(), "mark": page.context["mark"], "action": "save"}
    return read(ola.post(f"/dashboard/intake/{product.pk}/", data | fields, follow=True))


def test_staff_sells_a_product_in_packs_from_a_least_and_buyers_are_told(ola, browser, hinge, place, branch):
    saved_portions(ola, hinge, step="10", least="20")
    fields = ["quantity_step", "least_quantity"]
    assert [one.author for one in Change.objects.filter(field__in=fields)] == ["ola@sklep.example"] * 2

    for address in (hinge.get_absolute_url(), "/catalogue/"):
        page = read(browser.get(address))
        assert "najmniej 20 szt, po 10 szt" in page
        assert 'value="20" min="20" step="10"' in page
    told = read(browser.post(f"/basket/add/{hinge.pk}/", {"quantity": 25}, follow=True))
    assert "chcesz 25 szt, a sprzedajemy po 10 szt: zamów 20 szt albo 30 szt" in told
    assert content(browser) == {}
    browser.post(f"/basket/add/{hinge.pk}/", {"quantity": 20})
    browser.post(f"/basket/add/{hinge.pk}/", {"quantity": 10})
    assert content(browser) == {"ZAW-1": "30"}, "a least is of what the basket holds of it"

    saved_portions(ola, hinge, step="50", least="")
    assert "po 50 szt: zamów 0" not in read(browser.get("/basket/"))
    assert "chcesz 30 szt, a najmniejsza ilość to 50 szt: zamów 50 szt albo więcej" in read(browser.get("/basket/"))
    browser.post("/basket/checkout/", {"place": place.pk, "branch": branch.pk})
    assert not Order.objects.exists()


def test_a_product_type_has_portions_and_its_product_may_differ(ola, browser, hinge, edging):
    page = ola.get("/dashboard/intake/stock/")
    (of_class,) = [form for form in page.context["forms"] if form.product_class == hinge.product_class]
    asked = [form["action"] for form in page.context["forms"] if "action" in form.fields]
    usual = {field.html_name: field.value() for field in asked}
    ola.post("/dashboard/intake/stock/", usual | {of_class["step"].html_name: "2,5", of_class["least"].html_name: "5"})
    saved_portions(ola, edging, step="0,5")

    assert "najmniej 5 szt" in read(browser.get(hinge.get_absolute_url())), "half a piece is none"
    assert "najmniej 5 m, po 0,5 m" in read(browser.get(edging.get_absolute_url()))
    assert 'value="2,5"' in read(ola.get("/dashboard/intake/stock/"))


@pytest.mark.parametrize(
    ("step", "least", "told"),
    [("0,5", "", "Wpisz 1 albo inną"), ("10", "25", "wielokrotność 10. Wpisz 30"), ("-1", "", "większa lub równa 0")],
)
def test_portions_that_can_not_be_are_refused_with_what_can(ola, hinge, step, least, told):
    assert told in saved_portions(ola, hinge, step=step, least=least)
    hinge.refresh_from_db()
    assert (hinge.quantity_step, hinge.least_quantity) == (None, None)


def test_portions_come_by_a_sheet_as_well(ola, hinge, edging):
    rows = [["[index]", "[sold_by]", "[at_least]"], ["ZAW-1", "10", "20"], ["OBR-1", "0,5", "0,7"]]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)

    page = ola.post("/dashboard/intake/sheet/", {"sheet": SimpleUploadedFile("t.xlsx", content.getvalue())})

    assert "wielokrotność 0,5. Wpisz 1" in read(page)
    ola.post(f"/dashboard/intake/sheet/{page.context['kept'].pk}/import/", {"mark": page.context["mark"]})
    hinge.refresh_from_db()
    assert (hinge.quantity_step, hinge.least_quantity) == (10, 20)
