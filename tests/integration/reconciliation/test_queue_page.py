"""WAPRO's queue in the shop's panel, through the real connector; a silent connector is said, and breaks no page."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from factories.mass import work_off
from factories.shop import a_seller, a_supervisor, a_user
from factories.wapro import TOKEN

from wiadukt.shop.sellers.models import SellerRole
from wiadukt.shop.sync import client
from wiadukt.shop.sync.client import Connector, client_of
from wiadukt.shop.sync.mass import steps
from wiadukt.shop.sync.mass import work as mass
from wiadukt.shop.sync.models import MassDeed, MassRun

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAGE = "/dashboard/sync/erp-queue/"
REFUSED = "401: nieznany podpis"


def browser(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def supervisor(road, monkeypatch) -> Client:
    monkeypatch.setattr(client, "connector", lambda: road.connector)
    road.office("DELETE FROM wiadukt.kolejka")
    refused = [("A-1", "odrzucony", REFUSED), ("A-2", "odrzucony", REFUSED)]
    for object_id, status, cause in (*refused, ("A-3", "wyslany", "")):
        road.office(
            "INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, status, ostatni_blad) VALUES ('product', %s, %s, %s)",
            object_id,
            status,
            cause,
        )
    return browser(a_supervisor("my@sklep.example"))


def test_the_queue_is_shown_and_filtered_and_its_refusals_are_announced_again(supervisor, road):
    def listed(**asked: str) -> list[str]:
        page = supervisor.get(PAGE, asked)
        assert page.status_code == 200
        return [row.object_id for row in page.context["rows"]]

    assert listed() == ["A-3", "A-2", "A-1"]
    assert listed(state="rejected") == ["A-2", "A-1"]
    assert listed(state="nonsense", kind="planet", before="x") == ["A-3", "A-2", "A-1"]
    assert listed(q="A-3") == ["A-3"]
    assert listed(since="2026-01-01T00:00") == ["A-3", "A-2", "A-1"]
    assert listed(until="2026-01-01T00:00") == []
    assert supervisor.get(PAGE + "again/", {"until": "2026-01-01T00:00"}).context["span"]["count"] == 0
    part = supervisor.get(PAGE + "causes/")
    cause = part.context["causes"][0]
    assert (cause.cause, cause.count) == (REFUSED, 2)

    before = supervisor.get(PAGE + "again/", {"cause": cause.cause})
    assert before.context["span"]["count"] == 2
    assert "2 nieprzyjęte zmiany" in before.content.decode()

    answer = supervisor.post(PAGE + "again/", {"cause": cause.cause, "up_to": str(before.context["span"]["up_to"])})

    run = MassRun.objects.get()
    assert answer["location"] == f"/dashboard/sync/runs/{run.pk}/"
    assert (run.deed, run.total, accepted(road)) == (MassDeed.ANNOUNCE, 2, 0), "the press only begins it"
    work_off()
    run.refresh_from_db()
    assert (run.state, run.done, accepted(road)) == ("finished", 2, 2)


def test_what_the_list_shows_is_a_file(supervisor, monkeypatch):
    monkeypatch.setattr("wiadukt.shop.panel.erp_queue.MAX_ROWS", 2)

    rows = json.loads(supervisor.get(PAGE + "export.json").getvalue())
    text = supervisor.get(PAGE + "export.csv", {"state": "rejected"}).getvalue().decode("utf-8-sig")

    assert [row["object_id"] for row in rows] == ["A-3", "A-2", "A-1"], "page by page"
    assert [line.split(";")[2] for line in text.splitlines()] == ["object_id", "A-2", "A-1"]
    assert supervisor.get(PAGE + "export.xml").status_code == 404


def accepted(road) -> int:
    return road.value("SELECT count(*) FROM wiadukt.kolejka WHERE status = 'przyjety'")


def test_what_matches_the_filter_goes_again_some_at_a_time_and_is_cancelled_in_between(supervisor, road, monkeypatch):
    monkeypatch.setattr(steps, "PORTION", 2)
    for number in range(5):
        road.office(
            "INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, status, ostatni_blad)"
            " VALUES ('order', %s, 'odrzucony', 'x')",
            f"7{number}",
        )
    asked = {"state": "rejected", "kind": "order", "q": "7"}
    assert "state=rejected" in supervisor.get(PAGE, asked).content.decode()
    span = supervisor.get(PAGE + "again/", asked).context["span"]
    assert span["count"] == 5
    road.office("INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, status) VALUES ('order', '79', 'odrzucony')")

    supervisor.post(PAGE + "again/", asked | {"up_to": str(span["up_to"])})

    run = MassRun.objects.get()
    mass._one_portion(run.pk)
    run.refresh_from_db()
    assert (run.seen, accepted(road)) == (2, 2)
    assert road.value("SELECT count(*) FROM wiadukt.kolejka WHERE status = 'odrzucony' AND rodzaj = 'product'") == 2
    # Refused once more while the rest goes: it is not gone through twice.
    road.office("UPDATE wiadukt.kolejka SET status = 'odrzucony' WHERE id_obiektu = '70'")
    mass._one_portion(run.pk)
    supervisor.post(f"/dashboard/sync/runs/{run.pk}/cancel/")
    work_off()
    run.refresh_from_db()
    assert (run.state, run.done) == ("stopped", 4)
    went = "SELECT string_agg(id_obiektu, ',' ORDER BY id_obiektu) FROM wiadukt.kolejka WHERE status = 'przyjety'"
    assert road.value(went) == "71,72,73"


def test_while_the_connector_is_away_it_waits_and_then_goes_on(supervisor, road, monkeypatch):
    supervisor.post(PAGE + "again/", {"state": "rejected"})
    with client_of("http://127.0.0.1:9", TOKEN) as http, monkeypatch.context() as away:
        away.setattr(client, "connector", lambda: Connector(http))
        work_off()
    run = MassRun.objects.get()
    assert (run.state, accepted(road)) == ("running", 0)
    assert "127.0.0.1:9" in run.last_error

    work_off()

    run.refresh_from_db()
    assert (run.state, run.last_error, accepted(road)) == ("finished", "", 2)


def test_it_works_with_the_rights_that_its_author_has_now(supervisor, road):
    nobody = a_user("towary@x.example", is_staff=True)
    mass.begin(MassDeed.ANNOUNCE, {"up_to": str(2**62)}, nobody, total=2)

    work_off()

    assert accepted(road) == 0


def test_a_silent_connector_is_said_and_the_page_stands(supervisor, monkeypatch):
    with client_of("http://127.0.0.1:9", TOKEN) as http:
        monkeypatch.setattr(client, "connector", lambda: Connector(http))
        for address in (PAGE, PAGE + "causes/"):
            page = supervisor.get(address)
            assert page.status_code == 200
            assert "Łącznik nie odpowiada" in page.content.decode()
        answer = supervisor.post(PAGE + "again/", {"cause": "", "up_to": "1"}, follow=True)
        assert "Łącznik nie odpowiada" in answer.content.decode()


def test_it_is_for_who_watches_the_whole_traffic(supervisor):
    technician = browser(a_seller("technik@x.example", role=SellerRole.TECHNICIAN).user)
    others = (a_seller("opiekun@x.example").user, a_user("towary@x.example", is_staff=True))

    assert technician.get(PAGE).status_code == 200
    for user in others:
        assert [browser(user).get(PAGE).status_code, browser(user).post(PAGE + "again/").status_code] == [403, 403]
