"""Calling WAPRO's procedures by the names of their parameters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, text

from wiadukt.contract.errors import Refused


def call(conn: Connection, procedure: str, /, **values: Any) -> RowMapping:
    """The procedure's OUTPUT values and its return code `rc`. Raises Refused when the code is not 0."""
    named = ", ".join(f'"{name}" => :{name}' for name in values)
    row = conn.execute(text(f'SELECT * FROM dbo."{procedure}"({named})'), values).mappings().one()
    if row["rc"]:
        raise Refused(
            "procedure_failed",
            f"Procedura {procedure} zwróciła kod {row['rc']}.",
            remedy="Sprawdź zamówienie w WAPRO i uruchom 'wiadukt doctor'.",
        )
    return row
