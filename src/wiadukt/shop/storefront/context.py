"""What every page of the shop knows about who looks at it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.organisations.access import invoices_of, member_of


def storefront(request: HttpRequest) -> dict[str, Any]:
    """`member` and `debt` are looked up only when a template asks."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {
        "member": SimpleLazyObject(lambda: member_of(request.user)),
        "debt": SimpleLazyObject(lambda: summary_of(invoices_of(request.user))),
    }
