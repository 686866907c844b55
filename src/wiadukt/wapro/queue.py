"""The change queue in WAPRO's base: przyjety -> wyslany | odrzucony.

Capture only appends. A claim takes all waiting rows of an object and merges them into the oldest, since the shop
fetches the object as it is then. A change committed after the claim is a row of its own and leads to another event.

The event's number stays the same over every attempt to deliver the same rows: a repeat counts once at the shop. But a
row that takes up another one gets a fresh number. Under the old one the shop may have been told already (its answer
was lost, or we were killed before we marked it), and it would take the younger change for a repeat and lose it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from wiadukt.contract.base import Kind
from wiadukt.contract.fetch import QueueEntry
from wiadukt.contract.states import QueueState
from wiadukt.runtime.backoff import delay

_CLAIM = text("""
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
    """One object to announce. `event_number` names the event; `accepted_at` is when its oldest change was made."""

    row_id: int
    kind: Kind
    object_id: str
    event_number: int
    accepted_at: datetime
    attempts: int


def accept(conn: Connection, kind: Kind, object_id: str) -> None:
    """Announces an object in the caller's transaction, as capture would."""
    insert = text("INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu) VALUES (:kind, :id)")
    conn.execute(insert, {"kind": kind.value, "id": object_id})


def claim(conn: Connection, who: str, size: int, lease_s: float = 60) -> list[Claimed]:
    """At most `size` objects for this dispatcher alone until the lease ends, oldest first. Never waits for a lock."""
    rows = conn.execute(_CLAIM, {"size": size, "lease": lease_s, "who": who}).mappings().all()
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


_STATES = {"przyjety": QueueState.ACCEPTED, "wyslany": QueueState.SENT, "odrzucony": QueueState.REJECTED}


def entries(conn: Connection, kind: Kind, ids: Sequence[str]) -> dict[str, QueueEntry]:
    """The youngest row of each of these objects, by id; one without a row is left out."""
    youngest = text("""SELECT DISTINCT ON (id_obiektu) id_obiektu, status, proby, ostatni_blad, utworzono, wyslano
        FROM wiadukt.kolejka WHERE rodzaj = :kind AND id_obiektu = ANY(:ids) ORDER BY id_obiektu, id DESC""")
    found = conn.execute(youngest, {"kind": kind.value, "ids": list(ids)}).mappings()
    return {
        row["id_obiektu"]: QueueEntry(
            state=_STATES[row["status"]],
            attempts=row["proby"],
            last_error=row["ostatni_blad"] or "",
            accepted_at=row["utworzono"],
            sent_at=row["wyslano"],
        )
        for row in found
    }


def retry(conn: Connection, row_id: int | None = None) -> int:
    """Rejected rows wait again, one or all; returns how many."""
    update = text("""UPDATE wiadukt.kolejka SET status = 'przyjety', nastepna_proba = now(), proby = 0
        WHERE status = 'odrzucony' AND (CAST(:id AS bigint) IS NULL OR id = :id)""")
    return conn.execute(update, {"id": row_id}).rowcount


def _ids(claimed: Sequence[Claimed]) -> list[int]:
    return [one.row_id for one in claimed]
