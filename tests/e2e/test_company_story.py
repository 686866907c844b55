"""A buyer's company at work: who is invited orders for his branch, and what is over his limit waits for an approver."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.steps import newcomer, person, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]
MANAGER, APPROVER = "jan.nowak@meblenowak.example", "marek.wojcik@meblenowak.example"
NEIGHBOUR, NEWCOMER = "lukasz.zielinski@meblenowak.example", "ola.lis@meblenowak.example"
PASSWORD = "Jesion-i-orzech-77"


def test_from_an_invitation_to_an_approved_order_in_wapro(demo: Demo, browser: Browser, shots: Path | None) -> None:
    manager = person(browser, demo, MANAGER)
    an_invitation_is_sent(manager, demo)
    ola = the_password_is_set(browser, demo)

    small = an_order(ola, demo, quantity=1)
    expect(ola.locator("ol.road")).to_be_visible()
    until(ola, lambda: ola.get_by_text(re.compile(r"ZO \d{4}/\d\d")).count() > 0, "the number of WAPRO")
    address = ola.url
    nobody_of_another_branch_sees(person(browser, demo, NEIGHBOUR), demo, small, address)
    manager.goto(f"{demo.shop}/orders/")
    expect(manager.get_by_role("link", name=small)).to_be_visible()

    big = an_order(ola, demo, quantity=40)
    expect(ola.get_by_text("Czeka na zatwierdzenie: Marek Wójcik")).to_be_visible()
    assert not_in_the_office(ola, demo, big)
    approver = person(browser, demo, APPROVER)
    the_order_is_approved(approver, demo, big, shots)
    until(ola, lambda: ola.get_by_text(re.compile(r"ZO \d{4}/\d\d")).count() > 0, "the number of WAPRO")
    assert not not_in_the_office(ola, demo, big)


def an_invitation_is_sent(manager: Page, demo: Demo) -> None:
    manager.goto(f"{demo.shop}/company/people/invite/")
    for field, text in (("first_name", "Ola"), ("last_name", "Lis"), ("email", NEWCOMER), ("order_limit", "500")):
        manager.fill(f"#id_{field}", text)
    manager.get_by_label("Oddział Poznań").check()
    manager.get_by_role("button", name="Wyślij zaproszenie").click()
    expect(manager.get_by_text("Ola Lis")).to_be_visible()


def the_password_is_set(browser: Browser, demo: Demo) -> Page:
    page = newcomer(browser)
    page.goto(f"{demo.office}/mailbox?q={NEWCOMER}")
    until(page, lambda: page.locator("table a").count() > 0, "the invitation")
    page.locator("table a").first.click()
    link = page.locator("pre a").get_attribute("href")
    assert link
    page.goto(link)
    for field in ("new_password1", "new_password2"):
        page.fill(f"input[name={field}]", PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/catalogue/"))
    return page


def an_order(page: Page, demo: Demo, *, quantity: int) -> str:
    """Orders made fronts, which no stock limits; gives the order's number."""
    page.goto(f"{demo.shop}/catalogue/?q=Front")
    page.locator("article input[name=quantity]").first.fill(str(quantity))
    page.locator("article form button").first.click()
    page.wait_for_load_state()
    page.goto(f"{demo.shop}/basket/checkout/")
    page.locator(".places label").first.click()
    page.locator("button[data-once]").last.click()
    page.wait_for_url(re.compile(r"/orders/\d+/"))
    found = re.search(r"WD-\d+", page.locator("h1").inner_text())
    assert found
    return found.group()


def nobody_of_another_branch_sees(page: Page, demo: Demo, number: str, address: str) -> None:
    page.goto(f"{demo.shop}/orders/")
    expect(page.get_by_role("link", name=number)).to_have_count(0)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404


def not_in_the_office(page: Page, demo: Demo, number: str) -> bool:
    office = page.context.new_page()
    office.goto(f"{demo.office}/orders?q={number}")
    count = office.locator("table a").count()
    office.close()
    return count == 0


def the_order_is_approved(page: Page, demo: Demo, number: str, shots: Path | None) -> None:
    page.goto(f"{demo.shop}/approvals/")
    page.get_by_role("link", name=number).click()
    if shots:
        page.screenshot(path=shots / "6-approval.png", full_page=True)
    page.get_by_role("button", name="Zatwierdź", exact=True).click()
    expect(page.get_by_text(f"Zamówienie {number} zatwierdzone")).to_be_visible()
