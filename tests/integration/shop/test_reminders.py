"""Buyers are reminded on the days that staff set: once, not of history, not of what is paid."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories import shop as make
from wiadukt.shop.invoices import reminders
from wiadukt.shop.invoices.models import Invoice, Reminder, ReminderPlan
from wiadukt.shop.organisations.models import Member, Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def company(today):
    """A company with a manager and a buyer; its one invoice was due yesterday. Reminders have been on for a month."""
    company = make.a_company("Meble Nowak")
    make.a_member("jan@nowak.example", company.default_branch, role=Role.MANAGER)
    make.a_member("ewa@nowak.example", company.default_branch)
    make.an_invoice(company, "FS-1", due_on=today - timedelta(days=1))
    ReminderPlan.objects.create(is_on=True, days="-3, 1, 7", since=today - timedelta(days=30))
    return company


def test_the_manager_is_told_once_of_each_invoice_and_day(company, today):
    make.an_invoice(company, "FS-2", due_on=today + timedelta(days=3))

    assert [reminders.remind(today), reminders.remind(today)] == [1, 0]

    message = mail.outbox[0]
    assert len(mail.outbox) == 1
    assert message.to == ["jan@nowak.example"]
    assert "FS-1: 100,00 PLN" in message.body
    assert "FS-2" in message.body
    assert set(Reminder.objects.values_list("offset", "state")) == {(1, "sent"), (-3, "sent")}


def test_the_next_day_of_the_schedule_says_it_again(company, today):
    reminders.remind(today)

    assert reminders.remind(today + timedelta(days=5)) == 0
    assert reminders.remind(today + timedelta(days=6)) == 1


@pytest.mark.parametrize("change", [{"remaining": 0}, {"is_history": True}, {"remaining": -5}])
def test_nobody_is_reminded_of_what_is_paid_or_was_there_on_the_flag_day(company, today, change):
    Invoice.objects.update(**change)

    assert reminders.remind(today) == 0
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    "change", [{"is_on": False}, {"since": None}, {"days": "2"}], ids=["off", "never set", "another day"]
)
def test_nothing_is_said_that_the_schedule_does_not_say(company, today, change):
    ReminderPlan.objects.update(**change)

    assert reminders.remind(today) == 0


def test_a_schedule_says_nothing_of_the_days_before_it(company, today):
    ReminderPlan.objects.update(since=today + timedelta(days=1))

    assert reminders.remind(today + timedelta(days=1)) == 0


def test_a_day_that_passed_while_nobody_worked_is_made_up_for_and_not_for_ever(company, today):
    assert reminders.remind(today + timedelta(days=3)) == 0
    assert reminders.remind(today + timedelta(days=2)) == 1


def test_whoever_is_not_invited_yet_or_switched_off_gets_nothing(company, today):
    Member.objects.filter(role=Role.MANAGER).update(invitation_held=True)

    assert reminders.remind(today) == 0
    assert not Reminder.objects.exists()


def test_a_mail_server_that_refuses_is_asked_again(company, today, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("no")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with pytest.raises(OSError, match="no"):
        reminders.remind(today)
    assert not Reminder.objects.exists()

    monkeypatch.undo()
    assert reminders.remind(today) == 1


def test_a_process_that_died_before_the_mail_went_says_it_no_more(company, today):
    Reminder.objects.create(invoice=Invoice.objects.get(), offset=1)

    assert reminders.remind(today) == 0
    assert Reminder.objects.get().state == "sending"


def test_a_supervisor_sets_the_days_and_a_wrong_one_is_refused(company, today, logged_in):
    browser = logged_in(make.a_supervisor("szef@x.example"))

    refused = browser.post("/dashboard/receivables/reminders/", {"is_on": "on", "days": "jutro"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["days"])
    assert ReminderPlan.objects.get().days == "-3, 1, 7"

    browser.post("/dashboard/receivables/reminders/", {"is_on": "on", "days": "14; 2,2"})
    plan = ReminderPlan.objects.get()
    assert (plan.days, plan.since) == ("2, 14", today)
