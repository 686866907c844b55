"""Where this base's prices come from, and what of that our settings leave out or may misread."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, case, column, func, select, table

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean

_columns = table("columns", column("table_name"), column("column_name"), schema="information_schema")


def check_prices(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """Codes without a meaning are red: a buyer would see another price than the office agreed with him."""
    yield from _levels(conn, settings)
    for price in (t.individual_price, t.group_price):
        yield from _modes(conn, price, settings)
    yield from _markups(conn, settings)
    yield from _promotions(conn, settings)
    yield from _values(conn, settings)
    yield from _sales(conn)


def _levels(conn: Connection, settings: Settings) -> Iterator[Finding]:
    levels = {int(level) for level in conn.execute(select(t.price_level.c.ID_CENY)).scalars()}
    wrong = sorted(set(settings.price_levels) - levels)
    yield Finding(
        not wrong,
        _("{n} price levels", n=len(levels)),
        _("{wrong} are none: mend WAPRO_PRICE_LEVELS.", wrong=wrong) if wrong else "",
    )


def _modes(conn: Connection, price: Table, settings: Settings) -> Iterator[Finding]:
    """By TRYB and side: how many rows have a price and how many a discount; that tells what the code means."""
    row = price.c
    found = conn.execute(
        select(
            row.TRYB,
            row.SPRZEDAZ_ZAKUP,
            func.count(),
            func.sum(case((row.CENA_NETTO != 0, 1), else_=0)),
            func.sum(case((row.UPUST != 0, 1), else_=0)),
        ).group_by(row.TRYB, row.SPRZEDAZ_ZAKUP)
    )
    for mode, side, count, priced, discounted in found.all():
        what = _(
            "{name}: {count} rows of TRYB {mode}, SPRZEDAZ_ZAKUP {side}",
            name=price.name,
            count=count,
            mode=mode,
            side=side,
        )
        what += _(", {priced} with a price, {discounted} with UPUST", priced=priced, discounted=discounted)
        if side != settings.wapro_sale_side:
            yield Finding(True, _("{what}: left out", what=what), _("If these are for sale, mend WAPRO_SALE_SIDE."))
        elif mode in settings.price_modes:
            yield Finding(True, _("{what}: a fixed price", what=what), _doubt(priced, count, "WAPRO_DISCOUNT_MODES"))
        elif mode in settings.discount_modes:
            yield Finding(True, _("{what}: a discount", what=what), _doubt(discounted, count, "WAPRO_PRICE_MODES"))
        elif mode in settings.no_price_modes:
            yield Finding(True, _("{what}: says nothing about a price", what=what))
        else:
            remedy = _("Name it in WAPRO_PRICE_MODES, WAPRO_DISCOUNT_MODES or WAPRO_NO_PRICE_MODES.")
            yield Finding(False, _("{what}: the code has no meaning", what=what), remedy)


def _doubt(filled: int, count: int, other: str) -> str:
    return "" if filled * 2 >= count else _("Most of them are 0: does the code belong into {other}?", other=other)


def _markups(conn: Connection, settings: Settings) -> Iterator[Finding]:
    amounts = {
        "CENA_GRUPY": t.group_category.c.NARZUT,
        "CENA_KATEGORII": t.category_markup.c.DOMYSLNY_NARZUT,
        "GRUPA_KONTRAHENTA": t.contractor_group.c.NARZUT,
    }
    for name, amount in amounts.items():
        count, least, most = conn.execute(
            select(func.count(), func.min(amount), func.max(amount)).where(amount != 0)
        ).one()
        if count:
            used = name in settings.markups
            yield Finding(
                True,
                _(
                    "{name}: {count} markups from {least} to {most}: {use}",
                    name=name,
                    count=count,
                    least=least,
                    most=most,
                    use=_("used") if used else _("left out"),
                ),
                "" if used else _("Add the table to WAPRO_MARKUPS if they change a buyer's price."),
            )
    count, least, most = conn.execute(
        select(func.count(), func.min(t.contractor.c.DOMYSLNY_RABAT), func.max(t.contractor.c.DOMYSLNY_RABAT)).where(
            t.contractor.c.DOMYSLNY_RABAT != 0
        )
    ).one()
    if count:
        mixed = least < 0 < most
        lowers = _("negative") if settings.wapro_discount_sign < 0 else _("positive")
        yield Finding(
            True,
            _(
                "{count} contractors have DOMYSLNY_RABAT from {least} to {most}: {lowers} lowers a price",
                count=count,
                least=least,
                most=most,
                lowers=lowers,
            ),
            _("Both signs occur: is WAPRO_DISCOUNT_SIGN right?") if mixed else "",
        )


def _promotions(conn: Connection, settings: Settings) -> Iterator[Finding]:
    article = t.article.c
    priced = conn.execute(select(func.count()).where(article.CENA_PROMOCJI_N > 0)).scalar_one()
    yield Finding(True, _("{priced} cards have a promotional price", priced=priced))
    for name in ("PROMOCJA_RABAT", "PROMOCJA_PROCENT"):
        query = select(func.count()).where(article[name] != 0, func.coalesce(article.CENA_PROMOCJI_N, 0) == 0)
        count = conn.execute(query).scalar_one()
        if count and settings.wapro_promotion_percent_column != name:
            yield Finding(
                True,
                _("{count} cards without a promotional price have {name}: not read", count=count, name=name),
                _("If it is the percent of the promotion, set WAPRO_PROMOTION_PERCENT_COLUMN."),
            )


def _values(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """Values that our settings give no meaning to."""
    off = conn.execute(select(t.article.c.WYLACZ_CENY_IND, func.count()).group_by(t.article.c.WYLACZ_CENY_IND))
    for value, count in off.all():
        if clean(value) and clean(value).upper() not in settings.no_individual_values:
            yield Finding(
                True,
                _("{count} cards have WYLACZ_CENY_IND '{value}': agreed prices hold", count=count, value=clean(value)),
                _("If it switches them off, add it to WAPRO_NO_INDIVIDUAL_VALUES."),
            )
    blocked = conn.execute(select(t.contractor.c.BLOKOWANIE, func.count()).group_by(t.contractor.c.BLOKOWANIE))
    for value, count in blocked.all():
        if (value or 0) not in settings.blocking:
            yield Finding(
                True,
                _("{count} contractors have BLOKOWANIE {value}: who is late gets a warning", count=count, value=value),
                _("Say in WAPRO_BLOCKING what it means: allow, warn or hold."),
            )
    for price in (t.individual_price, t.group_price, t.article_price):
        currency = func.coalesce(func.rtrim(price.c.SYM_WAL), "")
        count = conn.execute(select(func.count()).where(currency.not_in(("", "PLN")))).scalar_one()
        if count:
            yield Finding(
                True,
                _("{name}: {count} prices in another currency", name=price.name, count=count),
                _("The shop sells none of these."),
            )


def _sales(conn: Connection) -> Iterator[Finding]:
    """PRZECENA and PRZECENA_POZ: their columns are not public, so nothing is read of them."""
    where = _columns.c.table_name
    found = conn.execute(select(where, _columns.c.column_name).where(where.in_(("PRZECENA", "PRZECENA_POZ")))).all()
    if found:
        names = ", ".join(f"{row[0]}.{row[1]}" for row in found[:12])
        yield Finding(
            True,
            _("PRZECENA is there and not read: {names}", names=names),
            _("If prices come from it, tell us its columns."),
        )
