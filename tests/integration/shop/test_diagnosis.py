"""One button looks at everything: each check is told as it ends, what hangs on a fault is skipped, no secret leaves."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from factories.serving import served
from typer.testing import CliRunner, Result

from wiadukt import cli as program
from wiadukt.contract.checkup import CheckReport, ErpCheck, Finding, FloorCheck
from wiadukt.runtime import clock
from wiadukt.shop.doctor import own, rounds
from wiadukt.shop.doctor.cli import app
from wiadukt.shop.doctor.course import steps
from wiadukt.shop.doctor.models import Checkup
from wiadukt.shop.doctor.subject import Subject
from wiadukt.shop.sync import client
from wiadukt.shop.sync.client import Connector, Production, client_of
from wiadukt.shop.sync.models import ConnectorState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PAGE = "/dashboard/sync/diagnosis/"
TOKEN = "right-token"


class Other:
    """The connector and production in one: answers each check, well unless told otherwise."""

    def __init__(self) -> None:
        self.findings: dict[str, Finding] = {}
        self.asked: list[str] = []

    async def __call__(self, scope, receive, send) -> None:
        headers = dict(scope["headers"])
        name = scope["path"].rpartition("/")[2]
        self.asked.append(name)
        if headers.get(b"authorization") != f"Bearer {TOKEN}".encode():
            status, body = 401, "{}"
        else:
            said = self.findings.get(name, Finding(True, f"{name} {headers[b'accept-language'].decode()}"))
            report = CheckReport(
                name=name, title=f"T {name}", means="M", affects="A", at=clock.now(), took_s=0, findings=(said,)
            )
            status, body = 200, report.model_dump_json()
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": body.encode()})


@pytest.fixture
def other() -> Iterator[Other]:
    other = Other()
    with served(other) as other.url:
        yield other


@pytest.fixture
def examine(other, monkeypatch):
    """A whole round; the grades by step."""

    def examine(url: str = "", token: str = TOKEN) -> Checkup:
        for name in ("connector_url", "production_url"):
            monkeypatch.setattr(settings.ENVIRONMENT, name, url or other.url)
        with client_of(url or other.url, token) as http:
            checkup = rounds.begin("admin@sklep.example")
            subject = Subject(Connector(http), Production(http))
            while checkup.finished_at is None:
                rounds.go_on(checkup, subject)
        return checkup

    now = timezone.now()
    ConnectorState.objects.create(pk=1, seen_at=now, capture="on", taken_over_at=now)
    return examine


def grades(checkup: Checkup) -> dict[str, str]:
    return dict(checkup.outcomes.values_list("step", "grade"))


def test_a_round_asks_everybody_everything_once_and_in_polish(examine, other):
    found = grades(examine())

    assert list(found) == [step.name for step in steps()]
    assert {f"wapro.{name}" for name in ErpCheck} | {f"floor.{name}" for name in FloorCheck} <= set(found)
    assert {name: grade for name, grade in found.items() if grade == "skipped"} == {}
    assert other.asked.count(ErpCheck.PRICES) == 1
    assert found["connector.key"] == found["connector.clock"] == found["wapro.prices"] == "ok"


def test_who_can_not_be_reached_is_one_fault_and_not_thirty(examine):
    found = grades(examine(url="http://127.0.0.1:1"))

    assert found["connector.address"] == "ok"
    assert found["connector.port"] == "fault"
    skipped = {name for name, grade in found.items() if grade == "skipped"}
    assert {"connector.certificate", "connector.key", "wapro.database", "wapro.prices", "floor.machines"} <= skipped
    assert not any(found[name] == "fault" for name in found if name.startswith(("wapro.", "floor.")))


def test_a_wrong_key_is_told_as_such(examine):
    checkup = examine(token="wrong")

    assert grades(checkup)["connector.key"] == "fault"
    report = checkup.outcomes.get(step="connector.key").read
    assert "nasz token został odrzucony" in report.findings[0].what
    assert report.findings[0].remedy
    assert grades(checkup)["wapro.database"] == "skipped"


def test_without_wapros_base_only_what_needs_it_is_skipped(examine, other):
    other.findings["database"] = Finding(False, "no base", "Start it.")

    found = grades(examine())

    assert found["wapro.database"] == "fault"
    assert found["wapro.shop"] == "ok"
    assert found["wapro.prices"] == "skipped"


def test_a_dead_worker_is_found_though_no_worker_runs_the_checks(examine):
    assert grades(examine())["shop.workers"] == "fault"
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert grades(examine())["shop.workers"] == "ok"


def test_each_press_of_the_page_shows_one_more_check_until_all_are_done(administrator, monkeypatch, other, examine):
    for name in ("connector_url", "production_url"):
        monkeypatch.setattr(settings.ENVIRONMENT, name, "http://127.0.0.1:1")
    where = administrator.post(f"{PAGE}begin/").headers["Location"]

    first = administrator.post(f"{where}step/", headers={"HX-Request": "true"}).content.decode()
    second = administrator.post(f"{where}step/", headers={"HX-Request": "true"}).content.decode()

    assert (first.count('class="check '), second.count('class="check ')) == (1, 2)
    assert 'hx-trigger="load, submit"' in second
    for _ in steps():
        last = administrator.post(f"{where}step/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in last
    assert "Jak naprawić:" in last
    assert Checkup.objects.get().finished_at is not None


def test_two_who_look_at_the_same_round_see_each_check_once(examine, other):
    with client_of("http://127.0.0.1:1", "x") as http:
        subject = Subject(Connector(http), Production(http))
        checkup = rounds.begin("a@x.example")
        twin = Checkup.objects.get(pk=checkup.pk)
        for _ in range(3):
            rounds.go_on(checkup, subject)
            rounds.go_on(twin, subject)

    assert checkup.outcomes.count() == len(set(grades(checkup))) == 6


def test_support_gets_every_finding_and_neither_secret_nor_name(administrator, examine, monkeypatch):
    monkeypatch.setattr(settings.ENVIRONMENT, "connector_token", "secret-token-1")
    checkup = examine(url="http://user:hunter2@127.0.0.1:1")

    answers = {fmt: administrator.get(f"{PAGE}{checkup.pk}/report.{fmt}") for fmt in ("json", "txt")}

    told = {fmt: answer.content.decode() for fmt, answer in answers.items()}
    assert [one["step"] for one in json.loads(told["json"])["checks"]] == [step.name for step in steps()]
    assert "[!!]" in told["txt"]
    for text in told.values():
        for secret in ("hunter2", "secret-token-1", settings.SECRET_KEY, "admin@sklep.example"):
            assert secret not in text
    assert "attachment" in answers["txt"].headers["Content-Disposition"]
    assert administrator.get(f"{PAGE}{checkup.pk}/report.exe").status_code == 404


def test_the_page_says_of_a_fault_what_it_means_whom_it_touches_and_how_to_mend_it(administrator, examine):
    checkup = examine(url="http://127.0.0.1:1")

    page = administrator.get(f"{PAGE}{checkup.pk}/").content.decode()

    text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
    assert "Pod adresem łącznika nikt nie odpowiada" in text
    assert "Kogo dotyczy: Wszystkich: między WAPRO a sklepem nic się nie przenosi" in text
    assert "Jak naprawić: Uruchom go; jeśli działa, otwórz ten port" in text


def test_only_the_last_rounds_are_kept():
    for _ in range(rounds.KEEP + 2):
        last = rounds.begin("a@x.example")

    assert Checkup.objects.count() == rounds.KEEP
    assert Checkup.objects.first() == last


@pytest.fixture
def command(other, monkeypatch):
    """`wiadukt doctor` on the shop's machine."""

    def forget() -> None:
        for known in (client.connector, client.production):
            if known.cache_info().currsize:
                known().http.close()
            known.cache_clear()

    def run(url: str) -> Result:
        for name in ("connector", "production"):
            monkeypatch.setattr(settings.ENVIRONMENT, f"{name}_url", url or other.url)
            monkeypatch.setattr(settings.ENVIRONMENT, f"{name}_token", TOKEN)
        forget()
        return CliRunner().invoke(app, ["--language", "en"], catch_exceptions=False)

    yield run
    forget()


def test_the_command_runs_the_same_round_and_ends_with_one_when_something_must_be_mended(command, examine, monkeypatch):
    monkeypatch.setattr(own, "LOOKS", {"disk": own.look_at_disks})

    well, ill = command(""), command("http://127.0.0.1:1")

    assert well.exit_code == 0, well.output
    assert "T prices (prices)\n[ok] prices en" in well.output
    assert ill.exit_code == 1
    assert "[!!] nobody listens at 127.0.0.1, port 1" in ill.output
    assert "Nobody answers at the connector's address" in ill.output
    assert "[..] First mend what stands above: connector.port." in ill.output


@pytest.mark.parametrize(("is_shop", "system"), [(True, "shop"), (False, "wapro")])
def test_the_machine_decides_how_much_the_command_looks_at(monkeypatch, is_shop, system):
    if not is_shop:
        monkeypatch.delenv("SHOP_DATABASE_URL")

    assert program._module_of("doctor") == f"wiadukt.{system}.doctor.cli"
    assert program._module_of("connector") == "wiadukt.wapro.cli"
