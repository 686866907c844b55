"""The price of a chosen size: the table of docs/prices.md, and what holds whatever is chosen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from factories.sizes import HEIGHT, WIDTH, a_rule
from hypothesis import given
from hypothesis import strategies as st

from wiadukt.contract.money import Basis, gross_of
from wiadukt.shop.sizes.price import UnitPrice, price_of_size
from wiadukt.shop.sizes.rule import Base, Per

DOCS = Path(__file__).parents[3] / "docs" / "prices.md"
COLUMNS = 11


def examples() -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in DOCS.read_text().splitlines()]
    return [row for row in rows if len(row) == COLUMNS and row[0][:1].isdigit()]


def test_the_table_is_there():
    assert len(examples()) >= 6


@pytest.mark.parametrize("row", examples(), ids=" ".join)
def test_a_worked_example_holds(row):
    price, basis, vat, size, least, decor, sides, holes, *results = row
    width, height = size.split(" × ")
    values = {"width_mm": width, "height_mm": height, "decor": decor, "holes": holes}
    values |= {f"edge_{side}": "yes" for side in sides.split()}
    net = gross = Decimal(price)
    if basis == "net":
        gross = gross_of(net, Decimal(vat))

    found = price_of_size(a_rule(least_area=least), values, UnitPrice(net, gross, Decimal(vat), Basis(basis)))

    assert [" ".join(str(part.amount) for part in found.parts), str(found.net), str(found.gross)] == results


prices = st.decimals("0.05", "900", places=2) | st.decimals("0.0101", "9", places=4)
sizes = st.fixed_dictionaries(
    {
        "width_mm": st.integers(WIDTH.least, WIDTH.most),
        "height_mm": st.integers(HEIGHT.least, HEIGHT.most),
        "decor": st.sampled_from(["PLAIN", "OAK"]),
        "holes": st.integers(0, 12),
        **{f"edge_{side}": st.sampled_from(["yes", "no"]) for side in ("top", "bottom", "left", "right")},
    }
)
rules = st.builds(
    lambda base, area, per: _per(a_rule(base=base, least_area=area), per),
    st.sampled_from(Base),
    st.sampled_from(["0", "0.1", "0.5"]),
    st.sampled_from(Per),
)
rates = st.sampled_from([None, Decimal(0), Decimal(8), Decimal(23)])


def _per(rule, per):
    """The decor's surcharge counted by something else."""
    return replace(rule, parameters=tuple(replace(p, per=per) if p.code == "decor" else p for p in rule.parameters))


def texts(values):
    return {code: str(value) for code, value in values.items()}


def unit_price(net, vat, basis=Basis.NET):
    return UnitPrice(net, gross_of(net, vat if vat is not None else Decimal(23)), vat, basis)


@given(rules, sizes, prices, rates, st.sampled_from(Basis))
def test_a_price_is_the_sum_of_its_parts_in_whole_grosze(rule, values, net, vat, basis):
    found = price_of_size(rule, texts(values), unit_price(net, vat, basis))

    whole = found.net if basis is Basis.NET else found.gross
    assert whole == sum(part.amount for part in found.parts)
    for amount in (found.net, found.gross, *(part.amount for part in found.parts)):
        assert amount >= 0
        assert -amount.as_tuple().exponent <= 2, "nothing smaller than a grosz"


@given(rules, sizes, prices, rates)
def test_no_part_is_off_by_more_than_half_a_grosz(rule, values, net, vat):
    for part in price_of_size(rule, texts(values), unit_price(net, vat)).parts:
        assert abs(part.amount - part.rate * part.quantity) <= Decimal("0.005")


@given(rules, sizes, sizes, prices, rates, st.sampled_from(Basis))
def test_a_piece_that_is_no_smaller_costs_no_less(rule, one, other, net, vat, basis):
    wider = {side: max(one[side], other[side]) for side in ("width_mm", "height_mm")}

    small = price_of_size(rule, texts(one), unit_price(net, vat, basis))
    large = price_of_size(rule, texts(one | wider), unit_price(net, vat, basis))

    assert large.net >= small.net
    assert large.gross >= small.gross


@given(rules, sizes, prices, prices, rates)
def test_a_dearer_product_costs_no_less_and_surcharges_stay_the_same(rule, values, one, other, vat):
    cheap, dear = (price_of_size(rule, texts(values), unit_price(net, vat)) for net in sorted((one, other)))

    assert dear.net >= cheap.net
    assert dear.parts[1:] == cheap.parts[1:], "a buyer's discount is on the base alone"


@given(sizes, prices, rates)
def test_a_piece_below_the_smallest_area_costs_what_that_area_costs(values, net, vat):
    tiny = texts(values | {"width_mm": 100, "height_mm": 100})

    found = price_of_size(a_rule(least_area="0.5"), tiny, unit_price(net, vat))

    assert found.parts[0].quantity == Decimal("0.5")
