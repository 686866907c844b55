"""How a base reads is its administrator's choice: by snapshots, by locks, by versions of committed rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wiadukt.contract.base import Kind
from wiadukt.contract.erp_queue import QueuePage
from wiadukt.wapro import queue
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.read import steady

pytestmark = pytest.mark.parametrize("bases", ["sqlserver"], indirect=True)


@pytest.fixture
def without_snapshots(monkeypatch) -> None:
    monkeypatch.setattr("wiadukt.wapro.engine.allows_snapshots", lambda engine: False)


@pytest.fixture
def by_versions(office) -> Iterator[None]:
    office.run("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE")
    yield
    office.run("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT OFF WITH ROLLBACK IMMEDIATE")


def test_the_queue_is_read_and_worked_off_there_too(office, by_versions, without_snapshots, engine):
    office.forget_queue()
    office.announce("FR-1", "FR-1", "FR-2")

    with reading(engine) as conn:
        youngest = steady._youngest(conn, Kind.PRODUCT, ["FR-1", "FR-2"])
        assert steady.steadily(conn, Kind.PRODUCT, ["FR-1"], lambda: "read") == "read"
    with writing(engine) as conn:
        claimed = queue.claim(conn, "who", 10)

    assert youngest.keys() == {"FR-1", "FR-2"}
    assert [one.object_id for one in claimed] == ["FR-1", "FR-2"]


def test_a_look_at_the_queue_waits_for_no_transaction_of_the_office(office, without_snapshots, engine):
    office.forget_queue()
    office.announce("FR-1")

    with office.working():
        office.announce("FR-2")
        with reading(engine) as conn:
            standing, page = queue.standing(conn), queue.page(conn, QueuePage())
            counted = queue.counts(conn)

    assert standing.waiting == 1
    assert [row.object_id for row in page] == ["FR-1"]
    assert counted == {"przyjety": 1}


def test_the_queue_is_worked_off_while_the_office_saves(office, engine):
    """Rows that a transaction of the office has added and not committed stand beside those that we mark."""
    office.forget_queue()
    office.announce("FR-1", "FR-2")

    with office.working():
        office.announce("FR-1", "FR-3")
        with writing(engine, 500) as conn:
            claimed = queue.claim(conn, "who", 10)
        with writing(engine, 500) as conn:
            queue.mark_sent(conn, "who", claimed[:1])
            queue.reject(conn, "who", claimed[1:], "refused")
        with writing(engine, 500) as conn:
            again, gone = queue.retry(conn), queue.prune(conn, -1)

    assert [one.object_id for one in claimed] == ["FR-1", "FR-2"]
    assert (again, gone) == (1, 1)
    assert office.queue() == [("product", "FR-2"), ("product", "FR-1"), ("product", "FR-3")]
