"""E-mails about orders that wait: to those who decide, and to the buyer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from oscar.core.loading import get_model
from procrastinate.contrib.django import app

from wiadukt.shop import mailing
from wiadukt.shop.organisations.approval import Approval, asked_for

TELL_TASK = "wiadukt.tell_approval"
EDITED, CHANGE_ASKED = "edited", "change_asked"


def tell_later(order: Any, event: str) -> None:
    """Defers the e-mails in the transaction of the event: a word of Approval, or EDITED."""
    app.configure_task(TELL_TASK).defer(order_id=order.pk, event=event)


def tell(order_id: int, event: str, about: str) -> None:
    """Sends them now; `about` as in `mailing.send`. Raises OSError while the mail server does not answer."""
    order = get_model("order", "Order").objects.select_related("organisation", "branch", "user").get(pk=order_id)
    if event in (Approval.WAITING, EDITED) and order.approval != Approval.WAITING:
        return  # decided meanwhile, and told so
    if event == Approval.WAITING:
        for person in asked_for(order):
            _send(order, "asked", person.email, about)
    if order.user is not None and order.user.is_active:
        _send(order, event, order.user.email, about)


def _send(order: Any, event: str, email: str, about: str) -> None:
    name, where = ("approvals:order", order.pk) if event == "asked" else ("orders:detail", order.pk)
    context = {
        "event": event,
        "order": order,
        "lines": order.lines.order_by("line_no", "id"),
        "buyer": order.user.get_full_name() or order.user.email if order.user else "",
        "asked": ", ".join(map(str, asked_for(order))),
        "url": settings.ENVIRONMENT.shop_public_url + reverse(name, args=[where]),
    }
    mailing.send("approval", [email], context, about=about)
