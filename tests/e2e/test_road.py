"""The road, end to end, as its users walk it: each step shows within two seconds."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.steps import newcomer, person, until
from wiadukt.demo.accounts import LOGINS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]
STEP_S = 2.0
HINGE, FRONT = "ZAW-CLIP-110", "FR-DAB-716-396"
PASSWORD = "Jesion-i-orzech-77"


@dataclass
class Walk:
    """Three people at three browsers: the office, the shop's staff, the buyer."""

    demo: Demo
    office: Page
    staff: Page
    buyer: Page
    shots: Path | None

    def shot(self, page: Page, name: str) -> None:
        if self.shots:
            page.set_viewport_size({"width": 1280, "height": 860})
            page.screenshot(path=self.shots / f"{name}.png", full_page=True)
            page.set_viewport_size({"width": 390, "height": 844})
            page.screenshot(path=self.shots / f"{name}-phone.png", full_page=True)
            page.set_viewport_size({"width": 1280, "height": 860})


def within(page: Page, is_there: Callable[[], bool], what: str) -> None:
    """Fails when a step takes longer than the promise."""
    until(page, is_there, what, within_s=STEP_S, every_s=0.1)


@pytest.fixture
def walk(browser: Browser, demo: Demo, shots: Path | None) -> Walk:
    return Walk(demo, newcomer(browser), person(browser, demo, LOGINS["staff"]), newcomer(browser), shots)


def test_the_five_steps_of_the_road(walk: Walk):
    a_flagged_buyer_gets_an_organisation_and_invitations(walk)
    flagged_goods_are_configured_and_published(walk)
    number = the_buyer_orders(walk)
    progress_comes_back(walk, number)
    invoices_and_payments_are_seen(walk, number)
    a_blocked_article_cannot_be_ordered(walk)
    one_trace_leads_from_the_click_to_wapro_and_production_and_back(walk.demo, number)


def a_flagged_buyer_gets_an_organisation_and_invitations(walk: Walk) -> None:
    office, staff, buyer = walk.office, walk.staff, walk.buyer
    staff.goto(f"{walk.demo.shop}/dashboard/buyers/?q=Bukowiec")
    assert staff.get_by_role("link", name="Stolarnia Bukowiec").count() == 0
    office.goto(f"{walk.demo.office}/customers?q=Bukowiec")
    office.get_by_role("link", name="Stolarnia Bukowiec").click()
    office.get_by_role("button", name="Udostępnij w sklepie").click()

    within(staff, lambda: staff.get_by_role("link", name="Stolarnia Bukowiec").count() > 0, "the organisation")
    staff.get_by_role("link", name="Stolarnia Bukowiec").click()
    for text in ("anna@bukowiec.example", "piotr@bukowiec.example", "Hala Bukowiec", "Magazyn Pniewy", "Budowa Poznań"):
        expect(staff.get_by_text(text).first).to_be_visible()
    walk.shot(staff, "1-organisation")

    office.goto(f"{walk.demo.office}/mailbox?q=bukowiec.example")
    within(office, lambda: office.locator("table a").count() >= 2, "two invitations")
    walk.shot(office, "1-mailbox")
    office.locator("tr", has_text="anna@bukowiec.example").get_by_role("link").click()
    link = office.locator("pre a").get_attribute("href")
    assert link
    buyer.goto(link)
    walk.shot(buyer, "1-set-password")
    for field in ("new_password1", "new_password2"):
        buyer.locator(f"input[name={field}]").fill(PASSWORD)
    buyer.locator("main form button").click()
    buyer.wait_for_url(re.compile("/catalogue/"))
    expect(buyer.get_by_text("Stolarnia Bukowiec").first).to_be_attached()


def flagged_goods_are_configured_and_published(walk: Walk) -> None:
    office, staff, buyer = walk.office, walk.staff, walk.buyer
    for index in (HINGE, FRONT):
        office.goto(f"{walk.demo.office}/goods/{index}")
        office.get_by_role("button", name="Udostępnij w sklepie").click()
        staff.goto(f"{walk.demo.shop}/dashboard/intake/?q={index}")
        within(staff, lambda: staff.locator("article h3 a").count() == 1, f"{index} in the intake")
        walk.shot(staff, "2-intake")
        buyer.goto(f"{walk.demo.shop}/catalogue/?q={index}")
        assert buyer.locator("article").count() == 0, "buyers see unverified goods"

        staff.locator("article h3 a").click()
        staff.wait_for_url(re.compile(r"/intake/\d+/"))
        address = staff.url
        _configure(staff, is_front=index == FRONT)
        walk.shot(staff, f"2-configure-{index.lower()}")
        staff.locator("button[value=publish]").click()
        staff.wait_for_url(re.compile("/intake/$"))
        assert address
        within(buyer, lambda: buyer.locator("article").count() == 1, f"{index} in the shop")

    buyer.goto(f"{walk.demo.shop}/catalogue/?q={HINGE}")
    expect(buyer.get_by_text("7,90")).to_be_visible()  # the agreed price beats level and discount
    expect(buyer.get_by_text("300")).to_be_visible()  # 240 + 60 over the configured warehouses
    walk.shot(buyer, "2-catalogue")


def _configure(page: Page, *, is_front: bool) -> None:
    if is_front:
        page.locator("select[name=product_class]").select_option(label="Front na zamówienie")
        page.locator("button[value=save]").click()
        page.wait_for_load_state()
        page.locator("input[name=attr_thickness_mm]").fill("18")
    expect(page.locator("textarea[name=description]")).to_be_visible()  # to read options waits for nothing
    options = page.locator("select[name=category] option").all_inner_texts()
    wanted = next(option for option in options if ("lakierowane" if is_front else "Zawiasy") in option)
    page.locator("select[name=category]").select_option(label=wanted)
    page.locator("textarea[name=description]").fill("Opis przygotowany przez obsługę sklepu.")
    photo = io.BytesIO()
    Image.new("RGB", (800, 600), "#c89b62").save(photo, "PNG")
    page.locator("input[name=photo]").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": photo.getvalue()}
    )


def the_buyer_orders(walk: Walk) -> str:
    buyer = walk.buyer
    buyer.goto(f"{walk.demo.shop}/catalogue/?q={HINGE}")
    buyer.locator("article input[name=quantity]").fill("20")
    buyer.locator("article form button").click()
    buyer.wait_for_load_state()
    _choose_a_size(walk)
    buyer.goto(f"{walk.demo.shop}/basket/")
    walk.shot(buyer, "3-basket")
    buyer.goto(f"{walk.demo.shop}/basket/checkout/")
    buyer.locator("label", has_text="Magazyn Pniewy").click()
    buyer.locator("input[name=customer_number]").fill("ZAM/77")
    walk.shot(buyer, "3-checkout")
    buyer.locator("button[data-once]").click()
    buyer.wait_for_url(re.compile(r"/orders/\d+/"))
    number = re.search(r"WD-\d+", buyer.locator("h1").inner_text()).group()

    within(buyer, lambda: buyer.get_by_text(re.compile(r"ZO \d{4}/\d\d")).count() > 0, "the WAPRO number")
    walk.shot(buyer, "3-order")
    office = walk.office
    office.goto(f"{walk.demo.office}/orders?q={number}")
    office.locator("table a").first.click()
    for text in ("Stolarnia Bukowiec", "Magazyn Pniewy", HINGE, FRONT, "7,90", "Szerokość: 450 mm; Wysokość: 640 mm"):
        expect(office.get_by_text(text).first).to_be_visible()
    walk.shot(office, "3-office-order")
    return number


def _choose_a_size(walk: Walk) -> None:
    """The price follows while the buyer writes, and is that of the basket."""
    buyer = walk.buyer
    buyer.goto(f"{walk.demo.shop}/catalogue/?q={FRONT}")
    buyer.get_by_role("link", name="Wybierz wymiary").click()
    buyer.get_by_label("Szerokość").fill("2000")
    buyer.get_by_label("Wysokość").fill("640")
    expect(buyer.locator("#size-price")).to_contain_text("2000 to za dużo, najwięcej 1200")
    buyer.get_by_label("Szerokość").fill("450")
    buyer.get_by_label("Dekor").select_option("RAMKA")
    buyer.get_by_label("Okleina u góry").check()
    buyer.get_by_label("Otwory pod zawiasy").fill("2")
    buyer.locator("input[name=quantity]").fill("4")
    expect(buyer.locator("#size-price .parts tr")).to_have_count(4)
    unit = buyer.locator("#size-price .price").inner_text().split(" ")[0]
    walk.shot(buyer, "3-sizes")
    buyer.get_by_role("button", name="Do koszyka").click()
    buyer.wait_for_url(re.compile("/basket/"))
    row = buyer.locator("tr", has_text=FRONT)
    for text in ("450 mm", "640 mm", "Frez ramka", unit):
        expect(row).to_contain_text(text)


def progress_comes_back(walk: Walk, number: str) -> None:
    buyer, production = walk.buyer, walk.staff.context.new_page()
    job = f"{number}-2"
    production.goto(f"{walk.demo.production}/terminal/{job}")
    within(production, lambda: production.get_by_text(FRONT).count() > 0, "the job order in production")
    for text in ("450 mm", "640 mm", "Frez ramka"):
        expect(production.locator(".parameters")).to_contain_text(text)
    walk.shot(production, "4-terminal")
    press(production, "start")
    within(buyer, lambda: stop_of(buyer) == IN_PRODUCTION, "in production")
    for _ in range(4):
        press(production, "good")
    press(production, "done")
    within(buyer, lambda: stop_of(buyer) == READY, "ready")
    production.goto(walk.demo.production)
    walk.shot(production, "4-board")

    office = walk.office
    office.get_by_label("Numer przesyłki").fill("0012345678")
    office.get_by_role("button", name="Oznacz jako wysłane").click()
    within(buyer, lambda: buyer.get_by_text("0012345678").count() > 0, "the parcel number")
    # htmx keeps an element's old class for a moment after the swap, so that a change can be animated.
    within(buyer, lambda: stop_of(buyer) == SHIPPED, "shipped")
    walk.shot(buyer, "4-shipped")


def invoices_and_payments_are_seen(walk: Walk, number: str) -> None:
    office, buyer = walk.office, walk.buyer
    order = office.url.split("?")[0]
    office.goto(order)
    office.get_by_label(f"Ilość {HINGE}", exact=True).fill("12")
    office.get_by_label(f"Ilość {FRONT}", exact=True).fill("0")
    office.get_by_role("button", name="Wystaw", exact=True).click()
    within(buyer, lambda: buyer.locator("a", has_text="FS ").count() == 1, "the first invoice")
    office.goto(order)
    office.get_by_role("button", name="Wystaw", exact=True).click()
    within(buyer, lambda: buyer.locator("a", has_text="FS ").count() == 2, "the second invoice")

    office.goto(order)
    office.locator("a", has_text="FS ").first.click()
    office.get_by_label("Kwota").fill("50,00")
    office.get_by_role("button", name="Zarejestruj wpłatę").click()
    within(buyer, lambda: buyer.get_by_text("50,00").count() > 0, "the part payment")
    office.get_by_label("Termin płatności").fill("2026-01-15")
    office.locator("form[action$=due]").get_by_role("button").click()
    within(buyer, lambda: buyer.locator("td .pill.overdue").count() == 1, "that it is overdue")
    assert "po terminie" in buyer.locator("h2", has_text="Faktury").inner_text(), "the order says so too"
    walk.shot(buyer, "5-order-with-invoices")
    buyer.goto(f"{walk.demo.shop}/invoices/")
    walk.shot(buyer, "5-invoices")
    buyer.get_by_role("link", name="Zapłać zaległe").click()
    within(buyer, lambda: buyer.locator(".qr svg").count() == 1, "the banks' code")
    assert "1090 1014" in buyer.locator("dl.facts").inner_text(), "WAPRO's account number"
    walk.shot(buyer, "5-transfer")
    assert number


def a_blocked_article_cannot_be_ordered(walk: Walk) -> None:
    buyer, office = walk.buyer, walk.office
    buyer.goto(f"{walk.demo.shop}/catalogue/?q={HINGE}")
    office.goto(f"{walk.demo.office}/goods/{HINGE}")
    office.get_by_role("button", name="Zablokuj").click()
    within(buyer, lambda: buyer.locator("article").count() == 0, "that the blocked article is gone")


def one_trace_leads_from_the_click_to_wapro_and_production_and_back(demo: Demo, number: str) -> None:
    logs = {process: demo.log(process) for process in ("shop", "worker", "connector", "production")}
    in_wapro = next(line for line in logs["connector"] if line["event"] == "order_in_wapro" and line["order"] == number)
    trace_id = in_wapro["trace_id"]
    assert in_wapro["erp_id"]

    def seen(process: str, event: str) -> list[dict]:
        return [line for line in logs[process] if line["event"] == event and line.get("trace_id") == trace_id]

    (click,) = seen("shop", "request")
    assert (click["method"], click["route"]) == ("POST", "/basket/checkout/")
    assert {(line["to"], line["key"]) for line in seen("worker", "message_delivered")} == {
        ("wapro", number),
        ("production", number),
    }
    assert [line["order"] for line in seen("production", "work_request_taken")] == [number]
    assert {line["order"] for line in seen("production", "report_sent")} == {number}
    assert "/v1/orders/{number}/progress" in {line["route"] for line in seen("connector", "request")}


def press(page: Page, action: str) -> None:
    page.locator(f"button[name=action][value={action}]").first.click()
    page.wait_for_load_state()


IN_PRODUCTION, READY, SHIPPED = 2, 3, 5


def stop_of(page: Page) -> int:
    """Which stop of the road is marked as the present one, counted from 0."""
    marks = [item.get_attribute("class") for item in page.locator(".road li").all()]
    return marks.index("now")
