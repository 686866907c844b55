"""A buyer's question to the seller, and what both sides said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.organisations.models import Branch, Member, Organisation


class QuestionState(models.TextChoices):
    """Whose turn it is."""

    OPEN = "open", _("waits for an answer")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("settled")


class Question(models.Model):
    """Asked in the name of one branch, whose people see it; about an order, an invoice, or neither."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="questions")
    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="questions")
    author = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="questions")
    subject = models.CharField(_("subject"), max_length=120)
    order = models.ForeignKey("order.Order", on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")
    invoice = models.ForeignKey(
        "invoices.Invoice", on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    state = models.CharField(_("state"), max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [models.Index(fields=["state", "-changed_at"], name="question_by_state")]

    def __str__(self) -> str:
        return self.subject


class Post(models.Model):
    """One thing said."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="posts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    by_seller = models.BooleanField()
    text = models.TextField(_("text"), max_length=4000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
