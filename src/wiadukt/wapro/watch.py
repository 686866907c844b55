"""Watches that capture is on: an update of WAPRO drops foreign triggers, and then nothing is announced any more."""

from __future__ import annotations

import threading

import structlog
from sqlalchemy import Engine

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import WiaduktError
from wiadukt.wapro import install, queue
from wiadukt.wapro.doctor.capture import check_capture
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.read.ids import read_all_ids
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
    def word(self) -> str:
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
        """One look. After mending, all that the shop should have is announced: what changed meanwhile is among it."""
        self.missing = self._look()
        if not self.missing:
            return
        log.error("capture_missing", what=self.missing, remedy="Run 'wiadukt connector install'.")
        if self.settings.wapro_mend_capture:
            install.install(self.engine)
            announced = self._announce_everything()
            self.missing = self._look()
            log.warning("capture_mended", announced=announced)

    def _look(self) -> str:
        with reading(self.engine) as conn:
            return "; ".join(one.what for one in check_capture(conn, self.settings) if not one.ok)

    def _announce_everything(self) -> int:
        announced = 0
        for kind in Kind:
            with writing(self.engine) as conn:
                ids = read_all_ids(conn, kind, self.settings)
                queue.accept_many(conn, kind, ids)
                announced += len(ids)
        return announced
