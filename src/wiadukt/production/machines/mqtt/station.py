"""A reference machine that takes job orders over MQTT, against which production and machine builders can test.

Its memory is what it has said: the retained responses. So one that is switched off and on again takes up what it had
not ended, and never makes again what it had.
"""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import structlog
from pydantic import ValidationError

from wiadukt.production.machines.job_control import NOT_BEGUN, OVER, Command, ReturnStatus, State
from wiadukt.production.machines.job_list import Entry, JobList
from wiadukt.production.machines.mqtt.line import Broker, open_line
from wiadukt.production.machines.mqtt.messages import (
    JobOrderMessage,
    JobResponseMessage,
    Parameter,
    Status,
    StatusMessage,
    ValueElement,
)
from wiadukt.production.machines.mqtt.topics import ORDER, RESPONSE, STATUS, Topics

WORDS: dict[State, Status] = {
    State.NOT_ALLOWED_TO_START: "Waiting",
    State.ALLOWED_TO_START: "Ready",
    State.RUNNING: "Running",
    State.INTERRUPTED: "Held",
    State.ENDED: "Completed",
    State.ABORTED: "Aborted",
}
log = structlog.get_logger()


class Station:
    """One machine, as an async context. `jobs` is its list; after changing it by hand `publish()`."""

    def __init__(self, broker: Broker, topics: Topics, *, most: int = 50) -> None:
        self.broker, self.topics = broker, topics
        self.jobs = JobList(most, told=self._note)
        self.versions: dict[str, int] = {}
        self._changed: dict[str, Entry] = {}
        self._remembered: dict[str, JobResponseMessage] = {}
        self._early: list[tuple[str, bytes]] = []
        self._is_open = False
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Station:
        line = open_line(
            self.broker,
            self.topics,
            (RESPONSE, ORDER),
            self._take,
            identifier=f"machine-{self.topics.machine}",
            will=(STATUS, StatusMessage(online=False)),
        )
        self.line = await self._stack.enter_async_context(line)
        self._is_open = True
        early, self._early = self._early, []
        for job_id, payload in early:
            await self._take_order(job_id, payload)
        await self._say_status(online=True)
        return self

    async def __aexit__(self, *_exc: object) -> None:
        if self._is_open:
            self._is_open = False
            await self._say_status(online=False)
            await self._stack.aclose()

    async def cut_off(self) -> None:
        """Ends without a word, as when the line breaks."""
        self._is_open = False
        await self._stack.aclose()

    async def publish(self) -> None:
        """Says of each job order that changed how it stands."""
        changed, self._changed = self._changed, {}
        for entry in changed.values():
            await self._answer(entry, ReturnStatus.NO_ERROR)

    def _note(self, entry: Entry) -> None:
        self._changed[entry.id] = entry

    async def _say_status(self, *, online: bool) -> None:
        await self.line.say(STATUS, "", StatusMessage(online=online, timestamp=int(time.time() * 1000)))

    async def _take(self, kind: str, job_id: str, payload: bytes) -> None:
        if kind == RESPONSE and payload and not self._is_open:
            self._remembered[job_id] = JobResponseMessage.model_validate_json(payload)
        elif kind == ORDER and not self._is_open:
            self._early.append((job_id, payload))
        elif kind == ORDER:
            await self._take_order(job_id, payload)

    async def _take_order(self, job_id: str, payload: bytes) -> None:
        if not payload:
            await self._take_away(job_id)
            return
        try:
            order = JobOrderMessage.model_validate_json(payload)
        except ValidationError as error:
            log.warning("job_order_invalid", machine=self.topics.machine, job=job_id, error=str(error))
            return
        if job_id not in self.jobs.entries and job_id in self._remembered:
            self._remember(order, self._remembered.pop(job_id))
        entry = self.jobs.entries.get(job_id)
        if entry is not None and self.versions.get(job_id, 0) >= order.Version:
            await self._answer(entry, ReturnStatus.NO_ERROR)  # a repeat
            return
        self.versions[job_id] = order.Version
        status = self._do(order)
        self._changed.pop(job_id, None)
        await self._answer(self.jobs.entries.get(job_id), status, job_id)

    def _do(self, order: JobOrderMessage) -> ReturnStatus:
        known = self.jobs.entries.get(order.ID)
        if known is None:
            if order.Command in ("Abort", "Cancel"):
                return ReturnStatus.NO_ERROR
            status = self.jobs.store(_entry(order))
        elif not known.order.same_work(order):
            status = self.jobs.update(_entry(order))
        else:
            status = ReturnStatus.NO_ERROR
        return self._command(order) if status is ReturnStatus.NO_ERROR else status

    def _command(self, order: JobOrderMessage) -> ReturnStatus:
        entry = self.jobs.entries[order.ID]
        state = entry.state
        if order.Command == "Cancel":  # one that was begun before it was switched off waits here, and has begun
            return self.jobs.command(order.ID, Command.CANCEL) if not entry.started_at else ReturnStatus.INVALID_STATE
        commands = {
            ("Start", State.NOT_ALLOWED_TO_START): Command.START,
            ("Start", State.INTERRUPTED): Command.RESUME,
            ("Resume", State.INTERRUPTED): Command.RESUME,
        }
        command = commands.get((order.Command or "", state))
        if order.Command == "Pause" and state is not State.INTERRUPTED:
            command = Command.PAUSE
        if order.Command == "Abort" and state not in OVER:
            command = Command.CANCEL if state in NOT_BEGUN else Command.ABORT
        return ReturnStatus.NO_ERROR if command is None else self.jobs.command(order.ID, command)

    def _remember(self, order: JobOrderMessage, said: JobResponseMessage) -> None:
        """What ran when it was switched off is taken up again where it stood."""
        states = {word: state for state, word in WORDS.items()}
        report = said.report() if said.JobState != "Cancelled" else None
        if report is None:
            return
        state = states[said.JobState]
        state = State.ALLOWED_TO_START if state in (State.RUNNING, State.INTERRUPTED) else state
        entry = replace(
            _entry(order),
            state=state,
            good=float(report.good),
            scrap=float(report.scrap),
            started_at=report.started_at,
            ended_at=report.ended_at,
        )
        self.jobs.entries[order.ID] = entry
        self.versions[order.ID] = int(said.number("OrderVersion"))

    async def _take_away(self, job_id: str) -> None:
        entry = self.jobs.entries.get(job_id)
        if entry is not None:
            self.jobs.command(job_id, Command.CANCEL if entry.state in NOT_BEGUN else Command.CLEAR)
        if job_id not in self.jobs.entries:
            self.versions.pop(job_id, None)
            await self.line.say(RESPONSE, job_id, None)

    async def _answer(self, entry: Entry | None, status: ReturnStatus, job_id: str = "") -> None:
        """One that is not in the list is said to be cancelled: it was refused, or taken away."""
        job_id = entry.id if entry else job_id
        data = {
            "OrderVersion": self.versions.get(job_id, 0),
            "ReturnStatus": int(status),
            "GoodQuantity": entry.good if entry else 0,
            "ProducedQuantity": entry.good + entry.scrap if entry else 0,
        }
        message = JobResponseMessage(
            ID=f"{job_id}/1",
            JobOrderID=job_id,
            JobState=WORDS[entry.state] if entry else "Cancelled",
            StartTime=entry.started_at if entry else None,
            EndTime=entry.ended_at if entry else datetime.now(UTC),
            JobResponseData=tuple(
                Parameter(
                    ID=name,
                    Value=(ValueElement(ValueString=f"{Decimal(str(value)).normalize():f}", DataType="double"),),
                )
                for name, value in data.items()
            ),
        )
        await self.line.say(RESPONSE, job_id, message)


def _entry(order: JobOrderMessage) -> Entry:
    return Entry(order.ID, order, State.NOT_ALLOWED_TO_START, float(order.planned), priority=order.Priority)
