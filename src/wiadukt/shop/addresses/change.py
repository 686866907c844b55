"""The one door by which a person changes an address or a delivery place: the row, its history and the message to WAPRO
in one transaction. The last change that WAPRO accepts wins; until it answers, the shop shows its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from wiadukt.contract.address_change import AddressChange, CardPart, CardValue, DeliveryPlaceChange
from wiadukt.contract.base import ContractModel, CustomerId, DeliveryPlaceId
from wiadukt.contract.customer import PlaceCard
from wiadukt.shop.addresses.models import BranchDefault
from wiadukt.shop.addresses.values import card_fields, card_value, place_fields, place_value
from wiadukt.shop.addresses.waiting import ADDRESS_CHANGED, KINDS, PLACE_CHANGED, card_key, place_key
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.organisations.locks import lock_customers
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Organisation
from wiadukt.shop.outbox import mend
from wiadukt.shop.outbox.models import DONE, Destination, MessageState, OutboundMessage
from wiadukt.shop.outbox.write import write

KIND = "organisation"
REFETCH_TASK = "wiadukt.refetch_customer"


@dataclass(frozen=True)
class By:
    """Who changes it: an e-mail address, and on which side of the counter."""

    email: str
    origin: Origin = Origin.BUYER

    @property
    def about(self) -> dict[str, str]:
        return {"origin": self.origin, "author": self.email}


@transaction.atomic
def change_card(organisation: Organisation, part: CardPart, value: CardValue, by: By) -> OutboundMessage | None:
    """One part of the company's card as it shall be; None when it says that already and nothing waits."""
    lock_customers([organisation.erp_id])
    key = card_key(organisation, part)
    unsaid = _unsaid(key)
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    old = card_value(held, part)
    if old == value and unsaid is None:
        return None
    changes = record.assign(KIND, held, card_fields(part, value), **by.about)
    held.save()
    change = AddressChange(
        customer_id=CustomerId(held.erp_id),
        part=part,
        revision=_revision(key),
        value=value,
        base=_base(unsaid, old, CardValue),
        changed_at=timezone.now(),
        changed_by=by.email,
    )
    message = _say(ADDRESS_CHANGED, key, change, unsaid, by)
    _keep(changes, message)
    return message


@transaction.atomic
def add_place(organisation: Organisation, value: PlaceCard, branches: Sequence[Branch], by: By) -> DeliveryPlace:
    """A new place, which may be ordered to at once: the orders wait for its message."""
    lock_customers([organisation.erp_id])
    place = DeliveryPlace.objects.create(organisation=organisation, **place_fields(value))
    place.branches.set(branches)
    message = _say(PLACE_CHANGED, place_key(place), _place_change(place, value, None, by), None, by)
    _keep([record.change(KIND, organisation, "delivery_place", "", place.name, **by.about)], message)
    return place


@transaction.atomic
def change_place(place: DeliveryPlace, value: PlaceCard, branches: Sequence[Branch] | None, by: By) -> None:
    """The place as it shall be. `branches` is the shop's own business: WAPRO is told nothing of it; None leaves it."""
    lock_customers([place.organisation.erp_id])
    key = place_key(place)
    unsaid = _unsaid(key)
    held = DeliveryPlace.objects.select_for_update().select_related(None).get(pk=place.pk)
    if branches is not None:
        _tie(held, branches, by)
    old = place_value(held)
    if old == value and unsaid is None:
        return
    found = record.assign(KIND, held, place_fields(value), **by.about)
    held.save()
    base = _base(unsaid, old, PlaceCard) if held.erp_id else None
    message = _say(PLACE_CHANGED, key, _place_change(held, value, base, by), unsaid, by)
    named = [
        record.change(KIND, held.organisation, f"place.{one.field}", one.old, one.new, **by.about) for one in found
    ]
    _keep(named, message)


@transaction.atomic
def retire_place(place: DeliveryPlace, by: By) -> None:
    """Nobody orders to it any more. WAPRO keeps the row: its old documents name it."""
    held = DeliveryPlace.objects.select_for_update().get(pk=place.pk)
    if held.retired_at is None:
        held.retired_at = timezone.now()
        held.save(update_fields=["retired_at"])
        BranchDefault.objects.filter(place=held).delete()
        record.save([record.change(KIND, held.organisation, "retired_place", "", held.name, **by.about)])


@transaction.atomic
def restore_place(place: DeliveryPlace, by: By) -> None:
    held = DeliveryPlace.objects.select_for_update().get(pk=place.pk)
    if held.retired_at is not None:
        held.retired_at = None
        held.save(update_fields=["retired_at"])
        record.save([record.change(KIND, held.organisation, "retired_place", held.name, "", **by.about)])


@transaction.atomic
def withdraw(organisation: Organisation, key: str, by: By) -> bool:
    """Gives up what WAPRO has not taken; the row follows WAPRO again. False when nothing waits any more.

    A place that WAPRO never knew is retired with it, since nobody could deliver there.
    """
    lock_customers([organisation.erp_id])
    unsaid = _unsaid(key)
    if unsaid is None:
        return False
    mend.discard(unsaid.pk, by.email, _("Withdrawn by the person who may change it."))
    place = DeliveryPlace.objects.filter(key=key).first() if unsaid.kind == PLACE_CHANGED else None
    if place is not None and place.erp_id is None:
        retire_place(place, by)
    else:
        refetch(organisation)
    return True


def refetch(organisation: Organisation) -> None:
    """Soon the company is read from WAPRO again; the job is in the caller's transaction."""
    app.configure_task(REFETCH_TASK).defer(erp_id=organisation.erp_id)


def _tie(place: DeliveryPlace, branches: Sequence[Branch], by: By) -> None:
    before = ", ".join(sorted(branch.name for branch in place.branches.all()))
    after = ", ".join(sorted(branch.name for branch in branches))
    if before != after:
        place.branches.set(branches)
        if branches:
            BranchDefault.objects.filter(place=place).exclude(branch__in=branches).delete()
        record.save([record.change(KIND, place.organisation, "place.branches", before, after, **by.about)])


def _place_change(place: DeliveryPlace, value: PlaceCard, base: PlaceCard | None, by: By) -> DeliveryPlaceChange:
    key = place_key(place)
    return DeliveryPlaceChange(
        key=key,
        customer_id=CustomerId(place.organisation.erp_id),
        id=DeliveryPlaceId(place.erp_id) if place.erp_id else None,
        revision=_revision(key),
        value=value,
        base=base,
        changed_at=timezone.now(),
        changed_by=by.email,
    )


def _unsaid(key: str) -> OutboundMessage | None:
    """What waits or was refused under this key, locked: taken before the row itself, as whoever delivers it does."""
    told = OutboundMessage.objects.filter(kind__in=KINDS, key=key).exclude(state__in=DONE)
    return told.order_by("id").select_for_update().first()


def _base(unsaid: OutboundMessage | None, old: Any, model: type[ContractModel]) -> Any:
    """What the shop believed of WAPRO before its first change that waits. A refused one was undone already."""
    if unsaid is not None and unsaid.state == MessageState.WAITING and unsaid.payload.get("base"):
        return model.model_validate(unsaid.payload["base"])
    return old


def _say(kind: str, key: str, change: ContractModel, unsaid: OutboundMessage | None, by: By) -> OutboundMessage:
    """A change of what has not been taken keeps its turn: orders may wait behind it."""
    if unsaid is None:
        return write(Destination.WAPRO, kind, key, change)
    seen = mend.fingerprint(unsaid.payload)
    return mend.edit(unsaid.pk, by.email, change.model_dump(mode="json"), reason=_("Changed again."), seen=seen)


def _revision(key: str) -> int:
    """Microseconds, and above the last one whatever a clock did."""
    now = int(timezone.now().timestamp() * 1_000_000)
    told = OutboundMessage.objects.filter(kind__in=KINDS, key=key).order_by("-id").first()
    return max(now, int(told.payload.get("revision", 0)) + 1) if told else now


def _keep(changes: list[Any], message: OutboundMessage) -> None:
    for change in changes:
        change.message_id = f"outbox-{message.pk}"
    record.save(changes)
