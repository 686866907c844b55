"""The seller's card and the pages about the shop, each in versions that are never written over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.bilingual import reads_polish, told


class Card(models.Model):
    """How to reach the seller, and his sign. There is one row; name, NIP and address are the shop's settings.

    The logo is kept in the base: the media folder has no door for strangers, and each web process has it at once.
    """

    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("office hours"), max_length=120, blank=True)
    logo = models.BinaryField(null=True, blank=True)
    logo_mark = models.CharField(max_length=16, blank=True, help_text="Of its content, so that browsers may keep it.")


class Page(models.Model):
    """A page about the shop, e.g. its terms of sale. Readers get its version in force; without one it is not shown."""

    title = models.CharField(_("title"), max_length=80)
    title_en = models.CharField(_("title in English"), max_length=80, blank=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("place in the footer"), default=10)
    is_agreed = models.BooleanField(_("buyers agree to it with each order"), default=False)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return told(self.title, self.title_en)


class Versions(models.QuerySet["Version"]):
    def in_force(self, on: date | None = None) -> Versions:
        """One a page, in the order of the pages: the one that holds on this day, today by default."""
        begun = self.filter(valid_from__lte=on or timezone.localdate())
        latest = begun.order_by("page_id", "-valid_from", "-id").distinct("page_id").values("pk")
        return self.filter(pk__in=latest).select_related("page").order_by("page__position", "page_id")


class Version(models.Model):
    """What a page says from a day on. Whoever changes a page writes a new one: buyers have agreed to the old."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="versions")
    text = models.TextField(_("text"), max_length=200_000)
    text_en = models.TextField(_("text in English"), max_length=200_000, blank=True)
    valid_from = models.DateField(_("valid from"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    orders: models.ManyToManyField[Any, Any] = models.ManyToManyField("order.Order", related_name="agreed")

    objects = Versions.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return f"{self.page} ({self.valid_from:%d.%m.%Y})"

    @property
    def has_begun(self) -> bool:
        return bool(self.valid_from <= timezone.localdate())

    @property
    def in_my_language(self) -> str:
        return told(self.text, self.text_en)

    @property
    def is_foreign(self) -> bool:
        """The reader reads English, and it is in Polish only."""
        return not self.text_en and not reads_polish()
