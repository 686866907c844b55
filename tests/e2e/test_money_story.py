"""What a company owes, from the office's invoice to the reminder: seen, paid by parts, told of, held and released."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Demo
from tests.e2e.steps import newcomer, person, until
from wiadukt.demo.accounts import LOGINS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]
WHY = "Czekamy na potwierdzenie salda."


@dataclass
class Story:
    """The office, the manager of the company that owes, and the seller's supervisor."""

    demo: Demo
    office: Page
    manager: Page
    supervisor: Page


@dataclass
class Bill:
    """An invoice and its pages."""

    number: str
    office: str
    shop: str


@pytest.fixture
def story(browser: Browser, demo: Demo) -> Story:
    people = [person(browser, demo, LOGINS[who]) for who in ("manager", "supervisor")]
    return Story(demo, newcomer(browser), *people)


def test_from_an_invoice_to_a_reminder_and_a_hold(story: Story, browser: Browser) -> None:
    bill = an_order_is_invoiced(story)
    it_is_late_and_told_of_wherever_the_buyer_goes(story, bill)
    a_part_is_paid_and_the_order_says_so(story, bill)
    chosen_invoices_are_one_transfer_and_a_great_one_is_typed(story, bill)
    the_account_is_the_same_on_the_page_and_in_files(story)
    the_sheet_is_marked_as_a_preview(story, bill)
    nobody_else_sees_it(person(browser, story.demo, LOGINS["outsider"]), bill)
    the_supervisor_switches_reminders_on_and_one_letter_goes(story, bill)
    orders_are_held_with_a_reason_and_released(story)
    what_is_paid_is_told_of_no_more(story, bill)


def an_order_is_invoiced(story: Story) -> Bill:
    """Three fronts, which are made and so never short."""
    manager, office = story.manager, story.office
    _fill_basket(story, quantity=3)
    manager.goto(f"{story.demo.shop}/basket/checkout/")
    number = _order(manager)
    until(manager, lambda: manager.get_by_text(re.compile(r"ZO \d{4}/\d\d")).count() > 0, "the number of WAPRO")
    office.goto(f"{story.demo.office}/orders?q={number}")
    office.locator("table a").first.click()
    office.get_by_role("button", name="Wystaw", exact=True).click()
    office.locator("a", has_text="FS ").first.click()
    office.get_by_role("heading", name="Wpłaty").wait_for()
    until(manager, lambda: manager.locator("td a", has_text="FS ").count() == 1, "the invoice")
    link = manager.locator("td a", has_text="FS ")
    return Bill(link.inner_text(), office.url, f"{story.demo.shop}{link.get_attribute('href')}")


def it_is_late_and_told_of_wherever_the_buyer_goes(story: Story, bill: Bill) -> None:
    manager, office = story.manager, story.office
    yesterday = f"{datetime.now(ZoneInfo('Europe/Warsaw')).date() - timedelta(days=1)}"  # the shop's day
    office.goto(bill.office)
    office.get_by_label("Termin płatności").fill(yesterday)
    office.locator("form[action$=due]").get_by_role("button").click()

    manager.goto(bill.shop)
    until(manager, lambda: manager.locator("h1 .pill.overdue").count() == 1, "that it is late")
    manager.goto(f"{story.demo.shop}/invoices/?show=late-1")
    expect(manager.locator("td a.main", has_text=bill.number)).to_be_visible()
    banner = manager.locator(".note.error").first
    expect(banner).to_contain_text("Po terminie")
    total = manager.locator(".tile.bad .v").inner_text()
    expect(banner).to_contain_text(total)
    expect(banner).to_contain_text(manager.locator(".tile.bad .small").inner_text())
    _fill_basket(story, quantity=1)
    manager.goto(f"{story.demo.shop}/basket/checkout/")
    expect(manager.locator(".note.error").first).to_contain_text(total)


def a_part_is_paid_and_the_order_says_so(story: Story, bill: Bill) -> None:
    manager, office = story.manager, story.office
    manager.goto(bill.shop)
    before = _left(manager)
    office.goto(bill.office)
    office.get_by_label("Kwota").fill("10,00")
    office.get_by_role("button", name="Zarejestruj wpłatę").click()

    until(manager, lambda: _left(manager) == before - 10, "the part payment")
    expect(manager.locator("aside dl.facts dd", has_text="10,00")).to_be_visible()
    manager.locator("td a[href*='/orders/']").first.click()
    expect(manager.locator("h2", has_text="Faktury").locator(".pill")).to_have_text("po terminie")
    row = manager.locator("tr", has_text=bill.number)
    expect(row).to_contain_text("10,00")


def chosen_invoices_are_one_transfer_and_a_great_one_is_typed(story: Story, bill: Bill) -> None:
    manager = story.manager
    manager.goto(f"{story.demo.shop}/invoices/?show=overdue")
    rows = manager.locator("tbody tr", has=manager.locator("input[name=invoice]"))
    for position in range(rows.count()):
        rows.nth(position).locator("input").check()
    manager.get_by_role("button", name="Kod przelewu dla zaznaczonych").click()
    expect(manager.locator(".qr svg")).to_have_count(1)
    whole = _money(manager.locator("dl.facts strong").first.inner_text())
    assert whole > Decimal("9999.99")
    expect(manager.locator(".note.warning")).to_contain_text("W kodzie nie ma kwoty")
    manager.get_by_role("link", name="Kod do każdej faktury osobno").click()
    texts = manager.locator("dl.facts strong").all_inner_texts()
    assert sum(_money(text) for text in texts if text.endswith("PLN")) == whole
    card = manager.locator(".transfers .card", has=manager.get_by_role("heading", name=bill.number))
    expect(card.locator(".note.warning")).to_have_count(0)
    expect(card).to_contain_text("61 1090 1014")


def the_account_is_the_same_on_the_page_and_in_files(story: Story) -> None:
    manager = story.manager
    manager.goto(f"{story.demo.shop}/invoices/statement/")
    account = manager.locator(".card", has=manager.get_by_role("heading", name="PLN"))
    closing = _money(account.locator("tfoot td").last.inner_text())
    cookies = manager.context.request
    book = load_workbook(io.BytesIO(cookies.get(f"{story.demo.shop}/invoices/statement.xlsx").body()))
    assert Decimal(str(list(book["PLN"].values)[-1][-1])) == closing
    assert cookies.get(f"{story.demo.shop}/invoices/statement.pdf").body().startswith(b"%PDF-")
    text = cookies.get(f"{story.demo.shop}/invoices/statement.csv").text()
    assert any(line.endswith(f";{closing}".replace(".", ",")) for line in text.splitlines() if "Razem" in line)


def the_sheet_is_marked_as_a_preview(story: Story, bill: Bill) -> None:
    manager = story.manager
    manager.goto(bill.shop)
    address = manager.get_by_role("link", name="Podgląd (PDF)").get_attribute("href")
    sheet = manager.context.request.get(f"{story.demo.shop}{address}")
    assert (sheet.headers["content-type"], sheet.body()[:5]) == ("application/pdf", b"%PDF-")


def nobody_else_sees_it(outsider: Page, bill: Bill) -> None:
    for address in (bill.shop, f"{bill.shop}preview.pdf"):
        assert outsider.context.request.get(address).status == 404


def the_supervisor_switches_reminders_on_and_one_letter_goes(story: Story, bill: Bill) -> None:
    """Only of what came after the flag day; a second press sends nothing again."""
    page, office = story.supervisor, story.office
    letters = office.locator("tr", has_text="nieopłacone faktury")
    office.goto(f"{story.demo.office}/mailbox?q={LOGINS['manager']}")
    before = letters.count()
    page.goto(f"{story.demo.shop}/dashboard/receivables/")
    page.get_by_role("link", name="Przypomnienia").click()
    page.get_by_label("Wysyłaj przypomnienia").check()
    page.get_by_label("Dni od terminu płatności").fill("-3, 1, 7")
    page.get_by_role("button", name="Zapisz").click()
    expect(page.locator("tr", has_text=bill.number)).to_have_count(2)  # the first day after it, and the seventh
    told = page.locator("tr", has_text=bill.number).filter(has_text=LOGINS["manager"])
    for _press in range(2):
        page.get_by_role("button", name="Wyślij teraz").click()
        until(page, lambda: told.filter(has_text="wysłano").count() > 0, "that it went")
    expect(told).to_have_count(1)

    until(office, lambda: letters.count() > before, "the letter")
    expect(letters).to_have_count(before + 1)
    letters.locator("a").first.click()
    body = office.frame_locator("iframe").locator("body").inner_text()
    for said in (bill.number, "1 dzień po terminie", "61 1090 1014"):
        assert said in body, said
    assert "FS 0201/26" not in body, "nobody is reminded of what was there on the flag day"


def orders_are_held_with_a_reason_and_released(story: Story) -> None:
    page, manager = story.supervisor, story.manager
    page.goto(f"{story.demo.shop}/dashboard/receivables/?q=Meble+Nowak")
    page.locator("td a.main", has_text="Meble Nowak").click()
    page.locator("#id_text").fill("Dzwoniłem, zapłacą w piątek.")
    page.get_by_role("button", name="Dodaj notatkę").click()
    expect(page.get_by_text("Dzwoniłem, zapłacą w piątek.")).to_be_visible()
    page.get_by_label("Zamówienia").select_option("held")
    page.get_by_label("Powód").fill(WHY)
    page.get_by_role("button", name="Zapisz").click()
    expect(page.locator(".note.error", has_text=WHY)).to_be_visible()

    _fill_basket(story, quantity=1)
    manager.goto(f"{story.demo.shop}/basket/checkout/")
    expect(manager.get_by_text(WHY)).to_be_visible()
    assert "Dzwoniłem" not in manager.content(), "notes are the seller's own"
    page.get_by_label("Zamówienia").select_option("")
    page.get_by_role("button", name="Zapisz").click()
    manager.reload()
    expect(manager.get_by_text(WHY)).to_have_count(0)
    _order(manager)


def what_is_paid_is_told_of_no_more(story: Story, bill: Bill) -> None:
    manager, office, page = story.manager, story.office, story.supervisor
    manager.goto(bill.shop)
    office.goto(bill.office)
    office.get_by_label("Kwota").fill(f"{_left(manager)}".replace(".", ","))
    office.get_by_role("button", name="Zarejestruj wpłatę").click()
    until(manager, lambda: manager.locator("h1 .pill.paid").count() == 1, "that it is paid")
    expect(manager.locator(".qr")).to_have_count(0)
    page.goto(f"{story.demo.shop}/dashboard/receivables/reminders/")
    expect(page.locator("tr", has_text=bill.number)).to_have_count(1)  # what was sent; nothing is to come


def _fill_basket(story: Story, quantity: int) -> None:
    page = story.manager
    page.goto(f"{story.demo.shop}/catalogue/?q=Front")
    page.locator("article input[name=quantity]").first.fill(str(quantity))
    page.locator("article form button").first.click()
    page.wait_for_load_state()


def _order(page: Page) -> str:
    """Orders what the checkout shows; gives the order's number."""
    page.locator(".places label").first.click()
    page.locator("button[data-once]").last.click()
    page.wait_for_url(re.compile(r"/orders/\d+/"))
    found = re.search(r"WD-\d+", page.locator("h1").inner_text())
    assert found
    return found.group()


def _left(page: Page) -> Decimal:
    return _money(page.locator("aside .sum .all").last.inner_text())


def _money(text: str) -> Decimal:
    """Of `1 234,56 PLN`."""
    return Decimal(re.sub(r"[^\d,-]", "", text).replace(",", "."))
