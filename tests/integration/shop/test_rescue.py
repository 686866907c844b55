"""Jobs of workers that died are run again, also when their successors wait already."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from wiadukt.shop.sync import jobs

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def a_job(task: str, status: str, lock: str | None = None) -> int:
    """Of a worker that died and is forgotten, when its status is `doing`."""
    query = """INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status)
        VALUES ('default', %s, %s, %s, '{}', %s) RETURNING id"""
    with connection.cursor() as cursor:
        cursor.execute(query, [task, lock, lock, status])
        return int(cursor.fetchone()[0])


def states() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status FROM procrastinate_jobs")
        return dict(cursor.fetchall())


def test_one_whose_successor_waits_goes_and_the_others_are_run_again():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    left = a_job("wiadukt.reconcile", "doing", "wiadukt.reconcile-1")
    successor = a_job("wiadukt.reconcile", "todo", "wiadukt.reconcile-1")
    other = a_job("wiadukt.invite", "doing")

    async_to_sync(jobs.rescue.func)(0)

    assert left not in states()
    assert states() == {successor: "todo", other: "todo"}
