"""How this base writes what is paid and what remains, as its own documents tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from wiadukt.contract.checkup import Finding
from wiadukt.contract.invoice import PaymentKind
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.columns import has_column
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.read.settlements import kind_of
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def check_settlements(conn: Connection, settings: Settings) -> Iterator[Finding]:
    yield from _signs(conn, settings)
    for name in settings.ksef_columns:
        found = has_column(conn, t.trade_document.name, name)
        remedy = "" if found else _("Mend WAPRO_KSEF_NUMBER_COLUMN or WAPRO_KSEF_URL_COLUMN.")
        yield Finding(found, _("KSeF is read from DOKUMENT_HANDLOWY.{name}", name=name), remedy)


def _signs(conn: Connection, settings: Settings) -> Iterator[Finding]:
    document = t.trade_document.c
    shown = select(t.trade_document_type.c.ID_TYPU).where(
        func.rtrim(t.trade_document_type.c.SYGNATURA).in_(list(settings.invoice_kinds))
    )
    ours = (document.ID_FIRMY == settings.wapro_company_id) & document.ID_TYPU.in_(shown)

    def count(condition: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(t.trade_document).where(ours, condition)
        return int(conn.execute(query).scalar_one())

    gross, paid, left = document.WARTOSC_BRUTTO, document.RAZEM_ZAPLACONO, document.POZOSTALO
    minus = count((gross > 0) & (left < 0))
    yield Finding(
        True,
        _(
            "POZOSTALO: {plus} sales are open with plus, {minus} with minus",
            plus=count((gross > 0) & (left > 0)),
            minus=minus,
        ),
    )
    signs = [count((gross < 0) & (left < 0)), count((gross < 0) & (left > 0))]
    yield Finding(
        True, _("POZOSTALO: {minus} corrections are open with minus, {plus} with plus", minus=signs[0], plus=signs[1])
    )
    odd = (func.abs(paid + left - gross) >= 0.01) & (
        func.abs(func.abs(paid) + func.abs(left) - func.abs(gross)) >= 0.01
    )
    others = count(odd)
    yield Finding(
        True,
        _("{others} documents whose RAZEM_ZAPLACONO and POZOSTALO do not add up to WARTOSC_BRUTTO", others=others),
        _("The shop shows them as they stand: compare one in WAPRO.") if others else "",
    )


def check_payment_kinds(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """Forms of what paid trade documents that no setting explains."""
    part, other = t.settled_part, t.settlement
    query = (
        select(other.c.FORMA_PLATNOSCI, func.count())
        .join(part, part.c.ID_ROZRACHUNKU_ZWIAZEK == other.c.ID_ROZRACHUNKU)
        .where(other.c.TYP_DOK != t.TRADE_DOCUMENT)
        .group_by(other.c.FORMA_PLATNOSCI)
        .order_by(other.c.FORMA_PLATNOSCI)
    )
    unknown = []
    for form, number in conn.execute(query):
        row: dict[str, Any] = {"TYP_DOK": "", "CZY_KOREKTA": 0, "CZY_KOMPENSATA": 0, "FORMA_PLATNOSCI": form}
        if kind_of(row, settings.payment_kinds) is PaymentKind.OTHER:
            unknown.append(_("'{form}' on {count}", form=clean(form), count=number))
    told = ", ".join(unknown[:8]) or _("none")
    yield Finding(
        True,
        _("payments of a form without a meaning: {told}", told=told),
        _("Name them in WAPRO_PAYMENT_KINDS.") if unknown else "",
    )
