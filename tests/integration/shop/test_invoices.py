"""What a buyer sees of his invoices: his part, what to pay and how, his account; and files of it all."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from factories import shop as make
from openpyxl import load_workbook

from wiadukt.contract.customer import Unassigned
from wiadukt.contract.invoice import InvoiceLine, PaymentKind
from wiadukt.shop.invoices.models import Invoice, InvoiceShare, UnassignedPayment
from wiadukt.shop.invoices.pdf import Page
from wiadukt.shop.invoices.shares import OrderSum, parts_of, payment_of
from wiadukt.shop.invoices.statement import statements_of
from wiadukt.shop.invoices.transfer import account_digits, transfers_for
from wiadukt.shop.organisations.models import Role
from wiadukt.shop.sync.apply.customers import apply_customers
from wiadukt.shop.sync.apply.invoices import apply_invoices

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
ACCOUNT = "61 1090 1014 0000 0712 1981 2874"
DIGITS = ACCOUNT.replace(" ", "")
KSEF = "5265877635-20250826-0100001AF629-AF"


@pytest.fixture
def nowak():
    """A company with branches Poznań and Łódź, an order of each, and a shared invoice that is late."""
    company = make.a_company("Meble Nowak", code="NOWAK")
    poznan, lodz = make.a_branch(company, "Poznań"), make.a_branch(company, "Łódź")
    orders = [make.an_order(poznan, "WD-1"), make.an_order(lodz, "WD-2")]
    shared = make.an_invoice(company, "FS-12", *orders, total_gross=246, remaining=246, paid=0, account=ACCOUNT)
    company.buyer = make.a_member("ewa@nowak.example", poznan).user
    company.manager = make.a_member("jan@nowak.example", company.default_branch, role=Role.MANAGER).user
    company.shared, company.own_orders = shared, orders
    return company


def page_of(logged_in, user, address):
    return logged_in(user).get(address).content.decode()


def test_of_a_shared_invoice_a_member_sees_his_lines_and_one_sum_of_the_others(nowak, logged_in):
    nowak.shared.lines.filter(erp_order_id="zWD-2").update(name="Tajny front", gross=120, net=97)

    page = page_of(logged_in, nowak.buyer, f"/invoices/{nowak.shared.pk}/")

    assert "Tajny front" not in page
    assert "WD-2" not in page
    assert page.count("Inne oddziały") == 2
    assert "Tajny front" in page_of(logged_in, nowak.manager, f"/invoices/{nowak.shared.pk}/")


def test_sums_of_a_member_are_his_parts(nowak, logged_in):
    assert logged_in(nowak.buyer).get("/invoices/").context["debt"].total == 123
    assert logged_in(nowak.manager).get("/invoices/").context["debt"].total == 246


def test_the_list_narrows_by_number_day_branch_and_payment(nowak, logged_in):
    day = timezone.localdate()
    make.an_invoice(nowak, "FS-20", nowak.own_orders[1], issued_on=day, due_on=day + timedelta(days=3))
    make.an_invoice(nowak, "KFS-1", kind="correction", remaining=-40, total_gross=-40, paid=0)
    browser = logged_in(nowak.manager)

    def numbers(query):
        return {one.number for one in browser.get(f"/invoices/?{query}").context["page"]}

    poznan = nowak.branches.get(name="Poznań").pk
    assert numbers("") == {"FS-12", "FS-20", "KFS-1"}
    assert numbers("show=overdue") == {"FS-12"}
    assert numbers("show=soon") == {"FS-20"}
    assert numbers("show=credit") == {"KFS-1"}
    assert numbers(f"branch={poznan}") == {"FS-12"}
    assert numbers(f"first={day}") == {"FS-20"}
    assert numbers("q=fs-2&kind=sale") == {"FS-20"}
    assert numbers("first=niedawno&branch=x") == {"FS-12", "FS-20", "KFS-1"}
    assert "niedawno" in page_of(logged_in, nowak.manager, "/invoices/?first=niedawno")


def test_money_in_another_currency_is_never_added(nowak, logged_in):
    make.an_invoice(nowak, "FS-30", currency="EUR", total_gross=1000, paid=0, remaining=1000)

    debt = logged_in(nowak.manager).get("/invoices/").context["debt"]

    assert debt.total == 246
    assert [(one.currency, one.total) for one in debt.others] == [("EUR", 1000)]


@pytest.mark.parametrize("who", ["buyer", "manager"])
def test_pages_take_a_constant_number_of_queries(nowak, logged_in, django_assert_max_num_queries, who):
    browser = logged_in(getattr(nowak, who))
    browser.get("/invoices/")
    for letter, address in (("A", "/invoices/"), ("B", "/invoices/?show=overdue")):
        with django_assert_max_num_queries(27) as seen:
            browser.get(address)
        few = len(seen)
        for number in range(12):
            make.an_invoice(nowak, f"{letter}-{number}", *nowak.own_orders)
        with django_assert_max_num_queries(few):
            browser.get(address)


def test_an_order_has_one_payment_state_over_all_its_invoices(nowak):
    order, other = nowak.own_orders
    late = payment_of(order, parts_of(order, Invoice.objects.all()))
    assert (late.state, late.sums) == ("overdue", (OrderSum("PLN", Decimal(123), Decimal(123)),))

    Invoice.objects.update(due_on=timezone.localdate())
    assert payment_of(order, parts_of(order, Invoice.objects.all())).state == "open"

    make.an_invoice(nowak, "FS-13", order, total_gross=100, paid=100, remaining=0)
    assert payment_of(order, parts_of(order, Invoice.objects.all())).state == "partly"
    assert payment_of(other, []).state == "none"


def test_the_state_of_an_order_stands_on_its_page(nowak, logged_in):
    page = page_of(logged_in, nowak.buyer, f"/orders/{nowak.own_orders[0].pk}/")

    assert "po terminie" in page
    assert "123,00" in page


def test_the_list_of_orders_says_how_each_is_paid(nowak, logged_in, django_assert_max_num_queries):
    browser = logged_in(nowak.manager)
    make.an_order(nowak.default_branch, "WD-NOT-INVOICED")

    with django_assert_max_num_queries(26) as seen:
        answer = browser.get("/orders/")
    few = len(seen)

    assert {key: one.state for key, one in answer.context["payments"].items()} == {
        order.erp_id: "overdue" for order in nowak.own_orders
    }
    assert answer.content.decode().count('<span class="pill overdue">') == 2
    for number in range(3):
        make.an_invoice(nowak, f"C-{number}", *nowak.own_orders)
    with django_assert_max_num_queries(few):
        browser.get("/orders/")


# How to pay.


def test_a_transfer_code_is_written_as_the_banks_recommend(nowak, settings):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"shop_seller_name": "Fronty Wiadukt sp. z o.o.", "shop_seller_tax_id": "779-236-98-87"}
    )

    transfer = transfers_for(nowak.shared.shares.select_related("invoice__organisation"))[0]

    assert transfer.code == f"7792369887|PL|{DIGITS}|024600|Fronty Wiadukt sp. z|FS-12|||"
    assert transfer.account_text == ACCOUNT


def test_several_invoices_are_one_transfer_and_a_great_sum_is_typed_by_hand(nowak):
    numbers = [f"FS 0{n}00/2026" for n in range(4)]
    for number in numbers:
        make.an_invoice(nowak, number, total_gross=5000, paid=0, remaining=5000, account=ACCOUNT)
    parts = [part for one in Invoice.objects.filter(number__in=numbers) for part in one.shares.all()]

    transfer = transfers_for(parts)[0]

    assert (transfer.amount, transfer.is_amount_typed) == (20000, True)
    assert "|000000|" in transfer.code
    assert "NOWAK" in transfer.title
    assert len(transfer.code.split("|")) == 9


def test_above_what_the_code_holds_the_page_says_what_to_type(nowak, logged_in):
    """Six digits of grosze end at 9,999.99 PLN."""
    for remaining, number in ((Decimal("9999.99"), "FS-FITS"), (Decimal("10000.00"), "FS-MORE")):
        make.an_invoice(nowak, number, total_gross=remaining, paid=0, remaining=remaining, account=ACCOUNT)
    pages = [
        page_of(logged_in, nowak.manager, f"/invoices/{Invoice.objects.get(number=number).pk}/")
        for number in ("FS-FITS", "FS-MORE")
    ]

    codes = {one.numbers[0]: one.code for one in transfers_for(all_parts(), each=True)}

    assert ("|999999|" in codes["FS-FITS"], "|000000|" in codes["FS-MORE"]) == (True, True)
    assert ["W kodzie nie ma kwoty" in page for page in pages] == [False, True]
    assert "wpisz <strong>10\u202f000,00</strong>" in pages[1].replace("\xa0", "\u202f")


def all_parts():
    return InvoiceShare.objects.select_related("invoice__organisation").order_by("pk")


def test_each_invoice_may_have_a_code_of_its_own(nowak, logged_in):
    make.an_invoice(nowak, "FS-13", total_gross=50, paid=0, remaining=50, account=ACCOUNT)
    chosen = "&".join(f"invoice={pk}" for pk in Invoice.objects.values_list("pk", flat=True))
    browser = logged_in(nowak.manager)

    together = browser.get(f"/invoices/pay/?{chosen}").context["transfers"]
    alone = browser.get(f"/invoices/pay/?{chosen}&each=1").context["transfers"]

    assert [one.amount for one in together] == [296]
    assert {one.title: one.amount for one in alone} == {"FS-12": 246, "FS-13": 50}


def test_money_of_another_currency_is_shown_where_it_goes_and_has_no_code(nowak, logged_in):
    make.an_invoice(nowak, "FS-EUR", total_gross=80, paid=0, remaining=80, account="DE89 3704 0044", currency="EUR")
    eur = Invoice.objects.get(number="FS-EUR")

    page = page_of(logged_in, nowak.manager, f"/invoices/{eur.pk}/")
    transfer = transfers_for(eur.shares.select_related("invoice__organisation"))[0]

    assert (transfer.code, transfer.amount, transfer.currency) == ("", 80, "EUR")
    assert "DE89 3704 0044" in page
    assert "Kod bankowy jest tylko dla złotych" in page


def test_a_very_long_number_is_cut_to_what_a_title_holds(nowak):
    number = "FS/2026/11/MAGAZYN-GLOWNY/SWARZEDZ/000123"[:40]
    make.an_invoice(nowak, "FS-L", total_gross=50, paid=0, remaining=50, account=ACCOUNT)
    Invoice.objects.filter(number="FS-L").update(number=number)

    transfer = next(one for one in transfers_for(all_parts(), each=True) if one.numbers == (number,))

    assert transfer.title == number[:32]
    assert len(transfer.code) <= 160


def test_more_than_one_transfer_can_hold_is_told_of(nowak, logged_in, monkeypatch):
    monkeypatch.setattr("wiadukt.shop.invoices.views.MOST_PAID_AT_ONCE", 1)
    make.an_invoice(nowak, "FS-13", total_gross=50, paid=0, remaining=50, account=ACCOUNT)

    assert "Tu są tylko najstarsze: 1." in page_of(logged_in, nowak.manager, "/invoices/pay/")


@pytest.mark.parametrize("account", ["", "61 1090 1014 0000 0712 1981 2875", "DE89 3704 0044 0532 0130 00", "konto"])
def test_an_account_that_is_none_of_poland_gives_no_code(nowak, account):
    nowak.shared.account = account
    nowak.shared.save()

    transfer = transfers_for(nowak.shared.shares.select_related("invoice__organisation"))[0]

    assert (transfer.code, account_digits(account)) == ("", "")


def test_a_member_pays_his_part_and_a_stranger_to_the_invoice_nothing(nowak, logged_in):
    other = make.a_member("obcy@x.example", make.a_company("Stolmar").default_branch).user
    address = f"/invoices/pay/?invoice={nowak.shared.pk}"

    assert [one.amount for one in logged_in(nowak.buyer).get(address).context["transfers"]] == [123]
    assert logged_in(other).get(address).context["transfers"] == []


def test_what_is_late_is_told_on_every_page_with_its_numbers(nowak, logged_in):
    page = page_of(logged_in, nowak.manager, "/orders/")

    assert "246,00" in page
    assert "(FS-12)" in page
    assert "20.11.2026" in page


def test_what_is_late_in_another_currency_alone_is_told_of_too(nowak, logged_in):
    Invoice.objects.update(currency="EUR")

    page = page_of(logged_in, nowak.manager, "/orders/")

    assert "Po terminie:" in page
    assert "246,00 EUR" in page


def test_a_bar_of_the_chart_leads_to_its_invoices(nowak, logged_in):
    today = timezone.localdate()
    for number, days in (("FS-30", 30), ("FS-31", 31), ("FS-60", 60), ("FS-61", 61), ("FS-0", 0)):
        make.an_invoice(nowak, number, due_on=today - timedelta(days=days))
    browser = logged_in(nowak.manager)

    answer = browser.get("/invoices/?show=late-31")

    assert {one.number for one in answer.context["page"]} == {"FS-31", "FS-60"}
    assert "?show=late-31" in browser.get("/invoices/").content.decode()
    assert {one.number for one in browser.get("/invoices/?show=late-91").context["page"]} == set()


def test_a_company_without_a_single_invoice_reads_so(logged_in):
    company = make.a_company("Nowa Firma")
    manager = make.a_member("nowa@firma.example", company.default_branch, role=Role.MANAGER).user
    browser = logged_in(manager)

    for address in ("/invoices/", "/invoices/pay/", "/invoices/statement/", "/invoices/?show=late-91"):
        assert browser.get(address).status_code == 200, address
    assert "Nie ma tu faktur." in browser.get("/invoices/").content.decode()
    assert "Nie ma nic do zapłaty." in browser.get("/invoices/pay/").content.decode()
    assert browser.get("/invoices/statement.pdf").content[:5] == b"%PDF-"


def test_who_does_not_run_the_company_has_no_statement_of_it(nowak, logged_in):
    UnassignedPayment.objects.create(
        organisation=nowak, erp_id="9", document="WB 9", received_on=make.DAY, amount=50, remaining=30
    )
    browser = logged_in(nowak.buyer)

    for address in ("/invoices/statement/", "/invoices/statement.pdf", "/invoices/statement.xlsx"):
        assert browser.get(address).status_code == 404, address
    page = browser.get("/invoices/").content.decode()
    assert "WB 9" not in page
    assert "/invoices/statement/" not in page


# Files.


def test_the_list_as_files_holds_the_readers_part_and_no_formulas(nowak, logged_in):
    make.an_invoice(nowak, "=1+1", nowak.own_orders[0])
    browser = logged_in(nowak.buyer)

    sheet = load_workbook(io.BytesIO(browser.get("/invoices/list.xlsx").content)).active
    text = browser.get("/invoices/list.csv").content.decode("utf-8-sig")

    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["FS-12"][4:10] == (246, 0, 246, "PLN", 123, 123)
    assert "'=1+1" in rows
    assert "FS-12;faktura;" in text
    assert ";246,00;0,00;246,00;PLN;123,00;123,00;" in text
    assert browser.get("/invoices/list.docx").status_code == 404


def test_a_file_that_does_not_hold_all_says_so(nowak, logged_in, monkeypatch):
    monkeypatch.setattr("wiadukt.shop.invoices.views.MOST_IN_A_FILE", 1)
    make.an_invoice(nowak, "FS-13")

    lines = logged_in(nowak.manager).get("/invoices/list.csv").content.decode("utf-8-sig").splitlines()

    assert len(lines) == 3
    assert lines[-1].startswith("W tym pliku jest tylko 1 najnowszych")


def test_a_statement_runs_from_balance_to_balance(nowak, logged_in):
    old = {"issued_on": date(2026, 1, 10), "due_on": date(2026, 1, 24)}
    make.an_invoice(nowak, "FS-1", total_gross=1000, paid=23, remaining=977, **old)
    make.an_invoice(nowak, "KFS-1", kind="correction", total_gross=-100, paid=-100, remaining=0)
    UnassignedPayment.objects.create(
        organisation=nowak, erp_id="9", document="WB 9", received_on=make.DAY, amount=50, remaining=30
    )

    statement = statements_of(nowak, date(2026, 11, 1), date(2026, 11, 30))[0]

    assert statement.opening == 1000
    assert statement.closing == Decimal(977) + 246 - 30
    told = {(one.document, one.amount) for one in statement.entries}
    assert {("FS-12", 246), ("KFS-1", -100), ("WB 9", -30)} <= told
    address = "first=2026-11-01&last=2026-11-30"
    browser = logged_in(nowak.manager)
    assert browser.get(f"/invoices/statement.pdf?{address}").content[:5] == b"%PDF-"
    book = load_workbook(io.BytesIO(browser.get(f"/invoices/statement.xlsx?{address}").content))
    assert [cell.value for cell in list(book["PLN"].rows)[-1]][-1] == statement.closing
    assert "WB 9" in browser.get(f"/invoices/statement.csv?{address}").content.decode()
    assert browser.get(f"/invoices/statement.docx?{address}").status_code == 404


def test_a_period_that_ends_before_it_begins_is_refused_by_field(nowak, logged_in):
    answer = logged_in(nowak.manager).get("/invoices/statement/?first=2026-11-30&last=2026-11-01")

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"last"}


@pytest.fixture
def written(monkeypatch):
    """What was written on a sheet, in order: lines of text, rows of tables, texts and captions of codes."""
    told: list[str] = []
    said, rows, code = Page.said, Page.rows, Page.code
    monkeypatch.setattr(Page, "said", lambda page, text, **how: (told.append(text), said(page, text, **how)))
    monkeypatch.setattr(
        Page,
        "rows",
        lambda page, found, *how, **more: (told.extend(map(" ".join, found)), rows(page, found, *how, **more)),
    )
    monkeypatch.setattr(
        Page,
        "code",
        lambda page, text, caption, **how: (told.extend([text, *caption]), code(page, text, caption, **how)),
    )
    return told


def test_the_preview_says_that_it_is_no_invoice_and_shows_what_the_reader_may_see(nowak, logged_in, written):
    Invoice.objects.update(ksef_number=KSEF, ksef_url="https://qr.ksef.mf.gov.pl/invoice/1/2/3")

    answer = logged_in(nowak.buyer).get(f"/invoices/{nowak.shared.pk}/preview.pdf")

    assert (answer["content-type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert written[0] == "PODGLĄD, to nie jest faktura"
    assert any(line.startswith("Inne oddziały") and "123,00" in line for line in written)
    assert {KSEF, "https://qr.ksef.mf.gov.pl/invoice/1/2/3"} <= set(written)
    assert f"|{DIGITS}|012300|" in next(line for line in written if line.count("|") == 8)


def test_the_number_in_ksef_stands_by_its_code_and_link(nowak, logged_in):
    digest = "UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE"
    Invoice.objects.update(ksef_number=KSEF, ksef_url=digest)

    page = page_of(logged_in, nowak.buyer, f"/invoices/{nowak.shared.pk}/")

    day = f"{nowak.shared.issued_on:%d-%m-%Y}"
    assert KSEF in page
    assert f'href="https://qr.ksef.mf.gov.pl/invoice/5265877635/{day}/{digest}"' in page
    assert page.count("<svg") == 3  # the shop's mark, the transfer and KSeF


def test_without_ksef_nothing_of_it_is_on_the_page(nowak, logged_in):
    assert "KSeF" not in page_of(logged_in, nowak.buyer, f"/invoices/{nowak.shared.pk}/")


def test_a_link_that_is_none_is_not_followed(nowak, logged_in):
    Invoice.objects.update(ksef_number="1", ksef_url="javascript:alert(1)")

    assert "javascript:" not in page_of(logged_in, nowak.buyer, f"/invoices/{nowak.shared.pk}/")


# What comes from WAPRO.


def test_parts_follow_the_invoice_and_the_flag_day_is_history():
    make.a_company("Bukowiec", erp_id="17")
    line = InvoiceLine(
        id="2", product_id="T", name="T", unit="szt", quantity=1, net=10, gross=Decimal("12.30"), order_id=None
    )
    first = make.erp_invoice()
    apply_invoices([first], [], make.batch("m", "700", quiet=True))
    assert Invoice.objects.get().is_history

    both = first.model_copy(update={"lines": (*first.lines, line), "total_gross": Decimal("36.91")})
    apply_invoices([both], [], make.batch("m", "700"))

    shares = {one.erp_order_id: one.gross for one in Invoice.objects.get().shares.all()}
    assert shares == {"900": Decimal("24.61"), "": Decimal("12.30")}
    assert Invoice.objects.get().is_history


def test_a_payment_keeps_how_it_was_made():
    make.a_company("Bukowiec", erp_id="17")
    first = make.erp_invoice()
    paid = first.payments[0].model_copy(update={"kind": PaymentKind.COMPENSATION, "document": "KOMP 1"})

    apply_invoices([first], [], make.batch())
    apply_invoices([first.model_copy(update={"payments": (paid,)})], [], make.batch())

    row = Invoice.objects.get().payments.get()
    assert (row.kind, row.document) == ("compensation", "KOMP 1")


def test_money_that_settles_nothing_comes_changes_and_goes():
    def take(*money):
        apply_customers([make.erp_customer(unassigned=money)], [], make.batch())
        return [(one.document, one.remaining) for one in UnassignedPayment.objects.all()]

    one = Unassigned(id="9", document="WB 9", received_on=make.DAY, amount=Decimal(50), remaining=Decimal(50))

    assert take(one) == [("WB 9", 50)]
    assert take(one.model_copy(update={"remaining": Decimal(20)})) == [("WB 9", 20)]
    assert take() == []
