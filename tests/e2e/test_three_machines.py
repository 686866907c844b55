"""From the basket to 'shipped': one order whose lines three machines of the demo make, each by its own protocol."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.steps import newcomer, person, until
from tests.e2e.test_road import READY, SHIPPED, stop_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]
MANAGER = "jan.nowak@meblenowak.example"
MACHINES = {
    "Piła panelowa": r"FF-[^-]+-(?!1100|1313)\d+-\d+",
    "Okleiniarka": r"FN-[^-]+-(?!1100|1313)\d+-\d+",
    "Wiertarka": r"F[FN]-[^-]+-(?:1100|1313)-\d+",
}
"""What each makes: plain fronts in foil and in veneer, and high ones, which are drilled (`demo/floor.py`)."""
MADE_WITHIN_S = 240
"""Two pieces take each machine some eight seconds; a fault of its own, what other tests ordered, a busy computer,
and the rest: 104 s were seen."""


def test_an_order_is_made_by_three_machines_and_shipped(browser: Browser, demo: Demo, shots: Path | None) -> None:
    buyer, floor, office = person(browser, demo, MANAGER), newcomer(browser), newcomer(browser)
    machine_of = {put_into_the_basket(buyer, demo, goods): machine for machine, goods in MACHINES.items()}
    number = the_order_is_placed(buyer, demo)
    lines = lines_in_production(floor, demo, number)
    assert set(lines) == set(machine_of)

    until(buyer, lambda: stop_of(buyer) == READY, "made", within_s=MADE_WITHIN_S, every_s=0.5)

    for index, job in lines.items():
        floor.goto(f"{demo.production}/terminal/{job}")
        assert machine_of[index] in floor.locator(".finished").inner_text(), f"{index} was made by another"
        expect(floor.locator(".counts .good dd")).to_contain_text(re.compile(r"^2 / 2"))
    if shots:
        floor.goto(demo.production)
        floor.screenshot(path=shots / "7-machines.png", full_page=True)
    office.goto(f"{demo.office}/orders?q={number}")
    office.locator("table a").first.click()
    office.get_by_label("Numer przesyłki").fill("0012345679")
    office.get_by_role("button", name="Oznacz jako wysłane").click()
    until(buyer, lambda: stop_of(buyer) == SHIPPED, "shipped")
    expect(buyer.get_by_text("0012345679").first).to_be_visible()


def put_into_the_basket(page: Page, demo: Demo, goods: str) -> str:
    """Two pieces of the first that fits; its index."""
    for words in dict.fromkeys((goods[:2], "FF", "FN", "1100", "1313")):
        page.goto(f"{demo.shop}/catalogue/?q={words}")
        for card in page.locator("article").all():
            found = re.search(goods, card.inner_text())
            if found and card.locator("input[name=quantity]").count():
                card.locator("input[name=quantity]").fill("2")
                card.locator("form button").first.click()
                page.wait_for_load_state()
                return found.group()
    raise AssertionError(f"the shop sells nothing like {goods}")


def the_order_is_placed(page: Page, demo: Demo) -> str:
    page.goto(f"{demo.shop}/basket/checkout/")
    page.locator(".places label").first.click()
    page.locator("button[data-once]").last.click()
    page.wait_for_url(re.compile(r"/orders/\d+/"))
    found = re.search(r"WD-\d+", page.locator("h1").inner_text())
    assert found
    return found.group()


def lines_in_production(page: Page, demo: Demo, number: str) -> dict[str, str]:
    """The job order of each index."""
    page.goto(f"{demo.production}/orders/{number}")
    until(page, lambda: page.locator(".jobs .job").count() == len(MACHINES), "the job orders")
    found = {}
    for job in page.locator(".jobs .id").all_inner_texts():
        page.goto(f"{demo.production}/terminal/{job}")
        index = re.search(r"F[FN]-[\w-]+", page.locator(".sheet").inner_text())
        assert index
        found[index.group()] = job
    return found
