"""What every page of the shop knows about who looks at it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.organisations.access import approvals_of, invoices_of, member_of


def storefront(request: HttpRequest) -> dict[str, Any]:
    """`member`, `debt` and `awaiting` are looked up only when a template asks; the last is how many orders wait for the
    reader's decision."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {
        "member": SimpleLazyObject(lambda: member_of(request.user)),
        "awaiting": SimpleLazyObject(lambda: approvals_of(request.user).count()),
        "debt": SimpleLazyObject(lambda: summary_of(invoices_of(request.user))),
    }
