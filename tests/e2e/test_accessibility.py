"""WCAG AA on the main screens of buyers and staff, at both widths: axe finds nothing; keys alone are enough.

axe sees what a machine can see. Beside it: Escape closes what opened, the focus goes back and is always to be seen.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.steps import PHONE, WIDE, person
from tests.e2e.test_phone import first_of_lists

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

BUYER, MANAGER, STAFF = "ewa.krol@meblenowak.example", "jan.nowak@meblenowak.example", "admin@wiadukt.example"
WIDTHS = {"wide": WIDE, "phone": PHONE}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
BUYERS = "/catalogue/ /catalogue/?q=zawias /basket/ /basket/quick/ /lists/ /orders/ /questions/ask/"
MANAGERS = "/invoices/ /invoices/pay/ /company/ /company/people/ /company/branches/ /approvals/ /places/ /account/"
STAFFS = "/ /intake/ /intake/stock/ /all-orders/ /all-invoices/ /buyers/ /buyers/1/ /receivables/ /questions/ /sync/"
PANEL = "/sync/messages/ /comparison/ /sync/diagnosis/ /sync/alarms/ /sync/alarms/settings/ /about/ /about/1/"
SCREENS = {
    BUYER: BUYERS.split(),
    MANAGER: MANAGERS.split(),
    STAFF: [f"/dashboard{path}" for path in [*STAFFS.split(), *PANEL.split()]],
}


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is now: the rule, and the elements that break it."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {', '.join(str(node['target'][0]) for node in one['nodes'][:4])}" for one in found]


def put_something_into_the_basket(page: Page, demo: Demo) -> list[str]:
    """The basket and the checkout with something in them, and the product's page."""
    page.goto(f"{demo.shop}/catalogue/")
    product = str(page.locator(".product h3 a").first.get_attribute("href"))
    page.goto(demo.shop + product)
    page.locator("form.qty .btn").first.click()
    return [product, "/basket/checkout/"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("email", SCREENS, ids=["buyer", "manager", "staff"])
def test_axe_finds_nothing_against_wcag_aa(demo: Demo, browser: Browser, email: str, width: str) -> None:
    page = person(browser, demo, email, WIDTHS[width])
    more = put_something_into_the_basket(page, demo) if email == BUYER else []
    found = {}

    for path in [*more, *SCREENS[email], *first_of_lists(page, demo, SCREENS[email])]:
        answer = page.goto(demo.shop + path)
        assert answer is not None
        assert answer.ok, path
        if told := faults(page):
            found[path] = told

    assert not found, "\n".join(f"{path}: {told}" for path, told in found.items())


def test_the_door_is_open_to_everybody(demo: Demo, browser: Browser) -> None:
    page = browser.new_page()
    for path in ("/login/", "/password-reset/", "/pages/regulamin/"):
        page.goto(demo.shop + path)
        assert not faults(page), path


def test_escape_closes_what_opened_and_the_focus_goes_back(demo: Demo, browser: Browser) -> None:
    page = person(browser, demo, BUYER)
    page.goto(f"{demo.shop}/catalogue/")
    star = page.locator(".star").first

    star.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator("h2")).to_be_visible()
    assert not faults(page), "in the dialog"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(star).to_be_focused()

    page.locator(".search input").press_sequentially("front")
    suggestions = page.locator("#suggestions a")
    expect(suggestions.first).to_be_visible()
    assert not faults(page), "with suggestions"
    page.keyboard.press("Escape")
    expect(suggestions).to_have_count(0)
    expect(page.locator(".search input")).to_be_focused()


FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1) || style.boxShadow !== 'none';
  return [at.outerHTML.slice(0, 120), at === document.body || (shown && box.width > 0 && box.height > 0)];
}"""


@pytest.mark.parametrize(
    ("email", "path"),
    [(BUYER, "/catalogue/"), (BUYER, "/basket/"), (STAFF, "/dashboard/"), (STAFF, "/dashboard/intake/")],
)
def test_the_focus_is_seen_wherever_the_keyboard_takes_it(demo: Demo, browser: Browser, email: str, path: str) -> None:
    page = person(browser, demo, email)
    page.goto(demo.shop + path)
    unseen = []

    for _ in range(40):
        page.keyboard.press("Tab")
        where, is_seen = page.evaluate(FOCUS)
        if not is_seen:
            unseen.append(where)

    assert not unseen
