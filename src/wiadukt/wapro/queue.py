"""The change queue in WAPRO's base: przyjety -> wyslany | odrzucony.

Capture only appends. A claim takes all waiting rows of an object and merges them into the oldest, since the shop
fetches the object as it is then. A change committed after the claim is a row of its own and leads to another event.

The event's number stays the same over every attempt to deliver the same rows: a repeat counts once at the shop. But a
row that takes up another one gets a fresh number. Under the old one the shop may have been told already (its answer
was lost, or we were killed before we marked it), and it would take the younger change for a repeat and lose it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Result,
    RowMapping,
    Select,
    delete,
    func,
    insert,
    literal_column,
    null,
    select,
    text,
    update,
)

from wiadukt.contract.base import Kind
from wiadukt.contract.erp_queue import (
    CAUSE_LENGTH,
    QueueCause,
    QueueCauses,
    QueueFilter,
    QueuePage,
    QueueRetried,
    QueueRetry,
    QueueRow,
)
from wiadukt.contract.fetch import QueueEntry
from wiadukt.contract.states import QueueState
from wiadukt.contract.status import QueueStanding
from wiadukt.runtime.backoff import delay
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among
from wiadukt.wapro.engine import PASSING_OVER, sees_one_moment
from wiadukt.wapro.moments import after, now
from wiadukt.wapro.text import clean

_CLAIM_POSTGRESQL = text("""
WITH due AS (
    SELECT rodzaj, id_obiektu FROM wiadukt.kolejka
    WHERE status = 'przyjety' AND nastepna_proba <= now() AND (zajete_do IS NULL OR zajete_do < now())
    ORDER BY nastepna_proba, id LIMIT :size FOR UPDATE SKIP LOCKED
), mine AS (
    -- By object through its own index, whatever the planner believes about a queue that was empty a moment ago.
    SELECT k.* FROM (SELECT DISTINCT rodzaj, id_obiektu FROM due) one CROSS JOIN LATERAL (
        SELECT id, rodzaj, id_obiektu, utworzono FROM wiadukt.kolejka
        WHERE rodzaj = one.rodzaj AND id_obiektu = one.id_obiektu AND status = 'przyjety'
            AND (zajete_do IS NULL OR zajete_do < now())
        FOR UPDATE SKIP LOCKED
    ) k
), ranked AS (
    SELECT id, row_number() OVER object = 1 AS kept, count(*) OVER whole AS merged, min(utworzono) OVER whole AS first
    FROM mine WINDOW whole AS (PARTITION BY rodzaj, id_obiektu), object AS (whole ORDER BY id)
), taken_up AS (
    DELETE FROM wiadukt.kolejka k USING ranked WHERE k.id = ranked.id AND NOT kept
)
UPDATE wiadukt.kolejka k SET zajete_do = now() + make_interval(secs => :lease), zajete_przez = :who, utworzono = first,
    zdarzenie = CASE WHEN merged > 1 THEN nextval('wiadukt.kolejka_id') ELSE coalesce(zdarzenie, k.id) END
FROM ranked WHERE k.id = ranked.id AND kept
RETURNING k.id, k.rodzaj, k.id_obiektu, k.utworzono, k.proby, k.zdarzenie
""")
# Hints keep two dispatchers from waiting for one another; but a row is ours only when the UPDATE itself found it free,
# and what it takes up goes only then. A number can't be drawn inside CASE, hence the update of its own. Where the base
# reads committed rows by their versions (READ_COMMITTED_SNAPSHOT), READPAST wants READCOMMITTEDLOCK beside it.
# The rows found are changed by their key and by no other way: in the index of what waits stand rows of the office that
# are not committed, and on the way through it we would wait for them.
BY_ROW = "WITH (ROWLOCK)"
_BY_KEY = "WITH (ROWLOCK, FORCESEEK, INDEX (kolejka_klucz))"
_CLAIM_SQLSERVER = text(f"""
SET NOCOUNT ON;
DECLARE @now datetimeoffset(6) = SYSDATETIMEOFFSET();
DECLARE @due TABLE (rodzaj varchar(10) NOT NULL, id_obiektu varchar(40) NOT NULL);
DECLARE @mine TABLE (id bigint PRIMARY KEY, rodzaj varchar(10) NOT NULL, id_obiektu varchar(40) NOT NULL,
    utworzono datetimeoffset(6) NOT NULL);
DECLARE @kept TABLE (id bigint PRIMARY KEY, rodzaj varchar(10) NOT NULL, id_obiektu varchar(40) NOT NULL,
    merged int NOT NULL, first datetimeoffset(6) NOT NULL);
DECLARE @got TABLE (id bigint PRIMARY KEY);
INSERT INTO @due (rodzaj, id_obiektu)
SELECT TOP (CAST(:size AS int)) rodzaj, id_obiektu
FROM wiadukt.kolejka WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK)
WHERE status = 'przyjety' AND nastepna_proba <= @now AND (zajete_do IS NULL OR zajete_do < @now)
ORDER BY nastepna_proba, id;
INSERT INTO @mine (id, rodzaj, id_obiektu, utworzono)
SELECT k.id, k.rodzaj, k.id_obiektu, k.utworzono
FROM (SELECT DISTINCT rodzaj, id_obiektu FROM @due) one
JOIN wiadukt.kolejka k WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK)
    ON k.rodzaj = one.rodzaj AND k.id_obiektu = one.id_obiektu
WHERE k.status = 'przyjety' AND (k.zajete_do IS NULL OR k.zajete_do < @now);
INSERT INTO @kept (id, rodzaj, id_obiektu, merged, first)
SELECT MIN(id), rodzaj, id_obiektu, COUNT(*), MIN(utworzono) FROM @mine GROUP BY rodzaj, id_obiektu;
UPDATE k SET k.zajete_do = DATEADD(second, CAST(:lease AS int), @now),
    k.zajete_przez = CAST(:who AS varchar(64)), k.zdarzenie = COALESCE(k.zdarzenie, k.id)
OUTPUT inserted.id INTO @got
FROM wiadukt.kolejka AS k {_BY_KEY}
WHERE k.id IN (SELECT id FROM @kept) AND k.status = 'przyjety' AND (k.zajete_do IS NULL OR k.zajete_do < @now);
UPDATE k SET k.utworzono = kept.first
FROM wiadukt.kolejka AS k {_BY_KEY} JOIN @kept kept ON kept.id = k.id JOIN @got got ON got.id = k.id;
UPDATE k SET k.zdarzenie = NEXT VALUE FOR wiadukt.kolejka_id
FROM wiadukt.kolejka AS k {_BY_KEY}
WHERE k.id IN (SELECT got.id FROM @got got JOIN @kept kept ON kept.id = got.id WHERE kept.merged > 1);
DELETE k FROM wiadukt.kolejka AS k {_BY_KEY} WHERE k.id IN (
    SELECT mine.id FROM @mine mine JOIN @kept kept ON kept.rodzaj = mine.rodzaj AND kept.id_obiektu = mine.id_obiektu
    JOIN @got got ON got.id = kept.id WHERE mine.id <> kept.id);
SELECT k.id, k.rodzaj, k.id_obiektu, k.utworzono, k.proby, k.zdarzenie
FROM wiadukt.kolejka AS k {_BY_KEY} JOIN @got got ON got.id = k.id;
""")
CLAIM = {"postgresql": _CLAIM_POSTGRESQL, "mssql": _CLAIM_SQLSERVER}
_ADD = insert(t.queue).with_hint(BY_ROW, dialect_name="mssql")


@dataclass(frozen=True)
class Claimed:
    """One object to announce. `event_number` names the event; `accepted_at` is when its oldest change was made."""

    row_id: int
    kind: Kind
    object_id: str
    event_number: int
    accepted_at: datetime
    attempts: int


def accept(conn: Connection, kind: Kind, object_id: str) -> None:
    """Announces an object in the caller's transaction, as capture would."""
    conn.execute(_ADD.values(rodzaj=kind.value, id_obiektu=object_id))


def accept_all(conn: Connection, objects: Iterable[tuple[Kind, str]]) -> None:
    """Announces these objects, in their order, in the caller's transaction."""
    rows = [{"rodzaj": kind.value, "id_obiektu": object_id} for kind, object_id in objects]
    if rows:
        conn.execute(_ADD, rows)


def claim(conn: Connection, who: str, size: int, lease_s: float = 60) -> list[Claimed]:
    """At most `size` objects for this dispatcher alone until the lease ends, oldest first. Never waits for a lock."""
    rows = conn.execute(CLAIM[conn.dialect.name], {"size": size, "lease": lease_s, "who": who}).mappings().all()
    return [
        Claimed(
            row_id=row["id"],
            kind=Kind(row["rodzaj"]),
            object_id=row["id_obiektu"],
            event_number=row["zdarzenie"],
            accepted_at=row["utworzono"],
            attempts=row["proby"],
        )
        for row in sorted(rows, key=lambda row: int(row["id"]))
    ]


def mark_sent(conn: Connection, who: str, claimed: Sequence[Claimed]) -> None:
    """After the shop's answer, never before: a claim is not a success."""
    _finish(conn, who, claimed, status="wyslany", wyslano=now(), ostatni_blad="")


def reject(conn: Connection, who: str, claimed: Sequence[Claimed], cause: str) -> None:
    """The shop refused these events for a reason that a repeat will not change."""
    _finish(conn, who, claimed, status="odrzucony", ostatni_blad=cause[:2000])


def postpone(conn: Connection, who: str, claimed: Sequence[Claimed], cause: str) -> None:
    """Nobody answered: the rows wait, longer each time, and never for ever."""
    attempts = max((one.attempts for one in claimed), default=0) + 1
    pause_s = delay(attempts, cap_s=60).total_seconds()
    _finish(conn, who, claimed, nastepna_proba=after(pause_s), ostatni_blad=cause[:2000])


def _finish(conn: Connection, who: str, claimed: Sequence[Claimed], **values: Any) -> None:
    """Ends an attempt on the rows that are still this dispatcher's: one whose lease went to another is left alone."""
    row = t.queue.c
    mine = row.id.in_(among([one.row_id for one in claimed])) & (row.status == "przyjety") & (row.zajete_przez == who)
    done = {"proby": row.proby + 1, "zajete_do": null(), "zajete_przez": null(), **values}
    again = update(t.queue).where(mine).values(done)
    passing = again.with_hint(PASSING_OVER, dialect_name="mssql")
    if conn.execute(passing).rowcount < len(claimed):
        # Another dispatcher looked at some of them in passing, which is soon over; or has taken them over.
        conn.execute(again.with_hint(BY_ROW, dialect_name="mssql"))


def prune(conn: Connection, keep_days: int, most: int = 5000) -> int:
    """Deletes sent rows older than that, a portion at a time; returns how many. Rejected ones stay for a person."""
    row = t.queue.c
    old = select(row.id).where(row.status == "wyslany", row.wyslano < after(-86400 * keep_days)).limit(most)
    old = old.with_hint(t.queue, PASSING_OVER, "mssql")
    return conn.execute(delete(t.queue).with_hint(PASSING_OVER, dialect_name="mssql").where(row.id.in_(old))).rowcount


def _look(conn: Connection, query: Select[*tuple[Any, ...]]) -> Result[*tuple[Any, ...]]:
    """What somebody's transaction holds is passed over: an office that saves for a minute must not silence us."""
    return conn.execute(_unheld(conn, query))


def _unheld(conn: Connection, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query if sees_one_moment(conn) else query.with_hint(t.queue, PASSING_OVER, "mssql")


def counts(conn: Connection) -> dict[str, int]:
    """Rows by status."""
    found = _look(conn, select(t.queue.c.status, func.count()).group_by(t.queue.c.status)).all()
    return {clean(row[0]): row[1] for row in found}


def waiting(conn: Connection) -> tuple[int, datetime | None]:
    """How many rows wait, and since when the oldest does; read by the index of what waits."""
    row = t.queue.c
    # SQL Server takes the index of what waits only for a value that stands in the statement.
    waits = row.status == literal_column("'przyjety'")
    found = _look(conn, select(func.count(), func.min(row.utworzono)).where(waits)).one()
    return found[0], found[1]


def standing(conn: Connection) -> QueueStanding:
    """What waits and why the oldest that was tried does, what was rejected and why the youngest was; read by the
    indexes of what waits and of what was rejected."""
    row = t.queue.c
    count, oldest_at = waiting(conn)
    waits, failed = row.status == literal_column("'przyjety'"), row.ostatni_blad != ""
    said = _look(conn, select(row.ostatni_blad).where(waits, failed).order_by(row.utworzono).limit(1)).scalar()
    rejected, youngest = _look(conn, select(func.count(), func.max(row.id)).where(_REJECTED)).one()
    cause = _look(conn, select(row.ostatni_blad).where(row.id == youngest)).scalar() if rejected else ""
    return QueueStanding(
        waiting=count, oldest_at=oldest_at, last_error=clean(said), rejected=rejected, rejected_for=clean(cause)
    )


_STATES = {"przyjety": QueueState.ACCEPTED, "wyslany": QueueState.SENT, "odrzucony": QueueState.REJECTED}
_WORDS = {state: word for word, state in _STATES.items()}
_REJECTED = t.queue.c.status == literal_column("'odrzucony'")
# SQL Server groups by the same words only, and a value beside the statement is another one each time.
_CAUSE = func.left(t.queue.c.ostatni_blad, literal_column(str(CAUSE_LENGTH)), type_=t.queue.c.ostatni_blad.type)


def _literally(said: str) -> str:
    """For a LIKE that escapes by a slash: each sign is itself. SQL Server also takes square brackets for a set."""
    return re.sub(r"[/%_\[]", r"/\g<0>", said)


def _entry(row: RowMapping) -> dict[str, Any]:
    return {
        "state": _STATES[row["status"]],
        "attempts": row["proby"],
        "last_error": row["ostatni_blad"] or "",
        "accepted_at": row["utworzono"],
        "sent_at": row["wyslano"],
    }


def counts_by_state(conn: Connection) -> dict[QueueState, int]:
    """The same in the contract's words."""
    return {_STATES[status]: count for status, count in counts(conn).items()}


def entries(conn: Connection, kind: Kind, ids: Sequence[str]) -> dict[str, QueueEntry]:
    """The youngest row of each of these objects, by id; one without a row is left out."""
    row = t.queue.c
    ids_of_youngest = (
        select(func.max(row.id))
        .where(row.rodzaj == kind.value, row.id_obiektu.in_(among(ids)))
        .group_by(row.id_obiektu)
    )
    found = _look(conn, select(t.queue).where(row.id.in_(_unheld(conn, ids_of_youngest)))).mappings()
    return {row["id_obiektu"]: QueueEntry(**_entry(row)) for row in found}


def page(conn: Connection, asked: QueuePage) -> list[QueueRow]:
    """The rows of this page, youngest first."""
    row = t.queue.c
    query = select(t.queue).where(*_matching(asked)).order_by(row.id.desc()).limit(asked.limit)
    if asked.state is not None:
        # As a literal: only so an index of part of the rows counts.
        query = query.where(row.status == literal_column(f"'{_WORDS[asked.state]}'"))
    if asked.before is not None:
        query = query.where(row.id < asked.before)
    found = _look(conn, query).mappings()
    return [
        QueueRow(id=one["id"], kind=Kind(one["rodzaj"]), object_id=one["id_obiektu"], **_entry(one)) for one in found
    ]


def _says(said: str) -> ColumnElement[bool]:
    """The object's id begins so, or the last error has it."""
    row = t.queue.c
    literal = _literally(said)
    return row.id_obiektu.like(f"{literal}%", escape="/") | row.ostatni_blad.like(f"%{literal}%", escape="/")


def _matching(asked: QueueFilter) -> Iterator[ColumnElement[bool]]:
    """What a row must be to match, but for its state."""
    row, said = t.queue.c, asked.q.strip()
    if asked.kind is not None:
        yield row.rodzaj == asked.kind.value
    if asked.cause is not None:
        yield _CAUSE == asked.cause
    if said:
        yield _says(said)
    if asked.since is not None:
        yield row.utworzono >= asked.since
    if asked.until is not None:
        yield row.utworzono < asked.until


def causes(conn: Connection, asked: QueueFilter, most: int = 50) -> QueueCauses:
    """What was rejected and matches, by the beginning of the refusal's words, the largest group first."""
    row = t.queue.c
    wanted = (_REJECTED, *_matching(asked))
    total, up_to = _look(conn, select(func.count(), func.max(row.id)).where(*wanted)).one()
    count = func.count().label("n")
    query = (
        select(_CAUSE.label("cause"), count, func.min(row.utworzono).label("oldest"), func.max(row.id).label("up_to"))
        .where(*wanted)
        .group_by(_CAUSE)
        .order_by(count.desc())
        .limit(most)
    )
    groups = tuple(
        QueueCause(cause=one["cause"] or "", count=one["n"], oldest=one["oldest"], up_to=one["up_to"])
        for one in _look(conn, query).mappings()
    )
    return QueueCauses(causes=groups, count=total, up_to=up_to or 0)


def retry_some(conn: Connection, asked: QueueRetry) -> QueueRetried:
    """A portion of the rejected rows that match waits again, oldest first."""
    row = t.queue.c
    wanted = (_REJECTED, *_matching(asked), row.id > asked.above, row.id <= asked.up_to)
    query = select(row.id).where(*wanted).order_by(row.id).limit(asked.most)
    ids = list(conn.execute(query.with_hint(t.queue, PASSING_OVER, "mssql")).scalars())
    again = update(t.queue).with_hint(PASSING_OVER, dialect_name="mssql").where(row.id.in_(among(ids)), _REJECTED)
    count = conn.execute(again.values(status="przyjety", nastepna_proba=now(), proby=0)).rowcount if ids else 0
    return QueueRetried(count=count, last=ids[-1] if len(ids) == asked.most else None)


def retry(conn: Connection, row_id: int | None = None) -> int:
    """Rejected rows wait again, one or all; returns how many."""
    row = t.queue.c
    rejected = row.status == "odrzucony"
    if row_id is not None:
        rejected &= row.id == row_id
    again = update(t.queue).with_hint(PASSING_OVER, dialect_name="mssql").where(rejected)
    again = again.values(status="przyjety", nastepna_proba=now(), proby=0)
    return conn.execute(again).rowcount
