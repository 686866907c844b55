"""The seller's people: their branches, what each may do, and which buyers each looks after."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.organisations.models import Branch, Organisation


class SellerBranch(models.Model):
    """A branch of the seller: people who look after buyers together."""

    name = models.CharField(_("name"), max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SellerRole(models.TextChoices):
    """Which buyers a person of the seller's works for. Administrators are Django's superusers; goods are a group."""

    SALESPERSON = "salesperson", _("looks after assigned buyers")
    SUPERVISOR = "supervisor", _("sees and assigns all buyers")
    TECHNICIAN = "technician", _("watches all traffic, without personal data")
    NONE = "none", _("no buyers")


WITHOUT_BUYERS = (SellerRole.TECHNICIAN, SellerRole.NONE)
"""Roles that look after nobody."""


class Seller(models.Model):
    """A person of the seller's. `erp_employee_id` is the employee in WAPRO: his buyers there are his buyers here."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seller")
    branch = models.ForeignKey(
        SellerBranch, on_delete=models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("branch")
    )
    role = models.CharField(_("role"), max_length=12, choices=SellerRole.choices, default=SellerRole.SALESPERSON)
    erp_employee_id = models.CharField(_("employee in WAPRO"), max_length=20, blank=True)

    class Meta:
        ordering = ["user__last_name", "user__first_name", "user__email"]
        constraints = [
            models.UniqueConstraint(
                fields=["erp_employee_id"], condition=~Q(erp_employee_id=""), name="employee_is_one_seller"
            )
        ]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.email


class Assignment(models.Model):
    """A person or a branch of the seller's looks after a buyer, or after one branch of his.

    WAPRO's salesman needs no row: he follows from the organisation. `leads`: this person is there instead of him.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="assignments")
    buyer_branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    person = models.ForeignKey(Seller, on_delete=models.CASCADE, null=True, blank=True, related_name="assignments")
    team = models.ForeignKey(SellerBranch, on_delete=models.CASCADE, null=True, blank=True, related_name="assignments")
    leads = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-leads", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, team__isnull=False) | Q(team=None, person__isnull=False),
                name="a_person_or_a_team",
            ),
            models.CheckConstraint(
                condition=Q(leads=False) | Q(person__isnull=False, buyer_branch=None), name="a_person_leads_a_whole"
            ),
            models.UniqueConstraint(
                fields=["organisation", "buyer_branch", "person", "team"],
                nulls_distinct=False,
                name="assigned_once",
            ),
            models.UniqueConstraint(fields=["organisation"], condition=Q(leads=True), name="one_leads"),
        ]

    def __str__(self) -> str:
        """Who, and for which branch of the buyer."""
        who = str(self.person or self.team)
        return f"{who} ({self.buyer_branch})" if self.buyer_branch else who
