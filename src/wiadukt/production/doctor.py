"""What production looks at when somebody asks whether it is well: its base, brokers, machines, reports, disk."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import aiomqtt
import httpx
import psycopg
from sqlalchemy import Engine, func, select

from wiadukt.contract.checkup import CheckReport, Finding, FloorCheck
from wiadukt.contract.errors import Unreachable
from wiadukt.production import reporter
from wiadukt.production.gateway import ELSEWHERE, NOT_YET
from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.registry import Floor, MqttEntry
from wiadukt.production.migrate import pending
from wiadukt.production.refusals import Refusal
from wiadukt.production.settings import Settings
from wiadukt.production.store import machine_job
from wiadukt.production.translations import FOLDER
from wiadukt.runtime import clock
from wiadukt.runtime.checkup import Check, Examiner
from wiadukt.runtime.looks import judge_clocks, look_at_disk
from wiadukt.runtime.redact import Redactor, password_of
from wiadukt.runtime.tokens import parse_tokens
from wiadukt.runtime.words import N_, Words

_ = Words("production", FOLDER)
LATE_S = 900
CONNECTOR_TIMEOUT_S = 5
UNREACHABLE = "machine_unreachable"


@dataclass(frozen=True)
class Subject:
    """What is looked at. `lines` is the gateway's word about each machine."""

    engine: Engine
    settings: Settings
    floor: Floor
    lines: Mapping[str, str]


def check_database(subject: Subject) -> Iterator[Finding]:
    try:
        missing = pending(subject.settings.database_url)
    except psycopg.OperationalError as error:
        raise Unreachable(_("Production's database does not answer: {error}", error=error)) from error
    what = _("Production's database lacks {names}", names=", ".join(missing)) if missing else ""
    yield Finding(
        not missing,
        what or _("Production's database is up to date"),
        _("Run 'wiadukt production migrate'.") if missing else "",
    )


def check_clock(subject: Subject) -> Iterator[Finding]:
    with subject.engine.connect() as connection:
        base = connection.execute(select(func.clock_timestamp())).scalar_one()
    yield judge_clocks(base - clock.now(), _("production and its database"))


def check_broker(subject: Subject) -> Iterator[Finding]:
    """Each broker that a machine is reached by or tells itself on, with the name and password of the file."""
    entries = [one for one in subject.floor.machine if isinstance(one, MqttEntry)]
    brokers = {one.broker.name: one.broker for one in (*entries, *subject.floor.sparkplug)}
    for name, broker in brokers.items():
        try:
            asyncio.run(_greet(broker))
        except (aiomqtt.MqttError, OSError) as error:
            what = _("the broker {name} does not take us: {error}", name=name, error=error)
            yield Finding(False, what, _("Start it; check address, name and password in the file of machines."))
        else:
            yield Finding(True, _("the broker {name} takes us", name=name))
    if not brokers:
        yield Finding(True, _("no machine is reached by a broker"))


async def _greet(broker: Broker) -> None:
    async with broker.client(f"wiadukt-doctor-{uuid.uuid4().hex[:8]}"):
        pass


def check_machines(subject: Subject) -> Iterator[Finding]:
    for entry in subject.floor.machine:
        line = subject.lines.get(entry.id, NOT_YET)
        if line == NOT_YET:
            yield Finding(True, _("{name}: not reached yet", name=entry.name), _("Look again in a moment."))
        elif line in ("", ELSEWHERE):
            yield Finding(True, _("{name} answers", name=entry.name))
        else:
            what = _("{name} does not answer: {line}", name=entry.name, line=line)
            yield Finding(False, what, _("Is it switched on and in the network? Its jobs wait, or go to terminals."))
    if not subject.floor.machine:
        yield Finding(True, _("no machines: everything is made at terminals"))
    yield from _refused(subject)


def _refused(subject: Subject) -> Iterator[Finding]:
    """Jobs that a machine said no to, with its last reason; one that it only can't take now is offered again."""
    of = machine_job.c
    kept = select(of.machine_id, of.state, of.reason).where(of.reason.isnot(None), of.state.in_(("to_send", "refused")))
    with subject.engine.connect() as connection:
        found = connection.execute(kept.order_by(of.assigned_at)).all()
    told: dict[tuple[str, str], list[Refusal]] = {}
    for machine, state, reason in found:
        if reason["code"] != UNREACHABLE:
            told.setdefault((machine, state), []).append(Refusal.kept(reason))
    for (machine, state), refusals in told.items():
        said = refusals[-1].in_language(_)
        what = _("{machine}: {n} jobs wait: {cause}", machine=machine, n=len(refusals), cause=said.cause)
        yield Finding(state != "refused", what, said.remedy)


def check_connector(subject: Subject) -> Iterator[Finding]:
    """The way that reports take, with production's own key: also when there is nothing to report."""
    settings = subject.settings
    headers = {"Authorization": f"Bearer {settings.connector_token.get_secret_value()}"}
    where = f"{settings.connector_url.rstrip('/')}/v1/status"
    try:
        answer = httpx.get(where, headers=headers, timeout=CONNECTOR_TIMEOUT_S, trust_env=False)
    except httpx.HTTPError as error:
        what = _("the connector does not answer production: {error}", error=f"{type(error).__name__}: {error}")
        yield Finding(False, what, _("Start it; see that production reaches it (CONNECTOR_URL)."))
        return
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        remedy = _(
            "Give both sides the same key: CONNECTOR_TOKEN in production's settings, CONNECTOR_TOKENS in the"
            " connector's; then restart them."
        )
        yield Finding(False, _("the connector does not accept production's key"), remedy)
    elif not answer.is_success:
        what = _("the connector answers production with {status}", status=answer.status_code)
        yield Finding(False, what, _("Start it; see that production reaches it (CONNECTOR_URL)."))
    else:
        yield Finding(True, _("the connector takes production's key"))


def check_reports(subject: Subject) -> Iterator[Finding]:
    with subject.engine.connect() as connection:
        standing = reporter.standing(connection)
    late = standing.oldest_s > LATE_S
    what = _(
        "{n} reports to WAPRO wait, the oldest for {seconds} s", n=standing.waiting, seconds=int(standing.oldest_s)
    )
    yield Finding(not late, what, _("See that production reaches the connector (CONNECTOR_URL).") if late else "")
    if standing.rejected:
        what = _("WAPRO's connector refused {n} reports", n=standing.rejected)
        yield Finding(False, what, _("See the reason at the order on the board."))


def check_disk(subject: Subject) -> Iterator[Finding]:
    yield from look_at_disk(Path.cwd(), _("production's disk"))


_ORDERED = N_("Whoever ordered what is made: the job orders wait in the shop.")
_FLOOR = N_("The floor: jobs for this machine wait, or are made at terminals.")
_TEXTS: dict[FloorCheck, tuple[str, str, str, Callable[[Subject], Iterable[Finding]]]] = {
    FloorCheck.DATABASE: (
        N_("Production's database"),
        N_("Production can't keep what it is told."),
        _ORDERED,
        check_database,
    ),
    FloorCheck.CLOCK: (
        N_("The clock of production's database"),
        N_("Two clocks differ: times of jobs mislead."),
        N_("The floor and who reads its times."),
        check_clock,
    ),
    FloorCheck.BROKER: (
        N_("Broker of the machines"),
        N_("The broker through which machines are reached does not take us."),
        _FLOOR,
        check_broker,
    ),
    FloorCheck.MACHINES: (
        N_("Machines"),
        N_("A machine does not answer or takes no jobs."),
        _FLOOR,
        check_machines,
    ),
    FloorCheck.CONNECTOR: (
        N_("Way to the connector"),
        N_("Production can't tell WAPRO what is made."),
        N_("Buyers and the office: the state of orders in production stands still."),
        check_connector,
    ),
    FloorCheck.REPORTS: (
        N_("Reports to WAPRO"),
        N_("What was made is not told to WAPRO."),
        N_("Buyers and the office: the state of orders in production stands still."),
        check_reports,
    ),
    FloorCheck.DISK: (
        N_("Production's disk"),
        N_("The disk of production is full: it can't go on."),
        N_("The floor."),
        check_disk,
    ),
}
CHECKS: dict[FloorCheck, Check[Subject]] = {name: Check(name, *texts) for name, texts in _TEXTS.items()}


class Doctor:
    """The checks of one production."""

    def __init__(self, subject: Subject) -> None:
        settings = subject.settings
        secrets = [*parse_tokens(settings.tokens.get_secret_value()), settings.connector_token.get_secret_value()]
        self.subject = subject
        self.examiner = Examiner(_, Redactor([*secrets, *password_of(settings.database_url)]))

    def examine(self, name: FloorCheck) -> CheckReport:
        """One check, in the language of the moment."""
        return self.examiner.examine(CHECKS[name], self.subject)
