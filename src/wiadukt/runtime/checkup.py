"""Looking at oneself: a check is a title, its meaning and a function; whatever it meets, it ends with a report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from wiadukt.contract.checkup import CheckReport, Finding, Grade
from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.runtime import clock
from wiadukt.runtime.redact import Redactor
from wiadukt.runtime.words import said as _

C = TypeVar("C")
log = structlog.get_logger()
SIGNS = {Grade.OK: "ok", Grade.ADVICE: "--", Grade.SKIPPED: "..", Grade.FAULT: "!!"}


@dataclass(frozen=True)
class Check(Generic[C]):
    """`look` says what it sees in the language of the moment. The texts are messages of the system's catalogue: `title`
    names the check, `means` is what a fault means, `affects` whom it touches."""

    name: str
    title: str
    means: str
    affects: str
    look: Callable[[C], Iterable[Finding]]


@dataclass(frozen=True)
class Examiner:
    """How one system runs its checks: `say` is its catalogue, `redactor` knows its secrets."""

    say: Callable[[str], str]
    redactor: Redactor

    def examine(self, check: Check[C], subject: C) -> CheckReport:
        """Runs one check to its end. What it raises is a finding of it: no check stops the others."""
        began = time.monotonic()
        findings = [
            Finding(one.ok, self.redactor(one.what), self.redactor(one.remedy)) for one in _seen(check, subject)
        ]
        return self._report(check, findings, took_s=time.monotonic() - began)

    def skip(self, check: Check[C], why: str) -> CheckReport:
        """The report of a check that nobody ran."""
        return self._report(check, (), skipped=why)

    def _report(
        self, check: Check[C], findings: Sequence[Finding], *, took_s: float = 0, skipped: str = ""
    ) -> CheckReport:
        return CheckReport(
            name=check.name,
            title=self.say(check.title),
            means=self.say(check.means),
            affects=self.say(check.affects),
            at=clock.now(),
            took_s=round(took_s, 3),
            findings=tuple(findings),
            skipped=skipped,
        )


def _seen(check: Check[C], subject: C) -> Iterator[Finding]:
    try:
        yield from check.look(subject)
    except (Misconfigured, Refused) as error:
        yield Finding(False, error.cause, error.remedy)
    except Unreachable as error:
        yield Finding(False, error.cause, _("See that it runs and can be reached from here; then check again."))
    except Exception as error:  # a defect in one check must not hide what the others see
        log.error("check_failed", check=check.name, error=repr(error))
        remedy = _("This is a defect of ours: send this report to support.")
        yield Finding(False, f"{type(error).__name__}: {error}", remedy)


def lines_of(report: CheckReport) -> list[str]:
    """As the command line and the report for support show it."""
    lines = ["", f"{report.title} ({report.name})"]
    if report.skipped:
        return [*lines, f"[{SIGNS[Grade.SKIPPED]}] {report.skipped}"]
    for one in report.findings:
        lines.append(f"[{SIGNS[one.grade]}] {one.what}" + (f" -> {one.remedy}" if one.remedy else ""))
    if report.grade is Grade.FAULT:
        lines += [f"     {report.means}", f"     {report.affects}"]
    return lines
