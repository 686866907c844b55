"""How numbers, days and parameters are written on the screens."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wiadukt.production.screens.rendering import named_unit, quantity, share


@pytest.mark.parametrize(
    ("value", "polish"), [("10.000000", "10"), ("2.50", "2,5"), ("0", "0"), ("100", "100"), ("1200", "1200")]
)
def test_quantities_carry_no_needless_zeros(value, polish):
    assert quantity(Decimal(value), "pl") == polish
    assert quantity(Decimal(value), "en") == polish.replace(",", ".")


def test_only_a_full_count_is_a_hundred_per_cent():
    assert share(Decimal("9.999"), Decimal(10)) == 99
    assert share(Decimal(10), Decimal(10)) == 100
    assert share(Decimal(15), Decimal(10)) == 100


@pytest.mark.parametrize(
    ("key", "named"), [("width_mm", ("width", "mm")), ("decor", ("decor", "")), ("edge_left", ("edge_left", ""))]
)
def test_a_unit_in_a_parameters_name_is_read_as_one(key, named):
    assert named_unit(key) == named
