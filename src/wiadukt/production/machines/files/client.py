"""One machine that reads its jobs from a folder, seen from production.

Such a machine answers nothing: a job is stored when its file is written, allowed when the file lies where the machine
looks. What it can't do is refused and has to be done at the machine itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import structlog

from wiadukt.contract.errors import Unreachable
from wiadukt.production.machines.files.cut_list import as_text, suffix_of
from wiadukt.production.machines.files.folder import OVER, Folder, Kept, merged
from wiadukt.production.machines.files.place import LocalPlace, Place
from wiadukt.production.machines.files.results import Names
from wiadukt.production.machines.files.sftp import SftpSettings, open_place
from wiadukt.production.machines.port import JobReport, MachineJob, MachineState, told_anew
from wiadukt.production.refusals import Refusal

T = TypeVar("T")
NOT_BEGUN = (MachineState.WAITING, MachineState.ALLOWED)
log = structlog.get_logger()


@dataclass(frozen=True)
class FilesSettings:
    """Where the folder is and what the files look like; `most` jobs lie in it at a time. With `sftp` on that server."""

    folder: Path
    template: str = "csv"
    names: Names = field(default_factory=Names)
    most: int = 50
    poll_s: float = 1.0
    stop_within_s: float = 3.0
    sftp: SftpSettings | None = None


class FilesMachine:
    """Made by `connected`."""

    def __init__(self, settings: FilesSettings, place: Place) -> None:
        self.settings = settings
        self.folder = Folder(place, suffix_of(settings.template), settings.names)
        self._alone = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def connected(cls, settings: FilesSettings) -> AsyncIterator[FilesMachine]:
        """Raises Unreachable when the folder is away, a share that is not mounted, say."""
        async with _opened(settings) as place:
            machine = cls(settings, place)
            await machine._with(machine.folder.open)
            yield machine

    async def store(self, job: MachineJob) -> None:
        await self._with(lambda: self._store(job))

    async def start(self, job_id: str) -> None:
        await self._with(lambda: self._start(job_id))

    async def pause(self, job_id: str) -> None:
        raise Refusal("machine_cannot", object_id=job_id, job=job_id, command="Pause")

    async def withdraw(self, job_id: str) -> None:
        """A job that has begun is the machine's until it says otherwise: it may do so when its file is gone."""
        if await self._with(lambda: self._take_away(job_id)):
            return
        deadline = time.monotonic() + self.settings.stop_within_s
        while await self._state(job_id) not in OVER:
            if time.monotonic() > deadline:
                raise Refusal("machine_cannot", object_id=job_id, job=job_id, command="Abort")
            await asyncio.sleep(self.settings.poll_s)

    async def recall(self, job_id: str) -> bool:
        return await self._with(lambda: self._recall(job_id))

    async def forget(self, job_id: str) -> None:
        if await self._state(job_id) in OVER:
            await self._with(lambda: self.folder.forget(job_id))

    async def report(self) -> list[JobReport]:
        return [one.report for one in (await self._with(self._read)).values()]

    async def reports(self) -> AsyncIterator[JobReport]:
        told: dict[str, JobReport] = {}
        while True:
            for one in told_anew(told, await self.report()):
                yield one
            await asyncio.sleep(self.settings.poll_s)

    def _store(self, job: MachineJob) -> None:
        job_id, text = job.job.id, as_text(job, self.settings.template)
        kept = self._read()
        known = kept.get(job_id)
        if known is not None and known.state is MachineState.ABORTED:
            self.folder.forget(job_id)
            known = kept.pop(job_id) and None
        if known is None:
            if sum(one.state not in OVER for one in kept.values()) >= self.settings.most:
                raise Refusal("machine_unable", object_id=job_id, job=job_id)
            # Remembered first: a file that lies there without being remembered could be made and never be told.
            self.folder.keep(job_id, Kept(text, JobReport(job_id, MachineState.WAITING)))
            self.folder.put(job_id, text, begun=False)
        elif known.text != text:
            self._replace(job_id, known, text)
        elif known.state is MachineState.WAITING:  # written again: it may have been cut off between the two
            self.folder.put(job_id, text, begun=False)

    def _replace(self, job_id: str, known: Kept, text: str) -> None:
        allowed = known.state is MachineState.ALLOWED
        if known.state not in NOT_BEGUN or (allowed and not self.folder.is_there(job_id)):
            raise Refusal("machine_has_begun", object_id=job_id, job=job_id)
        self.folder.put(job_id, text, begun=allowed)
        self.folder.keep(job_id, replace(known, text=text))

    def _start(self, job_id: str) -> None:
        known = self._read().get(job_id)
        if known is None:
            raise Refusal("machine_unknown_job", object_id=job_id, job=job_id, command="Start")
        if known.state is MachineState.WAITING:
            # Remembered as allowed first: from the renaming on the machine may take the file away.
            self._keep_state(job_id, known, MachineState.ALLOWED)
        self.folder.hand_over(job_id)

    def _take_away(self, job_id: str) -> bool:
        """Whether nothing is left to be waited for."""
        known = self._read().get(job_id)
        if known is None or known.state in OVER:
            return True
        was_there = self.folder.take_away(job_id)
        if known.state is MachineState.WAITING or (known.state is MachineState.ALLOWED and was_there):
            self.folder.forget(job_id)
            return True
        return False

    def _recall(self, job_id: str) -> bool:
        known = self._read().get(job_id)
        if known is None:
            return False
        if known.state not in NOT_BEGUN or not self.folder.hold_back(job_id):
            raise Refusal("machine_has_begun", object_id=job_id, job=job_id)
        self.folder.forget(job_id)
        return True

    def _read(self) -> dict[str, Kept]:
        """What is remembered, with what the machine has written since."""
        kept = self.folder.kept()
        for name, reports, wrong in self.folder.take_results():
            if wrong:
                log.warning("result_unreadable", file=name, error=wrong)
            for said in reports:
                if said.job_id not in kept:
                    log.info("result_of_no_job", file=name, job=said.job_id)
                    continue
                known = kept[said.job_id]
                kept[said.job_id] = replace(known, report=merged(known.report, said))
                self.folder.keep(said.job_id, kept[said.job_id])
                if kept[said.job_id].state in OVER:  # a machine that is started anew shall not find it again
                    self.folder.take_away(said.job_id)
        return kept

    def _keep_state(self, job_id: str, known: Kept, state: MachineState) -> None:
        self.folder.keep(job_id, replace(known, report=replace(known.report, state=state)))

    async def _state(self, job_id: str) -> MachineState | None:
        kept = (await self._with(self._read)).get(job_id)
        return kept.state if kept else None

    async def _with(self, work: Callable[[], T]) -> T:
        """In a thread, for a share may hang; one at a time, for each reads what it then writes."""
        async with self._alone:
            try:
                return await asyncio.to_thread(work)
            except OSError as error:
                raise Unreachable(f"{self.folder.place.name}: {error.strerror or error}") from error


@asynccontextmanager
async def _opened(settings: FilesSettings) -> AsyncIterator[Place]:
    if settings.sftp is None:
        yield LocalPlace(settings.folder)
    else:
        async with open_place(settings.sftp, settings.folder.as_posix()) as place:
            yield place
