"""Making the seller's people: administrators, who may do everything, and those who look after the goods."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from wiadukt.shop.accounts.models import User

GOODS = "goods"
# Oscar's pages of goods ask for these. Products are WAPRO's: they are described here, and deleted by administrators.
WITHOUT_DELETING = ("view", "add", "change")
RIGHTS = {
    "product": WITHOUT_DELETING,
    "category": (*WITHOUT_DELETING, "delete"),
    "productclass": (*WITHOUT_DELETING, "delete"),
    "attributeoptiongroup": (*WITHOUT_DELETING, "delete"),
    "option": (*WITHOUT_DELETING, "delete"),
    "stockalert": ("view",),
}


@transaction.atomic
def make_staff(email: str, password: str, *, administrator: bool) -> User:
    """Makes or changes the login of a person of the seller's; repeatable, also to take an administrator's rights."""
    user, _new = User.objects.get_or_create(email=email.lower())
    user.is_staff = user.is_active = True
    user.is_superuser = administrator
    user.set_password(password)
    user.save()
    user.groups.set([] if administrator else [goods_group()])
    return user


def goods_group() -> Group:
    """The rights of people who look after goods, brought up to date."""
    wanted = Q(pk=None)
    for model, deeds in RIGHTS.items():
        app = "partner" if model == "stockalert" else "catalogue"
        wanted |= Q(content_type__app_label=app, codename__in=[f"{deed}_{model}" for deed in deeds])
    group, _new = Group.objects.get_or_create(name=GOODS)
    group.permissions.set(Permission.objects.filter(wanted))
    return group
