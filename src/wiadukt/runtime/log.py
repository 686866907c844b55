"""Structured logs: one line an event, JSON for machines, no personal data beyond ids."""

from __future__ import annotations

import logging
import sys

import structlog


def configure(*, process: str, level: int = logging.INFO) -> None:
    """Once at the start of a process: events go to standard error as JSON with time, level and process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
