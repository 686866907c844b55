"""What every way of capture is to the connector: a worker that announces or watches, and a word about its health."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable

import structlog
from sqlalchemy import Connection, Engine

from wiadukt.contract.errors import WiaduktError
from wiadukt.contract.status import CaptureWord
from wiadukt.runtime.backoff import delay
from wiadukt.wapro import gaps
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.settings import Settings

LONGEST_PAUSE_S = 10
"""Between two rounds while the base does not answer, unless a way is slower anyhow."""
log = structlog.get_logger()


class Capture(ABC):
    """Every committed change of what the shop sees is announced at least once, one that was taken back never.

    What may have been missed is a gap (`wapro.gaps`), after which the shop compares everything. Several workers may
    run beside one another. `mend` puts back what is lacking, where the settings allow it.
    """

    def __init__(self, engine: Engine, settings: Settings, mend: Callable[[], object] = lambda: None) -> None:
        self.engine, self.settings, self.mend = engine, settings, mend
        self.stopping = threading.Event()
        self.missing: str | None = None
        """What is wrong, in words; empty when all is on, None before the first look."""

    @property
    @abstractmethod
    def pause_s(self) -> float:
        """Seconds between two steps."""

    @abstractmethod
    def step(self) -> int:
        """One round; how many objects it announced. Raises what the base raises: the next round does the same work."""

    @abstractmethod
    def lacking(self, conn: Connection) -> str:
        """What should be on WAPRO's tables and is not, in words; empty when all is there."""

    @property
    def word(self) -> CaptureWord:
        """For the health address: `on`, `missing` or `unknown`."""
        if self.missing is None:
            return "unknown"
        return "missing" if self.missing else "on"

    def run(self) -> None:
        """Works until `stopping` is set. A base that does not answer, or DDL that waits for a lock, is tried again."""
        failures = 0
        while not self.stopping.is_set():
            try:
                announced = self.step()
                failures = 0
                if announced:
                    log.info("announced", count=announced)
            except WiaduktError as error:
                failures += 1
                self.failed(str(error))
            except Exception as error:  # a worker outlives a defect and a refused right
                failures += 1
                log.error("capture_failed", error=repr(error))
                self.failed(type(error).__name__)
            slower_s = delay(failures, cap_s=LONGEST_PAUSE_S).total_seconds() if failures else 0
            self.stopping.wait(max(self.pause_s, slower_s))

    def failed(self, cause: str) -> None:
        """A round did not end. The health says nothing of it here, since the next round does the same work."""
        log.warning("capture_waits", cause=cause)

    def look(self) -> None:
        """Sees what is lacking, and mends it where that is allowed.

        A gap is noted before it is mended and closed after, so that a restart in between forgets nothing. The shop sees
        in our status that a gap ended and compares everything: what changed meanwhile is among it.
        """
        self.missing = self._lacking()
        if self.missing:
            log.error("capture_missing", what=self.missing, remedy="Run 'wiadukt connector install'.")
            with writing(self.engine) as conn:
                if gaps.can_be_noted(conn):
                    gaps.begin(conn)
            if not self.settings.wapro_mend_capture:
                return
            self.mend()
            self.missing = self._lacking()
        if not self.missing:
            with writing(self.engine) as conn:
                if gaps.end(conn):
                    log.warning("capture_is_back", remedy="None: the shop compares everything now.")

    def _lacking(self) -> str:
        with reading(self.engine) as conn:
            return self.lacking(conn)
