"""What staff leaves on goods while it verifies them: who works on one, rules of categories, attachments."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Work(models.Model):
    """Somebody works on a product: others leave its content alone, or take it over."""

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="work")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    @property
    def who(self) -> str:
        return str(self.user.get_full_name() or self.user.email)


class CategoryRule(models.Model):
    """Goods of one category in WAPRO get this category of the shop, also those that come later."""

    erp_category = models.CharField(_("category in WAPRO"), max_length=255, unique=True)
    category = models.ForeignKey("catalogue.Category", on_delete=models.CASCADE, related_name="+")
    author = models.CharField(max_length=254)
    set_at = models.DateTimeField(auto_now=True)


def attachment_path(attachment: Attachment, name: str) -> str:
    """Named by its content: an address that nobody guesses, and one file for the same sheet of many goods."""
    digest = hashlib.sha256(attachment.file.read()).hexdigest()
    attachment.file.seek(0)
    return f"{ATTACHMENTS}/{digest}{Path(name).suffix.lower()}"


ATTACHMENTS = "attachments"
"""The folder within the media root; its only door asks whether the product may be seen."""


class Attachment(models.Model):
    """A data sheet, a drawing, a certificate: buyers download it from the product's page."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=255)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title", "id"]

    @property
    def file_name(self) -> str:
        return f"{self.title}{Path(self.file.name).suffix}"

    @property
    def size(self) -> int | None:
        """In bytes; None when the file is lost, which must not take the product's page along."""
        try:
            return int(self.file.size)
        except OSError:
            return None


class SheetUpload(models.Model):
    """A filled spreadsheet between its preview and its import. Kept in the base: the media folder has a public door."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    def as_bytes(self) -> bytes:
        kept: Any = self.content
        return bytes(kept)
