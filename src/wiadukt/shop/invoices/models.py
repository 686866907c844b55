"""Invoices as WAPRO holds them, with lines, orders and what was paid; nobody edits them in the shop."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.contract.invoice import InvoiceKind
from wiadukt.shop.organisations.models import Organisation

KIND_CHOICES = [
    (InvoiceKind.SALE.value, _("invoice")),
    (InvoiceKind.CORRECTION.value, _("correction")),
    (InvoiceKind.ADVANCE.value, _("advance invoice")),
]


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """The questions screens ask about money."""

    def open(self) -> InvoiceQuerySet:
        return self.filter(remaining__gt=0)

    def overdue(self, today: date | None = None) -> InvoiceQuerySet:
        return self.open().filter(due_on__lt=today or timezone.localdate())

    def of_order(self, erp_order_id: str | None) -> InvoiceQuerySet:
        """Invoices with a line of this order. The pair is a fact of lines, so it may be many to many."""
        if not erp_order_id:
            return self.none()
        ids = InvoiceLine.objects.filter(erp_order_id=erp_order_id).values("invoice_id")
        return self.filter(id__in=ids)


class Invoice(models.Model):
    """One trade document; `organisation` is the payer, who owes it."""

    erp_id = models.CharField(max_length=20, unique=True)
    number = models.CharField(_("number"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=KIND_CHOICES)
    corrects_erp_id = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invoices")
    issued_on = models.DateField(_("issued"))
    sold_on = models.DateField(_("sold"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    total_net = models.DecimalField(_("net"), max_digits=16, decimal_places=2)
    total_gross = models.DecimalField(_("gross"), max_digits=16, decimal_places=2)
    paid = models.DecimalField(_("paid"), max_digits=16, decimal_places=2)
    remaining = models.DecimalField(_("to be paid"), max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="PLN")
    payment_form = models.CharField(_("payment form"), max_length=50, blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["organisation", "due_on"], name="invoice_due")]

    def __str__(self) -> str:
        return self.number

    @property
    def days_overdue(self) -> int:
        """Whole days since the due date while something is to be paid; 0 otherwise."""
        if self.remaining <= 0:
            return 0
        return max(0, (timezone.localdate() - self.due_on).days)

    @property
    def payment_state(self) -> str:
        """One word: paid, overdue, partly or open."""
        if self.remaining <= 0:
            return "paid"
        if self.days_overdue:
            return "overdue"
        return "partly" if self.paid > 0 else "open"

    @property
    def paid_percent(self) -> int:
        if self.total_gross <= 0:
            return 100
        return int(min(Decimal(100), max(Decimal(0), self.paid / self.total_gross * 100)))


class InvoiceLine(models.Model):
    """One line. The order is named by WAPRO's id, so it does not matter which of the two comes first."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    erp_id = models.CharField(max_length=20)
    product_index = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    unit = models.CharField(max_length=20, blank=True)
    quantity = models.DecimalField(max_digits=16, decimal_places=6)
    net = models.DecimalField(max_digits=16, decimal_places=2)
    gross = models.DecimalField(max_digits=16, decimal_places=2)
    vat_code = models.CharField(max_length=5, blank=True)
    erp_order_id = models.CharField(max_length=20, blank=True, db_index=True)
    erp_order_line_id = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["id"]


class InvoicePayment(models.Model):
    """One part payment."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="payments")
    erp_id = models.CharField(max_length=20)
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ordering = ["paid_on", "id"]
