"""Watches that capture is on: an update of WAPRO drops foreign triggers, and then nothing is announced any more."""

from __future__ import annotations

import threading

import structlog
from sqlalchemy import Engine

from wiadukt.contract.errors import WiaduktError
from wiadukt.contract.status import CaptureWord
from wiadukt.wapro import gaps, install
from wiadukt.wapro.doctor.capture import check_capture
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.settings import Settings

log = structlog.get_logger()


class CaptureWatch:
    """Looks every `capture_check_s` seconds, says what is missing, and mends it where that is allowed."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine, self.settings = engine, settings
        self.stopping = threading.Event()
        self.missing: str | None = None
        """What is missing, in words; empty when all is on, None before the first look."""

    @property
    def word(self) -> CaptureWord:
        """For the health address: `on`, `missing` or `unknown`."""
        if self.missing is None:
            return "unknown"
        return "missing" if self.missing else "on"

    def run(self) -> None:
        """Looks until `stopping` is set. A base that does not answer, or DDL that waits for a lock, is tried again."""
        while not self.stopping.is_set():
            try:
                self.step()
            except WiaduktError as error:
                log.warning("capture_not_checked", cause=str(error))
            except Exception as error:  # a watcher outlives a defect and a refused right
                log.error("capture_not_mended", error=repr(error))
            self.stopping.wait(self.settings.capture_check_s)

    def step(self) -> None:
        """One look. A gap is noted before it is mended and closed after, so that a restart in between forgets nothing.

        The shop sees in our status that a gap ended and compares everything: what changed meanwhile is among it.
        """
        self.missing = self._look()
        if self.missing:
            log.error("capture_missing", what=self.missing, remedy="Run 'wiadukt connector install'.")
            self._note_gap()
            if not self.settings.wapro_mend_capture:
                return
            install.install(self.engine)
            self.missing = self._look()
        if not self.missing:
            with writing(self.engine) as conn:
                if gaps.end(conn):
                    log.warning("capture_is_back", remedy="None: the shop compares everything now.")

    def _note_gap(self) -> None:
        with writing(self.engine) as conn:
            if gaps.can_be_noted(conn):
                gaps.begin(conn)

    def _look(self) -> str:
        with reading(self.engine) as conn:
            return "; ".join(one.what for one in check_capture(conn, self.settings) if not one.ok)
