"""The buyer in the shop: one organisation for one contractor of WAPRO, its branches, people and delivery places."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from wiadukt.contract.customer import OverdueAction


class OrderGate(models.TextChoices):
    """What the seller's people say of a buyer's orders, whatever he owes."""

    RULE = "", _("as the rule says")
    HELD = "held", _("held")
    RELEASED = "released", _("released")


class Organisation(models.Model):
    """A buying company. Everything but branches and members is WAPRO's and follows it."""

    erp_id = models.CharField(max_length=20, unique=True)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=100)
    full_name = models.CharField(_("full name"), max_length=250, blank=True)
    tax_id = models.CharField(_("tax number"), max_length=30, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.CharField(_("e-mail"), max_length=255, blank=True)
    street = models.CharField(_("street"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    country = models.CharField(_("country"), max_length=3, default="PL")
    correspondence_street = models.CharField(_("street"), max_length=100, blank=True)
    correspondence_postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    correspondence_city = models.CharField(_("city"), max_length=60, blank=True)
    correspondence_country = models.CharField(_("country"), max_length=3, default="PL")
    in_shop = models.BooleanField(_("flagged for the shop in WAPRO"), default=True)
    is_blocked = models.BooleanField(_("blocked in WAPRO"), default=False)
    is_anonymised = models.BooleanField(_("personal data removed"), default=False)
    is_open = models.BooleanField(_("may log in and order"), default=True)
    price_level = models.CharField(_("price level"), max_length=20, blank=True)
    price_level_name = models.CharField(_("price level"), max_length=50, blank=True)
    price_group = models.CharField(_("price group"), max_length=20, blank=True)
    price_group_name = models.CharField(_("price group"), max_length=50, blank=True)
    markup_percent = models.DecimalField(_("markup"), max_digits=8, decimal_places=4, default=0)
    category_terms = models.TextField(blank=True, help_text="As contract.facts writes them.")
    takes_promotions = models.BooleanField(_("takes part in promotions"), default=True)
    thresholds = models.TextField(blank=True, help_text="As contract.facts writes them.")
    price_rule = models.TextField(blank=True, help_text="As contract.price_rule writes it.")
    discount_percent = models.DecimalField(_("discount"), max_digits=6, decimal_places=2, default=0)
    payment_form = models.CharField(_("payment form"), max_length=50, blank=True)
    payment_days = models.PositiveIntegerField(_("payment term in days"), default=0)
    credit_limit = models.DecimalField(_("credit limit"), max_digits=16, decimal_places=4, null=True, blank=True)
    overdue_days = models.PositiveIntegerField(_("days of delay allowed"), default=0)
    overdue_action = models.CharField(_("when late with payments"), max_length=10, default=OverdueAction.ALLOW.value)
    currency = models.CharField(max_length=3, default="PLN")
    salesman_erp_id = models.CharField(_("salesman's id in WAPRO"), max_length=20, blank=True, db_index=True)
    salesman_name = models.CharField(_("salesman"), max_length=100, blank=True)
    salesman_phone = models.CharField(_("salesman's phone"), max_length=60, blank=True)
    salesman_email = models.EmailField(_("salesman's e-mail"), blank=True)
    contact_name = models.CharField(
        _("contact"), max_length=100, blank=True, help_text="The shop's own, before WAPRO's."
    )
    contact_phone = models.CharField(_("contact's phone"), max_length=60, blank=True)
    contact_email = models.EmailField(_("contact's e-mail"), blank=True)
    approval = models.BooleanField(
        _("orders over a person's limit wait for approval"), default=False, help_text=_("The buyer's own rule.")
    )
    order_gate = models.CharField(_("orders"), max_length=10, choices=OrderGate.choices, blank=True, default="")
    order_gate_reason = models.CharField(_("reason"), max_length=200, blank=True)
    order_gate_until = models.DateField(_("until"), null=True, blank=True, help_text="The last day; empty: for good.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def gate_on(self, day: date) -> str:
        """What the seller's people say of orders on this day: a word of OrderGate."""
        is_over = self.order_gate_until is not None and self.order_gate_until < day
        return OrderGate.RULE.value if is_over else self.order_gate

    @property
    def default_branch(self) -> Branch:
        return next(branch for branch in self.branches.all() if branch.is_default)


class Branch(models.Model):
    """A part of the organisation that orders and pays on its own. Every organisation has a default one.

    A retired branch (`is_active` false) takes no orders; its people go on seeing its documents. `approval` empty means
    as the organisation has it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="branches")
    name = models.CharField(_("name"), max_length=100)
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    approval = models.BooleanField(_("approval of orders over the limit"), null=True, blank=True)

    class Meta:
        ordering = ["-is_active", "-is_default", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="branch_name_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(is_default=True), name="one_default_branch"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def needs_approval(self) -> bool:
        """Whether orders over a member's limit wait here."""
        return self.organisation.approval if self.approval is None else self.approval


class Role(models.TextChoices):
    """What a member may do."""

    BUYER = "buyer", _("buyer")
    APPROVER = "approver", _("approver")
    MANAGER = "manager", _("manager")


class OrderMail(models.TextChoices):
    """How a person hears of orders by e-mail: his own choice."""

    AT_ONCE = "at_once", _("at once")
    DIGEST = "digest", _("once a day, in the morning")
    NEVER = "never", _("not at all")


class MemberProblem(models.TextChoices):
    """Why a person of the buyer has no login."""

    NO_EMAIL = "no_email", _("no e-mail address in WAPRO")
    EMAIL_TAKEN = "email_taken", _("the e-mail address belongs to another buyer's login")


class Member(models.Model):
    """A person of the organisation. `user` is empty for one who can't log in; `problem` says why.

    `in_erp` is WAPRO's: the contact is there; `is_active` is the buyer's manager's or the seller's: switched on.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="member"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    branches = models.ManyToManyField(Branch, related_name="members")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.BUYER)
    order_limit = models.DecimalField(
        _("order limit, net"), max_digits=12, decimal_places=2, null=True, blank=True,
        help_text=_("Net value in PLN above which an order waits for approval; empty: no limit."),
    )  # fmt: skip
    erp_contact_id = models.CharField(max_length=20, blank=True)
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=60, blank=True)
    position = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    in_erp = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    problem = models.CharField(max_length=20, choices=MemberProblem.choices, blank=True)
    other_emails = models.CharField(_("other addresses in WAPRO's field"), max_length=255, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    order_mail = models.CharField(
        _("e-mails about orders"), max_length=10, choices=OrderMail.choices, default=OrderMail.AT_ONCE
    )
    order_mail_of_branches = models.BooleanField(_("also about orders of my branches"), default=False)
    invitation_held = models.BooleanField(
        default=False, help_text=_("Taken over on the flag day: gets no invitation until staff sends one.")
    )

    class Meta:
        ordering = ["last_name", "first_name"]
        permissions = [("act_for_buyers", "Can log in as a buyer's person")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "erp_contact_id"],
                condition=~models.Q(erp_contact_id=""),
                name="contact_is_one_member",
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_allowed(self) -> bool:
        """Whether this person may log in, as far as the person is concerned."""
        return self.in_erp and self.is_active

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class DeliveryPlace(models.Model):
    """Where goods may be delivered. Without branches it serves all of them.

    `key` is the shop's own name of it, known before WAPRO gives an id. `is_active` is WAPRO's: the place is there;
    `retired_at` the buyer's: nobody orders to it any more, though WAPRO keeps it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="delivery_places")
    branches = models.ManyToManyField(Branch, blank=True, related_name="delivery_places")
    erp_id = models.CharField(max_length=20, unique=True, null=True)
    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    recipient = models.CharField(_("recipient"), max_length=60, blank=True)
    street = models.CharField(_("street"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    country = models.CharField(_("country"), max_length=3, default="PL")
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    is_active = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def address_line(self) -> str:
        return ", ".join(filter(None, [self.street, f"{self.postal_code} {self.city}".strip()]))


class Agreement(models.Model):
    """What is agreed for one product: a price, or a discount from a level (empty: the buyer's own)."""

    net = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    gross = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, default="PLN")
    discount_percent = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    level = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True


class IndividualPrice(Agreement):
    """What is agreed with this buyer."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="individual_prices")
    product_index = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "product_index"], name="one_individual_price")]
