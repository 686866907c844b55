"""The table of docs/prices.md, worked by hand, is what the code counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from wiadukt.contract.money import Basis, changed, line_value

DOCS = Path(__file__).parents[3] / "docs" / "prices.md"
HEADS = ["net", "gross", "VAT", "steps %", "basis"]


def examples() -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip("| \n").split("|")] for line in DOCS.read_text().splitlines()]
    return [row for row in rows if len(row) == 10 and row[:5] != HEADS and not row[0].startswith("-")]


def test_the_table_is_there():
    assert len(examples()) >= 8


@pytest.mark.parametrize("row", examples(), ids=" ".join)
def test_a_worked_example_holds(row):
    net, gross, vat, steps, basis, *results = row
    prices = (Decimal(net), Decimal(gross))
    for step in steps.split():
        prices = changed(*prices, Decimal(step), vat_percent=Decimal(vat), basis=Basis(basis))

    quantity = int(results[2])
    counted = [*prices, quantity, *(line_value(quantity, price) for price in prices)]
    assert [str(one) for one in counted] == results
