"""Which contractors and articles the office sends to the shop: by one column of their card, as WAPRO_CUSTOMER_FLAG and
WAPRO_ARTICLE_FLAG say, and of articles without those that WAPRO_ARTICLE_SKIP names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table, and_, case, column, func, not_, select, table
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.wapro import tables as t
from wiadukt.wapro.settings import CardFlag, Settings

CHOSEN, SOLD = "W_SKLEPIE", "SPRZEDAWANY"
_SIGNS = str.maketrans({sign: f"!{sign}" for sign in "!%_["})


def chosen(settings: Settings) -> ColumnElement[bool]:
    """The condition over KONTRAHENT."""
    return _flagged(settings.customer_flag, t.contractor, t.contractor.c.ID_KONTRAHENTA)


def sold(settings: Settings) -> ColumnElement[bool]:
    """The condition over ARTYKUL: flagged, and no draft or archived card by the rules."""
    flagged = _flagged(settings.article_flag, t.article, t.article.c.ID_ARTYKULU)
    return and_(flagged, *(not_(_like(t.article.c[name], text)) for name, text in settings.article_skip))


def chosen_column(settings: Settings) -> ColumnElement[int]:
    """1 or 0 under the name CHOSEN, for a reader of the card: the base compares, so that all of us say the same."""
    return case((chosen(settings), 1), else_=0).label(CHOSEN)


def sold_column(settings: Settings) -> ColumnElement[int]:
    """The same of an article, under the name SOLD."""
    return case((sold(settings), 1), else_=0).label(SOLD)


def in_trigger(flag: CardFlag, row: str, left: str, right: str) -> str:
    """A contractor's condition over a trigger's row, with the column in this server's quotes."""
    name = f"{row}.{left}{flag.column}{right}"
    if flag.is_text:
        return f"ltrim(rtrim({name})) = '{flag.values[0]}'"
    return f"{name} IN ({', '.join(flag.values)})"


def _flagged(flag: CardFlag, of: Table, key: Column[Any]) -> ColumnElement[bool]:
    if flag.column in of.c:
        return _holds(flag, of.c[flag.column])
    # A column that is read for nothing else; by an alias, since a joined table may have one of the same name.
    card = table(of.name, column(key.name), column(flag.column), schema="dbo").alias("znacznik")
    return key.in_(select(card.c[key.name]).where(_holds(flag, card.c[flag.column])))


def _holds(flag: CardFlag, where: ColumnElement[Any]) -> ColumnElement[bool]:
    if flag.is_text:
        return func.ltrim(func.rtrim(where)) == flag.values[0]
    return where.in_([int(value) for value in flag.values])


def _like(where: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """`text` with * for anything; a card without that text is like none."""
    pattern = text.upper().translate(_SIGNS).replace("*", "%")
    return func.upper(func.ltrim(func.rtrim(func.coalesce(where, "")))).like(pattern, escape="!")
