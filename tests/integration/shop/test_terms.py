"""Terms of trade at work: promotions by the day, thresholds in the basket, credit, late payers, the contact."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import shop as make

from wiadukt.contract.base import Kind
from wiadukt.contract.customer import OverdueAction
from wiadukt.contract.facts import facts_of
from wiadukt.shop.forks.partner.models import GroupPrice
from wiadukt.shop.forks.partner.strategy import CustomerStrategy
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import Invoice
from wiadukt.shop.ordering.place import CannotPlace, Wishes, place
from wiadukt.shop.organisations.models import IndividualPrice, Organisation, Role
from wiadukt.shop.sync.apply.customers import apply_customers
from wiadukt.shop.sync.apply.invoices import apply_invoices
from wiadukt.shop.sync.reconcile.facts import facts_of_held
from wiadukt.shop.terms.credit import credit_of
from wiadukt.shop.terms.standing import Matter, judge

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
THRESHOLDS = "1000.00: 3.00%, 5000.00: 5.00%"


@pytest.fixture
def buyer():
    company = make.a_company("Stolarnia", thresholds=THRESHOLDS, discount_percent=Decimal(5), salesman_name="Jan Lis")
    make.a_place(company, "Hala")
    return make.a_member("anna@stolarnia.example", company.default_branch)


def goods(upc="ZAW-1", net="10.00", gross="12.30", **fields):
    product = make.a_product(upc, stock=9999, vat_percent=Decimal(23), **fields)
    make.a_price(product, net, gross)
    return product


def ordered(member, basket):
    company = member.organisation
    wishes = Wishes(branch=company.default_branch, place=company.delivery_places.get())
    return place(make.fresh_basket(basket), member, wishes)


def price_for(member, product):
    return CustomerStrategy(user=member.user).fetch_for_product(product).price


# Polish midnight of 20 November is 23:00 UTC of the 19th, that of 1 July 22:00 UTC of 30 June.
@pytest.mark.parametrize(
    ("first", "last", "moment", "net"),
    [
        (date(2026, 11, 20), date(2026, 11, 30), datetime(2026, 11, 19, 22, 59, 59, tzinfo=UTC), "9,50"),
        (date(2026, 11, 20), date(2026, 11, 30), datetime(2026, 11, 19, 23, 0, 0, tzinfo=UTC), "8,00"),
        (date(2026, 11, 20), date(2026, 11, 30), datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC), "8,00"),
        (date(2026, 11, 20), date(2026, 11, 30), datetime(2026, 11, 30, 23, 0, 0, tzinfo=UTC), "9,50"),
        (date(2026, 7, 1), None, datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), "9,50"),
        (date(2026, 7, 1), None, datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC), "8,00"),
    ],
)
def test_a_promotion_begins_and_ends_at_polish_midnight_by_itself(
    buyer, logged_in, monkeypatch, first, last, moment, net
):
    product = goods(promotion_net=8, promotion_first_day=first, promotion_last_day=last)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    page = logged_in(buyer.user).get(product.get_absolute_url()).content.decode()

    assert f'<div class="price">{net} PLN' in page
    assert ("promocja" in page) == (net == "8,00")


def test_a_threshold_lowers_the_lines_of_the_basket_and_of_the_order(buyer, logged_in):
    product, agreed = goods(), goods("ZAW-2")
    fixed = {"product_index": "ZAW-2", "net": Decimal("7.90"), "gross": Decimal("9.72")}
    IndividualPrice.objects.create(organisation=buyer.organisation, **fixed)
    basket = make.a_basket(buyer.user, (product, 90), (agreed, 3))
    browser = logged_in(buyer.user)

    below = browser.get("/basket/").content.decode()
    assert "Brakuje 121,30 PLN do 3% rabatu" in below  # 90 * 9.50 + 3 * 7.90 = 878.70
    assert (basket.total_excl_tax, basket.threshold) == (Decimal("878.70"), None)

    line = basket.lines.get(product=product)
    line.quantity = 103
    line.save()
    reached = make.fresh_basket(basket)
    # 103 * 9.50 + 23.70 = 1002.20; 9.50 less 3 % = 9.215 -> 9.22; gross 9.22 * 1.23 = 11.3406 -> 11.34
    assert [(x.unit_price_excl_tax, x.unit_price_incl_tax) for x in reached.all_lines()] == [
        (Decimal("9.22"), Decimal("11.34")),
        (Decimal("7.90"), Decimal("9.72")),
    ]
    assert reached.total_excl_tax == Decimal("973.36")
    assert "3%" in browser.get("/basket/checkout/").content.decode()

    order = ordered(buyer, basket)
    assert [line.unit_price_excl_tax for line in order.lines.order_by("line_no")] == [Decimal("9.22"), Decimal("7.90")]
    assert order.total_excl_tax == Decimal("973.36")


def test_goods_without_discounts_take_no_threshold(buyer):
    basket = make.a_basket(buyer.user, (goods(is_discountable=False), 200))

    assert basket.threshold.discount_percent == 3
    assert basket.all_lines()[0].unit_price_excl_tax == Decimal("10.00")


def test_what_is_used_of_the_limit_is_open_invoices_and_orders_not_invoiced():
    company = make.a_company("Nowak", credit_limit=Decimal(1000))
    branch = company.default_branch
    half, finished = make.an_order(branch, "1"), make.an_order(branch, "2", erp_state="finished")
    make.an_order(branch, "3", erp_id=None)
    make.an_order(branch, "4", erp_state="cancelled")
    make.an_order(branch, "5", is_gone=True)
    make.an_invoice(company, "FS-1", half)  # its line of that order is 123 gross, the whole order
    make.an_invoice(company, "FS-2", finished, remaining=0)
    correction = {"remaining": -50, "kind": "correction"}
    make.an_invoice(company, "KFS-1", **correction)

    credit = credit_of(company)

    assert (credit.debt.total, credit.ordered.amount) == (Decimal(100), Decimal("123.00"))
    assert (credit.used, credit.left, credit.percent) == (Decimal(223), Decimal(777), 22)
    assert credit_of(make.a_company("Bez limitu")).left is None


def test_the_limit_counts_what_wapro_states_in_its_currency_and_never_adds_two():
    company = make.a_company("Nowak", credit_limit=Decimal(5000))
    branch = company.default_branch
    in_pln = make.an_order(branch, "1", total_excl_tax=1000, total_incl_tax=1000)
    euro = make.an_order(branch, "2", currency="EUR", total_excl_tax=200, total_incl_tax=200, base_gross=860)
    make.an_order(branch, "3", currency="EUR", total_excl_tax=50, total_incl_tax=50)  # of which WAPRO states nothing
    stated = {"currency": "EUR", "total_gross": 100, "paid": 40, "remaining": 60}
    make.an_invoice(company, "FS-1", in_pln, **stated, base_gross=430, base_remaining=258)
    make.an_invoice(company, "FS-2", euro, **stated | {"remaining": 0, "paid": 100}, base_gross=430, base_remaining=0)
    make.an_invoice(company, "FS-3", **stated)
    make.an_invoice(company, "FS-4", remaining=10)
    make.a_receivable(company, "NO-1", 5)
    make.a_receivable(company, "BO-1", 20, currency="EUR", base_remaining=86)

    credit = credit_of(company)

    assert credit.owed.amount == 258 + 10 + 5 + 86
    assert credit.ordered.amount == (1000 - 430) + (860 - 430)
    assert credit.unstated == (("EUR", 60), ("EUR", 50))
    assert credit.left == 5000 - 359 - 1000


def test_what_a_document_is_worth_in_the_base_currency_is_kept_and_shared_out():
    apply_customers([make.erp_customer()], [], make.batch())
    euro = make.erp_invoice(currency="EUR", base_gross=Decimal("430.01"), base_remaining=Decimal("430.01"))
    apply_invoices([euro], [], make.batch())

    invoice = Invoice.objects.get()
    assert (invoice.base_gross, invoice.base_remaining) == (Decimal("430.01"), Decimal("430.01"))
    assert sum(share.base_gross for share in invoice.shares.all()) == Decimal("430.01")
    assert facts_of_held(Kind.INVOICE, [euro.id])[euro.id] == facts_of(Kind.INVOICE, euro)


def test_staff_reads_what_is_not_counted_in_the_limit(logged_in):
    company = make.a_company("Nowak", credit_limit=Decimal(5000))
    make.an_invoice(company, "FS-3", currency="EUR", remaining=60)
    member = make.a_member("jan@nowak.example", company.default_branch, role=Role.MANAGER)

    page = logged_in(make.a_supervisor("szef@x.example")).get(f"/dashboard/buyers/{company.pk}/").content.decode()

    assert "Nie wliczono: 60,00 EUR" in page
    assert "Nie wliczono" not in logged_in(member.user).get("/company/").content.decode()


@pytest.mark.parametrize(
    ("days_late", "when_late", "over", "when_over", "found"),
    [
        (14, "hold", 0, "hold", []),
        (15, "hold", 0, "hold", [(Matter.OVERDUE, True)]),
        (15, "warn", 1, "warn", [(Matter.OVERDUE, False), (Matter.LIMIT, False)]),
        (15, "allow", 1, "hold", [(Matter.LIMIT, True)]),
        (99, "allow", 1, "allow", []),
    ],
)
def test_the_rule_of_who_may_order(days_late, when_late, over, when_over, found):
    objections = judge(
        days_late=days_late,
        days_allowed=14,
        when_late=OverdueAction(when_late),
        over_limit=Decimal(over),
        when_over=OverdueAction(when_over),
    )

    assert [(one.matter, one.is_hold) for one in objections] == found


def late(buyer, action, days=20):
    Organisation.objects.update(overdue_days=14, overdue_action=action)
    make.an_invoice(buyer.organisation, "FS-9", due_on=timezone.localdate() - timedelta(days=days))
    buyer.organisation.refresh_from_db()


def test_a_late_payer_who_is_held_cannot_order_and_reads_why(buyer, logged_in):
    basket = make.a_basket(buyer.user, (goods(), 1))
    late(buyer, "hold")

    page = logged_in(buyer.user).get("/basket/").content.decode()
    assert "płatność 20 dni po terminie" in page
    assert "Jan Lis" in page
    with pytest.raises(CannotPlace, match="20"):
        ordered(buyer, basket)
    assert not buyer.organisation.orders.exists()


def test_who_is_late_in_another_currency_is_held_by_the_oldest_day_of_all(buyer, logged_in):
    basket = make.a_basket(buyer.user, (goods(), 1))
    late(buyer, "hold", days=3)
    make.an_invoice(buyer.organisation, "FS-EUR", currency="EUR", due_on=timezone.localdate() - timedelta(days=31))

    assert "płatność 31 dni po terminie" in logged_in(buyer.user).get("/basket/").content.decode()
    with pytest.raises(CannotPlace, match="31"):
        ordered(buyer, basket)


def test_a_late_interest_note_holds_orders_and_one_without_a_due_day_does_not(buyer):
    basket = make.a_basket(buyer.user, (goods(), 1))
    Organisation.objects.update(overdue_days=14, overdue_action="hold")
    buyer.organisation.refresh_from_db()
    note = make.a_receivable(buyer.organisation, "NO-1", 5, due_on=timezone.localdate() - timedelta(days=15))

    with pytest.raises(CannotPlace, match="15"):
        ordered(buyer, basket)
    note.due_on = None
    note.save()
    assert ordered(buyer, basket).pk


@pytest.mark.parametrize(("action", "days"), [("warn", 20), ("hold", 14), ("allow", 99)])
def test_others_can_order(buyer, action, days):
    basket = make.a_basket(buyer.user, (goods(), 1))
    late(buyer, action, days)

    assert ordered(buyer, basket).total_excl_tax == Decimal("9.50")


def test_an_order_above_the_limit_is_warned_of_or_held_as_the_seller_chose(buyer, logged_in, settings):
    Organisation.objects.update(credit_limit=100)
    buyer.organisation.refresh_from_db()
    basket = make.a_basket(buyer.user, (goods(), 10))  # 116.90 gross

    assert "16,90 PLN" in logged_in(buyer.user).get("/basket/checkout/").content.decode()
    settings.CREDIT_ACTION = OverdueAction.HOLD
    with pytest.raises(CannotPlace, match="16,90"):
        ordered(buyer, basket)
    settings.CREDIT_ACTION = OverdueAction.WARN
    assert ordered(buyer, basket).pk


def test_the_companys_debt_is_shown_to_its_managers_and_to_the_seller(buyer, logged_in):
    Organisation.objects.update(credit_limit=5000)
    company = buyer.organisation
    manager = make.a_member("szef@stolarnia.example", company.default_branch, role=Role.MANAGER)
    seller = make.a_supervisor("my@wiadukt.example")
    limit, threshold = "Limit kupiecki", "Zamówienia od 1 000 PLN"

    def page(who, where="/company/"):
        return logged_in(who).get(where).content.decode().replace("\xa0", " ")

    assert limit in page(manager.user)
    assert limit in page(seller, f"/dashboard/buyers/{company.pk}/")
    mine = page(buyer.user)
    assert limit not in mine
    assert threshold in mine


def test_staff_completes_the_contact_or_names_another(buyer, logged_in):
    company = buyer.organisation
    seller = logged_in(make.a_supervisor("my@wiadukt.example"))
    where = f"/dashboard/buyers/{company.pk}/contact/"

    seller.post(where, {"contact_name": "", "contact_phone": "", "contact_email": "jan.lis@my.example"})
    page = logged_in(buyer.user).get("/company/").content.decode()
    assert "Jan Lis" in page
    assert "mailto:jan.lis@my.example" in page
    change = Change.objects.get(kind="organisation", object_id=company.pk, field="contact_email")
    assert (change.new, change.author, change.origin) == ("jan.lis@my.example", "my@wiadukt.example", "staff")

    seller.post(where, {"contact_name": "Ewa Sowa", "contact_phone": "600 100 200", "contact_email": ""})
    page = logged_in(buyer.user).get("/company/").content.decode()
    assert "Ewa Sowa" in page
    assert "Jan Lis" not in page
    refused = seller.post(where, {"contact_name": "Nikt", "contact_phone": "", "contact_email": ""}, follow=True)
    assert "telefon" in refused.content.decode()
    assert Organisation.objects.get(pk=company.pk).contact_name == "Ewa Sowa"


def test_staff_reads_why_a_buyer_has_this_price(buyer, logged_in):
    goods("ZAW-1")
    foreign = {"product_index": "ZAW-2", "net": 2, "gross": 3, "currency": "EUR"}
    goods("ZAW-2")
    IndividualPrice.objects.create(organisation=buyer.organisation, **foreign)
    seller = logged_in(make.a_supervisor("my@wiadukt.example"))

    page = seller.get(f"/dashboard/buyers/{buyer.organisation.pk}/prices/").content.decode()

    assert "cena poziomu Poziom 2: 10,00 / 12,30" in page
    assert "rabat -5%: 9,50 / 11,69" in page
    assert "w innej walucie" in page
    assert "ZAW-1" not in seller.get(f"/dashboard/buyers/{buyer.organisation.pk}/prices/?q=zaw-2").content.decode()


def test_a_group_has_its_price_and_other_buyers_do_not_see_it(buyer):
    product = goods()
    GroupPrice.objects.create(product=product, group="7", net=6, gross=Decimal("7.38"))
    Organisation.objects.filter(pk=buyer.organisation.pk).update(price_group="7")
    other = make.a_member("inny@inny.example", make.a_company("Inny", price_group="8").default_branch)

    assert price_for(buyer, product).excl_tax == 6
    assert price_for(other, product).excl_tax == 10


def test_pages_with_prices_take_a_constant_number_of_queries(buyer, logged_in):
    seller, browser = logged_in(make.a_supervisor("my@wiadukt.example")), logged_in(buyer.user)
    pages = {
        "/catalogue/": browser,
        "/basket/": browser,
        "/basket/checkout/": browser,
        "/company/": browser,
        f"/dashboard/buyers/{buyer.organisation.pk}/": seller,
        f"/dashboard/buyers/{buyer.organisation.pk}/prices/": seller,
    }

    def counted():
        counts = {}
        for page, who in pages.items():
            who.get(page)  # what is cached once is cached now
            with CaptureQueriesContext(connection) as queries:
                assert who.get(page).status_code == 200
            counts[page] = len(queries)
        return counts

    basket = make.a_basket(buyer.user)

    def more(numbers):
        for n in numbers:
            product = goods(f"ZAW-{n}", promotion_net=n % 3)
            GroupPrice.objects.create(product=product, group=str(n), discount_percent=n)
            IndividualPrice.objects.create(organisation=buyer.organisation, product_index=f"X-{n}", net=1, gross=1)
            make.an_invoice(buyer.organisation, f"FS-{n}", make.an_order(buyer.organisation.default_branch, f"W-{n}"))
            filled = make.fresh_basket(basket)
            filled.add_product(product, 2)

    more(range(1, 3))
    few = counted()
    more(range(3, 14))

    assert counted() == few
