"""Invoices as WAPRO holds them, with lines, orders and what was paid; nobody edits them in the shop."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.contract.invoice import InvoiceKind, PaymentKind
from wiadukt.shop.invoices import ksef
from wiadukt.shop.organisations.models import Branch, Organisation

KIND_CHOICES = [
    (InvoiceKind.SALE.value, _("invoice")),
    (InvoiceKind.CORRECTION.value, _("correction")),
    (InvoiceKind.ADVANCE.value, _("advance invoice")),
]
PAYMENT_CHOICES = [
    (PaymentKind.TRANSFER.value, _("transfer")),
    (PaymentKind.CASH.value, _("cash")),
    (PaymentKind.COMPENSATION.value, _("compensation")),
    (PaymentKind.CORRECTION.value, _("correction")),
    (PaymentKind.OTHER.value, _("other")),
]


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """The questions screens ask about money."""

    def open(self) -> InvoiceQuerySet:
        return self.filter(remaining__gt=0)

    def overdue(self, today: date | None = None) -> InvoiceQuerySet:
        return self.open().filter(due_on__lt=today or timezone.localdate())

    def late(self, first: int, last: int | None, today: date | None = None) -> InvoiceQuerySet:
        """Overdue by so many days, both included; no `last` is no end."""
        today = today or timezone.localdate()
        found = self.open().filter(due_on__lte=today - timedelta(days=first))
        return found if last is None else found.filter(due_on__gte=today - timedelta(days=last))

    def soon(self, today: date | None = None) -> InvoiceQuerySet:
        today = today or timezone.localdate()
        return self.open().filter(due_on__gte=today, due_on__lte=today + timedelta(days=7))

    def of_order(self, erp_order_id: str | None) -> InvoiceQuerySet:
        """Invoices with a part of this order. The pair is a fact of lines, so it may be many to many."""
        if not erp_order_id:
            return self.none()
        return self.filter(id__in=InvoiceShare.objects.filter(erp_order_id=erp_order_id).values("invoice_id"))

    def of_branches(self, branches: QuerySet[Branch], of: Organisation | None = None) -> InvoiceQuerySet:
        """Invoices with a part of one of these branches, see `ShareQuerySet.of_branches`."""
        if of is not None:
            parts = InvoiceShare.objects.filter(own_parts(branches, of))
            return self.filter(organisation=of, id__in=parts.order_by().values("invoice_id"))
        return self.filter(Exists(InvoiceShare.objects.filter(invoice=OuterRef("pk")).of_branches(branches)))


class Invoice(models.Model):
    """One trade document; `organisation` is the payer, who owes it, `customer_erp_id` who bought.

    Amounts are in `currency` with the document's sign; totals are without `advance`, which advance invoices charged of
    its lines. `corrects` are WAPRO's ids of what it corrects, as
    contract.facts writes them. `base_gross` and `base_remaining` are what WAPRO states of a document in another
    currency in the base one. `is_history`: it was there before the flag day, so nobody is reminded of it.
    """

    erp_id = models.CharField(max_length=20, unique=True)
    number = models.CharField(_("number"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=KIND_CHOICES)
    corrects = models.TextField(_("corrected documents"), blank=True)
    customer_erp_id = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invoices")
    issued_on = models.DateField(_("issued"))
    sold_on = models.DateField(_("sold"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    total_net = models.DecimalField(_("net"), max_digits=16, decimal_places=2)
    total_gross = models.DecimalField(_("gross"), max_digits=16, decimal_places=2)
    advance = models.DecimalField(
        _("charged by advance invoices"), max_digits=16, decimal_places=2, default=0, db_default=0
    )
    paid = models.DecimalField(_("paid"), max_digits=16, decimal_places=2)
    remaining = models.DecimalField(_("to be paid"), max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="PLN")
    base_gross = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    base_remaining = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    payment_form = models.CharField(_("payment form"), max_length=50, blank=True)
    account = models.CharField(_("bank account"), max_length=60, blank=True)
    interest = models.DecimalField(_("interest"), max_digits=16, decimal_places=2, default=0)
    ksef_number = models.CharField(_("number in KSeF"), max_length=60, blank=True)
    ksef_url = models.CharField(_("link in KSeF"), max_length=500, blank=True)
    is_history = models.BooleanField(default=False)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "due_on"], name="invoice_due"),
            models.Index(fields=["organisation", "-issued_on", "-id"], name="invoice_newest"),
            models.Index(fields=["organisation", "due_on"], condition=~models.Q(remaining=0), name="invoice_open"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ksef_link(self) -> str:
        """The verification link by what WAPRO holds, see `ksef.link_of`."""
        return ksef.link_of(self.ksef_url, self.ksef_number, self.issued_on)

    @property
    def days_overdue(self) -> int:
        """Whole days since the due date while something is to be paid; 0 otherwise."""
        if self.remaining <= 0:
            return 0
        return max(0, (timezone.localdate() - self.due_on).days)

    @property
    def payment_state(self) -> str:
        """One word: paid, overdue, partly or open."""
        if self.remaining < 0:
            return "credit"
        if not self.remaining:
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
    """One part payment; `form` and `document` are WAPRO's words."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="payments")
    erp_id = models.CharField(max_length=20)
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    kind = models.CharField(_("kind"), max_length=12, choices=PAYMENT_CHOICES, default=PaymentKind.OTHER.value)
    form = models.CharField(max_length=50, blank=True)
    document = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["paid_on", "id"]


def own_parts(branches: QuerySet[Branch], of: Organisation) -> models.Q:
    """Which parts of this company's invoices are of these branches of its; asks whether the default one is among them.
    Says nothing of whose invoices they are, but where it must: a list of orders is the cheapest way to few parts."""
    orders = apps.get_model("order", "Order").objects.order_by().filter(organisation=of).exclude(erp_id=None)
    own = models.Q(erp_order_id__in=orders.filter(branch__in=branches.order_by().values("pk")).values("erp_id"))
    if branches.filter(is_default=True).exists():
        own |= ~models.Q(erp_order_id__in=orders.values("erp_id")) & models.Q(invoice__organisation=of)
    return own


class ShareQuerySet(models.QuerySet["InvoiceShare"]):
    """A part belongs to the branch of its order; one without an order, or with another company's, to the payer's
    default branch. So every part is of just one branch of the payer's."""

    def of_branches(self, branches: QuerySet[Branch], of: Organisation | None = None) -> ShareQuerySet:
        """With `of`, one company's branches among its own parts: then the base reads its orders once, and not for each
        of tens of thousands of parts."""
        if of is not None:
            return self.filter(own_parts(branches, of), invoice__organisation=of)
        orders = apps.get_model("order", "Order").objects.order_by()
        payer = OuterRef("invoice__organisation")
        orders = orders.filter(erp_id=OuterRef("erp_order_id"), organisation=payer)
        default = branches.filter(is_default=True, organisation=payer)
        return self.filter(Exists(orders.filter(branch__in=branches)) | (~Exists(orders) & Exists(default)))

    def with_branch(self) -> ShareQuerySet:
        """Each with `branch_id`, the payer's branch that it belongs to."""
        payer = models.F("invoice__organisation")
        default = Branch.objects.filter(organisation=OuterRef("invoice__organisation"), is_default=True).values("pk")
        branch = models.Case(
            models.When(order__organisation=payer, then=models.F("order__branch")),
            default=models.Subquery(default.order_by()[:1]),
            output_field=models.BigIntegerField(),
        )
        return self.annotate(branch_id=branch)


class InvoiceShare(models.Model):
    """The part of an invoice that belongs to one order (empty: to none), as contract.shares splits it: parts add up to
    the invoice to the grosz."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="shares")
    erp_order_id = models.CharField(max_length=20, blank=True, db_index=True)
    order = models.ForeignObject(
        "order.Order",
        models.DO_NOTHING,
        from_fields=["erp_order_id"],
        to_fields=["erp_id"],
        null=True,
        related_name="+",
    )
    """By WAPRO's id, where the shop has the order already: for joins, there is no such column."""
    net = models.DecimalField(max_digits=16, decimal_places=2)
    gross = models.DecimalField(max_digits=16, decimal_places=2)
    remaining = models.DecimalField(max_digits=16, decimal_places=2)
    base_gross = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    """Of a document in another currency, where WAPRO states its total in the base one."""

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["invoice", "erp_order_id"], name="one_share_an_order")]

    @property
    def paid(self) -> Decimal:
        return self.gross - self.remaining


class UnassignedPayment(models.Model):
    """Money of a buyer that settles no document yet, as WAPRO has it: an overpayment or a payment not assigned."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="unassigned_payments")
    erp_id = models.CharField(max_length=20)
    document = models.CharField(max_length=40, blank=True)
    received_on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    remaining = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="PLN")
    form = models.CharField(max_length=50, blank=True)
    order_id = models.CharField(max_length=20, blank=True, help_text="WAPRO's id of the order it was paid for.")

    class Meta:
        ordering = ["received_on", "id"]


class OtherReceivable(models.Model):
    """What a company owes by no invoice, as WAPRO has it: an opening balance, an interest note; of no branch.
    `due_on` None: WAPRO has no day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="receivables")
    erp_id = models.CharField(max_length=20)
    document = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    remaining = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="PLN")
    base_remaining = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    @property
    def days_overdue(self) -> int:
        return max(0, (timezone.localdate() - self.due_on).days) if self.due_on else 0


class ReminderPlan(models.Model):
    """On which days from the due date buyers are reminded: -3 is three days before, 7 a week after. One row."""

    is_on = models.BooleanField(_("send reminders"), default=False)
    days = models.CharField(_("days from the due date"), max_length=60, default="-3, 1, 7, 14")
    since = models.DateField(null=True, blank=True, help_text="Nothing that was due to be said before is said.")

    @classmethod
    def current(cls) -> ReminderPlan:
        return cls.objects.first() or cls()

    @property
    def offsets(self) -> list[int]:
        """From the earliest; raises ValueError for what are no whole numbers."""
        return sorted({int(part) for part in self.days.replace(";", ",").split(",") if part.strip()})


class ReminderState(models.TextChoices):
    """`sending`: it was about to go; one that stays so never went."""

    SENDING = "sending", _("not sent")
    SENT = "sent", _("sent")


class Reminder(models.Model):
    """One invoice on one day of the schedule, said once."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="reminders")
    offset = models.SmallIntegerField()
    state = models.CharField(max_length=8, choices=ReminderState.choices, default=ReminderState.SENDING)
    to = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["invoice", "offset"], name="reminded_once")]


class AccountNote(models.Model):
    """What the seller's people note about a buyer's account; the buyer does not see it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="account_notes")
    text = models.TextField(_("note"), max_length=2000)
    author = models.CharField(max_length=254)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
