"""At phone width no page is wider than the screen, and in a list that turned into cards no text lies over another."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Demo
from tests.e2e.steps import PHONE, person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
BUYER = ["/catalogue/", "/basket/", "/orders/", "/invoices/", "/company/", "/company/people/", "/company/branches/"]
BUYER += ["/invoices/pay/", "/questions/", "/questions/ask/", "/account/", "/account/password/"]
MANAGER = ["/approvals/", "/company/people/", "/company/branches/", "/company/", "/company/people/invite/"]
MANAGER += ["/invoices/", "/invoices/statement/", "/places/", "/places/new/", "/places/company/"]
STAFF = [
    "/dashboard/",
    "/dashboard/all-orders/",
    "/dashboard/buyers/",
    "/dashboard/buyers/1/",
    "/dashboard/buyers/1/prices/",
    "/dashboard/buyers/troubles/",
    "/dashboard/addresses/",
    "/dashboard/intake/",
    "/dashboard/sync/",
    "/dashboard/sync/messages/",
    "/dashboard/sync/messages/again/",
    "/dashboard/sync/incoming/",
    "/dashboard/comparison/",
    "/dashboard/all-invoices/",
    "/dashboard/receivables/",
    "/dashboard/receivables/?by=branch",
    "/dashboard/receivables/reminders/",
    "/dashboard/buyers/1/account/",
    "/dashboard/buyers/1/statement/",
    "/dashboard/questions/",
    "/dashboard/questions/1/",
    "/dashboard/sellers/",
    "/dashboard/locks/",
    "/dashboard/about/",
    "/dashboard/about/new/",
    "/pages/regulamin/",
    "/account/",
    "/second-factor/setup/",
]


# A cell that is narrower than what stands in it: its text lies over its neighbour or is cut.
SPILLS = "[...document.querySelectorAll('.stack td')].filter(td => td.scrollWidth > td.clientWidth + 1).length"


def first_of_lists(page: Page, demo: Demo, paths: list[str]) -> list[str]:
    """What the first row of each list that turns into cards leads to."""
    found = []
    for path in paths:
        page.goto(demo.shop + path)
        links = page.locator(".stack a.main")
        if links.count():
            found.append(str(links.first.get_attribute("href")))
    return found


@pytest.mark.parametrize(
    ("email", "paths"),
    [
        ("ewa.krol@meblenowak.example", BUYER),
        ("jan.nowak@meblenowak.example", MANAGER),
        ("admin@wiadukt.example", STAFF),
    ],
    ids=["buyer", "manager", "staff"],
)
def test_no_page_is_wider_than_a_phone(demo: Demo, browser: Browser, email: str, paths: list[str]) -> None:
    page = person(browser, demo, email, PHONE)
    too_wide, spills = {}, {}
    for path in [*paths, *first_of_lists(page, demo, paths)]:
        answer = page.goto(demo.shop + path)
        assert answer is not None
        assert answer.ok, path
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            too_wide[path] = over
        if count := page.evaluate(SPILLS):
            spills[path] = count
    assert not too_wide
    assert not spills
