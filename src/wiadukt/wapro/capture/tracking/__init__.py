"""SQL Server's change tracking: no trigger on WAPRO's tables; what was committed is asked for every second.

The server notes the key of each row that a transaction changed, and a number that grows with each commit. We keep the
number up to which we have read (the bookmark), table by table, and ask for what came after it.

1. In one snapshot: the bookmarks, the number now, and for each table the rows that changed since.
2. In one transaction, under a lock: if the bookmarks are still those, the objects go into the queue, the owners of the
   rows are noted, and the bookmarks move to the number of step 1. Neither without the other. Another worker who was
   first has moved the bookmarks, and then this round was for nothing.

What came between the number and the rows of step 1 is announced twice, and nothing never. A bookmark that the server
can't serve any more (an outage longer than the retention, a table emptied at once, tracking switched off and on, a base
restored from a copy) is a gap: the owners are noted anew and the shop compares everything.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

import structlog
from sqlalchemy import Connection, delete, insert, select

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Misconfigured
from wiadukt.wapro import gaps, queue
from wiadukt.wapro import tables as t
from wiadukt.wapro.capture.port import Capture
from wiadukt.wapro.capture.tracking import owners, postgresql, rows, sqlserver
from wiadukt.wapro.capture.tracking.rows import Row
from wiadukt.wapro.capture.watched import TABLES, Watched, watched_by
from wiadukt.wapro.engine import columns_there, hold, is_sql_server, known_columns, reading, writing
from wiadukt.wapro.flag import chosen
from wiadukt.wapro.settings import CardFlag

BASE = "*"
"""Stands for the base itself among the tables that we switched on."""
log = structlog.get_logger()


@dataclass(frozen=True)
class Tracked:
    """What the server says of a table: since when it is tracked, and the oldest number that it can serve."""

    begun: int
    oldest: int


@dataclass(frozen=True)
class Bookmark:
    """How far a table has been read, and since when it was tracked then."""

    begun: int
    version: int

    def holds(self, tracked: Tracked, current: int) -> bool:
        """Whether the server can still tell all that came after it."""
        return self.begun == tracked.begun and tracked.oldest <= self.version <= current


@dataclass(frozen=True)
class Round:
    """What one look saw. `stale` are tables whose bookmark does not hold, with the statement that notes its owners."""

    known: Mapping[str, Bookmark]
    current: int
    tracked: Mapping[str, Tracked]
    changes: Mapping[Watched, Sequence[Row]] = field(default_factory=dict)
    stale: Mapping[Watched, str] = field(default_factory=dict)


class ChangeTracking(Capture):
    """Asks every `wapro_tracking_poll_s` seconds."""

    looked_at = -1e9
    read_at = time.monotonic()

    @property
    def pause_s(self) -> float:
        return self.settings.wapro_tracking_poll_s

    def lacking(self, conn: Connection) -> str:
        return lacking(conn)

    def failed(self, cause: str) -> None:
        """The next round reads the same; when none has ended for as long as we look at capture, that is said."""
        super().failed(cause)
        if time.monotonic() - self.read_at > self.settings.capture_check_s:
            self.missing = f"changes can't be read: {cause}"
            self.looked_at = -1e9

    def step(self) -> int:
        if time.monotonic() - self.looked_at > self.settings.capture_check_s:
            self.look()
            self.looked_at = time.monotonic()
        seen = self._seen()
        announced = self._announce(seen) if seen else 0
        self.read_at = time.monotonic()
        return announced

    def _seen(self) -> Round | None:
        """None when nothing was committed since the last round."""
        with reading(self.engine) as conn:
            side = server(conn)
            known, current = _bookmarks(conn), conn.execute(side.CURRENT).scalar()
            tracked = _tracked(conn)
            if not self.missing and not tracked.keys() >= set(TABLES):
                self.looked_at = -1e9  # the next round looks at once
            if current is None or not _is_anything_new(known, tracked, current):
                return None
            keys = _keys(conn)
            there = [watched for watched in watched_by(self.settings) if watched.table.name in tracked]
            holding = [watched for watched in there if _holds(watched, known, tracked, current)]
            changes = {watched: _read(conn, watched, keys, known) for watched in holding}
            # Without snapshots the server may have cleaned up meanwhile.
            tracked = _tracked(conn)
            stale = {
                watched: side.filling(watched, keys[watched.table.name])
                for watched in there
                if watched.table.name in tracked and not _holds(watched, known, tracked, current)
            }
            held = {one: changes[one] for one in holding if _holds(one, known, tracked, current)}
            return Round(known, current, tracked, held, stale)

    def _announce(self, seen: Round) -> int:
        with writing(self.engine) as conn:
            hold(conn, "sledzenie")
            if _bookmarks(conn) != seen.known:
                return 0
            told = set[tuple[Kind, str]]()
            for watched, changed in seen.changes.items():
                told |= owners.told(conn, watched, changed, chosen(self.settings))
            queue.accept_all(conn, sorted(told))
            for watched, changed in seen.changes.items():
                owners.keep(conn, watched, changed)
            if seen.stale:
                # A table that was never read has just begun; all others were out of reach.
                lost = sorted(one.table.name for one in seen.stale if one.table.name in seen.known)
                log.warning("capture_begins_anew", lost=lost, remedy="None: the shop compares everything now.")
                gaps.begin(conn)
            for watched, statement in seen.stale.items():
                owners.fill(conn, watched, statement)
            if seen.stale and not self.missing:
                gaps.end(conn)
            _keep_bookmarks(conn, seen)
        return len(told)


def server(conn: Connection) -> ModuleType:
    """What is said otherwise on this base's server."""
    return sqlserver if is_sql_server(conn) else postgresql


def put(conn: Connection, flag: CardFlag, ksef: Sequence[str] = (), goods: str = "") -> list[str]:
    """What has every watched table tracked. The base's own switch is `opening`, which no transaction may hold."""
    lacking = without_key(conn)
    if lacking:
        raise Misconfigured(
            "--capture",
            f"{', '.join(lacking)} can't be tracked, having no primary key.",
            remedy="Choose triggers or sweep.",
        )
    return [server(conn).enabled(table) for table in TABLES]


def taken_out(conn: Connection) -> list[str]:
    """Tables that were tracked before us stay tracked."""
    ours = _ours(conn)
    if not ours:
        return []
    room = f"{t.OURS}.{t.bookmark.name}"
    return [
        *(server(conn).disabled(table) for table in ours if table != BASE),
        f"DELETE FROM {room} WHERE tabela <> '{BASE}';",
        f"DELETE FROM {t.OURS}.{t.owner.name};",
    ]


def opening(conn: Connection) -> list[str]:
    """To note, before it is done, that the base's tracking is switched on by us: a note without a deed does no harm."""
    is_on = conn.execute(server(conn).BASE).first() is not None
    return [] if is_on else [server(conn).noted(BASE)]


def opened(conn: Connection, days: int) -> list[str]:
    """What switches tracking on for the base, each statement by itself. What others switched on stays as it is."""
    side = server(conn)
    base = conn.execute(side.BASE).first()
    if base is None:
        return [side.switched_on(days)]
    kept = base[0] if str(base[1]).upper().startswith("DAY") else None
    return [side.kept_for(days)] if BASE in _ours(conn) and kept != days else []


def closed(conn: Connection) -> list[str]:
    """What switches tracking off for the base, when it was us and nobody else tracks a table."""
    ours = _ours(conn)
    if BASE not in ours:
        return []
    others = {str(row[0]) for row in conn.execute(server(conn).STATE)} - set(ours)
    if others:
        return []
    is_on = conn.execute(server(conn).BASE).first() is not None
    forgotten = f"DELETE FROM {t.OURS}.{t.bookmark.name} WHERE tabela = '{BASE}';"
    return [*([server(conn).switched_off()] if is_on else []), forgotten]


def untracked(conn: Connection) -> list[str]:
    """Which tables are not tracked, or not for us to see."""
    return sorted(set(TABLES) - _tracked(conn).keys())


def lacking(conn: Connection) -> str:
    """The same in words; empty when all are."""
    tables = untracked(conn)
    return f"change tracking is off on {', '.join(tables)}" if tables else ""


def without_key(conn: Connection) -> list[str]:
    """Tables that can't be tracked, since they have no primary key."""
    return sorted(set(TABLES) - _keys(conn).keys())


def _is_anything_new(known: Mapping[str, Bookmark], tracked: Mapping[str, Tracked], current: int) -> bool:
    return any(
        name not in known or known[name].version != current or not known[name].holds(one, current)
        for name, one in tracked.items()
    )


def _holds(watched: Watched, known: Mapping[str, Bookmark], tracked: Mapping[str, Tracked], current: int) -> bool:
    name = watched.table.name
    return name in known and name in tracked and known[name].holds(tracked[name], current)


def _read(
    conn: Connection, watched: Watched, keys: Mapping[str, Sequence[str]], known: Mapping[str, Bookmark]
) -> list[Row]:
    name = watched.table.name
    columns = watched.columns(known_columns(conn, watched.table))
    return rows.read(conn, server(conn).changes(watched, keys[name], columns), known[name].version)


def _tracked(conn: Connection) -> dict[str, Tracked]:
    """The watched tables that are tracked and that we may see, by our name of them."""
    names = {table.upper(): table for table in TABLES}
    found = conn.execute(server(conn).STATE).all()
    return {
        names[str(name).upper()]: Tracked(int(begun), int(oldest))
        for name, begun, oldest in found
        if oldest is not None and str(name).upper() in names
    }


def _keys(conn: Connection) -> dict[str, list[str]]:
    """The columns of each table's primary key, in order."""
    found: dict[str, list[str]] = {}
    for table, column in conn.execute(server(conn).KEYS):
        found.setdefault(str(table).upper(), []).append(str(column))
    return found


def _ours(conn: Connection) -> list[str]:
    """What we switched on, as far as our schema knows."""
    if not columns_there(conn, t.bookmark):
        return []
    query = select(t.bookmark.c.tabela).where(t.bookmark.c.nasze == 1).order_by(t.bookmark.c.tabela)
    return [str(table) for table in conn.execute(query).scalars()]


def _bookmarks(conn: Connection) -> dict[str, Bookmark]:
    row = t.bookmark.c
    query = select(row.tabela, row.od_wersji, row.wersja).where(row.wersja.is_not(None))
    return {str(table): Bookmark(int(begun), int(version)) for table, begun, version in conn.execute(query)}


def _keep_bookmarks(conn: Connection, seen: Round) -> None:
    row = t.bookmark.c
    ours = set(_ours(conn))
    tables = list(dict.fromkeys(watched.table.name for watched in (*seen.changes, *seen.stale)))
    conn.execute(delete(t.bookmark).where(row.tabela.in_(tables)))
    values = [
        {
            "tabela": table,
            "od_wersji": seen.tracked[table].begun,
            "wersja": seen.current,
            "nasze": int(table in ours),
        }
        for table in tables
    ]
    conn.execute(insert(t.bookmark), values)
