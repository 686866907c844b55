"""The folder between production and one machine, and what production remembers of each job beside it.

    jobs/waiting/   stored, not to be begun yet        jobs/             for the machine to take
    results/        what the machine writes            results/read/     what was taken over
    results/unreadable/  with a text beside that says why     .wiadukt/  our memory, a file a job

Everything is written under another name and then renamed, so nobody ever reads half a file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

from wiadukt.production.machines.files.results import Names, Unreadable, read_results
from wiadukt.production.machines.port import JobReport, MachineState

OVER = (MachineState.ENDED, MachineState.ABORTED)


@dataclass(frozen=True)
class Kept:
    """What is remembered of one job: what stands in its file, and what the machine has said of it."""

    text: str
    report: JobReport

    @property
    def state(self) -> MachineState:
        return self.report.state


class Folder:
    """Plain files, no waiting. Raises OSError when the folder is away."""

    def __init__(self, root: Path, suffix: str, names: Names) -> None:
        self.root, self.suffix, self.names = root, suffix, names
        self.jobs, self.results = root / "jobs", root / "results"
        self.waiting, self.memory = self.jobs / "waiting", root / ".wiadukt"

    def open(self) -> None:
        """Makes the folders; the root itself must be there, so that a share that is not mounted is noticed."""
        self.root.stat()
        for path in (self.waiting, self.results / "read", self.results / "unreadable", self.memory):
            path.mkdir(parents=True, exist_ok=True)

    def kept(self) -> dict[str, Kept]:
        """Everything that is remembered."""
        self.jobs.stat()
        found = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(self.memory.glob("*.json")))
        return {one["id"]: _from_json(one) for one in found}

    def keep(self, job_id: str, kept: Kept) -> None:
        self._write(self._memory(job_id), json.dumps(_to_json(job_id, kept), ensure_ascii=False))

    def put(self, job_id: str, text: str, *, begun: bool) -> None:
        """Writes the job's file where it belongs: for the machine, or waiting."""
        self._write(self._file(job_id, begun=begun), text)

    def hand_over(self, job_id: str) -> None:
        """Lets the machine have it. Repeatable."""
        waiting = self._file(job_id, begun=False)
        if waiting.exists():
            waiting.replace(self._file(job_id, begun=True))

    def take_away(self, job_id: str) -> bool:
        """Whether there was a file to be taken from the machine."""
        here = self._file(job_id, begun=True).exists()
        for begun in (False, True):
            self._file(job_id, begun=begun).unlink(missing_ok=True)
        return here

    def is_there(self, job_id: str) -> bool:
        """Whether the machine still has it before it; some take the file away when they begin."""
        return self._file(job_id, begun=True).exists()

    def forget(self, job_id: str) -> None:
        self.take_away(job_id)
        self._memory(job_id).unlink(missing_ok=True)

    def take_results(self) -> Iterator[tuple[Path, list[JobReport], str]]:
        """Every result file with its reports, or with what is wrong with it; it is put aside after it was handled."""
        found = [path for path in self.results.iterdir() if path.suffix.lower() in (".csv", ".xml") and path.is_file()]
        for path in sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name)):
            try:
                reports, wrong = read_results(path, self.names), ""
            except Unreadable as error:
                reports, wrong = [], str(error)
            yield path, reports, wrong
            aside = self.results / ("unreadable" if wrong else "read") / path.name
            path.replace(aside)
            if wrong:
                aside.with_suffix(aside.suffix + ".txt").write_text(wrong + "\n", encoding="utf-8")

    def _write(self, path: Path, text: str) -> None:
        part = path.with_name(path.name + ".part")
        with part.open("w", encoding="utf-8", newline="\r\n" if path.suffix == ".csv" else None) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)

    def _file(self, job_id: str, *, begun: bool) -> Path:
        return (self.jobs if begun else self.waiting) / (quote(job_id, safe=" ") + self.suffix)

    def _memory(self, job_id: str) -> Path:
        return self.memory / (quote(job_id, safe=" ") + ".json")


def merged(old: JobReport, new: JobReport) -> JobReport:
    """Both together, whichever came first: counts only grow, and what is over stays over."""
    state = old.state if old.state in OVER else new.state
    return replace(
        old,
        state=state,
        good=max(old.good, new.good),
        scrap=max(old.scrap, new.scrap),
        started_at=old.started_at or new.started_at,
        ended_at=old.ended_at or new.ended_at,
    )


def _to_json(job_id: str, kept: Kept) -> dict[str, object]:
    one = kept.report
    times = {"started_at": one.started_at, "ended_at": one.ended_at}
    return {
        "id": job_id,
        "text": kept.text,
        "state": one.state.value,
        "good": str(one.good),
        "scrap": str(one.scrap),
        **{name: moment.isoformat() if moment else None for name, moment in times.items()},
    }


def _from_json(one: dict) -> Kept:
    started, ended = (
        [datetime.fromisoformat(one[name])] if one[name] else [None] for name in ("started_at", "ended_at")
    )
    state = MachineState(one["state"])
    return Kept(one["text"], JobReport(one["id"], state, Decimal(one["good"]), Decimal(one["scrap"]), *started, *ended))
