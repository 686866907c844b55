"""Several baskets of one person: saved under a name, one for each of his branches, an earlier order once more."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.template.defaultfilters import date as date_text
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from wiadukt.shop.accounts.models import User
from wiadukt.shop.organisations.models import Branch

MOST_SAVED = 50


class CannotSave(Exception):
    """The text says why and what to do."""


def saved_of(user: User) -> Any:
    """Named ones, the youngest first."""
    return _mine(user).filter(status=_baskets().SAVED).exclude(name="").select_related("branch").order_by("-id")


@transaction.atomic
def save(basket: Any, user: User, name: str) -> None:
    """Puts the open basket aside under this name; one saved under it before goes. Raises CannotSave."""
    _lock(user)
    current = _mine(user).filter(pk=basket.pk, status=_baskets().OPEN).first()
    if current is None or current.is_empty:
        raise CannotSave(_("The basket is empty: there is nothing to save."))
    saved_of(user).filter(name=name).delete()
    if saved_of(user).count() >= MOST_SAVED:
        raise CannotSave(_("At most %(most)d baskets can be saved: delete one.") % {"most": MOST_SAVED})
    current.name, current.status = name, _baskets().SAVED
    current.save()


@transaction.atomic
def open_saved(user: User, basket_id: int) -> Any:
    """Makes it the basket that one fills; what is in the one before is saved. None when there is no such basket."""
    _lock(user)
    wanted = _mine(user).filter(pk=basket_id, status=_baskets().SAVED).first()
    if wanted is not None:
        _put_aside(user, dated=True)
        wanted.status = _baskets().OPEN
        wanted.save()
    return wanted


@transaction.atomic
def use_for(user: User, branch: Branch) -> None:
    """The basket of this branch: each has its own."""
    _lock(user)
    current = _mine(user).filter(status=_baskets().OPEN).first()
    if current is not None and current.branch_id in (None, branch.pk):
        current.branch = branch
        current.save()
        return
    _put_aside(user, dated=False)
    parked = _mine(user).filter(status=_baskets().SAVED, name="", branch=branch).first()
    if parked is None:
        _baskets().objects.create(owner=user, branch=branch)
    else:
        parked.status = _baskets().OPEN
        parked.save()


@transaction.atomic
def open_for_change(user: User, order: Any) -> Any:
    """The basket in which this order is changed: the one where he has begun that, or an empty one."""
    _lock(user)
    begun = _mine(user).filter(changes=order, status__in=(_baskets().OPEN, _baskets().SAVED)).first()
    if begun is not None and begun.status == _baskets().OPEN:
        return begun
    _put_aside(user, dated=True)
    if begun is None:
        name = _("Change of %(number)s") % {"number": order.display_number}
        return _baskets().objects.create(owner=user, branch=order.branch, changes=order, name=name)
    begun.status = _baskets().OPEN
    begun.save()
    return begun


def leave_change(user: User, basket_id: int) -> None:
    """The order stays as it is."""
    _mine(user).filter(pk=basket_id, status=_baskets().OPEN).exclude(changes=None).delete()


def delete_saved(user: User, basket_id: int) -> None:
    saved_of(user).filter(pk=basket_id).delete()


def _put_aside(user: User, *, dated: bool) -> None:
    for current in _mine(user).filter(status=_baskets().OPEN):
        if current.is_empty:
            current.delete()
            continue
        if dated and not current.name:
            moment = date_text(timezone.localtime(), "d.m.Y H:i:s")
            current.name = _("Basket of %(moment)s") % {"moment": moment}
        current.status = _baskets().SAVED
        current.save()


def _baskets() -> Any:
    return get_model("basket", "Basket")


def _mine(user: User) -> Any:
    return _baskets().objects.filter(owner=user)


def _lock(user: User) -> None:
    """One deed with a person's baskets at a time; placing an order holds the same rows."""
    list(_mine(user).order_by("pk").select_for_update().values_list("pk", flat=True))
