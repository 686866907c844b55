"""What every page of the shop knows about who looks at it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wiadukt.shop.about import keeping
from wiadukt.shop.about.models import Version
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.invoices.pdf import seller_line
from wiadukt.shop.organisations.access import approvals_of, invoices_of, member_at, parts_of, receivables_of
from wiadukt.shop.roads import pausing
from wiadukt.shop.sellers import access as sellers

NAMED = 3


def storefront(request: HttpRequest) -> dict[str, Any]:
    """Each is looked up only when a template asks. `shop_card` and `about_pages` stand at the foot, `debt` is what is
    overdue, `awaiting` how many orders wait for the reader's decision."""
    shop = {
        "shop_card": SimpleLazyObject(keeping.card),
        "seller_line": seller_line,
        "about_pages": SimpleLazyObject(lambda: [one.page for one in Version.objects.in_force()]),
    }
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return shop | {"pause_min": settings.ENVIRONMENT.shop_login_pause_min}
    return shop | {
        "member": SimpleLazyObject(lambda: member_at(request)),
        "awaiting": SimpleLazyObject(lambda: approvals_of(request.user).count()),
        "is_supervisor": SimpleLazyObject(lambda: sellers.sees_all(request.user)),
        "watches_all": SimpleLazyObject(lambda: sellers.watches_all(request.user)),
        "open_questions": SimpleLazyObject(lambda: sellers.questions_of(request.user).filter(state="open").count()),
        "paused_roads": SimpleLazyObject(lambda: list(pausing.standing().values())),
        "overdue_numbers": SimpleLazyObject(lambda: _overdue_numbers(request)),
        "debt": SimpleLazyObject(lambda: summary_of(parts_of(request.user), others=receivables_of(member_at(request)))),
    }


def _overdue_numbers(request: HttpRequest) -> str:
    """The documents that are late the longest, and whether there are more."""
    named = NAMED + 1
    late = invoices_of(request.user).overdue().order_by("due_on", "id").values_list("due_on", "number")
    others = receivables_of(member_at(request)).filter(due_on__lt=timezone.localdate())
    both = [*late[:named], *others.order_by("due_on", "id").values_list("due_on", "document")[:named]]
    numbers = [number for _due_on, number in sorted(both, key=lambda one: one[0]) if number][:named]
    return ", ".join(numbers[:NAMED]) + (", …" if len(numbers) > NAMED else "")
