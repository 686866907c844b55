"""What a manager does with the branches of his organisation: make, rename, tie to delivery places, retire, approval.

Every deed is in the organisation's history with its author, under the organisation's lock.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.signature import signature
from wiadukt.shop.history import record
from wiadukt.shop.organisations.membership import KIND, CannotManage, managed_organisation
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Organisation


@transaction.atomic
def add_branch(name: str, by: User) -> Branch:
    """A branch without people or places. Raises CannotManage for a name that is there, in any case of letters."""
    organisation = managed_organisation(by)
    _free_name(organisation, name)
    branch = Branch.objects.create(organisation=organisation, name=name)
    record.save([record.change(KIND, organisation, "branch", "", name, **signature(by))])
    return branch


@transaction.atomic
def change_branch(branch_id: int, *, name: str, approval: bool | None, by: User) -> Branch:
    """Another name, or whether orders over the limit wait here; `approval` None is as the organisation has it."""
    organisation = managed_organisation(by)
    branch = organisation.branches.get(pk=branch_id)
    _free_name(organisation, name, besides=branch)
    changes = record.assign(KIND, branch, {"name": name, "approval": approval})
    if changes:
        branch.save(update_fields=["name", "approval"])
        record.save([_of(branch, change.field, change.old, change.new, by) for change in changes])
    return branch


@transaction.atomic
def tie_places(branch_id: int, places: Iterable[DeliveryPlace], by: User) -> Branch:
    """These places serve the branch, besides those that serve all because they are tied to none."""
    organisation = managed_organisation(by)
    branch = organisation.branches.get(pk=branch_id)
    before = set(branch.delivery_places.filter(is_active=True))
    wanted = set(organisation.delivery_places.filter(is_active=True, pk__in=[place.pk for place in places]))
    branch.delivery_places.add(*(wanted - before))
    branch.delivery_places.remove(*(before - wanted))
    changes = [_of(branch, "delivery_place", "", place.name, by) for place in sorted(wanted - before, key=str)]
    changes += [_of(branch, "delivery_place", place.name, "", by) for place in sorted(before - wanted, key=str)]
    record.save(changes)
    return branch


@transaction.atomic
def retire_branch(branch_id: int, heir_id: int, by: User) -> Branch:
    """Takes no more orders. Its people and places serve the heir from now on; its people go on seeing its documents.

    Raises CannotManage for the default branch, for one with orders that wait for approval, and for an heir that takes
    no orders.
    """
    organisation = managed_organisation(by)
    branch = organisation.branches.get(pk=branch_id)
    if not branch.is_active:
        return branch
    heir = organisation.branches.filter(pk=heir_id, is_active=True).exclude(pk=branch.pk).first()
    if branch.is_default:
        raise CannotManage(_("The default branch stays: orders taken by phone belong to it."))
    if heir is None:
        raise CannotManage(_("Choose the branch that takes over people and delivery places."), "heir")
    if branch.orders.filter(approval="waiting").exists():
        raise CannotManage(_("Orders of this branch wait for approval: decide about them first."))
    for member in branch.members.all():
        member.branches.add(heir)
    for place in branch.delivery_places.all():
        place.branches.add(heir)
        place.branches.remove(branch)
    branch.is_active = False
    branch.save(update_fields=["is_active"])
    record.save([_of(branch, "retired", "", heir.name, by)])
    return branch


@transaction.atomic
def restore_branch(branch_id: int, by: User) -> Branch:
    """Takes orders again; its people never left it, its places stay where they are."""
    organisation = managed_organisation(by)
    branch = organisation.branches.get(pk=branch_id)
    if not branch.is_active:
        branch.is_active = True
        branch.save(update_fields=["is_active"])
        record.save([_of(branch, "is_active", False, True, by)])
    return branch


@transaction.atomic
def set_approval(by: User, *, approval: bool) -> Organisation:
    """Whether orders over a member's limit wait, in every branch that does not say otherwise."""
    organisation = managed_organisation(by)
    changes = record.assign(KIND, organisation, {"approval": approval}, **signature(by))
    if changes:
        organisation.save(update_fields=["approval"])
        record.save(changes)
    return organisation


def _free_name(organisation: Organisation, name: str, besides: Branch | None = None) -> None:
    others = organisation.branches.filter(name__iexact=name)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise CannotManage(_("A branch of this name is there already: choose another name."), "name")


def _of(branch: Branch, field: str, old: Any, new: Any, by: User) -> Any:
    name = branch.name[: 58 - len(field)]
    return record.change(KIND, branch.organisation, f"{name}: {field}", old, new, **signature(by))
