"""How this base writes final invoices, and whether WAPRO_FINAL_INVOICES says the same."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from wiadukt.contract.checkup import Finding
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.read.advances import Shape
from wiadukt.wapro.read.final_invoices import FinalInvoice, read_final_invoices
from wiadukt.wapro.settings import Settings

MOST = 500
NAMED = 3
AGAINST = {"probe": (), "whole": (Shape.REST,), "rest": (Shape.LESS, Shape.PAID)}
"""Shapes that a rule reads wrongly."""


def check_final_invoices(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """Of the newest ones: how many of each shape; those that the setting contradicts are a fault."""
    found = read_final_invoices(conn, settings, MOST)
    if not found:
        yield Finding(True, _("no final invoice of an advance invoice"))
        return
    rule = settings.wapro_final_invoices
    yield Finding(
        True,
        _(
            "{all} final invoices: WARTOSC_BRUTTO of {rest} is without the advance, of {less} with it and what is paid"
            " and remains without, of {paid} with it and the advance counts as paid",
            all=len(found),
            rest=len(_of(found, Shape.REST)),
            less=len(_of(found, Shape.LESS)),
            paid=len(_of(found, Shape.PAID)),
        ),
    )
    wrong = _of(found, *AGAINST[rule])
    if wrong:
        yield Finding(
            False,
            _("WAPRO_FINAL_INVOICES={rule} is wrong of {count} of them: {named}", rule=rule, **_told(wrong)),
            _("Set WAPRO_FINAL_INVOICES to probe, or compare one of these in WAPRO and set it by what is seen there."),
        )
    dumb = _of(found, Shape.UNPAID, Shape.ODD)
    if dumb and rule == "probe":
        yield Finding(
            True,
            _("the figures of {count} of them do not tell: {named}", **_told(dumb)),
            _("The shop takes them as without the advance: compare one in WAPRO and set WAPRO_FINAL_INVOICES."),
        )


def _of(found: list[FinalInvoice], *shapes: Shape) -> list[FinalInvoice]:
    return [one for one in found if one.shape in shapes]


def _told(some: list[FinalInvoice]) -> dict[str, object]:
    more = ["…"] if len(some) > NAMED else []
    return {"count": len(some), "named": ", ".join([*(one.number for one in some[:NAMED]), *more])}
