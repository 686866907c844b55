"""Goods made to the buyer's size: chosen on the product's page, one price everywhere, sizes go with the order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import shop as make
from factories.sizes import a_rule

from wiadukt.shop.forks.order.models import Line, Order
from wiadukt.shop.history.models import Change
from wiadukt.shop.lists.models import GoodsList
from wiadukt.shop.ordering import approving, confirmation
from wiadukt.shop.ordering.place import CannotPlace, Wishes, place
from wiadukt.shop.organisations.models import IndividualPrice, Role
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sizes.models import SizeRule, rule_of
from wiadukt.shop.sizes.rule import Base
from wiadukt.shop.sizes.store import drop_rule, save_rule

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
OAK = {"size-width_mm": "396", "size-height_mm": "716", "size-decor": "OAK", "size-holes": "3"}
OAK |= {"size-edge_top": "yes", "size-edge_left": "yes"}  # the second worked example of docs/prices.md
PLAIN = {"size-width_mm": "500", "size-height_mm": "300", "size-decor": "PLAIN"}
OAK_NET, PLAIN_NET = Decimal("41.37"), Decimal("15.83")  # 105.50 × 0.15 = 15.825


@pytest.fixture
def front():
    return make.a_sized_product("FR-1")


@pytest.fixture
def staff(logged_in):
    return logged_in(make.a_user("root@x.example", is_staff=True, is_superuser=True))


def put(browser, product, sizes, quantity=1):
    return browser.post(product.get_absolute_url(), sizes | {"quantity": quantity})


def basket_of(browser):
    return browser.get("/basket/").context["basket"]


def wishes(member, **fields):
    return Wishes(branch=member.branches.first(), place=make.a_place(member.organisation, "Hala"), **fields)


def test_two_sizes_of_a_product_are_two_lines_and_the_same_size_is_one(browser, front):
    put(browser, front, OAK)
    put(browser, front, PLAIN, 4)
    answer = put(browser, front, OAK, 2)

    assert answer["location"] == "/basket/"
    lines = list(basket_of(browser).all_lines())
    assert [(line.quantity, line.unit_price_excl_tax) for line in lines] == [(3, OAK_NET), (4, PLAIN_NET)]
    page = browser.get("/basket/").content.decode()
    for words in ("396 mm", "716 mm", "Dąb", "500 mm", "300 mm", "Gładki"):
        assert words in page


def test_the_price_is_counted_while_one_writes_and_is_that_of_the_basket(browser, front):
    page = browser.get(f"/catalogue/price/{front.pk}/", OAK | {"quantity": "3"}).content.decode()
    without_scripts = browser.post(front.get_absolute_url(), OAK | {"quantity": "3", "price": "1"}).content.decode()

    for text in ("41,37", "50,89", "29,91", "3,40", "1,27", "2,29", "4,50", "124,11"):
        assert text in page
        assert text in without_scripts
    assert basket_of(browser).is_empty


def test_the_page_shows_limits_and_steps(browser, front):
    page = browser.get(front.get_absolute_url()).content.decode()

    assert 'min="100"' in page
    assert 'max="2400"' in page
    assert "100–1200 mm" in page
    assert "/ m²" in page
    assert "Wybierz wymiary" in browser.get("/catalogue/").content.decode()


def test_what_can_not_be_made_is_told_at_its_field_and_does_not_reach_the_basket(browser, front):
    answer = put(browser, front, OAK | {"size-width_mm": "1201", "size-decor": ""})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Szerokość: 1201 to za dużo, najwięcej 1200. Wpisz mniej (100–1200 mm)." in page
    assert "Dekor: wybierz z listy." in page
    assert 'value="716"' in page, "what was right stays"
    assert basket_of(browser).is_empty


def test_it_comes_into_the_basket_with_sizes_only(browser, member, front):
    answer = browser.post(f"/basket/add/{front.pk}/", {"quantity": 2})
    quick = browser.post("/basket/quick/", {"text": "FR-1 2", "add": "1"}).content.decode()

    assert answer["location"] == front.get_absolute_url()
    assert "jest robiony na wymiar" in quick
    assert front.get_absolute_url() in quick
    assert basket_of(browser).is_empty
    listed = GoodsList.objects.create(branch=member.branches.first(), name="Kuchnia")
    listed.products.create(product=front, quantity=2)
    from_list = browser.post(f"/lists/{listed.pk}/basket/", follow=True).content.decode()
    assert "jest robiony na wymiar" in from_list
    assert basket_of(browser).is_empty
    with pytest.raises(ValueError, match="price"):
        make.a_basket(member.user, (front, 1))


def test_one_price_from_the_page_to_the_message_for_wapro(browser, member, front):
    put(browser, front, OAK, 3)
    put(browser, front, PLAIN, 7)
    in_basket = basket_of(browser)
    totals = (in_basket.total_excl_tax, in_basket.total_incl_tax)
    checkout = browser.get("/basket/checkout/").content.decode()

    order = place(in_basket, member, wishes(member, seen_total=totals[0]))

    assert totals == (Decimal("234.92"), Decimal("288.96"))  # 3 × 41.37 + 7 × 15.83; 3 × 50.89 + 7 × 19.47
    assert "234,92" in checkout
    assert (order.total_excl_tax, order.total_incl_tax) == totals
    told = OutboundMessage.objects.get(destination="wapro").payload["lines"]
    assert [(line["price_net"], line["price_gross"], line["quantity"]) for line in told] == [
        ("41.3700", "50.8900", "3"),
        ("15.8300", "19.4700", "7"),
    ]
    page = browser.get(f"/orders/{order.pk}/").content.decode()
    for text in ("396 mm", "Dąb", "41,37", "124,11", "110,81", "234,92"):
        assert text in page
    assert confirmation.confirmation_pdf(order)[:4] == b"%PDF"
    confirmation.confirm(order.pk, about="job 1")
    assert "Szerokość: 396 mm; Wysokość: 716 mm; Dekor: Dąb" in mail.outbox[0].body


def test_production_is_told_the_real_size_in_place_of_the_cards(browser, member, front):
    for code in ("width_mm", "thickness_mm"):
        kind = front.product_class.attributes.create(code=code, name=code, type="integer")
        kind.save_value(front, 18)
    put(browser, front, OAK, 2)

    place(basket_of(browser), member, wishes(member))

    (job,) = OutboundMessage.objects.get(destination="production").payload["job_orders"]
    told = {one["id"]: (one["value"], one["unit"], one["name"], one["text"]) for one in job["parameters"]}
    assert job["description"] == "Towar FR-1 · 396 × 716 mm"
    assert told["width_mm"] == ("396", "mm", "Szerokość", "396 mm")
    assert told["height_mm"] == ("716", "mm", "Wysokość", "716 mm")
    assert told["decor"] == ("OAK", "", "Dekor", "Dąb")
    assert told["edge_top"][0] == "yes"
    assert told["thickness_mm"][0] == "18"
    assert len(told) == len(job["parameters"]), "each id once"


@pytest.mark.parametrize(
    ("agreed", "unit_net"),
    [
        ({"net": Decimal(90), "gross": Decimal("110.70")}, "36.98"),  # 90 × 0.283536 = 25.518; + 11.46
        ({"discount_percent": Decimal(10)}, "38.38"),  # 94.95 × 0.283536 = 26.922; + 11.46
    ],
)
def test_what_was_agreed_with_the_buyer_changes_the_base_and_not_the_surcharges(
    browser, company, front, agreed, unit_net
):
    IndividualPrice.objects.create(organisation=company, product_index="FR-1", **agreed)

    put(browser, front, OAK)

    (line,) = basket_of(browser).all_lines()
    assert line.unit_price_excl_tax == Decimal(unit_net)


def test_a_threshold_lowers_the_base_and_not_the_surcharges(browser, company, front):
    company.thresholds = "100.00: 5.00%"
    company.save()
    put(browser, front, OAK, 2)
    below = [line.unit_price_excl_tax for line in basket_of(browser).all_lines()]

    put(browser, front, OAK)

    above = [line.unit_price_excl_tax for line in basket_of(browser).all_lines()]
    # 3 × 41.37 = 124.11 reaches it: 105.50 − 5 % = 100.23 (half up), × 0.283536 = 28.42; + 11.46
    assert (below, above) == ([OAK_NET], [Decimal("39.88")])


def test_a_rule_that_changes_meanwhile_is_not_taken_silently(browser, member, front):
    put(browser, front, OAK)
    seen = basket_of(browser).total_excl_tax
    save_rule(front.product_class, a_rule(base=Base.PIECE), "goods@x.example")

    with pytest.raises(CannotPlace, match="zmieniły się"):
        place(make.fresh_basket(basket_of(browser)), member, wishes(member, seen_total=seen))

    narrow = replace(a_rule().parameters[0], most=300)
    save_rule(front.product_class, replace(a_rule(), parameters=(narrow, *a_rule().parameters[1:])), "g@x.example")
    with pytest.raises(CannotPlace, match="396 to za dużo"):
        place(make.fresh_basket(basket_of(browser)), member, wishes(member))
    assert browser.get("/basket/").status_code == 200

    drop_rule(front.product_class, "g@x.example")
    with pytest.raises(CannotPlace, match="włóż produkt jeszcze raz"):
        place(make.fresh_basket(basket_of(browser)), member, wishes(member))
    assert not Order.objects.exists()


def test_ordered_again_and_saved_it_keeps_its_sizes_at_todays_price(browser, member, front):
    put(browser, front, OAK, 3)
    (line,) = basket_of(browser).all_lines()
    browser.post(f"/basket/line/{line.pk}/", {"quantity": 3, "note": "front górny"})
    put(browser, front, PLAIN, 1)
    order = place(basket_of(browser), member, wishes(member))

    browser.post(f"/orders/{order.pk}/again/")
    browser.post("/basket/save/", {"name": "Kuchnia"})
    saved = browser.get("/basket/").context["saved"].get()
    front.level_prices.update(net=Decimal("211.00"), gross=Decimal("259.53"))
    browser.post(f"/basket/saved/{saved.pk}/open/")

    lines = [
        (one.quantity, one.note, one.unit_price_excl_tax, len(one.parameters)) for one in basket_of(browser).all_lines()
    ]
    # 211 × 0.283536 = 59.826; + 11.46. 211 × 0.15 = 31.65
    assert lines == [(3, "front górny", Decimal("71.29"), 8), (1, "", Decimal("31.65"), 7)]


def test_a_waiting_order_is_approved_at_todays_price_of_its_sizes(browser, member, company, front):
    boss = make.a_member("boss@nowak.example", company.default_branch, role=Role.MANAGER)
    put(browser, front, OAK, 2)
    order = place(basket_of(browser), member, wishes(member))
    Order.objects.filter(pk=order.pk).update(approval="waiting")
    front.level_prices.update(net=Decimal("211.00"), gross=Decimal("259.53"))

    seen = approving.look(Order.objects.get(pk=order.pk), boss.user)

    assert [(row.net, row.problem) for row in seen.rows] == [(Decimal("71.29"), "")]
    approving.approve(order.pk, boss.user, seen=seen.fingerprint)
    assert Line.objects.get(order=order).unit_price_excl_tax == Decimal("71.29")


def change(browser, line, sizes, quantity=1):
    sent = sizes | {"quantity": quantity, "line": line.pk}
    return browser.post(line.product.get_absolute_url(), sent, follow=True).content.decode()


def test_the_sizes_of_a_line_are_changed_where_it_stands(browser, front):
    put(browser, front, OAK, 3)
    (line,) = basket_of(browser).all_lines()
    browser.post(f"/basket/line/{line.pk}/", {"quantity": 3, "note": "Na poniedziałek"})
    address = f"{front.get_absolute_url()}?line={line.pk}"
    assert address in browser.get("/basket/").content.decode()

    page = browser.get(address).content.decode()
    assert 'value="396"' in page
    assert "124,11" in page, "it opens with what was chosen, and its price"
    assert "Zmień pozycję" in page
    change(browser, line, PLAIN, 4)

    (changed,) = basket_of(browser).all_lines()
    assert (changed.pk, changed.quantity, changed.unit_price_excl_tax) == (line.pk, 4, PLAIN_NET)
    assert changed.note == "Na poniedziałek"


def test_a_line_that_becomes_like_another_joins_it(browser, front):
    put(browser, front, OAK, 3)
    put(browser, front, PLAIN, 4)
    first, _second = basket_of(browser).all_lines()

    change(browser, first, PLAIN, 2)

    assert [(line.quantity, line.unit_price_excl_tax) for line in basket_of(browser).all_lines()] == [(6, PLAIN_NET)]


def test_sizes_that_can_not_be_made_leave_the_line_as_it_was(browser, front):
    put(browser, front, OAK, 3)
    (line,) = basket_of(browser).all_lines()

    page = change(browser, line, OAK | {"size-width_mm": "5000"})

    assert "1200" in page
    assert "Zmień pozycję" in page, "it is still that line which is being changed"
    assert [(one.quantity, one.unit_price_excl_tax) for one in basket_of(browser).all_lines()] == [(3, OAK_NET)]


def test_nobody_changes_a_line_of_anothers_basket(browser, front, company, logged_in):
    put(browser, front, OAK, 3)
    (line,) = basket_of(browser).all_lines()
    other = logged_in(make.a_member("x@y.example", make.a_branch(make.a_company("Inna"), "Łódź")).user)

    assert "396" not in other.get(f"{front.get_absolute_url()}?line={line.pk}").content.decode()
    change(other, line, PLAIN, 9)

    assert [(one.quantity, one.unit_price_excl_tax) for one in basket_of(browser).all_lines()] == [(3, OAK_NET)]


@pytest.mark.parametrize("quantity", ["2,5", "0,5"])
def test_what_is_made_to_size_is_ordered_in_whole_pieces(browser, front, quantity):
    type(front).objects.update(is_divisible=True, unit="m2")

    assert "zamów" in put(browser, front, OAK, quantity).content.decode()
    assert basket_of(browser).is_empty


def test_a_card_in_square_metres_gets_pieces_with_the_area_of_one(browser, member, front):
    type(front).objects.update(is_divisible=True, unit="m2")
    SizeRule.objects.update(card_in_m2=True)
    put(browser, front, OAK, 3)
    assert "3 szt. × 41,37" in browser.get("/basket/checkout/").content.decode()

    order = place(basket_of(browser), member, wishes(member))

    (line,) = OutboundMessage.objects.get(destination="wapro").payload["lines"]
    told = [line[name] for name in ("quantity", "unit", "unit_factor", "price_net")]
    assert told == ["3", "szt.", "0.283536", "41.3700"]
    (job,) = OutboundMessage.objects.get(destination="production").payload["job_orders"]
    assert (job["quantity"], job["unit"]) == ("3", "szt.")
    assert "3 szt." in browser.get(f"/orders/{order.pk}/").content.decode()


def test_a_card_in_square_metres_is_priced_by_the_square_metre(staff, front):
    sent = rule_page(staff, front.product_class) | {"rule-card_in_m2": "on"}

    refused = staff.post(f"/dashboard/sizes/{front.product_class.pk}/", sent | {"rule-base": "piece", "save": "1"})
    assert "wybierz cenę metra kwadratowego" in refused.content.decode()

    staff.post(f"/dashboard/sizes/{front.product_class.pk}/", sent | {"save": "1"})
    assert SizeRule.objects.get().card_in_m2
    assert Change.objects.filter(kind="product_class", field="card_in_m2", new="True").exists()


def test_the_number_of_queries_does_not_grow_with_sized_lines(browser, front):
    put(browser, front, OAK)
    browser.get("/basket/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/basket/")
    for width in range(400, 410):
        put(browser, front, OAK | {"size-width_mm": str(width)})
    with CaptureQueriesContext(connection) as many:
        browser.get("/basket/")

    assert len(many) == len(few)


def rule_page(staff, kind):
    """What the settings page would send unchanged."""
    page = staff.get(f"/dashboard/sizes/{kind.pk}/").context["settings"]
    sent = {}
    for form in (page.head, page.rows.management_form, *page.rows):
        for field in form:
            value = field.value()
            if value is not None and value is not False and value != "":
                sent[field.html_name] = str(value)
    return sent


def test_staff_sets_the_rule_and_sees_what_a_size_costs(staff, front):
    kind = front.product_class
    sent = rule_page(staff, kind)
    new = {"name_pl": "Uchwyt", "code": "handle", "kind": "yes_no", "surcharge": "12,50", "per": "piece"}
    rows = int(sent["row-INITIAL_FORMS"])
    sent |= {f"row-{rows}-{name}": value for name, value in new.items()} | {"rule-least_area": "0,1"}

    answer = staff.post(f"/dashboard/sizes/{kind.pk}/", sent | {"save": "1"})

    assert answer.status_code == 302, str(answer.context["settings"].rows.errors)
    rule = rule_of(type(front).objects.get(pk=front.pk))
    assert (rule.least_area, rule.parameters[-1].code, rule.parameters[-1].surcharge) == (
        Decimal("0.1"),
        "handle",
        Decimal("12.50"),
    )
    assert rule.parameters[:-1] == a_rule().parameters, "the others are as they were"
    assert Change.objects.filter(kind="product_class", field="parameter.handle", author="root@x.example").exists()
    preview = staff.get(f"/dashboard/sizes/{kind.pk}/", OAK | {"net": "105,50", "size-handle": "yes"}).content.decode()
    assert "396 × 716 mm kosztuje" in preview
    assert "53,87" in preview  # 41.37 + 12.50


def test_a_wrong_rule_is_not_saved_and_says_where_and_what_to_do(staff, front):
    kind = front.product_class
    sent = rule_page(staff, kind)

    answer = staff.post(
        f"/dashboard/sizes/{kind.pk}/",
        sent | {"row-0-most": "50", "row-2-choices": "OAK; Dąb; Oak; dużo", "rule-least_area": ""},
    )
    page = answer.content.decode()
    again = staff.post(f"/dashboard/sizes/{kind.pk}/", sent | {"row-0-most": "50"}).content.decode()

    assert "Wartości, wiersz 1: dopłata to kwota, np. 12,50." in page
    assert "Najwięcej: jest mniejsze niż najmniej. Wpisz co najmniej 100." in again
    assert rule_of(type(front).objects.get(pk=front.pk)) == a_rule()


def test_a_class_stops_being_made_to_size(staff, front):
    staff.post(f"/dashboard/sizes/{front.product_class_id}/", {"drop": "1"})

    assert not SizeRule.objects.exists()
    assert Change.objects.filter(kind="product_class", field="price_base", new="").exists()
