"""The change queue in WAPRO's base: przyjety -> wyslany | odrzucony.

Capture only appends. A claim takes the waiting rows of whole objects and merges them: the oldest row is sent, the
younger ones are marked sent with it, since the shop fetches the object as it is then. A change committed after the
claim is a row of its own and leads to another event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, text

from wiadukt.contract.base import Kind
from wiadukt.runtime.backoff import delay

LEASE_S = 60

_CLAIM = text("""
WITH free AS (
    SELECT id FROM wiadukt.kolejka
    WHERE status = 'przyjety' AND nastepna_proba <= now() AND (zajete_do IS NULL OR zajete_do < now())
    ORDER BY nastepna_proba, id LIMIT :size FOR UPDATE SKIP LOCKED
)
UPDATE wiadukt.kolejka k SET zajete_do = now() + make_interval(secs => :lease), zajete_przez = :who
FROM free WHERE k.id = free.id
RETURNING k.id, k.rodzaj, k.id_obiektu, k.utworzono, k.proby
""")
_SENT = text("""
UPDATE wiadukt.kolejka SET status = 'wyslany', wyslano = now(), proby = proby + 1, ostatni_blad = '', zajete_do = NULL,
    zajete_przez = NULL WHERE id = ANY(:ids) AND status = 'przyjety' AND zajete_przez = :who
""")
_REJECTED = text("""
UPDATE wiadukt.kolejka SET status = 'odrzucony', proby = proby + 1, ostatni_blad = left(:cause, 2000), zajete_do = NULL,
    zajete_przez = NULL WHERE id = ANY(:ids) AND status = 'przyjety' AND zajete_przez = :who
""")
_POSTPONED = text("""
UPDATE wiadukt.kolejka SET proby = proby + 1, ostatni_blad = left(:cause, 2000), zajete_do = NULL, zajete_przez = NULL,
    nastepna_proba = now() + make_interval(secs => :pause)
WHERE id = ANY(:ids) AND status = 'przyjety' AND zajete_przez = :who
""")
_PRUNE = text("""
DELETE FROM wiadukt.kolejka WHERE id IN (
    SELECT id FROM wiadukt.kolejka
    WHERE status = 'wyslany' AND wyslano < now() - make_interval(days => :days) LIMIT :most)
""")


@dataclass(frozen=True)
class Claimed:
    """One object to announce. `row_ids`: all its merged rows, the oldest first; it names the event."""

    kind: Kind
    object_id: str
    row_ids: tuple[int, ...]
    accepted_at: datetime
    attempts: int


def accept(conn: Connection, kind: Kind, object_id: str) -> None:
    """Announces an object in the caller's transaction, as capture would."""
    insert = text("INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu) VALUES (:kind, :id)")
    conn.execute(insert, {"kind": kind.value, "id": object_id})


def claim(conn: Connection, who: str, size: int) -> list[Claimed]:
    """Rows for this dispatcher alone until the lease ends, merged by object, oldest first. Never waits for a lock."""
    rows = conn.execute(_CLAIM, {"size": size, "lease": LEASE_S, "who": who}).mappings().all()
    merged: dict[tuple[str, str], list[int]] = {}
    first: dict[tuple[str, str], RowMapping] = {}
    for row in sorted(rows, key=lambda row: row["id"]):
        key = (row["rodzaj"], row["id_obiektu"])
        merged.setdefault(key, []).append(row["id"])
        first.setdefault(key, row)
    return [
        Claimed(Kind(kind), object_id, tuple(ids), first[kind, object_id]["utworzono"], first[kind, object_id]["proby"])
        for (kind, object_id), ids in merged.items()
    ]


def mark_sent(conn: Connection, who: str, claimed: Sequence[Claimed]) -> None:
    """After the shop's answer, never before: a claim is not a success."""
    conn.execute(_SENT, {"ids": _ids(claimed), "who": who})


def reject(conn: Connection, who: str, claimed: Sequence[Claimed], cause: str) -> None:
    """The shop refused these events for a reason that a repeat will not change."""
    conn.execute(_REJECTED, {"ids": _ids(claimed), "who": who, "cause": cause})


def postpone(conn: Connection, who: str, claimed: Sequence[Claimed], cause: str) -> None:
    """Nobody answered: the rows wait, longer each time, and never for ever."""
    attempts = max((one.attempts for one in claimed), default=0) + 1
    pause = delay(attempts, cap_s=60).total_seconds()
    conn.execute(_POSTPONED, {"ids": _ids(claimed), "who": who, "cause": cause, "pause": pause})


def prune(conn: Connection, keep_days: int, most: int = 5000) -> int:
    """Deletes sent rows older than that, a portion at a time; returns how many. Rejected ones stay for a person."""
    return conn.execute(_PRUNE, {"days": keep_days, "most": most}).rowcount


def counts(conn: Connection) -> dict[str, int]:
    """Rows by status."""
    found = conn.execute(text("SELECT status, count(*) FROM wiadukt.kolejka GROUP BY status")).all()
    return {row[0]: row[1] for row in found}


def retry(conn: Connection, row_id: int | None = None) -> int:
    """Rejected rows wait again, one or all; returns how many."""
    update = text("""UPDATE wiadukt.kolejka SET status = 'przyjety', nastepna_proba = now(), proby = 0
        WHERE status = 'odrzucony' AND (:id IS NULL OR id = :id)""")
    return conn.execute(update, {"id": row_id}).rowcount


def _ids(claimed: Sequence[Claimed]) -> list[int]:
    return [row_id for one in claimed for row_id in one.row_ids]
