"""What the shop may change on WAPRO's own tables: that the columns are there, number themselves and are long enough."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.engine import columns_there, is_sql_server
from wiadukt.wapro.limits import limits
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.write.addresses import SWITCHES, table_of

_NUMBERED = text("SELECT COUNT(*) FROM sys.identity_columns WHERE object_id = OBJECT_ID(:table)")
SHORT = 20


def check_writing(conn: Connection, settings: Settings) -> Iterator[Finding]:
    for what, setting in SWITCHES.items():
        if what not in settings.writes:
            yield Finding(True, f"{what} of the shop are not written", f"To let buyers change them set {setting}.")
            continue
        yield Finding(True, f"{what} of the shop are written")
        for table in table_of(what):
            wanted = {column.name for column in table.columns} - t.NOT_EVERYWHERE
            lacking = sorted(wanted - columns_there(conn, table))
            if lacking:
                yield Finding(False, f"{table.name} lacks {', '.join(lacking)}", f"Unset {setting}: not known yet.")
            elif is_sql_server(conn) and table is not t.card:
                numbered = conn.execute(_NUMBERED, {"table": f"dbo.{table.name}"}).scalar_one() == 1
                yield Finding(
                    numbered,
                    f"{table.name} {'numbers' if numbered else 'does not number'} its rows itself",
                    "" if numbered else f"Unset {setting}: a new row would have no number of its own.",
                )
    short = {field: most for field, most in limits(conn).items() if most < SHORT and not field.endswith("country")}
    yield Finding(True, "texts of addresses: " + (", ".join(f"{f} {n}" for f, n in short.items()) or "long enough"))
