"""E-mails about orders that wait: to those who decide, and to the buyer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from oscar.core.loading import get_model
from procrastinate.contrib.django import app

from wiadukt.shop.organisations.approval import Approval, asked_for

TELL_TASK = "wiadukt.tell_approval"
EDITED = "edited"


def tell_later(order: Any, event: str) -> None:
    """Defers the e-mails in the transaction of the event: a word of Approval, or EDITED."""
    app.configure_task(TELL_TASK).defer(order_id=order.pk, event=event)


def tell(order_id: int, event: str) -> None:
    """Sends them now. Raises OSError while the mail server does not answer; a repeat may say it twice."""
    order = get_model("order", "Order").objects.select_related("organisation", "branch", "user").get(pk=order_id)
    if event in (Approval.WAITING, EDITED) and order.approval != Approval.WAITING:
        return  # decided meanwhile, and told so
    if event == Approval.WAITING:
        for person in asked_for(order):
            _send(order, "asked", person.email)
    if order.user is not None and order.user.is_active:
        _send(order, event, order.user.email)


def _send(order: Any, event: str, email: str) -> None:
    name, where = ("approvals:order", order.pk) if event == "asked" else ("orders:detail", order.pk)
    context = {
        "event": event,
        "order": order,
        "lines": order.lines.order_by("line_no", "id"),
        "buyer": order.user.get_full_name() or order.user.email if order.user else "",
        "asked": ", ".join(map(str, asked_for(order))),
        "url": settings.ENVIRONMENT.shop_public_url + reverse(name, args=[where]),
        "shop": settings.ENVIRONMENT.shop_name,
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = render_to_string("mail/approval_subject.txt", context).strip()
        message = EmailMultiAlternatives(subject, render_to_string("mail/approval.txt", context), to=[email])
        message.attach_alternative(render_to_string("mail/approval.html", context), "text/html")
    message.send()
