"""Terms of trade of contractors: level, agreed prices, markups, thresholds, credit and salesman."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.contract.base import ProductId
from wiadukt.contract.customer import (
    CategoryTerms,
    IndividualPrice,
    OverdueAction,
    Salesman,
    Threshold,
    TradeTerms,
)
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among
from wiadukt.wapro.read.batch import Row, Rows, by, order_warehouse_first, rows
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


@dataclass(frozen=True)
class PriceBook:
    """What the terms of a batch of contractors are made of, by contractor, group and level."""

    settings: Settings
    agreed: dict[str, list[Row]]
    of_group: dict[str, list[Row]]
    of_level: dict[str, list[Row]]
    thresholds: tuple[Threshold, ...]


def read_price_book(conn: Connection, contractors: Rows, settings: Settings) -> PriceBook:
    """A constant number of queries, whatever the number of contractors."""
    groups = {int(row["ID_GRUPY"]) for row in contractors if row["ID_GRUPY"]}
    levels = (
        {int(row["ID_CENY"]) for row in contractors if row["ID_CENY"]} if _counts("CENA_KATEGORII", settings) else []
    )
    category, markup, threshold = t.group_category, t.category_markup, t.threshold
    of_group = select(category).where(category.c.ID_GRUPY.in_(among(sorted(groups)))).order_by(category.c.ID_KATEGORII)
    of_level = select(markup).where(markup.c.ID_CENY.in_(among(sorted(levels)))).order_by(markup.c.ID_KATEGORII)
    steps = select(threshold).where(threshold.c.ID_FIRMY == settings.wapro_company_id).order_by(threshold.c.PROG)
    ids = [int(row["ID_KONTRAHENTA"]) for row in contractors]
    return PriceBook(
        settings=settings,
        agreed=by(_agreed_prices(conn, ids, settings), "ID_KONTRAHENTA"),
        of_group=by(rows(conn, of_group), "ID_GRUPY"),
        of_level=by(rows(conn, of_level), "ID_CENY"),
        thresholds=tuple(_thresholds(rows(conn, steps), settings)),
    )


def terms_of(row: Row, book: PriceBook) -> TradeTerms:
    """The terms of one contractor. Signs are the contract's: a discount is positive, so is a markup."""
    settings = book.settings
    group_markup = (_counts("GRUPA_KONTRAHENTA", settings) and row["NARZUT"]) or Decimal(0)
    return TradeTerms(
        price_level=str(row["ID_CENY"] or ""),
        price_level_name=clean(row["level_name"]),
        group=str(row["ID_GRUPY"] or ""),
        group_name=clean(row["group_name"]),
        markup_percent=_turned(group_markup, settings.wapro_markup_sign),
        category_terms=tuple(_category_terms(row, book)),
        takes_promotions=row["PODLEGA_PROMOCJI"] != 0,
        thresholds=book.thresholds,
        rule=settings.price_rule,
        discount_percent=_turned(row["DOMYSLNY_RABAT"], settings.wapro_discount_sign),
        payment_form=clean(row["FORMA_PLATNOSCI"]),
        payment_days=row["TERMIN_NALEZNOSCI"] or 0,
        credit_limit=row["LIMIT_KUPIECKI"] or None,
        overdue_days=max(0, row["DNI_PO_TERMINIE"] or 0),
        overdue_action=settings.blocking.get(row["BLOKOWANIE"] or 0, OverdueAction.WARN),
        currency=clean(row["DOM_SYM_WAL"]) or "PLN",
        salesman=_salesman(row),
        individual_prices=tuple(
            IndividualPrice(product_id=ProductId(index), **agreed(price, settings))
            for index, price in sorted(first_by(book.agreed[str(row["ID_KONTRAHENTA"])], "INDEKS_KATALOGOWY").items())
        ),
    )


def agreed(row: Row, settings: Settings) -> dict[str, Any]:
    """What a row of a price list says, in the contract's words: a price, or a discount by its TRYB."""
    if row["TRYB"] in settings.price_modes:
        return {"net": row["CENA_NETTO"], "gross": row["CENA_BRUTTO"], "currency": clean(row["SYM_WAL"]) or "PLN"}
    percent = (row["UPUST"] or Decimal(0)) * settings.wapro_rebate_sign
    return {"discount_percent": percent, "level": str(row["ID_CENY"] or "")}


def is_sale_price(price: Table, settings: Settings) -> tuple[ColumnElement[bool], ...]:
    """Rows of a price list that we understand and that are for sale."""
    modes = settings.price_modes + settings.discount_modes
    return price.c.TRYB.in_(modes), price.c.SPRZEDAZ_ZAKUP == settings.wapro_sale_side


def first_by(found: Iterable[Row], column: str) -> dict[str, Row]:
    """The first row of each value."""
    first: dict[str, Row] = {}
    for row in found:
        first.setdefault(clean(str(row[column])), row)
    return first


def _agreed_prices(conn: Connection, ids: list[int], settings: Settings) -> Rows:
    """Of the same index in several warehouses, that of the order's warehouse first."""
    price = t.individual_price
    return rows(
        conn,
        select(price, t.article.c.INDEKS_KATALOGOWY)
        .join(t.article, t.article.c.ID_ARTYKULU == price.c.ID_ARTYKULU)
        .where(
            price.c.ID_KONTRAHENTA.in_(among(ids)),
            *is_sale_price(price, settings),
            t.article.c.ID_MAGAZYNU.in_(settings.warehouses),
        )
        .order_by(order_warehouse_first(settings), price.c.ID_CENNIK_KONTRAHENTA),
    )


def _category_terms(row: Row, book: PriceBook) -> Iterable[CategoryTerms]:
    """By category: the level of CENA_GRUPY, and the markup of the first table of WAPRO_MARKUPS that has one."""
    settings = book.settings
    of_group = {str(one["ID_KATEGORII"]): one for one in book.of_group[str(row["ID_GRUPY"])]}
    of_level = {str(one["ID_KATEGORII"]): one["DOMYSLNY_NARZUT"] for one in book.of_level[str(row["ID_CENY"])]}
    for category in sorted({*of_group, *of_level}):
        own = of_group.get(category)
        # A row without a markup of its own (NULL) leaves it to the next table.
        markups = {"CENA_GRUPY": own["NARZUT"] if own else None, "CENA_KATEGORII": of_level.get(category)}
        markup = next((markups[name] for name in settings.markups if markups.get(name) is not None), None)
        yield CategoryTerms(
            category=category,
            level=str((own and own["ID_CENY"]) or ""),
            markup_percent=None if markup is None else _turned(markup, settings.wapro_markup_sign),
        )


def _thresholds(found: Rows, settings: Settings) -> Iterable[Threshold]:
    for row in found:
        percent = _turned(row["RABAT"], settings.wapro_rebate_sign)
        if percent > 0:
            yield Threshold(from_value=row["PROG"] or Decimal(0), discount_percent=percent)


def _salesman(row: Row) -> Salesman | None:
    if not (row["ID_HANDLOWCA"] and row["NAZWISKO"]):
        return None
    name = f"{clean(row['IMIE_1'])} {clean(row['NAZWISKO'])}".strip()
    email = clean(row["salesman_email"]).lower()
    return Salesman(id=str(row["ID_HANDLOWCA"]), name=name, phone=clean(row["TELEFON"]), email=email)


def _counts(table: str, settings: Settings) -> bool:
    return table in settings.markups


def _turned(percent: Decimal | None, sign: int) -> Decimal:
    """A percent with our sign. Nothing is 0 and never -0, which reads otherwise in a history."""
    return (percent or Decimal(0)) * sign + 0
