"""The shop's tests run on PostgreSQL with Django's own client; nothing of the shop is replaced."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from wiadukt.shop.accounts.models import User

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
