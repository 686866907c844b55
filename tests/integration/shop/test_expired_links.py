"""An invitation's link that has expired gives its holder a new one, and tells a stranger nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from factories import shop as make

from wiadukt.shop.organisations.models import Member

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def member() -> Member:
    member = make.a_member("jan@b.example", make.a_company("Stolarnia").default_branch)
    Member.objects.filter(pk=member.pk).update(invited_at=timezone.now() - timedelta(days=9))
    member.refresh_from_db()
    return member


@pytest.fixture
def browser(logged_in):
    return logged_in(None)


def link(user, days_ago: int = 9) -> str:
    seconds = default_token_generator._num_seconds(default_token_generator._now() - timedelta(days=days_ago))
    token = default_token_generator._make_token_with_timestamp(user, seconds, default_token_generator.secret)
    return f"{urlsafe_base64_encode(force_bytes(user.pk))}/{token}/"


def invited() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'wiadukt.invite'")
        return cursor.fetchone()[0]


def test_an_expired_link_offers_a_new_one_and_its_holder_gets_it_once(browser, member):
    expired = link(member.user)
    page = browser.get(f"/password-reset/confirm/{expired}").content.decode()
    assert f"/password-reset/again/{expired}" in page

    for _ in range(2):
        answer = browser.post(f"/password-reset/again/{expired}")
        assert answer.status_code == 200
        Member.objects.update(invited_at=timezone.now())  # the worker has sent it

    assert invited() == 1


def without_token(answer) -> str:
    """Django's sign against forged forms is another one on each page."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())


def test_a_strangers_guess_gets_the_same_answer_and_no_mail(browser, member):
    right = without_token(browser.post(f"/password-reset/again/{link(member.user)}"))
    Member.objects.update(invited_at=timezone.now() - timedelta(days=9))
    before = invited()

    forged = link(member.user)[:-3] + "xx/"
    for guess in (forged, "MQ/x-y/", "MQ/x/", "!!/c4-abc/", f"{urlsafe_base64_encode(b'9' * 30)}/c4-abc/"):
        assert without_token(browser.post(f"/password-reset/again/{guess}")) == right, guess

    assert invited() == before


def test_a_link_that_was_used_invites_nobody_again(browser, member):
    used = link(member.user)
    member.user.set_password("Sosna-i-buk-7")
    member.user.save()

    browser.post(f"/password-reset/again/{used}")

    assert invited() == 0


def test_whoever_is_switched_off_gets_no_link(browser, member):
    used = link(member.user)
    member.user.is_active = False
    member.user.save()

    browser.post(f"/password-reset/again/{used}")

    assert invited() == 0
