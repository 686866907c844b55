"""What a system says when it looks at itself: one check at a time, for a person to read and to act upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import ConfigDict

from wiadukt.contract.base import ContractModel


class ErpCheck(StrEnum):
    """What the connector looks at on the ERP's side, in the order in which it makes sense to look."""

    DATABASE = "database"
    CLOCK = "clock"
    VERSION = "version"
    SERVER = "server"
    RIGHTS = "rights"
    TABLES = "tables"
    COLUMNS = "columns"
    VALUES = "values"
    WRITING = "writing"
    PROCEDURES = "procedures"
    CAPTURE = "capture"
    DICTIONARIES = "dictionaries"
    STATUSES = "statuses"
    PAYMENT_FORMS = "payment_forms"
    COUNTS = "counts"
    PRICES = "prices"
    SETTLEMENTS = "settlements"
    OPEN_POINTS = "open_points"
    DUPLICATES = "duplicates"
    LOCKED_ORDERS = "locked_orders"
    INTEGRATORS = "integrators"
    DATA_AGE = "data_age"
    QUEUE = "queue"
    SHOP = "shop"
    DISK = "disk"


class FloorCheck(StrEnum):
    """What production looks at on its side."""

    DATABASE = "database"
    CLOCK = "clock"
    BROKER = "broker"
    MACHINES = "machines"
    CONNECTOR = "connector"
    REPORTS = "reports"
    DISK = "disk"


class Grade(StrEnum):
    """How a check ended. Advice is no fault; what was skipped could not be looked at yet."""

    OK = "ok"
    ADVICE = "advice"
    SKIPPED = "skipped"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """What a check saw. A finding that is not `ok` says what to do; one that is may give advice."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    ok: bool
    what: str
    remedy: str = ""

    @property
    def grade(self) -> Grade:
        return Grade.FAULT if not self.ok else Grade.ADVICE if self.remedy else Grade.OK


class CheckReport(ContractModel):
    """One check: `title` names it, `means` is what a fault in it means and `affects` whom it touches, all in the asked
    language. `at`: when it ended, by the clock of who looked. `skipped`: why nobody looked, and then nothing was found.
    """

    name: str
    title: str
    means: str
    affects: str
    at: datetime
    took_s: float
    findings: tuple[Finding, ...] = ()
    skipped: str = ""

    @property
    def grade(self) -> Grade:
        """That of the worst finding."""
        if self.skipped:
            return Grade.SKIPPED
        grades = {finding.grade for finding in self.findings}
        return next((grade for grade in (Grade.FAULT, Grade.ADVICE) if grade in grades), Grade.OK)
