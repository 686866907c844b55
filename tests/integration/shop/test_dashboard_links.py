"""Every link, form and part of a page that the dashboard shows to one of the seller's people opens for him."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from factories import shop as make

from tests.integration.shop.cast import SELLERS
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.roads import pausing
from wiadukt.shop.roads.models import Road
from wiadukt.shop.sync.models import Drift, ErpStatus, FailedBatch, InboxObject, Reconciliation, RunState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
START = "/dashboard/"
OF_ONE_SHAPE = 2
"""Addresses of one route with one set of questions are alike: so many of them are opened."""
OPENS, TAKES_A_FORM = (200,), (200, 405)
LEAVES = ("/logout/", "/i18n/setlang/")


class Door(NamedTuple):
    """Where a page leads; `is_post`: by a form that changes something, so it is asked for without being sent."""

    address: str
    is_post: bool


class Doors(HTMLParser):
    """All the doors of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Door] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in said:
            self.found.append(Door(said["href"], False))
        if tag == "form":
            self.found.append(Door(said.get("action", ""), said.get("method", "get").lower() == "post"))
        if "formaction" in said:
            self.found.append(Door(said["formaction"], True))
        for name in ("hx-get", "hx-post"):
            if name in said:
                self.found.append(Door(said[name], name == "hx-post"))


@pytest.fixture
def _trouble_of_every_kind(cast) -> None:
    """What makes the overview and the lists lead somewhere."""
    order = Order.objects.get(number="WD-1")
    Order.objects.filter(pk=order.pk).update(status_code="H", erp_id="901")
    ErpStatus.objects.create(letter="H", label="Wstrzymane")
    FailedBatch.objects.create(kind="product", size=2, cause="ValueError")
    pausing.pause(Road.TO_PRODUCTION, "inwentaryzacja", "root@x.example")
    run = Reconciliation.objects.create(
        kinds=["order"], kind="order", state=RunState.FINISHED, drifted=2, finished_at=timezone.now()
    )
    buyer = Organisation.objects.get(name="Meble Nowak")
    for kind, object_id in (("order", "901"), ("customer", buyer.erp_id), ("product", "ZAW-1")):
        Drift.objects.create(run=run, kind=kind, object_id=object_id, problem="different", field="name")
        InboxObject.objects.update_or_create(
            kind=kind, object_id=object_id, defaults={"state": "rejected", "last_error": "ValueError: x", "attempts": 5}
        )
    make.a_product("ZAW-3", published_at=None)


@pytest.mark.usefixtures("_trouble_of_every_kind")
@pytest.mark.parametrize("who", SELLERS)
def test_every_door_that_is_shown_opens(cast, who):
    browser = cast.browser(who)

    shut = {door: (status, shown_at) for door, status, shown_at in walk(browser)}

    assert shut == {}


def walk(browser: Client) -> Iterator[tuple[Door, int, str]]:
    """Each door that does not open, with what it answered and a page that shows it."""
    to_open, opened, of_shape = deque([(Door(START, False), "")]), set(), Counter[Any]()
    while to_open:
        door, shown_at = to_open.popleft()
        if door in opened or (of_shape[_shape(door)] >= OF_ONE_SHAPE):
            continue
        opened.add(door)
        of_shape[_shape(door)] += 1
        answer = browser.get(door.address, follow=True)
        content = b"".join(answer)  # to its end, also of a file
        if answer.status_code not in (TAKES_A_FORM if door.is_post else OPENS) or _is_turned_away(answer):
            yield door, answer.status_code, shown_at
        elif answer.status_code == 200 and door.address.startswith(START):
            html = content.decode() if answer.headers.get("content-type", "").startswith("text/html") else ""
            to_open.extend((one, door.address) for one in _doors(html, _where(answer, door)))


def _where(answer: Any, door: Door) -> str:
    return answer.redirect_chain[-1][0] if answer.redirect_chain else door.address


def _is_turned_away(answer: Any) -> bool:
    return any("/login/" in address for address, _status in answer.redirect_chain)


def _doors(text: str, page: str) -> Iterator[Door]:
    """Those that stay in the shop."""
    parser = Doors()
    parser.feed(text)
    for address, is_post in parser.found:
        absolute = urldefrag(urljoin(f"http://testserver{page}", address)).url
        parts = urlsplit(absolute)
        if parts.scheme == "http" and parts.netloc == "testserver" and parts.path not in LEAVES:
            yield Door(absolute.removeprefix("http://testserver"), is_post)


def _shape(door: Door) -> tuple[str, frozenset[str], bool]:
    parts = urlsplit(door.address)
    return resolve(parts.path).route, frozenset(parse_qs(parts.query)), door.is_post
