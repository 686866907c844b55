"""In what quantities goods are sold: what is offered instead of a wrong one can always be ordered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from wiadukt.shop.quantities import said
from wiadukt.shop.stock.portions import Portions

D = Decimal
WHOLE = Portions.of("szt.", is_divisible=False, step=None, least=None)
FRACTIONS = Portions.of("m", is_divisible=True, step=None, least=None)


def of(step: str | None, least: str | None, *, is_divisible: bool = True) -> Portions:
    asked = {"step": D(step) if step else None, "least": D(least) if least else None}
    return Portions.of("szt.", is_divisible=is_divisible, **asked)


@pytest.mark.parametrize(
    ("portions", "wanted", "told"),
    [
        (WHOLE, "3", ""),
        (WHOLE, "2.5", "chcesz 2,5 szt., a sprzedajemy po 1 szt.: zamów 2 szt. albo 3 szt."),
        (WHOLE, "0.5", "chcesz 0,5 szt., a najmniejsza ilość to 1 szt.: zamów 1 szt. albo więcej"),
        (FRACTIONS, "2.5", ""),
        (FRACTIONS, "0.001", ""),
        (FRACTIONS, "2.5001", "chcesz 2,5001 m, a sprzedajemy po 0,001 m: zamów 2,5 m albo 2,501 m"),
        (of("10", "20"), "20", ""),
        (of("10", "20"), "25", "chcesz 25 szt., a sprzedajemy po 10 szt.: zamów 20 szt. albo 30 szt."),
        (of("10", "20"), "10", "chcesz 10 szt., a najmniejsza ilość to 20 szt.: zamów 20 szt. albo więcej"),
        (of("2.5", None), "4", "chcesz 4 szt., a sprzedajemy po 2,5 szt.: zamów 2,5 szt. albo 5 szt."),
    ],
)
def test_a_quantity_that_is_not_sold_is_refused_with_the_nearest_that_are(portions, wanted, told):
    with override("pl"):
        assert portions.problem(D(wanted)) == told


@pytest.mark.parametrize(
    ("step", "least", "is_divisible", "becomes"),
    [
        (None, "5", False, ("1", "5")),
        ("10", "25", False, ("10", "30")),
        ("10", "3", False, ("10", "10")),
        ("0.5", None, False, ("1", "1")),
        ("0.5", "0.7", True, ("0.5", "1")),
        ("0.0005", None, True, ("0.001", "0.001")),
    ],
)
def test_what_staff_asked_for_gives_way_to_what_the_unit_can_have(step, least, is_divisible, becomes):
    portions = of(step, least, is_divisible=is_divisible)

    assert (portions.step, portions.least) == tuple(map(D, becomes))


@pytest.mark.parametrize(
    ("portions", "rule"),
    [
        (WHOLE, ""),
        (FRACTIONS, ""),
        (of("10", None), "sprzedawane po 10 szt."),
        (of("1", None), "sprzedawane po 1 szt."),
        (of(None, "5", is_divisible=False), "najmniej 5 szt."),
        (of("10", "20"), "najmniej 20 szt., po 10 szt."),
    ],
)
def test_a_buyer_is_told_what_does_not_go_without_saying(portions, rule):
    with override("pl"):
        assert portions.rule == rule


amounts = st.decimals(min_value=D("0.001"), max_value=D(5000), places=3)


@given(
    step=st.none() | amounts,
    least=st.none() | amounts,
    is_divisible=st.booleans(),
    wanted=st.decimals(min_value=D("0.0001"), max_value=D(20000), places=4),
    available=st.decimals(min_value=0, max_value=D(20000), places=6),
)
def test_whatever_is_offered_can_be_ordered(step, least, is_divisible, wanted, available):
    portions = Portions.of("m", is_divisible=is_divisible, step=step, least=least)

    assert not portions.problem(portions.least)
    assert not portions.problem(portions.first)
    most = portions.most_of(available)
    assert most <= available
    assert not most or not portions.problem(most)
    fits = wanted >= portions.least and wanted % portions.step == 0
    assert bool(portions.problem(wanted)) != fits
    if not is_divisible:
        assert portions.is_whole
        assert portions.least % 1 == 0


def test_a_quantity_reads_as_people_write_it():
    with override("pl"):
        assert said(D("1250.500000"), "m") == "1\N{NO-BREAK SPACE}250,5 m"
        assert said(D("100.000000")) == "100"
