"""Each staged trouble turns the overview red with its cause and its remedy, and the mend turns it green.

The three quick ones go with every run; `make troubles` goes through all, with a shorter agreed period (SHOP_AGREED_S)
so that what is only late is seen within the same minute, and takes the pictures of docs/troubles.md.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Demo
from tests.e2e.steps import person
from wiadukt.demo.accounts import LOGINS
from wiadukt.demo.troubles import TROUBLES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]
RED_WITHIN_S = 60
GREEN_WITHIN_S = 120
QUICK = ("connector_down", "wrong_key", "unmapped_payment_form")
HANDBOOK = Path(__file__).parents[2] / "docs" / "troubles.md"


@dataclass(frozen=True)
class Said:
    """What the panel must say, but for numbers and times."""

    cause: str
    remedy: str
    detail: str = ""


SAID = {
    "connector_down": Said(
        "Łącznik nie odpowiada od",
        "Uruchom łącznik przy WAPRO i sprawdź, czy sklep dosięga jego adresu swoim kluczem.",
    ),
    "wrong_key": Said(
        "Powód: nie przyjmuje naszego klucza.",
        "Ustaw po obu stronach ten sam klucz: CONNECTOR_TOKEN w ustawieniach sklepu, CONNECTOR_TOKENS w jego własnych",
    ),
    "expired_certificate": Said(
        "Powód: wygasł certyfikat jego adresu.",
        "Odnów certyfikat jego adresu (CONNECTOR_URL); to, co czeka, pójdzie dalej samo.",
    ),
    "clock_off": Said(
        "Zegar serwera łącznika spieszy się o",
        "Ustaw zegary obu serwerów według serwera czasu; to, co czekało, pójdzie dalej samo.",
    ),
    "trigger_dropped": Said(
        "Zmiany w WAPRO nie są zgłaszane", "wiadukt connector install", "Brak wyzwalaczy na tabelach: ARTYKUL."
    ),
    "renamed_column": Said(
        "W bazie WAPRO brakuje kolumny, którą czyta łącznik: ARTYKUL.KOD_KRESKOWY.",
        "Jeśli zmieniono jej nazwę, przywróć poprzednią; po aktualizacji WAPRO zaktualizuj łącznik.",
    ),
    "missing_right": Said(
        "Login łącznika nie ma prawa odczytu w bazie WAPRO: CENA_ARTYKULU.",
        "Przywróć loginowi to prawo: 'wiadukt connector install' pokazuje i nadaje wszystkie potrzebne.",
    ),
    "unmapped_payment_form": Said(
        "W WAPRO nie ma czynnej formy płatności 'BLIK'.",
        "Przypisz formę w panelu sklepu do innej albo dodaj ją w WAPRO, potem ponów.",
    ),
    "blocked_contractor": Said("jest zablokowany w WAPRO.", "Odblokuj lub udostępnij kontrahenta w WAPRO i ponów."),
    "article_of_another_warehouse": Said("nie ma w magazynie zamówień.", "Załóż kartotekę w tym magazynie i ponów."),
    "too_long_name": Said("znaków, a WAPRO mieści 101.", "Skróć go do 101 znaków i ponów."),
    "poisoned_object": Said(
        "1 nie jest datą WAPRO z lat 1970-2100.",
        "Popraw w WAPRO to, co wskazuje przyczyna",
    ),
    "full_queue": Said(
        "łącznik nie może ich przekazać sklepowi.",
        "Sprawdź w łączniku, czy adres sklepu (SHOP_EVENTS_URL) jest dobry i odpowiada.",
    ),
    "dead_worker": Said("Nie działa żaden proces roboczy sklepu", "wiadukt shop worker"),
    "refusing_machine": Said(
        "Maszyna odmawia polecenia Store dla zlecenia", "Sprawdź status w instrukcji maszyny albo oddaj zlecenie innej"
    ),
}


def test_every_trouble_that_can_be_staged_has_its_words_and_its_page():
    assert set(SAID) == set(TROUBLES)
    assert len(TROUBLES) == 15


@pytest.mark.parametrize("name", SAID)
def test_the_handbook_says_what_the_panel_says(name):
    sections = HANDBOOK.read_text(encoding="utf-8").split("\n## ")
    (section,) = [one for one in sections if f"(shots/troubles/{name}.png)" in one]
    words = " ".join(section.replace("\n> ", " ").split())

    assert SAID[name].cause in words
    assert SAID[name].remedy in words
    assert SAID[name].detail in words
    for part in ("**Co to znaczy.**", "**Kogo to dotyczy.**", "**Co zrobić.**", "**Po czym poznać, że już dobrze.**"):
        assert part in words


@pytest.fixture(scope="module")
def page(browser: Browser, demo: Demo) -> Page:
    """An administrator's browser; the page brings itself up to date."""
    page = person(browser, demo, LOGINS["staff"])
    page.goto(f"{demo.shop}/dashboard/sync/")
    return page


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.troubles_long) for name in SAID]
)
def test_the_overview_turns_red_with_cause_and_remedy_and_green_after_the_mend(name, demo, page, shots):
    wait_for(page, "success", "", GREEN_WITHIN_S)

    run(demo, name)
    wait_for(page, "error", SAID[name].cause, RED_WITHIN_S)
    first = text_of_first(page)
    if shots:
        take_shots(page, shots / "troubles" / f"{name}.png")
    run(demo, name, "--mend")

    wait_for(page, "success", "", GREEN_WITHIN_S)
    assert SAID[name].remedy in first
    assert SAID[name].detail in first


def run(demo: Demo, *words: str) -> None:
    program = [sys.executable, "-m", "wiadukt", "demo", "trouble", *words, "--folder", str(demo.folder)]
    done = subprocess.run(program, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def wait_for(page: Page, colour: str, text: str, within_s: float) -> None:
    """The page refreshes itself; nobody presses anything."""
    began = time.monotonic()
    first = page.locator(f".first-thing.{colour}")
    while not (first.count() and text in text_of_first(page)):
        took_s = time.monotonic() - began
        assert took_s < within_s, f"{took_s:.0f} s: {text_of_first(page)}"
        page.wait_for_timeout(500)
    print(f"{colour} after {time.monotonic() - began:.1f} s: {text_of_first(page)}")


def text_of_first(page: Page) -> str:
    found = page.locator(".first-thing").all_inner_texts()
    return " ".join(found[0].split()) if found else ""


def take_shots(page: Page, path: Path) -> None:
    """The sentence and the picture of the road, as the administrator sees them first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, clip={"x": 0, "y": 0, "width": 1280, "height": 620})
