"""Buyers are reminded on the days that staff set: once, not of history, not of what is paid."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from factories import shop as make
from procrastinate.contrib.django.models import ProcrastinateJob

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


def test_the_schedule_shows_what_it_will_say_and_to_whom_nobody_can(company, today, logged_in):
    """Due yesterday by -3, 1, 7: the first day after it is today, the seventh in six days."""
    mute = make.a_company("Bez kierownika")
    make.an_invoice(mute, "FS-M", due_on=today + timedelta(days=3))
    make.an_invoice(company, "FS-OLD", due_on=today - timedelta(days=30))

    told = [(one.invoice.number, one.day, one.offset, one.is_heard) for one in reminders.coming(today)]
    page = logged_in(make.a_supervisor("szef@x.example")).get("/dashboard/receivables/reminders/").content.decode()

    assert told == [
        ("FS-1", today, 1, True),
        ("FS-M", today, -3, False),
        ("FS-M", today + timedelta(days=4), 1, False),
        ("FS-1", today + timedelta(days=6), 7, True),
    ]
    assert page.count("nie ma komu") == 2
    reminders.remind(today)
    assert ("FS-1", 1) not in {(one.invoice.number, one.offset) for one in reminders.coming(today)}


def test_what_is_switched_off_comes_to_nothing(company, today):
    ReminderPlan.objects.update(is_on=False)

    assert reminders.coming(today) == []


def test_the_letter_says_how_much_since_when_where_to_and_leads_to_the_code(company, today):
    Invoice.objects.update(account="61 1090 1014 0000 0712 1981 2874", due_on=today - timedelta(days=1))
    make.an_invoice(company, "FS-EUR", currency="EUR", due_on=today - timedelta(days=1))

    reminders.remind(today)

    message = mail.outbox[0]
    first = Invoice.objects.get(number="FS-1")
    html = message.alternatives[0][0]
    for text in ("1 dzień po terminie", "61 1090 1014 0000 0712 1981 2874", "100,00 EUR"):
        assert text in message.body, text
        assert text in html, text
    assert f"/invoices/pay/?invoice={first.pk}" in message.body
    assert "{%" not in html + message.body


def test_whoever_was_told_by_hand_is_not_told_again_by_the_clock(company, today, logged_in):
    """`Send now` queues the clock's own job, of which one waits at most."""
    browser = logged_in(make.a_supervisor("szef@x.example"))

    for _press in range(2):
        assert browser.post("/dashboard/receivables/reminders/send/").status_code == 302

    waiting = ProcrastinateJob.objects.filter(task_name=reminders.REMIND_TASK, status="todo")
    assert waiting.count() == 1
