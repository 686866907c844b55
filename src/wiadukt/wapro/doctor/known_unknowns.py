"""What public sources leave open and this base can tell: found here, so that nobody has to guess."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, column, func, or_, select, table

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import clarion
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.settings import Settings

_columns = table(
    "columns",
    column("table_schema"),
    column("table_name"),
    column("column_name"),
    column("character_maximum_length"),
    schema="information_schema",
)
_tables = table("tables", column("table_schema"), column("table_name"), schema="information_schema")
_routines = table("routines", column("routine_schema"), column("routine_name"), schema="information_schema")
DATES = (
    (t.order, "DATA"),
    (t.order, "DATA_REALIZACJI"),
    (t.trade_document, "DATA_WYSTAWIENIA"),
    (t.trade_document, "TERMIN_PLAT"),
    (t.settled_part, "DATA_ROZLICZENIA"),
)
LENGTHS = (
    ("ZAMOWIENIE", "NR_ZAMOWIENIA_KLIENTA", 30),
    ("ZAMOWIENIE", "UWAGI", 1000),
    ("POZYCJA_ZAMOWIENIA", "OPIS", 500),
)
SETTLEMENT_VIEWS = ("ROZRACHUNEK_V", "ROZRACHUNEK_VIEW")


def check_dates(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """A column in another encoding holds numbers that no Clarion date of our times can be."""
    for where, name in DATES:
        value = where.c[name]
        odd = or_(value < clarion.FIRST, value > clarion.LAST) & (value != 0)
        count = conn.execute(select(func.count()).select_from(where).where(odd)).scalar_one()
        if count:
            yield Finding(
                False,
                _("{table}.{name}: {count} values are no Clarion dates", table=where.name, name=name, count=count),
                _("Is this another version of WAPRO?"),
            )
    yield Finding(True, _("{n} date columns looked at", n=len(DATES)))


def check_texts(conn: Connection, settings: Settings) -> Iterator[Finding]:
    for where, name, expected in LENGTHS:
        query = select(_columns.c.character_maximum_length).where(
            _columns.c.table_name == where, _columns.c.column_name == name
        )
        length = conn.execute(query).scalar()
        short = length is not None and 0 < length < expected
        yield Finding(
            not short,
            _("{where}.{name} holds {length} signs", where=where, name=name, length=length),
            _("We write up to {expected}: tell us.", expected=expected) if short else "",
        )


def check_other_versions(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """What only some versions have; nothing of it is needed, and all of it is good to know when asking for help."""
    ksef = conn.execute(
        select(_columns.c.table_name, _columns.c.column_name).where(_columns.c.column_name.like("%KSEF%"))
    ).all()
    yield Finding(
        True, _("KSeF: {columns}", columns=", ".join(f"{row[0]}.{row[1]}" for row in ksef[:8]) or _("no such column"))
    )
    names = {str(name).upper() for name in conn.execute(select(_tables.c.table_name)).scalars()}
    views = [view for view in SETTLEMENT_VIEWS if view in names]
    yield Finding(
        True,
        _(
            "settlement views: {names} (we read ROZRACHUNEK and ROZLICZENIE themselves)",
            names=", ".join(views) or _("none"),
        ),
    )
    api = conn.execute(
        select(func.count()).select_from(_routines).where(_routines.c.routine_name.like("Api[_]%"))
        if conn.dialect.name == "mssql"
        else select(func.count()).select_from(_routines).where(_routines.c.routine_name.like("Api\\_%"))
    ).scalar_one()
    yield Finding(
        True,
        _("{api} procedures Api_*", api=api) + (_(", with their users") if "WAPROERP_MANDANT_USER" in names else ""),
    )
