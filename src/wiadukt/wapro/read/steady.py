"""One moment also where the base gives no snapshots.

Without snapshot isolation each statement of a fetch sees another moment, and locks would hold up the office. But
capture writes a row to the queue in every transaction that changes an object: when nothing came to the queue while we
read, nothing changed. When something came, we read again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection, func, select

from wiadukt.contract.base import Kind
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among
from wiadukt.wapro.engine import PASSING_OVER, note_moment, sees_one_moment

T = TypeVar("T")
ATTEMPTS = 3


def steadily(conn: Connection, kind: Kind, ids: Sequence[str], read: Callable[[], T]) -> T:
    """What `read` gives, of one moment. After three restless readings the last one: the change that disturbed it is in
    the queue, so the shop fetches the object again anyway."""
    if sees_one_moment(conn):
        return read()
    before = _youngest(conn, kind, ids)
    for _attempt in range(ATTEMPTS):
        note_moment(conn)
        found = read()
        after = _youngest(conn, kind, ids)
        if after == before:
            break
        before = after
    return found


def _youngest(conn: Connection, kind: Kind, ids: Sequence[str]) -> dict[str, int]:
    """The number of the last announcement of each object; one that is not finished is passed over, as its rows are."""
    row = t.queue.c
    query = select(row.id_obiektu, func.max(row.id)).where(row.rodzaj == kind.value, row.id_obiektu.in_(among(ids)))
    hinted = query.with_hint(t.queue, PASSING_OVER, "mssql").group_by(row.id_obiektu)
    return {str(object_id): int(number) for object_id, number in conn.execute(hinted)}
