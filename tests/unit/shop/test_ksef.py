"""KSeF's number and verification link, by the examples that the Ministry of Finance publishes."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from wiadukt.shop.invoices.ksef import is_number, link_of

NUMBER = "5265877635-20250826-0100001AF629-AF"
DIGEST = "UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE"
RAW = base64.urlsafe_b64decode(DIGEST + "=")
DAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    "wrong", ["", NUMBER[:-1] + "E", NUMBER.replace("5", "6", 1), NUMBER.lower(), NUMBER + "0", "FS 0201/26"]
)
def test_a_number_is_known_by_its_shape_and_check_sum(wrong):
    assert is_number(NUMBER)
    assert not is_number(wrong)


@pytest.mark.parametrize("held", [DIGEST, DIGEST + "=", base64.b64encode(RAW).decode(), RAW.hex(), RAW.hex().upper()])
def test_a_link_is_made_from_the_digest_however_it_is_written(held):
    assert link_of(held, NUMBER, DAY) == f"https://qr.ksef.mf.gov.pl/invoice/5265877635/01-02-2026/{DIGEST}"


@pytest.mark.parametrize("link", ["https://qr.ksef.mf.gov.pl/invoice/1/2/3", "https://ksef.mf.gov.pl/web/verify/x"])
def test_a_link_that_the_base_holds_stays_as_it_is(link):
    assert link_of(link, "", DAY) == link


@pytest.mark.parametrize(
    "held",
    [
        "",
        "javascript:alert(1)",
        "http://qr.ksef.mf.gov.pl/invoice/1",
        "https://ksef.mf.gov.pl.evil.example/x",
        "https://evil.example/ksef.mf.gov.pl",
        "https://evilksef.mf.gov.pl/",
        DIGEST[:-2],
        "ż" * 43,
    ],
)
def test_nothing_else_is_shown_as_a_page_of_ksef(held):
    assert link_of(held, NUMBER, DAY) == ""


def test_a_digest_without_a_right_number_makes_no_link():
    assert link_of(DIGEST, "1", DAY) == ""
