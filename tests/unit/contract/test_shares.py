"""The parts of a document add up to it to the grosz, whatever its lines are worth."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiadukt.contract.shares import GROSZ, fitted, split

money = st.decimals("-99999.99", "99999.99", places=2)
orders = st.dictionaries(st.text("0123456789", max_size=5), money, min_size=1, max_size=6)


@given(worth=orders, total=money)
def test_parts_add_up_to_the_total_to_the_grosz(worth, total):
    assert sum(fitted(worth, total).values()) == total


@given(amount=money, weights=orders)
def test_nobody_gets_a_grosz_more_or_less_than_his_proportion(amount, weights):
    total = sum(abs(weight) for weight in weights.values())

    for key, part in split(amount, weights).items():
        if total:
            assert abs(part - amount * abs(weights[key]) / total) < GROSZ


@given(worth=orders, total=money)
def test_the_order_of_lines_does_not_matter(worth, total):
    backwards = dict(reversed(worth.items()))

    assert fitted(backwards, total) == fitted(worth, total)


@given(worth=money, total=money)
def test_one_part_alone_gets_everything(worth, total):
    assert fitted({"7": worth}, total) == {"7": total}


@given(worth=orders)
def test_parts_that_add_up_already_are_left_as_they_are(worth):
    assert fitted(worth, sum(worth.values())) == worth


@pytest.mark.parametrize(
    ("worth", "total", "parts"),
    [
        ({"1": "10.01", "2": "10.01"}, "20.03", {"1": "10.02", "2": "10.01"}),  # equal: the lower key
        ({"1": "5.00", "2": "10.00"}, "15.01", {"1": "5.00", "2": "10.01"}),  # who loses most by the cut
        ({"1": "600.00", "2": "400.00"}, "700.00", {"1": "420.00", "2": "280.00"}),  # an advance of 300 taken off
        ({"1": "100.00", "2": "-99.00"}, "1.01", {"1": "100.01", "2": "-99.00"}),  # moved from one to another
        ({"1": "0.00", "2": "0.00"}, "0.02", {"1": "0.02", "2": "0.00"}),  # nothing weighs: the lowest key
    ],
)
def test_the_rule_by_hand(worth, total, parts):
    found = fitted({key: Decimal(amount) for key, amount in worth.items()}, Decimal(total))

    assert {key: str(part) for key, part in found.items()} == parts


def test_a_part_of_a_grosz_is_refused():
    with pytest.raises(ValueError, match="grosze"):
        split(Decimal("0.001"), {"1": Decimal(1)})
