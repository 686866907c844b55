"""Choosing one of very many places: a few that are likely, and the rest by search while typing."""

from __future__ import annotations

from typing import Any

from wiadukt.shop.addresses.access import in_his_order, matching, orderable
from wiadukt.shop.addresses.models import BranchDefault
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member

SHOWN = 8


def choices(member: Member, branch: Branch | None, asked: str = "", chosen: int | None = None) -> dict[str, Any]:
    """What the picker shows: at most eight places that match, the chosen one first whatever was asked.

    Without a choice it is the branch's default, or the only place there is.
    """
    usable = orderable(member, branch)
    found = in_his_order(matching(usable, asked), member, branch)
    total, count = usable.count(), found.count()
    picked = usable.filter(pk=chosen).first() if chosen else _by_itself(usable, branch, total)
    rows = list(found.exclude(pk=picked.pk if picked else None)[: SHOWN - (1 if picked else 0)])
    return {
        "picked": picked,
        "shown": [*([picked] if picked else []), *rows],
        "left": max(0, count - len(rows) - (1 if picked and found.filter(pk=picked.pk).exists() else 0)),
        "count": count,
        "total": total,
        "looked_for": asked,
    }


def _by_itself(usable: Any, branch: Branch | None, total: int) -> DeliveryPlace | None:
    default = BranchDefault.objects.filter(branch=branch).first()
    place: DeliveryPlace | None = usable.filter(pk=default.place_id).first() if default else None
    return place or (usable.first() if total == 1 else None)
