"""The address at which a process tells machines of itself, over real HTTP."""

import httpx
import pytest

from wiadukt.contract.errors import Misconfigured
from wiadukt.runtime.management import Management, gauge


def broken() -> list:
    raise OSError("the line is cut")


def told(management: Management, path: str) -> httpx.Response:
    with management.serving("127.0.0.1:0") as where:
        return httpx.get(where + path, trust_env=False)


def test_ready_says_what_is_missing_and_live_does_not_care():
    management = Management(lambda: ["The base lacks 0002: run migrate."], list)

    answer = told(management, "/ready")

    assert (answer.status_code, answer.json()["missing"]) == (503, ["The base lacks 0002: run migrate."])
    assert told(management, "/live").status_code == 200
    assert told(Management(list, list), "/ready").json() == {"status": "ok", "missing": []}


def test_a_look_that_fails_is_not_ready_and_tells_no_secret_of_the_driver():
    answer = told(Management(broken, list), "/ready")

    assert answer.status_code == 503
    assert answer.json()["missing"] == ["The database can't be read (OSError)."]


def test_metrics_are_of_now_and_of_this_process():
    found = told(Management(list, lambda: [gauge("wiadukt_x", "X.", {("a",): 3.0}, ["kind"])]), "/metrics")

    assert found.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'wiadukt_x{kind="a"} 3.0' in found.text
    assert "wiadukt_base_up 1.0" in found.text
    assert "process_resident_memory_bytes" in found.text


def test_a_base_that_is_away_takes_only_its_own_gauges_with_it():
    found = told(Management(list, broken), "/metrics")

    assert found.status_code == 200
    assert "wiadukt_base_up 0.0" in found.text
    assert "process_resident_memory_bytes" in found.text


def test_nothing_else_is_there():
    assert told(Management(list, list), "/healthz").status_code == 404


@pytest.mark.parametrize("listen", ["rubbish", "127.0.0.1:none", "127.0.0.1:99999", "192.0.2.1:9000"])
def test_an_address_that_is_none_is_refused_with_the_setting(listen):
    with (
        pytest.raises(Misconfigured, match="MANAGEMENT_LISTEN: can't listen at"),
        Management(list, list).serving(listen),
    ):
        pass


def test_without_an_address_nothing_listens():
    with Management(list, list).serving("") as where:
        assert where == ""
