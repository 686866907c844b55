"""One id from a click in the shop to WAPRO's row and to the machine: W3C Trace Context, level 1.

The id stands in structlog's context, so that every line logged meanwhile carries it as `trace_id`; what calls another
process, or leaves a row for one, hands it on as a `traceparent`. What was done in a trace, and how long it took, is
told to whoever listens (`runtime.spans`); nobody does unless he was asked.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import httpx
import structlog

HEADER = "traceparent"
# A later version may say more behind the flags; the ids stay where they are.
_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?", re.ASCII
)


@dataclass
class Step:
    """One thing that was done, in its trace, after `parent_id` (empty: nothing before it). Times in ns since 1970."""

    trace_id: str
    span_id: str
    parent_id: str
    name: str
    answers: bool
    """A caller waits for it."""
    began_ns: int
    ended_ns: int = 0
    failed: bool = False
    about: dict[str, str | int] = field(default_factory=dict)


_here: ContextVar[Step | None] = ContextVar("step", default=None)
_listeners: list[Callable[[Step], None]] = []


def listen(told: Callable[[Step], None]) -> None:
    """Every step from now on is told when it ends."""
    _listeners.append(told)


def trace_id_of(traceparent: str) -> str:
    """The trace's 32 hexadecimal digits; empty when the text is no traceparent, which the standard says to ignore."""
    return _ids_of(traceparent)[0]


def _ids_of(traceparent: str) -> tuple[str, str]:
    found = _TRACEPARENT.fullmatch(traceparent)
    return (found[1], found[2]) if found else ("", "")


@contextmanager
def going_on(traceparent: str = "", name: str = "", *, answers: bool = False) -> Iterator[str]:
    """Until the block ends we are in this trace, or in a new one when none came along. Yields its id."""
    trace_id, parent_id = _ids_of(traceparent)
    step = Step(
        trace_id=trace_id or secrets.token_hex(16),
        span_id=secrets.token_hex(8),
        parent_id=parent_id,
        name=name,
        answers=answers,
        began_ns=time.time_ns(),
    )
    before = _here.set(step)
    try:
        with structlog.contextvars.bound_contextvars(trace_id=step.trace_id):
            yield step.trace_id
    except BaseException:
        step.failed = True
        raise
    finally:
        _here.reset(before)
        step.ended_ns = time.time_ns()
        for told in _listeners:
            told(step)


def named(name: str, *, failed: bool = False, **about: str | int) -> None:
    """What the step of the moment turned out to be: ids and codes alone, nothing of persons."""
    step = _here.get()
    if step is not None:
        step.name, step.failed = name, step.failed or failed
        step.about |= about


def traceparent() -> str:
    """What the next one needs to go on in our trace; outside of any trace the beginning of a new one."""
    step = _here.get()
    trace_id, span_id = (step.trace_id, step.span_id) if step else (secrets.token_hex(16), secrets.token_hex(8))
    return f"00-{trace_id}-{span_id}-01"


def hand_on(request: httpx.Request) -> None:
    """As a `request` hook of an httpx client: its calls carry our trace."""
    request.headers[HEADER] = traceparent()
