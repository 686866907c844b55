"""Who and what goes to the shop, as this base and our settings say: a zero is mostly a setting that is not right."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.flag import chosen, sold
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def check_counts(conn: Connection, settings: Settings) -> Iterator[Finding]:
    company = settings.wapro_company_id
    flagged = select(func.count()).where(t.contractor.c.ID_FIRMY == company, chosen(settings))
    customers = conn.execute(flagged).scalar_one()
    yield Finding(
        True,
        _(
            "{customers} contractors have {flag}",
            customers=customers,
            flag=settings.wapro_customer_flag,
        ),
        "" if customers else _("Nobody of company {company} can order yet.", company=company),
    )
    products = conn.execute(
        select(func.count(t.article.c.INDEKS_KATALOGOWY.distinct())).where(
            sold(settings), t.article.c.ID_MAGAZYNU.in_(settings.warehouses)
        )
    ).scalar_one()
    yield Finding(
        True,
        _("{products} articles have {flag}", products=products, flag=settings.wapro_article_flag),
        "" if products else _("Nothing can be ordered yet."),
    )
    yield from _warehouses(conn, settings)
    yield from _documents(conn, settings)


def _warehouses(conn: Connection, settings: Settings) -> Iterator[Finding]:
    found = {
        int(row[0]): int(row[1]) for row in conn.execute(select(t.warehouse.c.ID_MAGAZYNU, t.warehouse.c.ID_FIRMY))
    }
    wrong = [one for one in settings.warehouses if found.get(one) != settings.wapro_company_id]
    yield Finding(
        not wrong,
        _("warehouses {names}", names=", ".join(map(str, settings.warehouses))),
        _(
            "{names} is not of company {company}: mend WAPRO_WAREHOUSES.",
            names=", ".join(map(str, wrong)),
            company=settings.wapro_company_id,
        )
        if wrong
        else "",
    )


def _documents(conn: Connection, settings: Settings) -> Iterator[Finding]:
    signs = select(t.trade_document_type.c.SYGNATURA).where(
        t.trade_document_type.c.ID_FIRMY == settings.wapro_company_id
    )
    known = {clean(sign) for sign in conn.execute(signs).scalars()}
    for sign in sorted(set(settings.invoice_kinds) - known):
        yield Finding(False, _("no trade document has the signature {sign}", sign=sign), _("Mend WAPRO_INVOICE_KINDS."))
    others = sorted(known - set(settings.invoice_kinds))
    yield Finding(True, _("trade documents that never leave WAPRO: {names}", names=", ".join(others) or _("none")))
