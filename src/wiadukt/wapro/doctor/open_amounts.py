"""What of ROZRACHUNEK buyers owe, and what of it the shop does not show: so that nobody wonders why sums differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, not_, or_, select

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.flag import chosen
from wiadukt.wapro.read.settlements import currency_of, is_receivable
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean

NAMED = 6
own = t.settlement.c


def check_open_amounts(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """Open settlements of the shop's buyers on their debit side."""
    yield from _without_document(conn, settings)
    yield from _of_hidden_documents(conn, settings)
    yield from _in_other_currencies(conn, settings)


def _without_document(conn: Connection, settings: Settings) -> Iterator[Finding]:
    loose = (own.TYP_DOK != t.TRADE_DOCUMENT) & (own.STRONA == t.DEBIT)
    count, amount = conn.execute(_open(settings, is_receivable(settings))).one()
    yield Finding(
        True,
        _(
            "{count} open amounts without a trade document, {amount} in all: the shop shows them as other receivables",
            count=count,
            amount=_amount(amount),
        ),
    )
    query = _open(settings, and_(loose, not_(is_receivable(settings))), own.TYP_DOK, own.RODZAJ)
    hidden = [
        _(
            "TYP_DOK '{type}' with RODZAJ '{kind}': {count}, {amount}",
            type=clean(type_),
            kind=clean(kind),
            count=count,
            amount=_amount(amount),
        )
        for type_, kind, count, amount in conn.execute(query)
    ]
    if hidden:
        yield Finding(
            True,
            _("open amounts without a trade document that the shop does not show: {told}", told=_told(hidden)),
            _("If buyers owe them, name their RODZAJ in WAPRO_RECEIVABLE_KINDS; those below nothing are never shown."),
        )


def _of_hidden_documents(conn: Connection, settings: Settings) -> Iterator[Finding]:
    document, types = t.trade_document, t.trade_document_type
    is_shown = func.rtrim(types.c.SYGNATURA).in_(list(settings.invoice_kinds))
    hidden = or_(types.c.ID_TYPU.is_(None), not_(is_shown))
    query = (
        _open(settings, (own.TYP_DOK == t.TRADE_DOCUMENT) & hidden, types.c.SYGNATURA)
        .outerjoin(document, document.c.ID_DOKUMENTU_HANDLOWEGO == own.ID_NAG_DOK_M)
        .outerjoin(types, types.c.ID_TYPU == document.c.ID_TYPU)
    )
    found = [
        _("{sign}: {count}, {amount}", sign=clean(name) or _("without a document"), count=count, amount=_amount(amount))
        for name, count, amount in conn.execute(query)
    ]
    if found:
        yield Finding(
            True,
            _("open amounts of trade documents that the shop does not show: {told}", told=_told(sorted(found))),
            _("Receipts stay out by rule; what buyers should see, name in WAPRO_INVOICE_KINDS."),
        )


def _in_other_currencies(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """The credit limit counts what WAPRO states in its base currency."""
    document = t.trade_document.c
    is_open = (document.POZOSTALO_WAL != 0) & (document.ID_FIRMY == settings.wapro_company_id)
    query = select(
        document.SYM_WAL, func.count(), func.sum(func.abs(func.sign(func.coalesce(document.POZOSTALO, 0))))
    ).where(is_open)
    lines = [
        (currency_of(symbol), count, count - int(stated or 0))
        for symbol, count, stated in conn.execute(query.group_by(document.SYM_WAL).order_by(document.SYM_WAL))
    ]
    if lines:
        told = [_("{currency}: {count}", currency=symbol, count=count) for symbol, count, _dumb in lines]
        dumb = sum(without for _symbol, _count, without in lines)
        yield Finding(
            True,
            _(
                "open documents in other currencies: {told}; {dumb} of them without POZOSTALO in the base currency",
                told=_told(told),
                dumb=dumb,
            ),
            _("Those are in no sum of a credit limit, and staff reads so: compare one in WAPRO.") if dumb else "",
        )


def _open(settings: Settings, which: ColumnElement[bool], *by: Any) -> Select[Any]:
    """How many open settlements of the shop's buyers, and of how much in the base currency, by these columns."""
    theirs = select(t.contractor.c.ID_KONTRAHENTA).where(
        chosen(settings), t.contractor.c.ID_FIRMY == settings.wapro_company_id
    )
    query = select(*by, func.count(), func.sum(func.abs(own.POZOSTALO))).where(
        own.ID_FIRMY == settings.wapro_company_id, own.POZOSTALO != 0, own.ID_KONTRAHENTA.in_(theirs), which
    )
    query = query.select_from(t.settlement)
    return query.group_by(*by).order_by(*by) if by else query


def _amount(amount: Any) -> str:
    return f"{amount or 0:.2f}"


def _told(some: list[str]) -> str:
    return "; ".join([*some[:NAMED], *(["…"] if len(some) > NAMED else [])])
