"""The connector as its callers meet it: a real process on a real port, and the base behind it."""

from __future__ import annotations

import signal
import subprocess

import httpx
import pytest
from factories.last_word import last_word
from factories.wapro import TOKEN, placed

from wiadukt.wapro.install import uninstall

PROBLEM = "application/problem+json"


def _put(client: httpx.Client, order) -> httpx.Response:
    return client.put(f"/v1/orders/{order.number}", content=order.model_dump_json())


def test_the_whole_road_of_a_caller(office, start):
    """One process answers all of it: starting one for each promise would take longer than the promises."""
    buyer = office.contractor()
    office.article("FR-1")
    invoice = office.invoice(buyer)
    order = placed(buyer, {"product_id": "FR-1"})
    with start() as (client, _):
        health = client.get("/healthz", headers={"Authorization": ""})
        assert (health.status_code, health.json()) == (200, {"status": "ok", "capture": "unknown"})

        for header in ("", "Bearer wrong", f"Basic {TOKEN}"):
            for call in (
                ("GET", "/v1/customers/ids"),
                ("GET", "/v1/products/digests"),
                ("GET", "/v1/orders/digests/7"),
                ("POST", "/v1/invoices/queued"),
                ("GET", "/v1/queue"),
                ("GET", "/v1/queue/causes"),
                ("POST", "/v1/queue/retry"),
                ("POST", "/v1/products/fetch"),
                ("PUT", "/v1/orders/WD-1"),
                ("PUT", "/v1/orders/WD-1/progress"),
                ("PUT", "/v1/customers/1/card/phone"),
                ("PUT", "/v1/delivery-places/k1"),
            ):
                nobody = client.request(*call, headers={"Authorization": header})
                assert (nobody.status_code, nobody.headers["content-type"]) == (401, PROBLEM), call
        assert client.get("/v1/customers/ids", headers={"Authorization": "Bearer other"}).status_code == 200

        first, second = _put(client, order), _put(client, order)
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json()["erp_number"] == second.json()["erp_number"]
        report = {"order_number": order.number, "revision": 1, "state": "ready", "good": "2", "planned": "2"}
        assert client.put(f"/v1/orders/{order.number}/progress", json=report).status_code == 204
        early = client.put("/v1/orders/WD-0/progress", json={**report, "order_number": "WD-0"})
        assert (early.status_code, early.json()["code"]) == (422, "order_unknown")

        refused = _put(client, placed(buyer, {"product_id": "none"}))
        assert (refused.status_code, refused.headers["content-type"]) == (422, PROBLEM)
        assert refused.json()["field"] == "product_id"
        assert "none" in refused.json()["title"]
        assert client.put("/v1/orders/WD-9", content=order.model_dump_json()).json()["code"] == "number_differs"
        assert client.put("/v1/orders/WD-9", content="{").json()["code"] == "invalid"
        assert client.post("/v1/orders/fetch", json={"ids": []}).json()["field"] == "ids"
        assert client.get("/v1/orders/ids", params={"after": "x"}).json()["field"] == "after"
        too_many = client.get("/v1/orders/ids", params={"limit": 501})
        assert too_many.status_code == 422
        problem = too_many.json()
        assert (problem["field"], problem["title"]) == ("limit", "Pole limit: jest większe niż 500.")
        assert problem["detail"] == "Wpisz mniej i wyślij ponownie."

        for kind, known in {
            "customers": str(buyer),
            "products": "FR-1",
            "orders": first.json()["id"],
            "invoices": str(invoice),
        }.items():
            assert client.get(f"/v1/{kind}/ids").json() == {"ids": [known], "next_after": None}
            fetched = client.post(f"/v1/{kind}/fetch", json={"ids": [known, "0"]}).json()
            assert [one["id"] for one in fetched["objects"]] == [known]
            assert fetched["missing"] == ["0"]


def test_a_place_and_an_address_over_http(office, start, monkeypatch):
    monkeypatch.setenv("WAPRO_WRITE_ADDRESSES", "1")
    monkeypatch.setenv("WAPRO_WRITE_PLACES", "1")
    buyer = office.contractor()
    about = {"customer_id": str(buyer), "revision": 1, "changed_at": "2026-11-23T12:08:00+01:00"}
    place = {**about, "key": "k1", "value": {"name": "Hala 2"}}
    phone = {**about, "part": "phone", "value": {"phone": "+48 61 852 00 00"}}
    with start() as (client, _):
        status = client.get("/v1/status").json()
        assert status["writes"] == ["addresses", "places"]
        assert (status["limits"]["address.street"], status["limits"]["place.note"]) == (50, 500)

        first, second = (client.put("/v1/delivery-places/k1", json=place) for _ in range(2))
        assert (first.status_code, first.json()) == (201, second.json())
        assert client.put("/v1/delivery-places/k2", json=place).json()["code"] == "number_differs"

        office.run('UPDATE dbo."KONTRAHENT" SET "SEMAFOR" = 3000001')
        busy = client.put(f"/v1/customers/{buyer}/card/phone", json=phone)
        assert (busy.status_code, busy.json()["code"], busy.headers["retry-after"]) == (423, "busy", "15")
        office.run('UPDATE dbo."KONTRAHENT" SET "SEMAFOR" = 0')
        assert client.put(f"/v1/customers/{buyer}/card/phone", json=phone).json()["written"]


def test_while_the_base_is_away_callers_are_told_to_come_again(start):
    with start("postgresql://postgres@/nowhere?host=/nonexistent") as (client, _):
        for answer in (
            client.get("/healthz"),
            client.get("/v1/orders/ids"),
            _put(client, placed(1, {"product_id": "FR-1"})),
        ):
            assert (answer.status_code, answer.headers["content-type"]) == (503, PROBLEM)
            assert answer.json()["code"] == "unreachable"


def test_a_base_without_our_schema_names_the_remedy(engine, start):
    uninstall(engine)
    with start() as (client, _):
        answer = client.post("/v1/orders/fetch", json={"ids": ["1"]})

    assert (answer.status_code, answer.json()["code"]) == (503, "misconfigured")
    assert "doctor" in answer.json()["detail"]


def test_a_connector_killed_in_the_middle_of_sending_loses_nothing(office, start, shop, eventually):
    arrived = []
    shop.answer = lambda batch: (arrived.append(batch), eventually(lambda: len(arrived) > 1), (202, None))[2]
    office.announce("A", "B")
    with start(events_url=shop.url) as (_, process):
        eventually(lambda: arrived)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    office.run("UPDATE wiadukt.kolejka SET zajete_do = %s", office.moment())

    with start(events_url=shop.url):
        eventually(lambda: office.queue() == [])

    assert arrived[0] == arrived[1], "the repeat has the same ids"
    assert shop.told == ["A", "B"]


@pytest.mark.parametrize("bases", ["postgresql"], indirect=True)  # it reads libpq's URL apart
def test_a_connector_that_dies_between_wapros_commit_and_its_answer_makes_no_second_document(office, base, start):
    buyer = office.contractor()
    office.article("FR-1")
    order = placed(buyer, {"product_id": "FR-1"})
    dying: list[subprocess.Popen] = []

    def die() -> None:
        dying[0].send_signal(signal.SIGKILL)
        dying[0].wait(10)

    with last_word(base, order.number, die) as between, start(between.url) as (client, process):
        dying.append(process)
        with pytest.raises(httpx.TransportError):
            _put(client, order)
        assert between.happened.wait(10), "it died at that moment and no other"
    assert process.returncode == -signal.SIGKILL
    assert office.count("ZAMOWIENIE") == 1, "the base had committed"

    with start() as (client, _):
        again = _put(client, order)

    assert (again.status_code, again.json()["created"]) == (200, False)
    assert again.json()["id"] == str(office.value('SELECT "ID_ZAMOWIENIA" FROM dbo."ZAMOWIENIE"'))
    assert office.count("ZAMOWIENIE") == office.count("POZYCJA_ZAMOWIENIA") == 1
    assert office.value('SELECT "ZAREZERWOWANO" FROM dbo."ARTYKUL"') == 2


def test_what_the_base_does_not_give_is_told_by_name_before_anything_needs_it(office, start):
    with start() as (client, _):
        assert client.get("/v1/status").json()["faults"] == []

        office.rename("ARTYKUL", "KOD_KRESKOWY", "EAN")
        faults = client.get("/v1/status").json()["faults"]

    assert faults == [{"kind": "column", "name": "ARTYKUL.KOD_KRESKOWY"}]
    office.rename("ARTYKUL", "EAN", "KOD_KRESKOWY")
