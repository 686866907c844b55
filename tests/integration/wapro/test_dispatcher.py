"""From the queue to the shop: nothing lost, nothing told twice under two names, whoever dies or is silent."""

from __future__ import annotations

import time
from functools import partial

import pytest
from factories.threads import at_once, beside

from wiadukt.contract.errors import Misconfigured
from wiadukt.wapro import queue
from wiadukt.wapro.engine import writing

REFUSED = {"title": "No.", "status": 400, "code": "not_events", "detail": "Never."}


def _due(office) -> None:
    """Time passes: leases and pauses end."""
    over = office.moment(-1)
    office.run("UPDATE wiadukt.kolejka SET nastepna_proba = %s, zajete_do = %s", over, over)


def _rows(office) -> list[tuple]:
    found = office.rows("SELECT id_obiektu, status, proby FROM wiadukt.kolejka ORDER BY id")
    return [tuple(row.values()) for row in found]


def test_a_waiting_change_is_told_and_marked_sent(office, dispatcher, shop):
    office.article("FR-1")

    assert dispatcher().step() == 1

    event = shop.batches[0][0]
    assert (event["type"], event["subject"], event["source"]) == ("pl.wiadukt.product.changed", "FR-1", "/wapro/1")
    assert "data" not in event
    assert _rows(office) == [("FR-1", "wyslany", 1)]
    assert dispatcher().step() == 0


def test_changes_of_one_object_are_told_once(office, dispatcher, shop):
    office.announce("A", "B", "A", "A")

    dispatcher().step()

    assert shop.told == ["A", "B"]
    assert _rows(office) == [("A", "wyslany", 1), ("B", "wyslany", 1)]


def test_an_object_that_waited_a_day_is_told_once_however_much_is_behind_it(office, dispatcher, shop):
    office.announce(*["A"] * 30, "B")

    dispatcher(dispatch_batch=2).step()

    assert shop.told == ["A"]
    dispatcher(dispatch_batch=2).step()
    assert shop.told == ["A", "B"]


def test_a_silent_shop_loses_nothing_and_the_repeat_has_the_same_id(office, dispatcher, shop):
    office.announce("A")
    shop.answer = lambda batch: (503, None)
    started = office.moment()
    dispatcher().step()
    assert _rows(office) == [("A", "przyjety", 1)]
    assert office.value("SELECT nastepna_proba FROM wiadukt.kolejka") > started, "it waits before the next attempt"
    office.run("UPDATE wiadukt.kolejka SET nastepna_proba = %s", office.moment(30))
    assert dispatcher().step() == 0

    shop.answer = lambda batch: (202, None)
    _due(office)
    dispatcher().step()

    assert shop.batches[0] == shop.batches[1]
    assert _rows(office) == [("A", "wyslany", 2)]


def test_a_change_made_after_a_lost_answer_is_not_taken_for_a_repeat(office, dispatcher, shop):
    """The shop kept the event, its answer got lost, the object changed again: both rows are merged now."""
    office.announce("A")
    shop.answer = lambda batch: (shop.kept.update({one["id"]: one for one in batch}), (0, None))[1]
    dispatcher().step()
    assert shop.told == ["A"]

    office.announce("A")
    shop.answer = lambda batch: (202, None)
    _due(office)
    dispatcher().step()

    assert shop.told == ["A", "A"]


def test_nor_is_one_committed_late_under_an_older_number(office, base, dispatcher, shop, engine):
    """Its row got its number before the one that the shop was told already, and was committed after."""
    with writing(engine) as slow:
        queue.accept(slow, queue.Kind.PRODUCT, "A")
        office.announce("A")
        with writing(dispatcher().engine) as conn:
            first = queue.claim(conn, "killed", 10)
    office.announce("B")
    _due(office)

    with writing(engine) as conn:
        second = {one.object_id: one.event_number for one in queue.claim(conn, "other", 10)}

    assert second["A"] != first[0].event_number


def test_a_change_made_while_its_object_is_being_told_is_told_again(office, dispatcher, shop):
    office.announce("A")
    shop.answer = lambda batch: (office.announce("A") if len(shop.batches) == 1 else None, (202, None))[1]

    dispatcher().step()
    dispatcher().step()

    assert shop.told == ["A", "A"]


def test_a_killed_dispatcher_gives_its_rows_back_when_its_lease_ends(office, engine, dispatcher, shop):
    office.announce("A", "B")
    with writing(engine) as conn:
        killed = queue.claim(conn, "killed", 10)
    assert dispatcher().step() == 0, "they are still its own"

    _due(office)
    dispatcher().step()

    assert shop.told == ["A", "B"]
    with writing(engine) as conn:
        queue.postpone(conn, "killed", killed, "woke up too late")
    assert [status for _, status, _ in _rows(office)] == ["wyslany", "wyslany"]


def test_several_dispatchers_share_the_work_and_tell_nothing_twice(office, dispatcher, shop):
    office.announce(*[f"P-{number}" for number in range(300)])
    workers = [dispatcher(dispatch_batch=20) for _ in range(4)]

    def work(one) -> None:
        while one.step():
            pass

    at_once(*(partial(work, one) for one in workers))

    told = [event["subject"] for batch in shop.batches for event in batch]
    assert len(told) == len(set(told)) == 300


def test_one_refused_event_does_not_stop_the_others(office, dispatcher, shop):
    office.announce("A", "bad", "B")
    shop.answer = lambda batch: (400, REFUSED) if "bad" in str(batch) else (202, None)

    dispatcher().step()

    assert shop.told == ["A", "B"]
    assert _rows(office) == [("A", "wyslany", 1), ("bad", "odrzucony", 1), ("B", "wyslany", 1)]
    assert (
        office.value("SELECT ostatni_blad FROM wiadukt.kolejka WHERE status = 'odrzucony'") == "not_events: No. Never."
    )


def test_an_outage_while_sending_singly_stops_the_rest(office, dispatcher, shop):
    office.announce("A", "B", "C")
    shop.answer = lambda batch: (400, REFUSED) if len(batch) > 1 else (503, None)

    dispatcher().step()

    assert len(shop.batches) == 2
    assert _rows(office) == [("A", "przyjety", 1), ("B", "przyjety", 1), ("C", "przyjety", 1)]


def test_a_rejected_change_is_sent_again_when_a_person_says_so(office, engine, dispatcher, shop):
    office.announce("A")
    shop.answer = lambda batch: (400, REFUSED)
    dispatcher().step()
    shop.answer = lambda batch: (202, None)
    assert dispatcher().step() == 0

    with writing(engine) as conn:
        assert queue.retry(conn) == 1
    dispatcher().step()

    assert shop.told == ["A"]


@pytest.mark.parametrize(
    ("status", "problem"),
    [(500, None), (502, None), (429, REFUSED), (401, REFUSED), (403, REFUSED), (404, None), (301, None), (400, None)],
)
def test_an_answer_that_speaks_of_the_sender_or_the_moment_rejects_nothing(office, dispatcher, shop, status, problem):
    office.announce("A")
    shop.answer = lambda batch: (status, problem)

    dispatcher().step()

    assert _rows(office) == [("A", "przyjety", 1)]


def test_the_pauses_grow_and_stay_bounded(office, dispatcher, shop):
    office.announce("A")
    shop.answer = lambda batch: (503, None)
    pauses = []
    for _ in range(9):
        dispatcher().step()
        pauses.append((office.value("SELECT nastepna_proba FROM wiadukt.kolejka") - office.moment()).total_seconds())
        _due(office)

    assert pauses[0] < 2.1, "SQL Server's pauses are whole seconds"
    assert 25 < pauses[-1] <= 60


def test_a_running_dispatcher_outlives_an_outage_and_stops_when_told(office, dispatcher, shop, eventually):
    shop.answer = lambda batch: (503, None) if len(shop.batches) < 2 else (202, None)
    office.announce("A")
    one = dispatcher()

    with beside(one.run, one.stopping.set):
        eventually(lambda: shop.told == ["A"])
        office.announce("B")
        started = time.monotonic()
        eventually(lambda: shop.told == ["A", "B"])

        assert time.monotonic() - started < 2


def test_the_first_change_is_told_at_once_and_those_of_the_next_moment_together(office, dispatcher, shop, eventually):
    sending = dispatcher(dispatch_idle_s=3)
    office.announce("A")
    with beside(sending.run, sending.stopping.set):
        eventually(lambda: shop.told == ["A"], within_s=2.5)

        office.announce("B")
        office.announce("C")

        eventually(lambda: shop.told == ["A", "B", "C"])
    assert [len(batch) for batch in shop.batches] == [1, 2]


def test_old_sent_rows_go_and_rejected_ones_stay(office, engine):
    office.announce("old", "young", "rejected", "waiting")
    office.run(
        "UPDATE wiadukt.kolejka SET status = 'wyslany', wyslano = %s WHERE id_obiektu IN ('old', 'young')",
        office.moment(),
    )
    office.run("UPDATE wiadukt.kolejka SET status = 'odrzucony' WHERE id_obiektu = 'rejected'")
    office.run("UPDATE wiadukt.kolejka SET wyslano = %s WHERE id_obiektu = 'old'", office.moment(-31 * 86400))

    with writing(engine) as conn:
        assert queue.prune(conn, 30) == 1

    assert [one for one, _, _ in _rows(office)] == ["young", "rejected", "waiting"]


def test_a_queue_installed_anew_does_not_repeat_the_ids_of_the_old_one(office, dispatcher, shop):
    """Else the shop would take the changes of a restored base for repeats."""
    office.announce("A")
    dispatcher().step()
    office.run("ALTER SEQUENCE wiadukt.kolejka_id RESTART WITH 1")
    office.forget_queue()

    office.announce("A")
    dispatcher().step()

    assert shop.told == ["A", "A"]


def test_without_a_key_nothing_is_sent(dispatcher):
    with pytest.raises(Misconfigured, match="WEBHOOK_SECRETS"):
        dispatcher(webhook_secrets="")
