"""Reminders by e-mail before and after the due date, by the days that staff set.

Nobody is reminded twice of one invoice for one of these days: the row that says so is written, and committed, before
the e-mail goes. A mail server that refuses takes the row back, and the next hour tries again; a process that dies
between the two leaves a reminder that was never sent, and staff sees it as such. What was there on the flag day, or
before reminders were switched on, is passed over; what is paid is not open, so it drops out by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from wiadukt.shop import mailing
from wiadukt.shop.invoices.models import Invoice, InvoiceQuerySet, InvoiceShare, Reminder, ReminderPlan, ReminderState
from wiadukt.shop.invoices.transfer import MOST_CHOSEN, transfers_for
from wiadukt.shop.organisations.locks import lock_organisation
from wiadukt.shop.organisations.models import Member, Organisation, Role

REMIND_TASK = "wiadukt.remind"
COMING_DAYS = 7
CATCH_UP_DAYS = 2
"""A reminder whose day passed while nobody worked is sent so many days later, and then not at all."""


@dataclass(frozen=True)
class Due:
    """An invoice and the day of the schedule that has come."""

    invoice: Invoice
    offset: int


def remind(today: date | None = None) -> int:
    """Sends what is due, one e-mail a person; returns how many. Raises OSError when a mail server refused some."""
    today = today or timezone.localdate()
    sent, fault = 0, None
    organisations = Organisation.objects.filter(is_open=True, invoices__in=[one.invoice for one in _due(today)])
    for pk in organisations.order_by("pk").values_list("pk", flat=True).distinct():
        try:
            sent += _remind_one(pk, today)
        except OSError as error:  # the others are reminded all the same
            fault = error
    if fault is not None:
        raise fault
    return sent


def recipients_of(organisation: Organisation) -> list[Member]:
    return list(_recipients().filter(organisation=organisation).select_related("user"))


def _recipients() -> QuerySet[Member]:
    """Who runs a company's account and may log in; nobody who was taken over and not invited yet."""
    managers = Member.objects.filter(role=Role.MANAGER, in_erp=True, is_active=True)
    return managers.filter(user__is_active=True, invitation_held=False)


@dataclass(frozen=True)
class Coming:
    """What will be said on a day unless it is paid before; `is_heard`: somebody of the buyer's can be told."""

    day: date
    invoice: Invoice
    offset: int
    is_heard: bool


def coming(today: date | None = None, most: int = 50) -> list[Coming]:
    """What the schedule says in the next days, by day; today's may have gone already and is left out then."""
    today = today or timezone.localdate()
    plan = ReminderPlan.current()
    if not plan.is_on:
        return []
    heard = set(_recipients().values_list("organisation_id", flat=True))
    found: list[Coming] = []
    for offset in plan.offsets:
        ends = (today - timedelta(days=offset), today + timedelta(days=COMING_DAYS - 1 - offset))
        invoices = _untold(offset).filter(due_on__range=ends, organisation__is_open=True)
        found += [
            Coming(one.due_on + timedelta(days=offset), one, offset, one.organisation_id in heard)
            for one in invoices.select_related("organisation")[:most]
        ]
    return sorted(found, key=lambda one: (one.day, one.invoice.due_on, one.invoice.pk))[:most]


def _untold(offset: int) -> InvoiceQuerySet:
    """Open invoices, none of the flag day, of which nothing was said for this day of the schedule."""
    told = Reminder.objects.filter(invoice=OuterRef("pk"), offset=offset)
    return Invoice.objects.open().filter(~Exists(told), is_history=False).order_by("due_on", "id")


def _due(today: date, organisation: Organisation | None = None) -> list[Due]:
    plan = ReminderPlan.current()
    if not plan.is_on or plan.since is None:
        return []
    found: list[Due] = []
    for offset in plan.offsets:
        # The day of the schedule is due_on + offset: it has come, not long ago, and not before reminders were on.
        first = max(today - timedelta(days=CATCH_UP_DAYS), plan.since)
        invoices = _untold(offset).filter(
            due_on__gte=first - timedelta(days=offset), due_on__lte=today - timedelta(days=offset)
        )
        if organisation is not None:
            invoices = invoices.filter(organisation=organisation)
        found += [Due(invoice, offset) for invoice in invoices]
    return found


def _remind_one(pk: int, today: date) -> int:
    """Under the company's lock the rows are written; then the e-mails go."""
    with transaction.atomic():
        organisation = lock_organisation(pk)
        due, people = _due(today, organisation), recipients_of(organisation)
        if not due or not people:
            return 0
        rows = Reminder.objects.bulk_create(
            Reminder(invoice=one.invoice, offset=one.offset, to=", ".join(person.email for person in people))
            for one in due
        )
    keys = [row.pk for row in rows]
    try:
        _send(organisation, _invoices(due), people, about=f"reminder {keys[0]}")
    except OSError:
        Reminder.objects.filter(pk__in=keys).delete()
        raise
    Reminder.objects.filter(pk__in=keys).update(state=ReminderState.SENT, at=timezone.now())
    return len(people)


def _invoices(due: Iterable[Due]) -> list[Invoice]:
    """Each once, the longest due first."""
    return sorted({one.invoice.pk: one.invoice for one in due}.values(), key=lambda one: (one.due_on, one.pk))


def _send(organisation: Organisation, invoices: list[Invoice], people: list[Member], about: str) -> None:
    parts = InvoiceShare.objects.filter(invoice__in=invoices).select_related("invoice__organisation")
    chosen = urlencode([("invoice", invoice.pk) for invoice in invoices[:MOST_CHOSEN]])
    context: dict[str, Any] = {
        "organisation": organisation,
        "invoices": invoices,
        "late": any(invoice.days_overdue for invoice in invoices),
        "transfers": transfers_for(parts.order_by("invoice__due_on", "invoice_id")),
        "url": settings.ENVIRONMENT.shop_public_url + reverse("invoices:list") + "?show=open",
        "pay_url": f"{settings.ENVIRONMENT.shop_public_url}{reverse('invoices:pay')}?{chosen}",
    }
    mailing.send("reminder", [person.email for person in people], context, about=about)
