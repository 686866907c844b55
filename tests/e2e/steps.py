"""What every person does at a browser: opens his own, logs in, waits until a page shows what happened elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.e2e.conftest import Demo
from wiadukt.demo.accounts import PASSWORD

LATEST_S = 15.0
WIDE, PHONE = 1280, 390
FAULTS: list[str] = []
"""Errors of scripts, and what the content policy of our pages stopped: of any person's browser, in this test."""


def newcomer(browser: Browser, width: int = WIDE) -> Page:
    """A browser of a person who is not known yet, in Polish."""
    page = browser.new_context(locale="pl-PL", viewport={"width": width, "height": 900}).new_page()
    page.on("pageerror", lambda error: FAULTS.append(f"{page.url}: {error}"))
    page.on("console", lambda message: FAULTS.append(f"{page.url}: {message.text}") if _is_fault(message) else None)
    return page


def _is_fault(message: ConsoleMessage) -> bool:
    """What our pages must never do; a file that is away or an answer of 4xx may be what a test is about."""
    return message.type == "error" and "Content Security Policy" in message.text


def person(browser: Browser, demo: Demo, email: str, width: int = WIDE) -> Page:
    """A browser of one of the demo's people, logged in."""
    page = newcomer(browser, width)
    log_in(page, demo, email)
    return page


def log_in(page: Page, demo: Demo, email: str) -> None:
    page.goto(f"{demo.shop}/login/")
    page.fill("#id_username", email)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def until(
    page: Page, is_there: Callable[[], bool], what: str, *, within_s: float = LATEST_S, every_s: float = 0.25
) -> None:
    """Reloads until it is there; fails when that takes longer than allowed."""
    started = time.monotonic()
    while not is_there():
        assert time.monotonic() - started < within_s, f"after {within_s:.0f} s not yet: {what}"
        page.wait_for_timeout(1000 * every_s)
        page.reload()
