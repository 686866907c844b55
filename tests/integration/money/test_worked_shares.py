"""The table of docs/invoices.md, worked by hand, is what the code counts."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from factories.shop import erp_invoice

from wiadukt.contract.invoice import InvoiceLine
from wiadukt.contract.shares import shares_of

DOCS = Path(__file__).parents[3] / "docs" / "invoices.md"


def examples() -> list[list[str]]:
    """The rows of the table of shapes: of five cells, of which the second are `order=amount`."""
    rows = [
        [cell.strip() for cell in line[1:-1].split("|")] for line in DOCS.read_text().splitlines() if line[:1] == "|"
    ]
    head = ["shape", "lines", "total", "remaining", "parts"]
    first = rows.index(head) + 2
    return list(itertools.takewhile(lambda row: len(row) == len(head) and row[0] != "`WARTOSC_BRUTTO`", rows[first:]))


def test_the_table_is_there():
    assert len(examples()) >= 14


@pytest.mark.parametrize("row", examples(), ids=lambda row: row[0])
def test_a_worked_example_holds(row):
    _shape, lines, total, remaining, parts = row
    pairs = [pair.split("=") for pair in lines.split()]
    rows = tuple(
        InvoiceLine(
            id=str(number), product_id="A", name="A", unit="szt", quantity=Decimal(1), net=Decimal(amount),
            gross=Decimal(amount), order_id=None if order == "-" else order,
        )
        for number, (order, amount) in enumerate(pairs)
    )  # fmt: skip
    amounts = {"total_net": total, "total_gross": total, "remaining": remaining}
    invoice = erp_invoice(lines=rows, **{name: Decimal(amount) for name, amount in amounts.items()})

    found = shares_of(invoice)

    told = {one.order_id or "-": f"{one.gross}/{one.remaining}" for one in found}
    assert told == dict(pair.split("=") for pair in parts.split())
