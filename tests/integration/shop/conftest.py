"""The shop's tests run on PostgreSQL with Django's own client; nothing of the shop is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from factories import shop as make
from factories.emptying import empty
from factories.goods import a_goods_person
from factories.outbox import Receiver
from factories.serving import served

from tests.integration.shop.cast import Cast, gather
from wiadukt.shop.accounts.models import User
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member, Organisation
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
def company() -> Organisation:
    """Nowak, whom WAPRO knows."""
    return make.a_company("Nowak", erp_id="17")


@pytest.fixture
def branch(company) -> Branch:
    return make.a_branch(company, "Poznań")


@pytest.fixture
def member(branch) -> Member:
    """Ewa, who buys for the branch."""
    return make.a_member("ewa@nowak.example", branch)


@pytest.fixture
def browser(member, logged_in) -> Client:
    """The member's."""
    return logged_in(member.user)


@pytest.fixture
def place(branch) -> DeliveryPlace:
    return make.a_place(branch.organisation, "Hala", branch)


@pytest.fixture
def administrator(logged_in) -> Client:
    """The browser of one who may do everything."""
    return logged_in(make.a_user("admin@sklep.example", is_staff=True, is_superuser=True))


@pytest.fixture
def supervisor(logged_in) -> Client:
    """The browser of one who sees all buyers."""
    return logged_in(make.a_supervisor("my@sklep.example"))


@pytest.fixture
def ola(logged_in) -> Client:
    """The browser of one who looks after goods."""
    return logged_in(a_goods_person("ola@sklep.example"))


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
        empty()
