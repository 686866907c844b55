"""Logins of the seller's people, and which employee of WAPRO each of them is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.rights import goods_group
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.sellers.models import Seller, SellerRole

KIND = "seller"
INVITE_TASK = "wiadukt.invite_seller"


@dataclass(frozen=True)
class Employee:
    """An employee of WAPRO who is the salesman of some buyer."""

    id: str
    name: str


def staff() -> QuerySet[User]:
    """All logins of the seller's, also those that are off."""
    people = User.objects.filter(is_staff=True).select_related("seller__branch")
    return people.order_by("-is_active", "last_name", "first_name", "email")


def profile_of(user: User) -> Seller:
    """His profile; for one who has none yet an unsaved one that gives no buyers."""
    return getattr(user, "seller", None) or Seller(user=user, role=SellerRole.NONE)


def employees() -> list[Employee]:
    """Salesmen that WAPRO names on the cards of the buyers, by name."""
    rows = Organisation.objects.exclude(salesman_erp_id="").order_by("salesman_name", "salesman_erp_id")
    return [Employee(*row) for row in rows.values_list("salesman_erp_id", "salesman_name").distinct()]


def proposed_employee(user: User) -> Employee | None:
    """Who in WAPRO this person seems to be: the only free employee of the same name, whatever case of letters.

    Only a proposal: the link opens buyers, so an administrator sets it.
    """
    taken = set(Seller.objects.exclude(erp_employee_id="").values_list("erp_employee_id", flat=True))
    name = user.get_full_name().casefold()
    alike = [one for one in employees() if name and one.name.casefold() == name and one.id not in taken]
    return alike[0] if len(alike) == 1 else None


@transaction.atomic
def save_person(user: User, profile: Seller, author: str, *, goods: bool) -> None:
    """Saves login, profile and the right to goods; what changed of the person's rights is recorded."""
    known = User.objects.filter(pk=user.pk).first()
    before = _rights(known) if known else {}
    user.is_staff = True
    user.save()
    profile.user = user
    profile.save()
    if not user.is_superuser:
        (user.groups.add if goods else user.groups.remove)(goods_group())
    after = _rights(User.objects.get(pk=user.pk))
    about = {"origin": Origin.STAFF, "author": author}
    record.save(
        record.change(KIND, user, field, before.get(field, ""), value, **about)
        for field, value in after.items()
        if before.get(field, "") != value
    )


@transaction.atomic
def switch(user: User, author: str, *, on: bool) -> None:
    """Off ends his sessions at once; his assignments stay until somebody hands them over."""
    if user.is_active != on:
        about = {"origin": Origin.STAFF, "author": author}
        record.save([record.change(KIND, user, "is_active", user.is_active, on, **about)])
        user.is_active = on
        if not on:
            user.end_sessions()
        user.save(update_fields=["is_active", "sessions_ended"])


def note(user: User, field: str, author: str) -> None:
    """Records a deed that changes no field of the person's."""
    record.save([record.change(KIND, user, field, "", str(user.email), origin=Origin.STAFF, author=author)])


def invite_later(user: User) -> None:
    """An e-mail with a link that sets the password, in the transaction that made the login."""
    app.configure_task(INVITE_TASK).defer(user_id=user.pk)


def _rights(user: User) -> dict[str, str]:
    profile = profile_of(user)
    return {
        "role": profile.role,
        "seller_branch": str(profile.branch or ""),
        "erp_employee_id": profile.erp_employee_id,
        "goods": str(user.groups.filter(pk=goods_group().pk).exists()),
        "name": user.get_full_name(),
    }
