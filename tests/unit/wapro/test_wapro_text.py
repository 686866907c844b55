"""Texts as WAPRO can keep them, and the several addresses it keeps in one field."""

from __future__ import annotations

import pytest

from wiadukt.contract.errors import Refused
from wiadukt.wapro.read.orders import tracking_link
from wiadukt.wapro.text import clean, emails, fitting, is_id


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("jan@a.example", ("jan@a.example",)),
        ("Jan@A.example; biuro@a.example,jan@a.example", ("jan@a.example", "biuro@a.example")),
        ("biuro@a.example zakupy@a.example", ("biuro@a.example", "zakupy@a.example")),
        ('Jan Nowak <jan@a.example>, "Ewa" <ewa@a.example>', ("jan@a.example", "ewa@a.example")),
        ("brak", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_one_field_may_hold_several_addresses(field, found):
    assert emails(field) == found


def test_padding_and_null_are_nothing():
    assert (clean("23 "), clean(None)) == ("23", "")


def test_polish_letters_and_line_breaks_fit():
    assert fitting("Zażółć gęślą jaźń – 716×396\nok", 100, field="remarks", object_id="1")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Ω", "unknown_sign"), ("ok 👍", "unknown_sign"), ("a\x00b", "unknown_sign"), ("a" * 11, "too_long")],
)
def test_a_text_that_wapro_would_spoil_is_refused_with_its_field(text, code):
    with pytest.raises(Refused) as refusal:
        fitting(text, 10, field="remarks", object_id="WD-1")

    assert (refusal.value.code, refusal.value.field, refusal.value.object_id) == (code, "remarks", "WD-1")
    assert refusal.value.cause
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("text", "known"), [("10001", True), ("", False), ("²", False), ("-1", False), ("9" * 19, False)]
)
def test_only_a_number_that_fits_is_an_id(text, known):
    assert is_id(text) is known


@pytest.mark.parametrize(
    ("pattern", "link"),
    [
        ("", ""),
        ("https://a.example/?nr=", "https://a.example/?nr=AB%2F1"),
        ("https://a.example/{0}/pl", "https://a.example/AB%2F1/pl"),
        ("https://a.example/%s", "https://a.example/AB%2F1"),
        ("https://a.example/?p=#numer#", "https://a.example/?p=AB%2F1"),
    ],
)
def test_the_parcel_number_takes_its_place_in_the_link(pattern, link):
    assert tracking_link(pattern, "AB/1") == link
