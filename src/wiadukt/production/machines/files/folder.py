"""The folder between production and one machine, and what production remembers of each job beside it.

    jobs/waiting/   stored, not to be begun yet        jobs/             for the machine to take
    results/        what the machine writes            results/read/     what was taken over
    results/unreadable/  with a text beside that says why     .wiadukt/  our memory, a file a job

Everything is written under another name and then renamed, so nobody ever reads half a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from urllib.parse import quote

from wiadukt.production.machines.files.place import Place
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


JOBS, WAITING, RESULTS, MEMORY = "jobs", "jobs/waiting", "results", ".wiadukt"


class Folder:
    """Plain files in a place, no waiting. Raises OSError when it is away.

    What is remembered is read once, for only one process tends a machine at a time.
    """

    def __init__(self, place: Place, suffix: str, names: Names) -> None:
        self.place, self.suffix, self.names = place, suffix, names
        self._kept: dict[str, Kept] = {}

    def open(self) -> None:
        """Makes the folders; the root itself must be there, so that a share that is not mounted is noticed."""
        self.place.check()
        for path in (WAITING, f"{RESULTS}/read", f"{RESULTS}/unreadable", MEMORY):
            self.place.make(path)
        for name in self.place.names(MEMORY):
            if name.endswith(".json"):
                one = json.loads(self.place.read(f"{MEMORY}/{name}"))
                self._kept[one["id"]] = _from_json(one)

    def kept(self) -> dict[str, Kept]:
        """Everything that is remembered."""
        self.place.check()
        return dict(self._kept)

    def keep(self, job_id: str, kept: Kept) -> None:
        self._write(self._memory(job_id), json.dumps(_to_json(job_id, kept), ensure_ascii=False))
        self._kept[job_id] = kept

    def put(self, job_id: str, text: str, *, begun: bool) -> None:
        """Writes the job's file where it belongs: for the machine, or waiting."""
        self._write(self._file(job_id, begun=begun), text)

    def hand_over(self, job_id: str) -> None:
        """Lets the machine have it. Repeatable."""
        waiting = self._file(job_id, begun=False)
        if self.place.exists(waiting):
            self.place.move(waiting, self._file(job_id, begun=True))

    def hold_back(self, job_id: str) -> bool:
        """Whether it lies where the machine does not look now. In one step: either we have the file or the machine."""
        with suppress(FileNotFoundError):
            self.place.move(self._file(job_id, begun=True), self._file(job_id, begun=False))
        return self.place.exists(self._file(job_id, begun=False))

    def take_away(self, job_id: str) -> bool:
        """Whether there was a file to be taken from the machine."""
        here = self.is_there(job_id)
        for begun in (False, True):
            self.place.remove(self._file(job_id, begun=begun))
        return here

    def is_there(self, job_id: str) -> bool:
        """Whether the machine still has it before it; some take the file away when they begin."""
        return self.place.exists(self._file(job_id, begun=True))

    def forget(self, job_id: str) -> None:
        self.take_away(job_id)
        self.place.remove(self._memory(job_id))
        self._kept.pop(job_id, None)

    def take_results(self) -> Iterator[tuple[str, list[JobReport], str]]:
        """Every result file with its reports, or with what is wrong with it; it is put aside after it was handled."""
        for name in self.place.names(RESULTS):
            if not name.lower().endswith((".csv", ".xml")):
                continue
            try:
                reports, wrong = read_results(name, self.place.read(f"{RESULTS}/{name}"), self.names), ""
            except Unreadable as error:
                reports, wrong = [], str(error)
            yield name, reports, wrong
            aside = f"{RESULTS}/{'unreadable' if wrong else 'read'}/{name}"
            self.place.move(f"{RESULTS}/{name}", aside)
            if wrong:
                self._write(aside + ".txt", wrong + "\n")

    def _write(self, path: str, text: str) -> None:
        lines = text.replace("\n", "\r\n") if path.endswith(".csv") else text
        self.place.write(path, lines.encode())

    def _file(self, job_id: str, *, begun: bool) -> str:
        return f"{JOBS if begun else WAITING}/{quote(job_id, safe=' ')}{self.suffix}"

    def _memory(self, job_id: str) -> str:
        return f"{MEMORY}/{quote(job_id, safe=' ')}.json"


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
