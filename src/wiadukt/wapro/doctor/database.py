"""The base itself: whether it answers and how soon, how its clock goes, how much room it has."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select, text

from wiadukt.contract.checkup import Finding
from wiadukt.runtime import clock
from wiadukt.runtime.looks import judge_clocks, look_at_disk
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.engine import is_sql_server
from wiadukt.wapro.moments import now
from wiadukt.wapro.settings import Settings

SLOW_S = 1.0
EXPRESS = 4
EXPRESS_MB, EXPRESS_NEARLY = 10_240, 0.9
SIZE_POSTGRESQL = text("SELECT pg_database_size(current_database())")
DATA_FILES = text("""
SELECT SUM(CAST(size AS bigint)) / 128 AS mb, CAST(SERVERPROPERTY('EngineEdition') AS int) AS edition
FROM sys.database_files WHERE type = 0
""")
# Only who may see the state of the server may ask how full its disks are.
MAY_SEE_DISKS = text("SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE')")
DISKS = text("""
SELECT f.name, v.available_bytes, v.total_bytes
FROM sys.database_files f CROSS APPLY sys.dm_os_volume_stats(DB_ID(), f.file_id) v
""")


def check_database(conn: Connection, settings: Settings) -> Iterator[Finding]:
    began = time.monotonic()
    conn.execute(text("SELECT 1"))
    took_s = time.monotonic() - began
    advice = _("See what slows the server or the network down.") if took_s > SLOW_S else ""
    yield Finding(True, _("WAPRO's base answers in {ms} ms", ms=f"{took_s * 1000:.0f}"), advice)


def check_clock(conn: Connection, settings: Settings) -> Iterator[Finding]:
    base = conn.execute(select(now())).scalar_one()
    yield judge_clocks(base - clock.now(), _("WAPRO's base and the connector"))


def check_disk(conn: Connection, settings: Settings) -> Iterator[Finding]:
    yield from look_at_disk(Path.cwd(), _("the connector's disk"))
    if not is_sql_server(conn):
        size = int(conn.execute(SIZE_POSTGRESQL).scalar_one())
        yield Finding(True, _("WAPRO's base: {mb} MB", mb=size // 1_000_000))
        return
    size_mb, edition = conn.execute(DATA_FILES).one()
    if edition == EXPRESS:
        what = _("WAPRO's base: {mb} of {most} MB that SQL Server Express allows", mb=size_mb, most=EXPRESS_MB)
        remedy = _("Shrink or archive the base, or change the edition: a full base takes no order.")
        yield Finding(size_mb < EXPRESS_MB, what, remedy if size_mb > EXPRESS_NEARLY * EXPRESS_MB else "")
    else:
        yield Finding(True, _("WAPRO's base: {mb} MB", mb=size_mb))
    if conn.execute(MAY_SEE_DISKS).scalar() != 1:
        yield Finding(True, _("the server's disks can't be seen: the login has no VIEW SERVER STATE"))
        return
    for name, free, total in conn.execute(DISKS):
        what = _("disk of {name}: {free} of {total} MB free", name=name, free=free >> 20, total=total >> 20)
        yield Finding(free > 0.03 * total, what, _("Make room on the server's disk.") if free < 0.1 * total else "")
