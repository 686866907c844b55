"""Bases differ in the signs of what is paid and what remains; a document's own figures tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wiadukt.contract.invoice import PaymentKind
from wiadukt.wapro.read.settlements import kind_of, settled


@pytest.mark.parametrize(
    ("gross", "paid", "remaining", "found"),
    [
        (100, 70, 30, (70, 30)),
        (100, 70, -30, (70, 30)),  # an open sale shown as negative
        (100, -70, -30, (70, 30)),
        (100, 130, -30, (130, -30)),  # paid too much: it adds up as it stands
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
