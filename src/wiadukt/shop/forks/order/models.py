"""Oscar's order with its buyer's branch and delivery place, and with what WAPRO says about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from wiadukt.contract.states import OrderState, ProductionState
from wiadukt.shop.ordering.cancellation import Cancellation
from wiadukt.shop.organisations.approval import UNPLACED, Approval
from wiadukt.shop.quantities import QuantityColumn
from wiadukt.shop.sizes.chosen import Chosen, told_to_buyers

STATE_CHOICES = [
    (OrderState.NEW.value, _("new")),
    (OrderState.CONFIRMED.value, _("confirmed")),
    (OrderState.IN_PRODUCTION.value, _("in production")),
    (OrderState.READY.value, _("ready")),
    (OrderState.PACKED.value, _("packed")),
    (OrderState.SHIPPED.value, _("shipped")),
    (OrderState.DELIVERED.value, _("delivered")),
    (OrderState.FINISHED.value, _("finished")),
    (OrderState.CANCELLED.value, _("cancelled")),
]
PRODUCTION_CHOICES = [
    (ProductionState.WAITING.value, _("waiting")),
    (ProductionState.IN_PRODUCTION.value, _("in production")),
    (ProductionState.READY.value, _("ready")),
]


class Order(AbstractOrder):
    """Placed in the shop, or by phone in WAPRO (`number` then names WAPRO's id and nobody is its user).

    After acceptance WAPRO owns quantities, prices and statuses. While `approval` is one of UNPLACED nobody outside the
    buyer's company knows of it.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="orders")
    branch = models.ForeignKey("organisations.Branch", on_delete=models.PROTECT, related_name="orders")
    delivery_place = models.ForeignKey(
        "organisations.DeliveryPlace", on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    wanted_on = models.DateField(_("wanted on"), null=True, blank=True)
    customer_number = models.CharField(_("your order number"), max_length=60, blank=True)
    remarks = models.TextField(_("remarks"), blank=True)
    # Empty: as agreed with the buyer, and as the connector is set.
    payment_choice = models.ForeignKey(
        "ordering.TradeForm", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delivery_choice = models.ForeignKey(
        "ordering.TradeForm", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    erp_id = models.CharField(max_length=20, unique=True, null=True, blank=True)
    erp_number = models.CharField(_("number in WAPRO"), max_length=40, blank=True)
    erp_state = models.CharField(_("state"), max_length=15, choices=STATE_CHOICES, default=OrderState.NEW.value)
    base_gross = models.DecimalField(
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Of an order in another currency, in the base one.",
    )
    status_code = models.CharField(max_length=5, blank=True)
    status_label = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(_("planned for"), null=True, blank=True)
    production_state = models.CharField(_("production"), max_length=15, choices=PRODUCTION_CHOICES, blank=True)
    production_percent = models.PositiveSmallIntegerField(default=0)
    carrier = models.CharField(_("carrier"), max_length=100, blank=True)
    tracking_number = models.CharField(_("parcel number"), max_length=60, blank=True)
    tracking_url = models.CharField(max_length=600, blank=True)
    received = models.BooleanField(_("delivered"), default=False)
    received_on = models.DateField(null=True, blank=True)
    is_gone = models.BooleanField(_("deleted in WAPRO"), default=False)
    cancellation = models.CharField(
        _("cancellation"), max_length=10, choices=Cancellation.choices, default=Cancellation.NONE, blank=True
    )
    cancelled_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("changes")
    )
    approval = models.CharField(
        _("approval"), max_length=10, choices=Approval.choices, default=Approval.NONE, blank=True
    )
    approval_reason = models.TextField(_("reason"), blank=True)
    decided_by = models.CharField(max_length=254, blank=True, help_text=_("Who approved, rejected or withdrew it."))
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractOrder.Meta):
        indexes = [
            models.Index(fields=["organisation", "-date_placed"], name="order_of_organisation"),
            models.Index(fields=["branch"], condition=models.Q(approval="waiting"), name="order_awaits_approval"),
            models.Index(fields=["date_placed"], condition=models.Q(erp_id=None), name="order_without_document"),
        ]

    @property
    def from_shop(self) -> bool:
        return not self.number.startswith("WAPRO-")

    @property
    def is_placed(self) -> bool:
        """Whether the seller was told, or will be."""
        return self.approval not in UNPLACED

    @property
    def replaced_by(self) -> Order | None:
        """The changed order that took its place."""
        return next((one for one in self.changes.order_by("-pk") if one.is_placed), None)

    @property
    def display_number(self) -> str:
        return self.number if self.from_shop else self.erp_number


class Line(AbstractLine):
    """`erp_line_id` is bound when WAPRO first shows the line. Prices per unit have WAPRO's four decimals. `to_make`
    is 0 while production has said nothing of the line."""

    unit_price_incl_tax = models.DecimalField(_("gross price"), max_digits=16, decimal_places=4, null=True, blank=True)
    unit_price_excl_tax = models.DecimalField(_("net price"), max_digits=16, decimal_places=4, null=True, blank=True)

    quantity = QuantityColumn(_("quantity"), default=1)
    num_allocated = QuantityColumn(_("allocated"))

    line_no = models.PositiveIntegerField(default=0)
    erp_line_id = models.CharField(max_length=20, blank=True, db_index=True)
    unit = models.CharField(max_length=20, blank=True)
    realised = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    made = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    to_make = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    note = models.CharField(max_length=500, blank=True)
    parameters = models.JSONField(default=list, blank=True)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """What the buyer chose of a product that is made to size, for people."""
        return told_to_buyers(self.parameters)

    @property
    def made_percent(self) -> int:
        """0 to 100; of a line that production makes."""
        return int(min(100, self.made / self.to_make * 100)) if self.to_make else 0


from oscar.apps.order.models import *  # noqa: E402, F403  (Oscar registers what we did not)
