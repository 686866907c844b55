"""Tends the machines: sends them their job orders, takes over what they report. One task a machine.

What is to be done stands in the base, what was done stands in the machine: a gateway that dies, or a line that breaks,
leaves nothing behind that the next round would not find.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from typing import Any, Protocol, TypeVar

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from wiadukt.contract.errors import Unreachable
from wiadukt.production import errands, following, recalling, routing
from wiadukt.production.machines.port import Machine, MachineJob
from wiadukt.production.refusals import Refusal
from wiadukt.runtime import backoff, trace
from wiadukt.runtime.contained import contained

T = TypeVar("T")
ONE_TENDER = text("SELECT pg_try_advisory_lock(7304, hashtext(:machine))")
ELSEWHERE = "another process tends it"
NOT_YET = "not yet"
LOOK_EVERY_S = 0.5
LONGEST_PAUSE_S = 30.0
log = structlog.get_logger()


class Entry(Protocol):
    """What the gateway needs to know of a machine."""

    id: str
    name: str
    work_centre: str
    automatic: bool
    holds: int

    def connected(self) -> AbstractAsyncContextManager[Machine]: ...


class Gateway:
    """Runs while `run` does. `lines` says of each machine whether it answers: empty, or why not.

    `is_dead` is what else is known of a machine: a rule gives nothing to one that has told that it is off.
    """

    def __init__(
        self,
        engine: Engine,
        machines: Mapping[str, Entry],
        *,
        wake_reporter: Callable[[], None],
        today: Callable[[], date],
        is_dead: Callable[[str], bool] = lambda machine_id: False,
    ) -> None:
        self.engine, self.machines, self.wake_reporter, self.today = engine, machines, wake_reporter, today
        self.is_dead = is_dead
        self.lines: dict[str, str] = dict.fromkeys(machines, NOT_YET)

    async def run(self) -> None:
        """Tends every machine until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for entry in self.machines.values():
                tasks.create_task(self._tend(entry), name=entry.id)
            if any(entry.automatic for entry in self.machines.values()):
                tasks.create_task(self._route(), name="routing")

    async def _tend(self, entry: Entry) -> None:
        failures = 0
        while True:
            try:
                await contained(self._attend(entry))
            except* (Unreachable, OperationalError) as errors:
                why = str(_first(errors))
                reason = {"code": "machine_unreachable", "values": {"cause": why[:500]}}
                log.warning("machine_unreachable", machine=entry.id, cause=why)
            except* Refusal as errors:
                refusal = _first(errors)
                why, reason = str(refusal), errands.reason_of(refusal)
                log.warning("machine_refuses_us", machine=entry.id, code=refusal.code)
            except* Exception as errors:  # a tender outlives a defect of one driver; the others go on
                why = repr(_first(errors))
                reason = {"code": "machine_defect", "values": {"cause": why[:500]}}
                log.error("machine_defect", machine=entry.id, error=why, exc_info=_first(errors))
            failures = 1 if self.lines[entry.id] == "" else failures + 1
            self.lines[entry.id] = why
            await self._quietly(lambda c, id=entry.id, reason=reason: errands.note_waiting(c, id, reason))
            await asyncio.sleep(backoff.delay(failures, cap_s=LONGEST_PAUSE_S).total_seconds())

    async def _attend(self, entry: Entry) -> None:
        async with self._alone(entry.id), entry.connected() as machine:
            log.info("machine_connected", machine=entry.id)
            await self._work(entry, machine)

    @asynccontextmanager
    async def _alone(self, name: str) -> AsyncIterator[None]:
        """One gateway tends a machine, however many processes run; when it dies, another takes over."""
        held: list[Connection] = []
        try:
            await _to_its_end(lambda: held.append(self._connect()))
            while not await _to_its_end(lambda: held[0].execute(ONE_TENDER, {"machine": name}).scalar_one()):
                if name in self.lines:
                    self.lines[name] = ELSEWHERE
                await asyncio.sleep(LOOK_EVERY_S)
            yield
        finally:
            for connection in held:
                connection.invalidate()  # the lock belongs to the session, so the session ends with it
                connection.close()

    def _connect(self) -> Connection:
        return self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    async def _work(self, entry: Entry, machine: Machine) -> None:
        # First what the machine did while we were away: what has ended there must not be sent again.
        listed = await machine.report()
        for said in listed:
            await self._apply(entry, said)
        ids = {said.job_id for said in listed}
        await self._with(lambda c: following.apply_absence(c, entry.id, ids))
        self.wake_reporter()
        self.lines[entry.id] = ""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._run_errands(entry, machine))
            tasks.create_task(self._listen(entry, machine))

    async def _run_errands(self, entry: Entry, machine: Machine) -> None:
        while True:
            todo = await self._with(lambda c: errands.load_errands(c, entry.id, holds=entry.holds))
            for job_id in todo.remains:
                await self._clear(entry, machine, job_id)
            for job_id in todo.to_withdraw:
                await self._withdraw(entry, machine, job_id)
            for job_id in todo.to_recall:
                await self._recall(entry, machine, job_id)
            for job_id in todo.overdue:
                await self._with(lambda c, id=job_id: recalling.give_overdue(c, entry.id, id))
            for job_id in todo.ended:
                await self._forget(entry, machine, job_id)
            for job in todo.to_send:
                with trace.going_on(job.traceparent, "machine job"):
                    await self._give(entry, machine, job)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _give(self, entry: Entry, machine: Machine, job: MachineJob) -> None:
        job_id = job.job.id
        if not await self._with(lambda c: errands.note_offered(c, entry.id, job_id)):
            return
        try:
            await machine.store(job)
            await machine.start(job_id)
        except Refusal as refusal:
            await self._take_no(entry, machine, job_id, refusal)
            return
        log.info("machine_has_job", machine=entry.id, job=job_id)
        await self._with(lambda c: errands.note_sent(c, entry.id, job_id))

    async def _take_no(self, entry: Entry, machine: Machine, job_id: str, refusal: Refusal) -> None:
        log.warning("machine_refused", machine=entry.id, job=job_id, code=refusal.code)
        reason = errands.reason_of(refusal)
        if refusal.code == "machine_has_begun":  # with other content; it is there, and people see it
            await self._with(lambda c: errands.note_sent(c, entry.id, job_id, reason))
            return
        await machine.withdraw(job_id)  # it may be stored and only not be started
        note = errands.note_later if refusal.code == "machine_unable" else errands.note_refused
        await self._with(lambda c: note(c, entry.id, job_id, reason))

    async def _clear(self, entry: Entry, machine: Machine, job_id: str) -> None:
        try:
            await machine.withdraw(job_id)
        except Refusal as refusal:
            log.warning("machine_keeps_remains", machine=entry.id, job=job_id, code=refusal.code)
            return
        await self._forget(entry, machine, job_id)

    async def _withdraw(self, entry: Entry, machine: Machine, job_id: str) -> None:
        try:
            await machine.withdraw(job_id)
        except Refusal as refusal:
            reason = errands.reason_of(refusal)
            await self._with(lambda c: errands.note_waiting(c, entry.id, reason))
            return
        # What it made before it gave the job back counts, so the machine forgets it last.
        for said in await machine.report():
            if said.job_id == job_id:
                await self._apply(entry, said)
        await self._with(lambda c: errands.note_withdrawn(c, entry.id, job_id))
        await self._forget(entry, machine, job_id)
        self.wake_reporter()

    async def _recall(self, entry: Entry, machine: Machine, job_id: str) -> None:
        try:
            was_there = await machine.recall(job_id)
        except Refusal as refusal:
            log.info("machine_keeps_job", machine=entry.id, job=job_id, code=refusal.code)
            has_begun = refusal.code == "machine_has_begun"
            await self._with(lambda c: recalling.note_kept(c, entry.id, job_id, has_begun=has_begun))
            return
        log.info("machine_gave_back", machine=entry.id, job=job_id, was_there=was_there)
        await self._with(lambda c: recalling.note_recalled(c, entry.id, job_id, was_there=was_there))

    async def _forget(self, entry: Entry, machine: Machine, job_id: str) -> None:
        try:
            await machine.forget(job_id)
        except Refusal as refusal:  # it is over, and the machine tidies its list as it likes
            log.info("machine_keeps_job", machine=entry.id, job=job_id, code=refusal.code)
        await self._with(lambda c: errands.note_forgotten(c, entry.id, job_id))

    async def _listen(self, entry: Entry, machine: Machine) -> None:
        async for said in machine.reports():
            if await self._apply(entry, said):
                self.wake_reporter()

    async def _apply(self, entry: Entry, said: Any) -> bool:
        return await self._with(lambda c: following.apply_report(c, entry.id, said))

    async def _route(self) -> None:
        """Gives jobs to machines that have room; one process does it."""
        while True:
            try:
                async with self._alone("routing"):
                    while True:
                        seats = self._seats()
                        given = await self._with(lambda c, seats=seats: routing.give_by_rule(c, seats, self.today()))
                        for job_id, machine_id in given:
                            log.info("job_given_by_rule", job=job_id, machine=machine_id)
                        await asyncio.sleep(LOOK_EVERY_S)
            except (OperationalError, Refusal) as error:  # the base is away, or the order was replaced meanwhile
                log.warning("routing_failed", cause=str(error))
                await asyncio.sleep(LOOK_EVERY_S)

    def _seats(self) -> list[routing.Seat]:
        answering = [one for one in self.machines.values() if self.lines[one.id] in ("", ELSEWHERE)]
        able = (one for one in answering if one.automatic and not self.is_dead(one.id))
        return [routing.Seat(one.id, one.work_centre, one.holds) for one in able]

    async def _with(self, work: Callable[[Connection], T]) -> T:
        def transaction() -> T:
            with self.engine.begin() as connection:
                return work(connection)

        return await _to_its_end(transaction)

    async def _quietly(self, work: Callable[[Connection], Any]) -> None:
        try:
            await self._with(work)
        except OperationalError:
            log.warning("database_unreachable")


async def _to_its_end(work: Callable[[], T]) -> T:
    """In a thread. One that is cancelled waits for the thread, which holds a connection to the base."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


def _first(errors: BaseExceptionGroup) -> Any:
    """The first error itself, however deep the groups are nested."""
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
