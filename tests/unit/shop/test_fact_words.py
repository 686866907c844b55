"""Facts of both sides are written as a person reads them, and what differs still differs."""

from __future__ import annotations

import pytest
from django.utils import translation

from wiadukt.shop.panel.objects.labels import value_of


@pytest.mark.parametrize(
    ("fact", "value", "polish", "english"),
    [
        ("line 7: ordered", "2.000000", "2", "2"),
        ("line 7: ordered", "0.125000", "0,125", "0.125"),
        ("line 7: price", "88.3700 108.7000", "88,37 108,70", "88.37 108.70"),
        ("price 1", "0.1234 1.0000 PLN Detaliczna", "0,1234 1,00 PLN Detaliczna", "0.1234 1.00 PLN Detaliczna"),
        ("total_net", "848.88", "848,88", "848.88"),
        ("received", "0", "nie", "no"),
        ("received", "1 2026-11-28", "tak 28.11.2026", "yes 28.11.2026"),
        ("production", "ready 100", "gotowe, 100 %", "ready, 100 %"),
        ("in_shop", "1", "tak", "yes"),
        ("production", "", "", ""),
        ("name", "Zawias 1.2500.7 v2.000000x", "Zawias 1.2500.7 v2.000000x", "Zawias 1.2500.7 v2.000000x"),
        ("phone", None, "", ""),
    ],
)
def test_a_value_is_written_for_the_reader(fact, value, polish, english):
    with translation.override("pl"):
        assert value_of(fact, value) == polish
    with translation.override("en"):
        assert value_of(fact, value) == english


def test_values_that_differ_are_written_differently():
    assert value_of("line 7: ordered", "2.000000") != value_of("line 7: ordered", "2.000001")
    assert value_of("price 1", "1.0001 1.0000 PLN") != value_of("price 1", "1.0000 1.0000 PLN")
