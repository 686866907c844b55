"""A reference machine that reads its jobs from a folder, as older machines do, and writes results."""

from __future__ import annotations

import asyncio
import csv
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from wiadukt.production.machines.job_control import NOT_BEGUN, OVER, Command, State
from wiadukt.production.machines.job_list import Entry, JobList

WORDS = {State.RUNNING: "running", State.INTERRUPTED: "held", State.ENDED: "ended", State.ABORTED: "aborted"}


class FolderStation:
    """One machine, as an async context, for the CSV of ours. A file that is gone is a job that is called off.

    `jobs` is its list; after changing it by hand `publish()`.
    """

    def __init__(self, folder: Path, *, look_every_s: float = 0.5) -> None:
        self.folder, self.look_every_s = folder, look_every_s
        self.jobs = JobList(1000, told=self._note)
        self._changed: dict[str, Entry] = {}

    async def __aenter__(self) -> FolderStation:
        for name in ("jobs", "results"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._looking = asyncio.create_task(self._look(), name=f"folder-{self.folder.name}")
        return self

    async def __aexit__(self, *_exc: object) -> None:
        self._looking.cancel()
        with suppress(asyncio.CancelledError):
            await self._looking

    async def publish(self) -> None:
        """One result file for everything that changed and that a result file knows a word for."""
        changed, self._changed = self._changed, {}
        rows = [_row(one) for one in changed.values() if one.state in WORDS]
        if rows:
            await asyncio.to_thread(self._write, rows)

    async def look(self) -> None:
        """Takes up what is new in the folder, calls off what is gone."""
        found = await asyncio.to_thread(self._read)
        for job_id, planned in found.items():
            if job_id not in self.jobs.entries:
                self.jobs.store(Entry(job_id, None, State.ALLOWED_TO_START, planned))
        for entry in list(self.jobs.entries.values()):
            if entry.id not in found:
                over = entry.state in OVER
                self.jobs.command(entry.id, Command.CANCEL if entry.state in NOT_BEGUN else Command.ABORT)
                if over:
                    self.jobs.command(entry.id, Command.CLEAR)
        await self.publish()

    def _note(self, entry: Entry) -> None:
        self._changed[entry.id] = entry

    async def _look(self) -> None:
        while True:
            with suppress(OSError):  # the share is away for a while
                await self.look()
            await asyncio.sleep(self.look_every_s)

    def _read(self) -> dict[str, float]:
        found = {}
        for path in sorted((self.folder / "jobs").glob("*.csv"), key=lambda one: one.stat().st_mtime_ns):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file, delimiter=";"):
                    found[row["job"]] = float(row["quantity"])
        return found

    def _write(self, rows: list[dict[str, str]]) -> None:
        path = self.folder / "results" / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:6]}.csv"
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["job", "state", "good", "scrap", "at"], delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        part.replace(path)


def _row(entry: Entry) -> dict[str, str]:
    moment = entry.ended_at if entry.state in OVER else entry.started_at
    return {
        "job": entry.id,
        "state": WORDS[entry.state],
        "good": f"{entry.good:g}",
        "scrap": f"{entry.scrap:g}",
        "at": moment.isoformat() if moment else "",
    }
