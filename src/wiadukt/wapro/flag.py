"""Which contractors the office sends to the shop: by one column of their card, as WAPRO_CUSTOMER_FLAG says."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, column, func, select, table
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.wapro import tables as t
from wiadukt.wapro.settings import CustomerFlag, Settings

CHOSEN = "W_SKLEPIE"


def chosen(settings: Settings) -> ColumnElement[bool]:
    """The condition over KONTRAHENT."""
    flag = settings.customer_flag
    if flag.column in t.contractor.c:
        return _holds(flag, t.contractor.c[flag.column])
    # A column that is read for nothing else; by an alias, since a joined table may have one of the same name.
    card = table(t.contractor.name, column("ID_KONTRAHENTA"), column(flag.column), schema="dbo").alias("znacznik")
    return t.contractor.c.ID_KONTRAHENTA.in_(select(card.c.ID_KONTRAHENTA).where(_holds(flag, card.c[flag.column])))


def chosen_column(settings: Settings) -> ColumnElement[int]:
    """1 or 0 under the name CHOSEN, for a reader of the card: the base compares, so that all of us say the same."""
    return case((chosen(settings), 1), else_=0).label(CHOSEN)


def in_trigger(flag: CustomerFlag, row: str, left: str, right: str) -> str:
    """The same condition over a trigger's row, with the column in this server's quotes."""
    name = f"{row}.{left}{flag.column}{right}"
    if flag.is_text:
        return f"ltrim(rtrim({name})) = '{flag.values[0]}'"
    return f"{name} IN ({', '.join(flag.values)})"


def _holds(flag: CustomerFlag, where: ColumnElement[Any]) -> ColumnElement[bool]:
    if flag.is_text:
        return func.ltrim(func.rtrim(where)) == flag.values[0]
    return where.in_([int(value) for value in flag.values])
