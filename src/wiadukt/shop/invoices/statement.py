"""A statement of account: what was invoiced and paid in a period, with the balance before, after and between.

The balance after the last entry of today is what invoices leave to be paid, with what is owed by none, less what
settles nothing yet; a test holds it. What stands by itself is told by what is left of it: what settled the rest is not
here. What WAPRO counts as settled without a payment of its own (cash at the counter, say) stands under the invoice's
day; it is told by what remains, so that this holds also of a document whose own figures do not add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from wiadukt.shop.invoices.models import Invoice, InvoicePayment, OtherReceivable, UnassignedPayment
from wiadukt.shop.organisations.models import Organisation

NOTHING = Decimal(0)
MOST_ENTRIES = 5000
MONEY: DecimalField = DecimalField(max_digits=16, decimal_places=2)


class TooLong(Exception):
    """The period has more than MOST_ENTRIES entries: choose a shorter one."""


@dataclass(frozen=True)
class Entry:
    """One line. `amount` raises the debt when positive; `balance` is the debt after it."""

    day: date
    document: str
    what: str
    amount: Decimal
    balance: Decimal = NOTHING

    @property
    def debit(self) -> Decimal | None:
        return self.amount if self.amount > 0 else None

    @property
    def credit(self) -> Decimal | None:
        return -self.amount if self.amount <= 0 else None


@dataclass(frozen=True)
class Statement:
    """Of one currency; days are included."""

    organisation: Organisation
    currency: str
    first: date
    last: date
    opening: Decimal
    entries: tuple[Entry, ...]

    @property
    def closing(self) -> Decimal:
        return self.entries[-1].balance if self.entries else self.opening

    @property
    def debits(self) -> Decimal:
        return sum((entry.debit or NOTHING for entry in self.entries), NOTHING)

    @property
    def credits(self) -> Decimal:
        return sum((entry.credit or NOTHING for entry in self.entries), NOTHING)


def statements_of(organisation: Organisation, first: date, last: date) -> list[Statement]:
    """One for each currency in which anything was ever invoiced or paid; the base currency comes always, and first.

    Raises TooLong.
    """
    own = Invoice.objects.filter(organisation=organisation).order_by()
    used = set(own.values_list("currency", flat=True).distinct())
    for rows in (organisation.unassigned_payments, organisation.receivables):
        used |= set(rows.order_by().values_list("currency", flat=True))
    return [_statement(organisation, currency, first, last) for currency in ("PLN", *sorted(used - {"PLN"}))]


def _statement(organisation: Organisation, currency: str, first: date, last: date) -> Statement:
    own = _Rows(organisation, currency)
    found = sorted(own.entries(first, last), key=lambda entry: (entry.day, entry.amount <= 0, entry.document))
    if len(found) > MOST_ENTRIES:
        raise TooLong
    opening = balance = own.balance_before(first)
    entries = []
    for entry in found:
        balance += entry.amount
        entries.append(Entry(entry.day, entry.document, entry.what, entry.amount, balance))
    return Statement(organisation, currency, first, last, opening, tuple(entries))


class _Rows:
    """What an account of one currency is made of."""

    def __init__(self, organisation: Organisation, currency: str) -> None:
        self.organisation, self.currency = organisation, currency
        of = {"invoice__organisation": organisation, "invoice__currency": currency}
        parts = InvoicePayment.objects.filter(invoice=OuterRef("pk")).order_by().values("invoice")
        told = Coalesce(Subquery(parts.annotate(sum=Sum("amount")).values("sum")), Value(NOTHING), output_field=MONEY)
        invoices = Invoice.objects.filter(organisation=organisation, currency=currency)
        settled = F("total_gross") - F("remaining")
        self.invoices: QuerySet[Any] = invoices.annotate(untold=settled - told).order_by("issued_on", "id")
        self.payments = InvoicePayment.objects.filter(**of).select_related("invoice")
        self.unassigned = UnassignedPayment.objects.filter(organisation=organisation, currency=currency)
        self.receivables = OtherReceivable.objects.filter(organisation=organisation, currency=currency)

    def balance_before(self, day: date) -> Decimal:
        before = Invoice.objects.filter(organisation=self.organisation, currency=self.currency, issued_on__lt=day)
        owed = before.aggregate(left=Sum("remaining", default=NOTHING))["left"]
        told = self.payments.filter(invoice__in=before.order_by()).aggregate(sum=Sum("amount", default=NOTHING))["sum"]
        paid = self.payments.filter(paid_on__lt=day).aggregate(sum=Sum("amount", default=NOTHING))["sum"]
        left = self.unassigned.filter(received_on__lt=day).aggregate(sum=Sum("remaining", default=NOTHING))["sum"]
        others = self.receivables.filter(issued_on__lt=day).aggregate(sum=Sum("remaining", default=NOTHING))["sum"]
        balance: Decimal = owed + others + told - paid - left
        return balance

    def entries(self, first: date, last: date) -> Iterator[Entry]:
        most = MOST_ENTRIES + 1
        for invoice in self.invoices.filter(issued_on__range=(first, last))[:most]:
            yield Entry(invoice.issued_on, invoice.number, invoice.get_kind_display(), invoice.total_gross)
            if invoice.untold:
                yield Entry(invoice.issued_on, invoice.number, _("settled otherwise"), -invoice.untold)
        for payment in self.payments.filter(paid_on__range=(first, last))[:most]:
            what = f"{payment.get_kind_display()}: {payment.invoice.number}"
            yield Entry(payment.paid_on, payment.document, what, -payment.amount)
        for owed in self.receivables.filter(issued_on__range=(first, last))[:most]:
            yield Entry(owed.issued_on, owed.document, _("other receivable, what is left of it"), owed.remaining)
        for money in self.unassigned.filter(received_on__range=(first, last))[:most]:
            yield Entry(money.received_on, money.document, _("not assigned to any invoice"), -money.remaining)
