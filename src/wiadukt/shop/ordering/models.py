"""What people are to hear of their orders by e-mail, and the forms of payment and delivery that they may choose."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.bilingual import told
from wiadukt.shop.organisations.models import Member


class News(models.TextChoices):
    """What happened to an order. `value` of a notice says more, as `notices` writes it."""

    ACCEPTED = "accepted", _("accepted")
    STATE = "state", _("state")
    PARCEL = "parcel", _("parcel number")
    REALISED = "realised", _("issued in part")
    DUE = "due", _("date")
    CHANGED = "changed", _("changed by the seller")
    GONE = "gone", _("deleted in WAPRO")


class OrderNotice(models.Model):
    """One thing that one person is to hear, once: the same news never makes a second row."""

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="notices")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="order_notices")
    news = models.CharField(max_length=10, choices=News.choices)
    value = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["order", "member", "news", "value"], name="notice_once")]
        indexes = [models.Index(fields=["member"], condition=models.Q(sent_at=None), name="notice_unsent")]


class FormKind(models.TextChoices):
    """What a form of trade says."""

    PAYMENT = "payment", _("payment form")
    DELIVERY = "delivery", _("delivery form")


class ErpForm(models.Model):
    """A form of WAPRO's dictionaries, as the connector told it last. `code` is what an order says of it: of a payment
    form its name, of a delivery form its id."""

    kind = models.CharField(max_length=8, choices=FormKind.choices)
    code = models.CharField(max_length=50)
    name = models.CharField(max_length=100)
    days = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="erp_form_once")]

    def __str__(self) -> str:
        return self.name


class TradeForm(models.Model):
    """A form of payment or of delivery that buyers may choose. `erp_code`: the form of WAPRO for which it stands.

    None is ever deleted, for old orders name it: it is offered no more.
    """

    kind = models.CharField(max_length=8, choices=FormKind.choices)
    name = models.CharField(_("name"), max_length=50)
    name_en = models.CharField(_("name in English"), max_length=50, blank=True)
    erp_code = models.CharField(_("in WAPRO"), max_length=50, blank=True)
    is_offered = models.BooleanField(_("offered to buyers"), default=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        ordering = ["kind", "position", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="trade_form_once")]

    def __str__(self) -> str:
        return told(self.name, self.name_en)


class Unmapped(models.TextChoices):
    """What becomes of a form that stands for none of WAPRO's."""

    STOP = "stop", _("it is not offered")
    DEFAULT = "default", _("it goes as the default one")


class FormRule(models.Model):
    """The administrator's choice for forms of one kind. Without a row: STOP."""

    kind = models.CharField(primary_key=True, max_length=8, choices=FormKind.choices)
    unmapped = models.CharField(
        _("a form without one of WAPRO's"), max_length=8, choices=Unmapped.choices, default=Unmapped.STOP
    )
    default_code = models.CharField(_("default in WAPRO"), max_length=50, blank=True)


PRIVATE = "private"
"""The folder within the media root that the address of photos never opens."""


def file_path(file: OrderFile, name: str) -> str:
    return f"{PRIVATE}/{name}"


class OrderFile(models.Model):
    """A file that the buyer adds to what he orders: it lies with his basket and goes with its order."""

    basket = models.ForeignKey("basket.Basket", on_delete=models.CASCADE, null=True, related_name="files")
    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, null=True, related_name="files")
    name = models.CharField(max_length=120)
    media = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    file = models.FileField(upload_to=file_path, max_length=255)
    author = models.CharField(max_length=254)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
