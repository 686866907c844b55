"""What of a final invoice its advance invoices have charged already, so that no order is charged twice.

No public source says whether `WARTOSC_BRUTTO` of a final invoice is the whole sale or what is left of it, nor whether
`RAZEM_ZAPLACONO` holds the advance. So each document tells by its own figures, as with signs; a base whose figures
tell nothing is told by WAPRO_FINAL_INVOICES. Source: docs/invoices.md, advances.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from sqlalchemy import Connection, func, or_, select

from wiadukt.contract.base import OrderId
from wiadukt.contract.invoice import Charged
from wiadukt.contract.money import grosz
from wiadukt.contract.shares import split
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among
from wiadukt.wapro.read.batch import Row, Rows, rows
from wiadukt.wapro.read.document_lines import order_line_of, read_lines, read_orders_of_lines
from wiadukt.wapro.read.settlements import adds_up, settled

NOTHING = Decimal(0)
FIGURES = ("WARTOSC_NETTO", "WARTOSC_BRUTTO", "RAZEM_ZAPLACONO", "POZOSTALO")
"""Columns of `Figures`."""
Rule = Literal["probe", "whole", "rest"]


class Shape(StrEnum):
    """How a final invoice takes off what advance invoices charged, as its own figures tell."""

    REST = "rest"
    """Its gross value is without it."""
    LESS = "less"
    """Its gross value is with it, and paid and remaining come to what is left."""
    PAID = "paid"
    """Its gross value is with it, and it is among what is paid."""
    UNPAID = "unpaid"
    """Its lines are worth the gross value, but the advance is nowhere taken off: read as the rest, unless told."""
    ODD = "odd"
    """Its figures come to nothing that is known."""


@dataclass(frozen=True)
class Figures:
    """A document's amounts in its currency; `advance` is what of its lines was charged before, and in no total."""

    net: Decimal
    gross: Decimal
    paid: Decimal
    remaining: Decimal
    advance: Decimal = NOTHING


@dataclass(frozen=True)
class Hints:
    """What else is known of a final invoice: what was charged before (gross, net), whether by invoices, what its lines
    are worth, and what its part payments come to."""

    charged: Decimal
    charged_net: Decimal
    is_invoiced: bool
    worth: Decimal
    told: Decimal


def shape_of(figures: Figures, hints: Hints) -> Shape:
    """How this document takes off what was charged before; of one with nothing charged it says nothing.

    Paid and remaining that come to the gross value less the advance tell it plainly. Where they come to the gross
    value, the lines tell: worth just that, the document is the whole, worth the advance more, it is the rest.
    """
    left = figures.gross - hints.charged
    is_plainly_less = figures.paid + figures.remaining == left
    if adds_up(figures.gross, figures.paid, figures.remaining) and not is_plainly_less:
        if abs(hints.worth - figures.gross) >= abs(hints.worth - hints.charged - figures.gross):
            return Shape.REST
        return Shape.PAID if _signed(figures).paid - hints.told >= hints.charged else Shape.UNPAID
    return Shape.LESS if adds_up(left, figures.paid, figures.remaining) else Shape.ODD


def without_advance(figures: Figures, hints: Hints, rule: Rule) -> Figures:
    """The figures without what was charged before, and with the document's sign.

    `whole`: the totals hold the advance, `rest`: they don't, `probe`: as the document's shape tells. An advance that no
    invoice charged is money and stays paid.
    """
    charged, signed = hints.charged, _signed(figures)
    if not charged or rule == "rest":
        return signed
    shape = shape_of(figures, hints)
    if shape is Shape.LESS:
        paid, remaining = settled(figures.gross - charged, figures.paid, figures.remaining)
        with_advance = replace(figures, paid=paid + charged, remaining=remaining)
        return _less(with_advance, hints) if hints.is_invoiced else with_advance
    is_whole = shape is Shape.PAID or (rule == "whole" and shape is not Shape.ODD)
    return _less(signed, hints) if hints.is_invoiced and is_whole else signed


def _less(figures: Figures, hints: Hints) -> Figures:
    """Figures among whose paid the advance is, without it."""
    charged = hints.charged
    return Figures(
        net=figures.net - hints.charged_net,
        gross=figures.gross - charged,
        paid=figures.paid - charged,
        remaining=figures.remaining,
        advance=charged,
    )


def _signed(figures: Figures) -> Figures:
    paid, remaining = settled(figures.gross, figures.paid, figures.remaining)
    return replace(figures, paid=paid, remaining=remaining)


def figures_of(row: Row, of: str) -> Figures:
    """As they stand, in the document's currency (`of`: the columns' ending)."""
    amounts = (grosz(row[f"{name}{of}"] or NOTHING) for name in FIGURES)
    return Figures(*amounts)


def hints_of(row: Row, advances: Rows, settled_by: Iterable[tuple[Row, Decimal]], *, of: str, worth: Decimal) -> Hints:
    """`settled_by`: its part payments with their amounts; `worth`: what its lines come to, gross."""
    told = sum((amount for part, amount in settled_by if not is_of_advance(part, advances)), NOTHING)
    charged, charged_net = charged_before(row, advances, of)
    return Hints(charged, charged_net, bool(advances), worth, told)


def in_base(row: Row, figures: Figures) -> tuple[Decimal | None, Decimal | None]:
    """Gross and remaining of a document in another currency as WAPRO has them in the base currency (the columns without
    `_WAL`), with the signs of `figures`; None for what it does not state.

    What was charged before is in no total: it is taken off in the document's own proportion. What is settled in its
    currency owes nothing in the base one, though a difference of rates may stand there.
    """
    gross, left = grosz(row["WARTOSC_BRUTTO"] or NOTHING), grosz(row["POZOSTALO"] or NOTHING)
    whole = abs(grosz(row["WARTOSC_BRUTTO_WAL"] or NOTHING))
    if figures.advance and whole:
        gross = grosz(gross * abs(figures.gross) / whole)
    return _as_signed(gross, figures.gross), _as_signed(left, figures.remaining)


def _as_signed(amount: Decimal, of: Decimal) -> Decimal | None:
    if not of:
        return NOTHING
    return abs(amount).copy_sign(of) if amount else None


def read_charged(conn: Connection, finals: Iterable[Row], advance_signs: Iterable[str]) -> dict[int, list[Row]]:
    """The advance invoices of each chain (`ID_FZAL_ORG`, the first of them) that these documents name."""
    chains = {int(row["ID_FZAL_ORG"]) for row in finals if row["ID_FZAL_ORG"]}
    found: dict[int, list[Row]] = defaultdict(list)
    if not chains:
        return found
    document, types, wanted = t.trade_document, t.trade_document_type, among(chains)
    query = (
        select(document)
        .join(types, types.c.ID_TYPU == document.c.ID_TYPU)
        .where(
            func.rtrim(types.c.SYGNATURA).in_(list(advance_signs)),
            or_(document.c.ID_DOKUMENTU_HANDLOWEGO.in_(wanted), document.c.ID_FZAL_ORG.in_(wanted)),
        )
    )
    for row in rows(conn, query):
        first = int(row["ID_FZAL_ORG"] or 0)
        found[first if first in chains else int(row["ID_DOKUMENTU_HANDLOWEGO"])].append(row)
    return found


def read_weights(conn: Connection, charged: dict[int, list[Row]]) -> dict[int, dict[str, Decimal]]:
    """By the first advance invoice of a chain: what its advances' lines are worth, by order (empty: without one)."""
    first_of = {int(one["ID_DOKUMENTU_HANDLOWEGO"]): first for first, some in charged.items() for one in some}
    if not first_of:
        return {}
    lines = read_lines(conn, among(first_of))
    orders = read_orders_of_lines(conn, (order_line_of(line) for line in lines))
    found: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        order = orders.get(order_line_of(line), 0)
        found[first_of[int(line["invoice_id"])]][str(order or "")] += line["ILOSC"] * (line["CENA_BRUTTO"] or NOTHING)
    return found


def charged_by_order(figures: Figures, net: Decimal, weights: dict[str, Decimal]) -> tuple[Charged, ...]:
    """What was charged before, by order, in proportion to what the advances' lines are worth."""
    if not figures.advance or not weights:
        return ()
    grosses, nets = split(figures.advance, weights), split(net, weights)
    return tuple(
        Charged(order_id=OrderId(key) if key else None, net=nets[key], gross=grosses[key]) for key in sorted(weights)
    )


def is_of_advance(part: Row, advances: Rows) -> bool:
    """Whether an advance invoice settled this part: some bases take an advance off so."""
    if part["TYP_DOK"] != t.TRADE_DOCUMENT:
        return False
    return part["other_document"] in {one["ID_DOKUMENTU_HANDLOWEGO"] for one in advances}


def charged_before(row: Row, advances: Rows, of: str) -> tuple[Decimal, Decimal]:
    """Gross and net that advance invoices charged of this final invoice, in its currency (`of`: the columns' ending).

    `ZALICZKA` where it is filled: an advance may be taken off in portions. Its net is in the document's proportion.
    """
    gross = sum((grosz(one[f"WARTOSC_BRUTTO{of}"]) for one in advances), NOTHING)
    net = sum((grosz(one[f"WARTOSC_NETTO{of}"]) for one in advances), NOTHING)
    told = NOTHING if of else grosz(row["ZALICZKA"] or NOTHING)
    if not told or told == gross:
        return gross, net
    whole = grosz(row["WARTOSC_BRUTTO"] or NOTHING)
    return told, grosz(told * grosz(row["WARTOSC_NETTO"] or NOTHING) / whole) if whole else told
