"""The shop's tests run on PostgreSQL with Django's own client; nothing of the shop is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from factories.outbox import Receiver
from factories.serving import served

from tests.integration.shop.cast import Cast, gather
from wiadukt.shop.accounts.models import User
from wiadukt.shop.sync import deliver
from wiadukt.shop.sync.client import Connector, Production, client_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def logged_in() -> Callable[[User | None], Client]:
    """A browser of this person; None is a stranger."""

    def open_browser(user: User | None) -> Client:
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user, backend=BACKEND)
        return client

    return open_browser


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()

    async def app(scope, receive, send) -> None:
        await receiver(scope, receive, send)

    with served(app) as where:
        receiver.url = where
        yield receiver


@pytest.fixture
def to(receiver) -> Iterator[deliver.Receivers]:
    with client_of(receiver.url, "token") as http:
        yield deliver.Receivers(Connector(http), Production(http))


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Cast]:
    """Made once for the whole table; every test's own changes are rolled back."""
    with django_db_blocker.unblock():
        yield gather()
        connection.close()
        call_command("flush", interactive=False, verbosity=0)
        with connection.cursor() as cursor:  # jobs are no tables of Django's, so a flush leaves them
            cursor.execute("DELETE FROM procrastinate_jobs")
