"""How long a text may be in this base, by the contract's fields: what the shop's forms go by."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, column, select, table

from wiadukt.wapro import tables as t

LONGEST = 8000
_columns = table(
    "columns",
    column("table_schema"),
    column("table_name"),
    column("column_name"),
    column("character_maximum_length"),
    schema="information_schema",
)
_ADDRESS = {"street": "ULICA_LOKAL", "postal_code": "KOD_POCZTOWY", "city": "MIEJSCOWOSC", "country": "SYM_KRAJU"}
CARD = {
    **{f"address.{field}": name for field, name in _ADDRESS.items()},
    **{f"correspondence_address.{field}": f"{name}_KOR" for field, name in _ADDRESS.items()},
    "phone": "TELEFON_FIRMOWY",
}
"""Column of the contractor's card by field."""
PLACE = {
    "name": "FIRMA",
    "recipient": "ODBIORCA",
    **{f"address.{field}": name for field, name in _ADDRESS.items()},
    "phone": "TEL",
    "note": "OPIS",
}
"""Column of a delivery place by field; the shop is told them as `place.name` and so on."""
_limits: WeakKeyDictionary[Engine, dict[str, int]] = WeakKeyDictionary()


def limits(conn: Connection) -> dict[str, int]:
    """The most characters by field, asked once for each engine. A field whose column is not there is left out."""
    known = _limits.get(conn.engine)
    if known is None:
        known = _limits[conn.engine] = {
            **_lengths(conn, t.card.name, CARD),
            **{f"place.{field}": length for field, length in _lengths(conn, t.place.name, PLACE).items()},
        }
    return known


def _lengths(conn: Connection, where: str, columns: dict[str, str]) -> dict[str, int]:
    query = select(_columns.c.column_name, _columns.c.character_maximum_length).where(
        _columns.c.table_schema == "dbo", _columns.c.table_name == where
    )
    there = {str(name).upper(): length for name, length in conn.execute(query)}
    return {
        field: int(there[name]) if there[name] and int(there[name]) > 0 else LONGEST  # -1: varchar(max)
        for field, name in columns.items()
        if name in there
    }
