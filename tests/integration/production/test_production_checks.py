"""Production looks at itself for whoever has a token: base, brokers, machines, reports; each with its remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from factories.saw import Saw
from sqlalchemy import insert

from wiadukt.contract.checkup import CheckReport, FloorCheck
from wiadukt.production.store import job_order, machine_job, report, work_request

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("empty")]
SAW = '[[machine]]\ndriver = "opcua"\nid = "saw"\nname = "Saw"\nurl = "{}"\n'
EDGER = '[[machine]]\ndriver = "mqtt"\nid = "edger"\nname = "Edger"\nhost = "127.0.0.1"\nport = 1\ntimeout_s = 0.5\n'


@pytest.fixture
def looking(serve: Callable[..., Any], connector: Any, tmp_path: Path) -> Callable[..., Any]:
    def start(*machines: str) -> Any:
        file = tmp_path / "machines.toml"
        file.write_text("\n".join(machines), encoding="utf-8")
        return serve(connector.url, file)

    return start


def seen(production: Any, name: FloorCheck, language: str = "en") -> CheckReport:
    answer = production.api.get(f"/v1/checks/{name}", headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return CheckReport.model_validate_json(answer.content)


def test_only_a_caller_with_a_token_is_told(production):
    assert production.floor.get("/v1/checks/machines").status_code == 401
    assert production.api.get("/v1/checks/nothing").status_code == 422


def test_a_sound_floor_is_well_in_every_check(production):
    for name in FloorCheck:
        report = seen(production, name)
        assert (report.name, report.grade) == (name, "ok"), report
        assert report.title
        assert report.means
        assert report.affects


def test_a_machine_that_does_not_answer_and_a_broker_that_is_away_are_told(looking, eventually):
    saw = Saw("Saw")
    production = looking(SAW.format(saw.url), EDGER)
    try:
        eventually(lambda: seen(production, FloorCheck.MACHINES).grade == "fault")
        eventually(lambda: "Saw answers" in {one.what for one in seen(production, FloorCheck.MACHINES).findings})
        machines, broker = seen(production, FloorCheck.MACHINES), seen(production, FloorCheck.BROKER)
    finally:
        saw.close()

    assert next(one.what for one in machines.findings if not one.ok).startswith("Edger does not answer")
    assert broker.findings[0].what.startswith("the broker mqtt://127.0.0.1:1 does not take us")
    assert "Start it" in broker.findings[0].remedy


@pytest.mark.parametrize(
    ("state", "code", "grade"),
    [
        ("refused", "machine_refuses", "fault"),
        ("to_send", "machine_unable", "advice"),
        ("to_send", "machine_unreachable", "ok"),
    ],
)
def test_jobs_that_a_machine_refuses_are_told_with_its_reason(production, engine, state, code, grade):
    values = {"command": "start", "job": "J-1", "status": "7", "cause": "away"}
    with engine.begin() as connection:
        connection.execute(insert(work_request).values(order_number="WD-1", customer_name="Nowak", content={}))
        job = {"id": "J-1", "order_number": "WD-1", "position": 1, "product_id": "F", "description": "F", "quantity": 1}
        connection.execute(insert(job_order).values(**job, unit="szt"))
        reason = {"code": code, "values": values}
        connection.execute(insert(machine_job).values(job_id="J-1", machine_id="saw", state=state, reason=reason))

    told = seen(production, FloorCheck.MACHINES, "pl")

    assert told.grade == grade
    assert ("saw: czekające zlecenia: 1" in "".join(one.what for one in told.findings)) is (grade != "ok")


def test_reports_that_wapro_refused_are_told(production, engine):
    with engine.begin() as connection:
        connection.execute(insert(work_request).values(order_number="WD-1", customer_name="Nowak", content={}))
        connection.execute(insert(report).values(order_number="WD-1", revision=1, payload={}, state="rejected"))

    assert seen(production, FloorCheck.REPORTS).grade == "fault"


def test_a_key_that_the_connector_does_not_take_is_told_though_nothing_is_to_be_reported(production, connector):
    assert seen(production, FloorCheck.CONNECTOR).grade == "ok"
    connector.takes = "another"

    (finding,) = seen(production, FloorCheck.CONNECTOR, "pl").findings

    assert (finding.ok, finding.what) == (False, "łącznik nie przyjmuje klucza produkcji")
    assert "CONNECTOR_TOKEN" in finding.remedy


def test_a_connector_that_is_away_is_told(serve):
    (finding,) = seen(serve("http://127.0.0.1:1"), FloorCheck.CONNECTOR).findings

    assert not finding.ok
    assert "CONNECTOR_URL" in finding.remedy
