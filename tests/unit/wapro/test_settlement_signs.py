"""Bases differ in the signs of what is paid and what remains; a document's own figures tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wiadukt.contract.invoice import PaymentKind
from wiadukt.wapro.read.advances import Figures, Hints, Shape, shape_of, without_advance
from wiadukt.wapro.read.settlements import amounts_of, kind_of, settled


@pytest.mark.parametrize(
    ("gross", "paid", "remaining", "found"),
    [
        (100, 70, 30, (70, 30)),
        (100, 70, -30, (70, 30)),  # an open sale shown as negative
        (100, -70, -30, (70, 30)),
        (100, 130, -30, (130, -30)),  # paid too much: it adds up as it stands
        (100, 130, 30, (130, -30)),  # the same in a base that shows an open sale as negative
        (-40, 0, -40, (0, -40)),
        (-40, 0, 40, (0, -40)),  # a correction without its sign
        (-40, 10, 30, (-10, -30)),
        (0, 0, 0, (0, 0)),
        (100, 10, 10, (10, 10)),  # it adds up in no way: as it stands, and doctor counts it
    ],
)
def test_signs_are_found_out_by_each_document(gross, paid, remaining, found):
    assert settled(Decimal(gross), Decimal(paid), Decimal(remaining)) == found


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"TYP_DOK": "h"}, PaymentKind.CORRECTION),
        ({"CZY_KOREKTA": 1, "FORMA_PLATNOSCI": "przelew"}, PaymentKind.CORRECTION),
        ({"CZY_KOMPENSATA": 1}, PaymentKind.COMPENSATION),
        ({"FORMA_PLATNOSCI": "Przelew 14 dni"}, PaymentKind.TRANSFER),
        ({"FORMA_PLATNOSCI": "gotówka"}, PaymentKind.CASH),
        ({"FORMA_PLATNOSCI": "karta"}, PaymentKind.OTHER),
        ({}, PaymentKind.OTHER),
    ],
)
def test_how_it_was_paid_is_told_by_the_other_side(other, kind):
    row = {"TYP_DOK": "f", "CZY_KOREKTA": 0, "CZY_KOMPENSATA": 0, "FORMA_PLATNOSCI": None, **other}

    assert kind_of(row, {"przelew": PaymentKind.TRANSFER, "gotówka": PaymentKind.CASH}) is kind


@pytest.mark.parametrize(
    ("written", "worth", "told", "found"),
    [
        ((700, 400, 300), 1000, 0, (700, 400, 300)),  # the rest, and 400 of it in cash, that is without a payment
        ((700, 0, 700), 700, 0, (700, 0, 700)),  # the rest, with a line that takes the advance off
        ((1000, 0, 700), 1000, 0, (700, 0, 700)),
        ((1000, 0, -700), 1000, 0, (700, 0, 700)),
        ((1000, 300, 700), 1000, 0, (700, 0, 700)),
        ((1000, 400, 600), 1000, 100, (700, 100, 600)),
        ((1000, 300, 700), 1000, 300, (1000, 300, 700)),  # paid by a transfer of just as much
        ((1000, 5, 5), 1000, 0, (1000, 5, 5)),  # it adds up in no way
        ((300, 300, 0), 300, 0, (0, 0, 0)),  # all of it was charged in advance
    ],
)
def test_a_final_invoice_tells_how_it_stands_by_its_own_figures(written, worth, told, found):
    gross, paid, remaining = map(Decimal, written)
    hints = Hints(Decimal(300), Decimal(250), True, Decimal(worth), Decimal(told))

    shown = without_advance(Figures(gross, gross, paid, remaining), hints, "probe")

    assert (shown.gross, shown.paid, shown.remaining) == found


@pytest.mark.parametrize(
    ("written", "gross", "paid", "found"),
    [
        ([50, 20], 100, 70, [50, 20]),
        ([-50, -20], 100, 70, [50, 20]),
        ([50, 20], -100, -70, [-50, -20]),
        ([50, -20], 100, 30, [50, -20]),  # a payment that was taken back
        ([-50, 20], 100, 30, [50, -20]),
        ([50, -20], 100, 70, [50, 20]),  # signs that mean nothing
        ([50, -20], 100, 95, [50, -20]),  # nothing comes to what is paid: the greater side is the document's
        ([20, -50], 100, 95, [-20, 50]),
    ],
)
def test_signs_of_part_payments_are_told_by_what_is_paid(written, gross, paid, found):
    rows = [{"KWOTA": Decimal(amount)} for amount in written]

    assert amounts_of(rows, gross=Decimal(gross), paid=Decimal(paid), is_foreign=False) == found


# A final invoice after an advance of 300: gross, paid, remaining; what its lines are worth; what its payments come to.
@pytest.mark.parametrize(
    ("written", "worth", "told", "shape"),
    [
        ((700, 0, 700), 1000, 0, Shape.REST),
        ((700, 400, 300), 1000, 400, Shape.REST),
        ((1000, 0, 700), 1000, 0, Shape.LESS),
        ((1000, 0, -700), 1000, 0, Shape.LESS),
        ((1000, 300, 700), 1000, 0, Shape.PAID),
        ((1000, 300, 700), 1000, 300, Shape.UNPAID),
        ((1000, 0, 1000), 1000, 0, Shape.UNPAID),
        ((1000, 17, 11), 1000, 0, Shape.ODD),
    ],
)
def test_a_final_invoice_tells_how_it_takes_the_advance_off(written, worth, told, shape):
    gross, paid, remaining = map(Decimal, written)
    hints = Hints(Decimal(300), Decimal(300), is_invoiced=True, worth=Decimal(worth), told=Decimal(told))

    assert shape_of(Figures(gross, gross, paid, remaining), hints) is shape
