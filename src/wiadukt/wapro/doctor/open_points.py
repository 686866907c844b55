"""What differs from base to base and changes what the shop shows: told from this base's own rows, as advice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, and_, column, func, select, table

from wiadukt.contract.checkup import Finding
from wiadukt.runtime import clock
from wiadukt.wapro import clarion
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.flag import chosen, sold
from wiadukt.wapro.settings import Settings

DAYS = 90
_wanted = table("ZAMOWIENIE", column("FAKTURA_DO_ZAMOWIENIA"), column("TYP"), column("DATA"), schema="dbo")
_program = table("WIDOK_ARTYKUL", column("IdArtykulu"), column("IloscDostepna"), schema="dbo")
_there = table("tables", column("table_schema"), column("table_name"), schema="information_schema")
LOGS = ("MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN", "AKTYWNOSC_UZYTKOWNIKA")


def check_open_points(conn: Connection, settings: Settings) -> Iterator[Finding]:
    there = {str(name).upper() for name in conn.execute(select(_there.c.table_name)).scalars()}
    yield from _invoice_wanted(conn, settings)
    yield from _stock(conn, settings, there)
    yield from _discounts(conn, settings)
    for name in LOGS:
        if name in there:
            rows = conn.execute(select(func.count()).select_from(table(name, schema="dbo"))).scalar_one()
            yield Finding(True, _("{rows} rows in {name} (we don't read it)", rows=rows, name=name))


def _invoice_wanted(conn: Connection, settings: Settings) -> Iterator[Finding]:
    value = _wanted.c.FAKTURA_DO_ZAMOWIENIA
    recent = (_wanted.c.TYP == t.FROM_CUSTOMER) & (_wanted.c.DATA >= clarion.of_moment(clock.now()) - DAYS)
    found = conn.execute(select(value, func.count()).where(recent).group_by(value).order_by(value)).all()
    seen = ", ".join(_("{code} on {count}", code=code, count=count) for code, count in found) or _("no order")
    ours = settings.wapro_invoice_wanted
    is_strange = bool(found) and ours not in {code for code, _count in found}
    yield Finding(
        True,
        _("FAKTURA_DO_ZAMOWIENIA of {days} days: {seen}; we write {ours}", days=DAYS, seen=seen, ours=ours),
        _("No order of the office has our value: mend WAPRO_INVOICE_WANTED.") if is_strange else "",
    )


def _stock(conn: Connection, settings: Settings, there: set[str]) -> Iterator[Finding]:
    card = t.article.c
    shown = and_(sold(settings), card.ID_MAGAZYNU.in_(settings.warehouses))
    if _program.name in there:
        ours = card.STAN - card.ZAREZERWOWANO - card.ILOSC_EDYTOWANA
        both = t.article.join(_program, _program.c.IdArtykulu == card.ID_ARTYKULU)
        query = select(func.count()).select_from(both).where(shown, _program.c.IloscDostepna != ours)
        others = conn.execute(query).scalar_one()
        yield Finding(
            True,
            _(
                "{others} articles have another IloscDostepna (WIDOK_ARTYKUL) than what is free by their columns",
                others=others,
            ),
            _("The shop shows the latter: compare one in WAPRO.") if others else "",
        )
    in_unit = t.article.join(t.unit, t.unit.c.ID_JEDNOSTKI == card.ID_JEDNOSTKI_SPRZ)
    factors = select(func.count()).select_from(in_unit).where(shown, t.unit.c.PRZELICZNIK.not_in((0, 1)))
    count = conn.execute(factors).scalar_one()
    yield Finding(
        True,
        _("{count} articles are sold in a unit of another factor", count=count),
        _("Stock is divided by it and prices are taken as they stand: compare one in WAPRO.") if count else "",
    )


def _discounts(conn: Connection, settings: Settings) -> Iterator[Finding]:
    buyer = t.contractor.c
    in_shop = chosen(settings) & (buyer.ID_FIRMY == settings.wapro_company_id)
    query = select(func.count()).select_from(t.contractor).where(in_shop, buyer.DOMYSLNY_RABAT > 0)
    count = conn.execute(query).scalar_one()
    yield Finding(
        True,
        _("{count} buyers have a positive DOMYSLNY_RABAT", count=count),
        _("We read it as a markup, a discount being negative: is it so here?") if count else "",
    )
