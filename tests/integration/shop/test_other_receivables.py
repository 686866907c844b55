"""What a company owes by no invoice (opening balances, interest notes), as it comes and as who sees it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from factories import shop as make

from wiadukt.contract.base import Kind
from wiadukt.contract.customer import OtherReceivable
from wiadukt.contract.facts import facts_of
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import InvoiceShare
from wiadukt.shop.invoices.statement import statements_of
from wiadukt.shop.organisations.models import Organisation, Role
from wiadukt.shop.sync.apply.customers import apply_customers
from wiadukt.shop.sync.reconcile.facts import facts_of_held

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def nowak():
    """A company with two branches and an invoice of an order of one."""
    company = make.a_company("Meble Nowak", code="NOWAK")
    poznan = make.a_branch(company, "Poznań")
    make.an_invoice(company, "FS-12", make.an_order(poznan, "WD-1"))
    company.buyer = make.a_member("ewa@nowak.example", poznan).user
    company.manager = make.a_member("jan@nowak.example", company.default_branch, role=Role.MANAGER).user
    return company


def test_what_is_owed_by_no_invoice_comes_changes_and_goes():
    note = OtherReceivable(id="9", document="NO 9", issued_on=make.DAY, amount=Decimal(50), remaining=Decimal(30))
    apply_customers([make.erp_customer(receivables=(note,))], [], make.batch())
    apply_customers([make.erp_customer(receivables=(note,))], [], make.batch())
    settled = note.model_copy(update={"remaining": Decimal(10), "due_on": make.DAY})
    apply_customers([make.erp_customer(receivables=(settled,))], [], make.batch())

    company = Organisation.objects.get()
    assert [(one.document, one.remaining, one.due_on) for one in company.receivables.all()] == [("NO 9", 10, make.DAY)]
    assert facts_of_held(Kind.CUSTOMER, [company.erp_id])[company.erp_id] == facts_of(
        Kind.CUSTOMER, make.erp_customer(receivables=(settled,))
    )
    apply_customers([make.erp_customer()], [], make.batch())
    assert not company.receivables.exists()
    told = list(Change.objects.filter(field="receivable").order_by("pk").values_list("old", "new"))
    assert told == [("", "30.00 PLN"), ("30.00 PLN", "10.00 PLN"), ("10.00 PLN", "")]


def test_what_is_owed_by_no_invoice_is_for_managers_alone_and_in_no_branch(nowak, logged_in):
    make.a_receivable(nowak, "BO-1/2026", 50, due_on=timezone.localdate() - timedelta(days=2))
    before = sum(share.remaining for share in InvoiceShare.objects.filter(invoice__organisation=nowak))

    seen = logged_in(nowak.manager).get("/invoices/")

    assert (seen.context["debt"].total, seen.context["debt"].uninvoiced) == (before + 50, 50)
    by_branch = [(branch.name if branch else None, debt.total) for branch, debt in seen.context["by_branch"]]
    assert by_branch[-1] == (None, 50)
    assert sum(total for _branch, total in by_branch) == before + 50
    page = seen.content.decode()
    assert "w tym inne należności: 50,00" in page
    assert "BO-1/2026)" in page, "the banner names it"
    assert "BO-1/2026" in logged_in(nowak.manager).get("/invoices/statement/").content.decode()
    assert "BO-1/2026" not in logged_in(nowak.buyer).get("/invoices/").content.decode()
    assert "BO-1/2026" not in logged_in(nowak.manager).get("/invoices/?q=FS").content.decode().partition("<main")[0]


def test_the_codes_for_what_is_overdue_say_what_they_do_not_hold(nowak, logged_in):
    make.a_receivable(nowak, "NO-2", 7, due_on=timezone.localdate() - timedelta(days=1))

    assert "7,00 PLN innych należności" in logged_in(nowak.manager).get("/invoices/pay/").content.decode()
    assert "innych należności" not in logged_in(nowak.buyer).get("/invoices/pay/").content.decode()


def test_the_last_balance_of_today_holds_what_is_owed_by_no_invoice(nowak):
    today = timezone.localdate()
    make.a_receivable(nowak, "BO-1", 50, issued_on=today - timedelta(days=400))
    make.a_receivable(nowak, "NO-2", 7, issued_on=today)

    statement = statements_of(nowak, today - timedelta(days=90), today)[0]

    before = sum(share.remaining for share in InvoiceShare.objects.filter(invoice__organisation=nowak))
    assert (statement.opening, statement.closing) == (50, before + 57)
