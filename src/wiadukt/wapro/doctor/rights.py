"""What the connector's login may do: read every table, call every procedure, work off its own queue."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.engine import is_sql_server
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.write.call import PARAMETERS

# 1 or true: it may; NULL: there is no such thing, which is another check's matter.
TABLE_SQL_SERVER = text("SELECT HAS_PERMS_BY_NAME(:name, 'OBJECT', :needed)")
TABLE_POSTGRESQL = text("SELECT has_table_privilege(to_regclass(:name), :needed)")
PROCEDURE_POSTGRESQL = text("""
SELECT bool_and(has_function_privilege(p.oid, 'EXECUTE')) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'dbo' AND p.proname = :name
""")


def check_rights(conn: Connection, settings: Settings) -> Iterator[Finding]:
    lacking = []
    for table in t.metadata.sorted_tables:
        needed = ("SELECT", "INSERT", "UPDATE", "DELETE") if table is t.queue else ("SELECT",)
        refused = [one for one in needed if _may(conn, f"{table.schema}.{table.name}", one) is False]
        if refused:
            lacking.append(f"{', '.join(refused)} {table.schema}.{table.name}")
    remedy = _("Run 'wiadukt connector install --login' with the connector's login: it gives these rights.")
    if lacking:
        yield Finding(False, _("the login may not: {names}", names="; ".join(lacking)), remedy)
    calls = [name for name in PARAMETERS if _may(conn, f"dbo.{name}", "EXECUTE") is False]
    if calls:
        what = _("the login may not call {names}: orders can't be written", names=", ".join(calls))
        yield Finding(False, what, remedy)
    if not lacking and not calls:
        yield Finding(True, _("the login has every right that it needs"))


def _may(conn: Connection, name: str, needed: str) -> bool | None:
    schema, _dot, plain = name.partition(".")
    if is_sql_server(conn):
        found = conn.execute(TABLE_SQL_SERVER, {"name": f"[{schema}].[{plain}]", "needed": needed}).scalar()
    elif needed == "EXECUTE":
        found = conn.execute(PROCEDURE_POSTGRESQL, {"name": plain}).scalar()
    else:
        found = conn.execute(TABLE_POSTGRESQL, {"name": f'"{schema}"."{plain}"', "needed": needed}).scalar()
    return None if found is None else bool(found)
