"""An order's three tracks (payment, production, transport) and its one timeline, as its buyer sees them.

Times are those of the history: when the shop heard it from WAPRO. What WAPRO knows by the day (invoices, payments,
delivery) has a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.contract.states import OrderState, ProductionState
from wiadukt.shop.history.models import Change
from wiadukt.shop.history.words import shown_value
from wiadukt.shop.invoices.shares import OrderPayment
from wiadukt.shop.ordering.cancellation import Cancellation
from wiadukt.shop.ordering.differences import HEAD, Difference
from wiadukt.shop.ordering.notices import OF_LINE, changed_words

PAYMENT, PRODUCTION, TRANSPORT, ORDER, CHANGED = "payment", "production", "transport", "order", "changed"
SENT = (OrderState.SHIPPED, OrderState.DELIVERED)
# That it was cancelled is told by the order's own state.
CANCELLATION = {
    Cancellation.ASKED: gettext_lazy("Cancellation asked for"),
    Cancellation.REFUSED: gettext_lazy("Too late to cancel by itself: the salesman was asked"),
}

CHANGES = {
    "change": gettext_lazy("Change %(new)s asked for by %(by)s"),
    "change_refused": gettext_lazy("Change %(old)s could not be made by itself: %(new)s"),
    "replaced_by": gettext_lazy("Changed: %(new)s is in its place"),
    "replaces": gettext_lazy("Changes order %(new)s, by %(by)s"),
}


@dataclass(frozen=True)
class Track:
    """One of the three. `state` colours it; `at` is when it came to be so, None where nobody said."""

    name: str
    state: str
    words: str
    at: datetime | None = None
    percent: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class Event:
    """One thing that happened. `day` instead of a time where only the day is known; `line` names the line it is of."""

    track: str
    text: str
    at: datetime
    is_day: bool = False
    line: str = ""
    url: str = ""


def line_names(lines: Iterable[Any]) -> dict[int, str]:
    """By which a line goes in history: its index, and its number where the order has the index more than once."""
    listed = list(lines)
    indexes = [line.upc for line in listed]
    return {
        line.pk: line.upc if indexes.count(line.upc) == 1 else f"{line.upc[:36]} ({line.line_no})" for line in listed
    }


def tracks_of(order: Any, lines: Sequence[Any], payment: OrderPayment, events: Sequence[Event]) -> list[Track]:
    """Payment, production and transport, in this order."""
    last = {track: max((e.at for e in events if e.track == track), default=None) for track in (PAYMENT, PRODUCTION)}
    return [
        Track(_("Payment"), payment.state, str(payment.words), last[PAYMENT], detail=_days_late(payment)),
        _production(order, lines, last[PRODUCTION]),
        _transport(order, lines, events),
    ]


def _days_late(payment: OrderPayment) -> str:
    return _("%(n)d days late") % {"n": payment.days_overdue} if payment.days_overdue else ""


def _production(order: Any, lines: Sequence[Any], at: datetime | None) -> Track:
    name = _("Production")
    made = any(line.product is not None and line.product.get_product_class().made_to_order for line in lines)
    if not order.production_state:
        return Track(name, "waiting" if made else "none", _("waiting") if made else _("goods from stock"))
    if order.production_state == ProductionState.READY:
        return Track(name, "ready", _("ready"), at, 100)
    if order.production_state == ProductionState.WAITING:
        return Track(name, "waiting", _("waiting"), at, 0)
    words = _("in production, %(n)d%%") % {"n": order.production_percent}
    return Track(name, "in_production", words, at, order.production_percent)


def _transport(order: Any, lines: Sequence[Any], events: Sequence[Event]) -> Track:
    name = _("Transport")
    at = max((event.at for event in events if event.track == TRANSPORT), default=None)
    parcel = f"{order.carrier} {order.tracking_number}".strip()
    if order.received or order.erp_state == OrderState.DELIVERED:
        return Track(name, "delivered", _("delivered"), at, 100, parcel)
    if order.erp_state == OrderState.SHIPPED or order.tracking_number:
        return Track(name, "shipped", _("shipped"), at, detail=parcel)
    ordered = sum((line.quantity for line in lines), Decimal(0))
    issued = sum((min(line.realised, line.quantity) for line in lines), Decimal(0))
    if issued and issued >= ordered:
        return Track(name, "shipped", _("issued in full"), at, 100)
    if issued:
        return Track(name, "partly", _("issued in part"), at, int(issued / ordered * 100))
    if order.erp_state == OrderState.PACKED:
        return Track(name, "packed", _("packed"), at)
    return Track(name, "none", _("not yet"))


def events_of(order: Any, lines: Sequence[Any], parts: Sequence[Any]) -> list[Event]:
    """Everything that happened to the order, newest first; what is a line's own names it."""
    changes = Change.objects.filter(kind="order", object_id=order.pk).order_by("at", "id")
    named = {name: line for line in lines for name in [line_names(lines)[line.pk]]}
    found = [Event(ORDER, _("Placed"), order.date_placed)] if order.date_placed else []
    states: set[str] = set()
    for change in changes:
        event = _event_of(order, change, named, states)
        if event is not None:
            found.append(event)
    found += _money(parts)
    return sorted(found, key=lambda event: event.at)[::-1]


def _event_of(order: Any, change: Change, named: dict[str, Any], states: set[str]) -> Event | None:
    name, is_line, field = change.field.partition(": ")
    if is_line:
        return _line_event(change, name, field, named.get(name))
    if change.field == "erp_number" and change.new:
        return Event(ORDER, _("Accepted, number %(number)s") % {"number": change.new}, change.at)
    if change.field in ("erp_state", "production_state"):
        return _state_event(change, states)
    if change.field == "tracking_number" and change.new:
        text = _("Parcel %(number)s") % {"number": change.new} + (f", {order.carrier}" if order.carrier else "")
        link = order.tracking_url if change.new == order.tracking_number else ""
        return Event(TRANSPORT, text, change.at, url=link)
    if change.field == "received" and change.new == "True" and OrderState.DELIVERED not in states:
        states.add(OrderState.DELIVERED)
        if order.received_on:
            return Event(TRANSPORT, _("Delivered"), _moment(order.received_on), is_day=True)
        return Event(TRANSPORT, _("Delivered"), change.at)
    if change.field == "due_on" and change.new:
        text = _("Planned for %(day)s") if not change.old else _("New date: %(day)s")
        return Event(ORDER if not change.old else CHANGED, text % {"day": shown_value(change.new)}, change.at)
    if change.field == "is_gone":
        return Event(ORDER, _("Deleted by the seller") if change.new == "True" else _("Put back"), change.at)
    if change.field in CHANGES:
        return Event(
            CHANGED, CHANGES[change.field] % {"old": change.old, "new": change.new, "by": change.author}, change.at
        )
    if change.field in HEAD and change.author:
        return Event(CHANGED, Difference(change.field, change.old, change.new).words, change.at)
    if change.field == "cancellation" and change.new in CANCELLATION:
        return Event(ORDER, str(CANCELLATION[Cancellation(change.new)]), change.at)
    return None


def _state_event(change: Change, states: set[str]) -> Event | None:
    """WAPRO's letter and production's own word often say the same: it is told once, until another comes."""
    if change.new in states:
        return None
    words = {
        OrderState.CONFIRMED: (ORDER, _("Confirmed")),
        OrderState.IN_PRODUCTION: (PRODUCTION, _("Production began")),
        OrderState.READY: (PRODUCTION, _("Ready")),
        OrderState.PACKED: (TRANSPORT, _("Packed")),
        OrderState.SHIPPED: (TRANSPORT, _("Shipped")),
        OrderState.DELIVERED: (TRANSPORT, _("Delivered")),
        OrderState.FINISHED: (ORDER, _("Finished")),
        OrderState.CANCELLED: (ORDER, _("Cancelled")),
    }
    if change.new not in words:
        return None
    states.add(change.new)
    track, text = words[OrderState(change.new)]
    return Event(track, text, change.at)


def _line_event(change: Change, name: str, field: str, line: Any) -> Event | None:
    title = line.title if line is not None else name
    if field in ("added", "removed", "quantity", "note"):
        return Event(CHANGED, Difference(field, change.old, change.new, title, name).words, change.at, line=name)
    if field in OF_LINE:
        return Event(CHANGED, changed_words(title, field, change.old, change.new), change.at, line=name)
    about = {"product": title, "n": shown_value(change.new)}
    if line is not None:
        about |= {"of": shown_value(f"{line.quantity.normalize():f}"), "unit": line.unit}
    if field == "realised" and line is not None:
        return Event(TRANSPORT, _("Issued %(n)s of %(of)s %(unit)s: %(product)s") % about, change.at, line=name)
    if field == "made" and line is not None:
        about["of"] = shown_value(f"{line.to_make.normalize():f}")
        return Event(PRODUCTION, _("Made %(n)s of %(of)s: %(product)s") % about, change.at, line=name)
    return None


def _money(parts: Iterable[Any]) -> list[Event]:
    """Invoices and payments by their days, without amounts: a payment may be for other branches as well."""
    found = []
    today = timezone.localdate()
    for part in parts:
        number = {"number": part.invoice.number}
        found.append(_on(part.invoice.issued_on, _("Invoice %(number)s issued") % number))
        days = {payment.paid_on for payment in part.invoice.payments.all()}
        found += [_on(day, _("Payment for invoice %(number)s") % number) for day in sorted(days)]
        if part.remaining > 0 and part.invoice.remaining > 0 and part.invoice.due_on < today:
            found.append(_on(part.invoice.due_on, _("Invoice %(number)s was due") % number))
    return found


def _on(day: date, text: str) -> Event:
    return Event(PAYMENT, text, _moment(day), is_day=True)


def _moment(day: date) -> datetime:
    """Within its day after all that has a time that morning; only for the order of events."""
    return datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
