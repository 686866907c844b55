"""The server beneath WAPRO: what it is, and which of its settings our reading and capture depend on."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from wiadukt.contract.checkup import Finding
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.engine import is_sql_server
from wiadukt.wapro.settings import Settings

OLDEST_MAJOR = 13
"""SQL Server 2016."""
_SERVER = text("""
SELECT CAST(SERVERPROPERTY('ProductVersion') AS varchar(50)) AS version,
    CAST(SERVERPROPERTY('Edition') AS varchar(100)) AS edition
""")
_BASE = text("""
SELECT compatibility_level AS level, snapshot_isolation_state AS snapshot, collation_name AS collation,
    CAST(COLLATIONPROPERTY(CAST(collation_name AS varchar(100)), 'CodePage') AS int) AS page
FROM sys.databases WHERE database_id = DB_ID()
""")
_NESTED = text("SELECT CAST(value_in_use AS int) FROM sys.configurations WHERE name = 'nested triggers'")
# A statement with OUTPUT and without INTO fails on a table that has a trigger, whosever the trigger is (error 334).
_OUTPUT = text("""
SELECT o.name FROM sys.sql_modules m JOIN sys.objects o ON o.object_id = m.object_id
WHERE m.definition LIKE '%OUTPUT inserted.%' OR m.definition LIKE '%OUTPUT deleted.%'
""")
_IDENTITY = text("SELECT COUNT(*) FROM sys.identity_columns WHERE object_id = OBJECT_ID('dbo.DOSTAWA')")


def check_server(conn: Connection, settings: Settings) -> Iterator[Finding]:
    if not is_sql_server(conn):
        yield Finding(True, _("PostgreSQL: this is the stand-in and not a real WAPRO"))
        return
    server = conn.execute(_SERVER).mappings().one()
    new_enough = int(str(server["version"]).split(".")[0]) >= OLDEST_MAJOR
    yield Finding(
        new_enough,
        _("SQL Server {version}, {edition}", version=server["version"], edition=server["edition"]),
        "" if new_enough else _("SQL Server 2016 or later is needed."),
    )
    base = conn.execute(_BASE).mappings().one()
    polish = base["page"] == 1250
    yield Finding(
        polish,
        _(
            "collation {collation}, code page {page}, compatibility level {level}",
            collation=base["collation"],
            page=base["page"],
            level=base["level"],
        ),
        "" if polish else _("WAPRO's texts are of code page 1250: Polish letters would be lost."),
    )
    yield Finding(
        True,
        _("snapshot isolation is allowed") if base["snapshot"] == 1 else _("snapshot isolation is not allowed"),
        ""
        if base["snapshot"] == 1
        else _(
            "ALTER DATABASE ... SET ALLOW_SNAPSHOT_ISOLATION ON: then a fetch is of one moment and waits for nobody."
        ),
    )
    yield from _triggers(conn)
    key = conn.execute(_IDENTITY).scalar_one() == 1
    yield Finding(
        key,
        _("DOSTAWA numbers its rows itself") if key else _("DOSTAWA does not number its rows itself"),
        "" if key else _("The delivery place of an order can't be written on this version: tell us."),
    )


def _triggers(conn: Connection) -> Iterator[Finding]:
    if conn.execute(_NESTED).scalar() == 0:
        yield Finding(
            True, _("nested triggers are off"), _("What other triggers change is seen by the daily comparison only.")
        )
    modules = sorted(str(row[0]) for row in conn.execute(_OUTPUT))
    yield Finding(
        True,
        _("{n} modules use OUTPUT without INTO: {names}", n=len(modules), names=", ".join(modules[:5]))
        if modules
        else _("no OUTPUT without INTO"),
        _("On a table with our trigger that fails (error 334): see that none of them writes to one.")
        if modules
        else "",
    )
