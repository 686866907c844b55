"""What a machine wrote about its jobs: CSV with a head line, or XML with one element a job, by the names configured."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from wiadukt.production.machines.port import JobReport, MachineState

STATES = {
    "running": MachineState.RUNNING,
    "held": MachineState.HELD,
    "ended": MachineState.ENDED,
    "aborted": MachineState.ABORTED,
}


@dataclass(frozen=True)
class Names:
    """What the machine calls things: columns or attributes, and states. Counts are totals since the job began."""

    job: str = "job"
    state: str = "state"
    good: str = "good"
    scrap: str = "scrap"
    at: str = "at"
    states: Mapping[str, MachineState] = field(default_factory=lambda: STATES)


class Unreadable(ValueError):
    """The text says where and why a result file can't be understood."""


def read_results(name: str, content: bytes, names: Names) -> list[JobReport]:
    """The reports of one file, in its order. Raises Unreadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")  # what Polish Windows writes
    is_xml = name.lower().endswith(".xml")
    rows = _xml_rows(text) if is_xml else csv.DictReader(text.splitlines(), delimiter=_sign(text))
    return [_report(row, names, number) for number, row in enumerate(rows, start=1)]


def _sign(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(";,\t", key=head.count)


def _xml_rows(text: str) -> Iterable[Mapping[str, str]]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # no result needs them, and entities can be made to grow without end
        raise Unreadable("document types and entities are not taken")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 (see above)
    except ElementTree.ParseError as error:
        raise Unreadable(str(error)) from error
    return [{**one.attrib, **{child.tag: child.text or "" for child in one}} for one in root]


def _report(row: Mapping[str, str | None], names: Names, number: int) -> JobReport:
    job_id = (row.get(names.job) or "").strip()
    word = (row.get(names.state) or "").strip().lower()
    if not job_id or word not in names.states:
        raise Unreadable(f"row {number}: it needs {names.job}, and {names.state} as one of {', '.join(names.states)}")
    state, at = names.states[word], _moment(row.get(names.at), number)
    ended = at if state in (MachineState.ENDED, MachineState.ABORTED) else None
    return JobReport(
        job_id,
        state,
        _number(row.get(names.good), names.good, number),
        _number(row.get(names.scrap), names.scrap, number),
        None if ended else at,
        ended,
    )


def _number(text: str | None, name: str, number: int) -> Decimal:
    try:
        value = Decimal((text or "0").strip().replace(",", ".") or "0")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value <= 1_000_000:
        raise Unreadable(f"row {number}: {name} is no number: {text}")
    return value


def _moment(text: str | None, number: int) -> datetime | None:
    if not (text or "").strip():
        return None
    try:
        moment = datetime.fromisoformat(str(text).strip())
    except ValueError as error:
        raise Unreadable(f"row {number}: {text} is no time such as 2026-05-04T07:30:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
