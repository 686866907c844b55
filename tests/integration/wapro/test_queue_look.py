"""WAPRO's queue as a person looks at it: leafed by key, filtered, refusals by cause, and just those wait again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from wiadukt.runtime import clock

REFUSED = "422: the shop does not take it"


@pytest.fixture
def client(office, start):
    """Six rows: three refused for one reason, one for another, one sent, one waiting."""
    office.forget_queue()
    rows = [("product", "FR-1", "odrzucony", REFUSED), ("product", "FR_2", "odrzucony", REFUSED)]
    rows += [("order", "77", "odrzucony", REFUSED), ("order", "78", "odrzucony", "401: no such [key]")]
    rows += [("product", "ZAW-1", "wyslany", ""), ("customer", "5", "przyjety", "connection refused")]
    for row in rows:
        office.run(
            "INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, status, ostatni_blad) VALUES (%s, %s, %s, %s)", *row
        )
    with start() as (client, _):
        yield client


def test_the_queue_is_leafed_filtered_and_grouped_and_just_one_cause_waits_again(client):
    def listed(**asked: object) -> list[str]:
        answer = client.get("/v1/queue", params=asked)
        assert answer.status_code == 200, answer.text
        return [row["object_id"] for row in answer.json()["rows"]]

    assert listed() == ["5", "ZAW-1", "78", "77", "FR_2", "FR-1"]
    assert listed(state="rejected") == ["78", "77", "FR_2", "FR-1"]
    assert listed(state="sent") == ["ZAW-1"]
    assert listed(kind="order") == ["78", "77"]
    assert listed(q="FR_") == ["FR_2"], "a sign of a pattern is a sign like any other"
    assert listed(q="[key]") == ["78"]
    assert listed(q="refused") == ["5"]
    assert listed(since="2026-01-01T00:00:00Z") == listed()
    assert listed(since="2999-01-01T00:00:00+01:00") == listed(until="2026-01-01T00:00:00Z") == []
    first = client.get("/v1/queue", params={"limit": 4}).json()
    assert len(first["rows"]) == 4
    assert listed(limit=4, before=first["next_before"]) == ["FR_2", "FR-1"]
    assert client.get("/v1/queue", params={"limit": 4, "before": first["next_before"]}).json()["next_before"] is None
    for bad in (
        {"limit": 0},
        {"limit": 501},
        {"state": "sad"},
        {"kind": "planet"},
        {"before": -1},
        {"q": "a\0"},
        {"since": "never"},
        {"colour": "red"},
    ):
        assert client.get("/v1/queue", params=bad).status_code == 422, bad

    causes = client.get("/v1/queue/causes").json()["causes"]
    assert [(one["cause"], one["count"]) for one in causes] == [(REFUSED, 3), ("401: no such [key]", 1)]

    of_orders = client.get("/v1/queue/causes", params={"kind": "order", "q": "7"}).json()
    assert (of_orders["count"], len(of_orders["causes"])) == (2, 2)
    standing = client.get("/v1/status").json()["queue"]
    assert (standing["rejected"], standing["rejected_for"]) == (4, "401: no such [key]"), "the youngest one's words"

    # One more is refused after the look: it stays.
    again = {"cause": REFUSED, "up_to": causes[0]["up_to"] - 1}
    first = client.post("/v1/queue/retry", json=again | {"most": 1}).json()
    assert (first["count"], first["last"] is not None) == (1, True)
    assert client.post("/v1/queue/retry", json=again | {"above": first["last"]}).json() == {"count": 1, "last": None}
    assert client.post("/v1/queue/retry", json=again).json() == {"count": 0, "last": None}
    assert listed(state="rejected") == ["78", "77"]
    assert client.post("/v1/queue/retry", json={"up_to": 2**62, "kind": "product"}).json()["count"] == 0
    assert client.post("/v1/queue/retry", json={"up_to": 2**62, "q": "no such"}).json()["count"] == 1
    assert client.post("/v1/queue/retry", json={"up_to": 2**62}).json()["count"] == 1
    assert listed(state="rejected") == []


def test_what_is_announced_again_is_due_at_once_and_has_all_its_attempts_before_it(client, office):
    later = clock.now() + timedelta(days=1)
    office.run("UPDATE wiadukt.kolejka SET proby = 9, nastepna_proba = %s", later)

    client.post("/v1/queue/retry", json={"up_to": 2**62, "kind": "order"})

    rows = client.get("/v1/queue", params={"kind": "order"}).json()["rows"]
    assert [(row["state"], row["attempts"]) for row in rows] == [("accepted", 0)] * 2
    soon = "SELECT count(*) FROM wiadukt.kolejka WHERE rodzaj = 'order' AND nastepna_proba < %s"
    assert office.value(soon, later - timedelta(hours=1)) == 2
