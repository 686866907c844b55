"""One invitation a person, however many jobs are about it."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError
from factories.shop import a_branch, a_company, a_member
from factories.threads import at_once

from wiadukt.shop.organisations import invitations
from wiadukt.shop.organisations.models import Member
from wiadukt.shop.sync import jobs

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def a_job(number: int) -> Any:
    return SimpleNamespace(job=SimpleNamespace(id=number))


def test_two_jobs_at_one_instant_send_one_e_mail(monkeypatch):
    member = a_member("jan@b.example", a_branch(a_company("Nowak"), "Poznań"))
    Member.objects.filter(pk=member.pk).update(invited_at=None)
    send = invitations.send_invitation

    def slowly(member: Member, about: str) -> None:
        time.sleep(0.3)
        send(member, about)

    monkeypatch.setattr(jobs, "send_invitation", slowly)

    at_once(*[lambda: jobs.run_invite(a_job(7), member.pk)] * 2)

    assert [sent.to for sent in mail.outbox] == [["jan@b.example"]]
    assert Member.objects.get(pk=member.pk).invited_at is not None


def test_an_e_mail_that_goes_again_because_its_commit_was_lost_is_the_same_e_mail(monkeypatch):
    member = a_member("jan@b.example", a_branch(a_company("Nowak"), "Poznań"))
    Member.objects.filter(pk=member.pk).update(invited_at=None)

    def lost(*_args: Any, **_fields: Any) -> None:
        raise OperationalError("the line to the base was cut")

    with monkeypatch.context() as broken:
        broken.setattr(Member, "save", lost)
        with pytest.raises(OperationalError):
            jobs.run_invite(a_job(7), member.pk)
    jobs.run_invite(a_job(7), member.pk)
    Member.objects.filter(pk=member.pk).update(invited_at=None)  # invited anew, by another job
    jobs.run_invite(a_job(8), member.pk)

    first, again, anew = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first == again != anew
