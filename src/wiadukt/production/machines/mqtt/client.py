"""One machine that takes job orders over MQTT, seen from production.

What is wanted of each job order stands retained on its topic, what the machine says of it on another; a call says what
is wanted and waits for an answer to just that version. So a call that was cut off is repeated, and nothing runs twice.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

import structlog
from pydantic import ValidationError

from wiadukt.contract.errors import Unreachable
from wiadukt.production.machines import job_control
from wiadukt.production.machines.job_control import ReturnStatus, refusal_of
from wiadukt.production.machines.mqtt.line import Broker, Line, open_line
from wiadukt.production.machines.mqtt.messages import (
    CommandWord,
    JobOrderMessage,
    JobResponseMessage,
    StatusMessage,
    as_job_order,
)
from wiadukt.production.machines.mqtt.topics import ORDER, RESPONSE, STATUS, Topics
from wiadukt.production.machines.port import JobReport, MachineJob, told_anew
from wiadukt.production.refusals import Refusal

NOT_BEGUN = ("Waiting", "Ready")
OVER = ("Completed", "Aborted")
T = TypeVar("T")
log = structlog.get_logger()


class MqttMachine:
    """Made by `connected`."""

    def __init__(self, topics: Topics) -> None:
        self.topics = topics
        self.online = False
        self.orders: dict[str, JobOrderMessage] = {}
        self.responses: dict[str, JobResponseMessage] = {}
        self.line: Line

    @classmethod
    @asynccontextmanager
    async def connected(cls, broker: Broker, topics: Topics) -> AsyncIterator[MqttMachine]:
        """Raises Unreachable when broker or machine are away."""
        machine = cls(topics)
        identifier = f"wiadukt-{topics.machine}"
        async with open_line(
            broker, topics, (STATUS, ORDER, RESPONSE), machine._take, identifier=identifier
        ) as machine.line:
            machine._check_online()
            yield machine

    async def store(self, job: MachineJob) -> None:
        job_id, wanted = job.job.id, as_job_order(job)
        if self._state(job_id) == "Aborted":
            await self.forget(job_id)
        known, state = self.orders.get(job_id), self._state(job_id)
        if known is not None and known.same_work(wanted):
            if self._answer_to(known) is None:  # said before, and cut off before the answer
                await self._say(known, "Store")
                return
            if state is not None:
                return
        if state is not None and state not in NOT_BEGUN:
            raise Refusal("machine_has_begun", object_id=job_id, job=job_id)
        kept = {"Command": known.Command, "DispatchStatus": known.DispatchStatus} if known and state else {}
        await self._say(wanted.model_copy(update={"Version": self._next_version(job_id), **kept}), "Store")

    async def start(self, job_id: str) -> None:
        state = self._known_state(job_id, "Start")
        if state == "Held":
            await self._command(job_id, "Resume", "Ready")
        elif state == "Waiting":
            await self._command(job_id, "Start", "Ready")

    async def pause(self, job_id: str) -> None:
        if self._known_state(job_id, "Pause") != "Held":
            await self._command(job_id, "Pause", "Held")

    async def withdraw(self, job_id: str) -> None:
        self._check_online()
        if job_id not in self.orders or self._state(job_id) in OVER:
            return
        await self._command(job_id, "Abort", "Cancelled")
        if self._state(job_id) is None:  # it had not begun: nothing is left to be read
            await self._clear(job_id)

    async def recall(self, job_id: str) -> bool:
        self._check_online()
        if job_id not in self.orders:
            return False
        why = Refusal("machine_has_begun", object_id=job_id, job=job_id)
        if self._state(job_id) in (None, *NOT_BEGUN):
            try:
                await self._command(job_id, "Cancel", "Cancelled")
                if self._state(job_id) is None:
                    await self._clear(job_id)
                    return True
                why = Refusal("machine_cannot", object_id=job_id, job=job_id, command="Cancel")
            except Refusal as refusal:
                why = why if refusal.code == "machine_invalid_state" else refusal
        if job_id in self.orders and self.orders[job_id].Command == "Cancel":  # what stands retained is what is wanted
            is_held = self._state(job_id) == "Held"
            await self._command(job_id, *(("Pause", "Held") if is_held else ("Start", "Ready")))
        raise why

    async def forget(self, job_id: str) -> None:
        self._check_online()
        if self._state(job_id) in OVER:
            await self._clear(job_id)

    async def report(self) -> list[JobReport]:
        self._check_online()
        return [one.report() for one in self.responses.values() if one.JobState != "Cancelled"]

    async def reports(self) -> AsyncIterator[JobReport]:
        told: dict[str, JobReport] = {}
        while True:
            heard = self.line.heard
            for one in told_anew(told, await self.report()):
                yield one
            await self.line.news(heard)

    def _take(self, kind: str, job_id: str, payload: bytes) -> None:
        """What came. A message that is none of ours is told in the log and is as if it had not come."""
        try:
            if kind == STATUS:
                self.online = bool(payload) and StatusMessage.model_validate_json(payload).online
            elif kind == ORDER:
                _keep(self.orders, job_id, JobOrderMessage.model_validate_json(payload) if payload else None)
            elif kind == RESPONSE:
                _keep(self.responses, job_id, JobResponseMessage.model_validate_json(payload) if payload else None)
        except ValidationError as error:
            log.warning("machine_message_invalid", machine=self.topics.machine, kind=kind, job=job_id, error=str(error))

    def _check_online(self) -> None:
        if self.line.fault:
            raise Unreachable(self.line.fault)
        if not self.online:
            raise Unreachable(f"{self.line.broker.name}: {self.topics.machine} is not online")

    def _state(self, job_id: str) -> str | None:
        response = self.responses.get(job_id)
        return response.JobState if response and response.JobState != "Cancelled" else None

    def _known_state(self, job_id: str, command: str) -> str:
        self._check_online()
        state = self._state(job_id)
        if state is None or job_id not in self.orders:
            raise Refusal("machine_unknown_job", object_id=job_id, job=job_id, command=command)
        return state

    def _next_version(self, job_id: str) -> int:
        said, response = self.orders.get(job_id), self.responses.get(job_id)
        return max(said.Version if said else 0, int(response.number("OrderVersion")) if response else 0) + 1

    def _answer_to(self, order: JobOrderMessage) -> JobResponseMessage | None:
        response = self.responses.get(order.ID)
        return response if response and response.number("OrderVersion") >= order.Version else None

    async def _command(self, job_id: str, command: CommandWord, status: str) -> None:
        known = self.orders[job_id]
        change = {"Version": self._next_version(job_id), "Command": command, "DispatchStatus": status}
        await self._say(known.model_copy(update=change), command)

    async def _say(self, order: JobOrderMessage, command: str) -> None:
        self._check_online()
        await self.line.say(ORDER, order.ID, order)
        self.orders[order.ID] = order
        await self.line.until(lambda: self._answer_to(order) is not None or not self.online, f"{command} {order.ID}")
        self._check_online()
        response = self.responses[order.ID]
        status = int(response.number("ReturnStatus", ReturnStatus.NO_ERROR))
        if not status & ReturnStatus.NO_ERROR:
            if response.JobState == "Cancelled":
                await self._clear(order.ID)
            raise refusal_of(status, job_control.Command[_constant(command)], order.ID)

    async def _clear(self, job_id: str) -> None:
        """Takes the job order away; the machine takes its answer away."""
        await self.line.say(ORDER, job_id, None)
        self.orders.pop(job_id, None)
        await self.line.until(lambda: job_id not in self.responses or not self.online, f"the end of {job_id}")
        self._check_online()


def _constant(command: str) -> str:
    return command.upper()


def _keep(where: dict[str, T], job_id: str, message: T | None) -> None:
    if message is None:
        where.pop(job_id, None)
    else:
        where[job_id] = message
