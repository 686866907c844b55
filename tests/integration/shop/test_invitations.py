"""One invitation a person, however many jobs are about it."""

from __future__ import annotations

import threading
import time

import pytest
from django.core import mail
from django.db import close_old_connections
from factories.shop import a_branch, a_company, a_member

from wiadukt.shop.organisations import invitations
from wiadukt.shop.organisations.models import Member
from wiadukt.shop.sync import jobs

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_jobs_at_one_instant_send_one_e_mail(monkeypatch):
    member = a_member("jan@b.example", a_branch(a_company("Nowak"), "Poznań"))
    Member.objects.filter(pk=member.pk).update(invited_at=None)
    send = invitations.send_invitation

    def slowly(member: Member) -> None:
        time.sleep(0.3)
        send(member)

    monkeypatch.setattr(jobs, "send_invitation", slowly)
    started = threading.Barrier(2)

    def work() -> None:
        started.wait()
        jobs.run_invite(member.pk)
        close_old_connections()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [sent.to for sent in mail.outbox] == [["jan@b.example"]]
    assert Member.objects.get(pk=member.pk).invited_at is not None
