"""Structured logs: one line an event, JSON for machines, no personal data beyond ids."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

import structlog

from wiadukt.contract.errors import Misconfigured

FORMATS = ("auto", "json", "text")


def configure(*, process: str, level: int = logging.INFO) -> None:
    """Once at the start of a process: what it logs goes to standard error with time, level, process and trace id.

    `LOG_FORMAT` says how: `json`, `text` for people, or `auto` (the default): text on a terminal, JSON elsewhere.
    What libraries log through Python's own logging takes the same way, from warnings on.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        _of(process),
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    rendering = _rendering()
    structlog.configure(
        processors=[*shared, *rendering],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(True)


def _rendering() -> list[Any]:
    wished = os.environ.get("LOG_FORMAT", "auto")
    if wished not in FORMATS:
        raise Misconfigured("LOG_FORMAT", f"'{wished}' is none of {', '.join(FORMATS)}.", remedy="Give one of them.")
    if wished == "text" or (wished == "auto" and sys.stderr.isatty()):
        return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _of(process: str) -> Any:
    """A step and no bound value: threads that a library started know nothing of our context."""

    def add(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        event.setdefault("process", process)
        return event

    return add
