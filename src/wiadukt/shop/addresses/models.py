"""What the shop keeps about addresses beside the rows themselves: choices of people, WAPRO's rules, conflicts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member, Organisation


class WaproRules(models.Model):
    """What the connector said last about texts and switches; one row. `writes` is empty until it spoke: see `rules`."""

    limits = models.JSONField(default=dict)
    writes = models.JSONField(null=True)
    seen_at = models.DateTimeField(auto_now=True)


class Favourite(models.Model):
    """A place that a member wants to see first."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="favourites")
    place = models.ForeignKey(DeliveryPlace, on_delete=models.CASCADE, related_name="favourites")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "place"], name="favourite_once")]


class BranchDefault(models.Model):
    """Where goods of a branch go unless somebody says otherwise."""

    branch = models.OneToOneField(Branch, on_delete=models.CASCADE, related_name="place_default")
    place = models.ForeignKey(DeliveryPlace, on_delete=models.CASCADE, related_name="default_of")


class Winner(models.TextChoices):
    """Whose value stands."""

    SHOP = "shop", _("the shop's")
    WAPRO = "wapro", _("WAPRO's")


class Conflict(models.Model):
    """Both sides changed one field group at once. The last accepted change stands, the other one is kept here.

    `part` is one of the contract's, or `place`. Values are the contract's, as JSON. `settled_at`: a person has looked.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="address_conflicts")
    place = models.ForeignKey(DeliveryPlace, on_delete=models.CASCADE, null=True, related_name="conflicts")
    part = models.CharField(max_length=30)
    winner = models.CharField(max_length=5, choices=Winner.choices)
    shop_value = models.JSONField()
    shop_author = models.CharField(max_length=254, blank=True)
    shop_at = models.DateTimeField(null=True)
    wapro_value = models.JSONField()
    wapro_author = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=254, blank=True)
    swapped = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["settled_at", "-id"], name="conflict_open")]
