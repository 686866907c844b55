"""One id from a click in the shop to WAPRO's row and to the machine: W3C Trace Context, level 1.

The id stands in structlog's context, so that every line logged meanwhile carries it as `trace_id`; what calls another
process, or leaves a row for one, hands it on as a `traceparent`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import structlog

HEADER = "traceparent"
# A later version may say more behind the flags; the ids stay where they are.
_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?", re.ASCII
)


def trace_id_of(traceparent: str) -> str:
    """The trace's 32 hexadecimal digits; empty when the text is no traceparent, which the standard says to ignore."""
    found = _TRACEPARENT.fullmatch(traceparent)
    return found[1] if found else ""


@contextmanager
def going_on(traceparent: str = "") -> Iterator[str]:
    """Until the block ends we are in this trace, or in a new one when none came along. Yields its id."""
    trace_id = trace_id_of(traceparent) or secrets.token_hex(16)
    with structlog.contextvars.bound_contextvars(trace_id=trace_id):
        yield trace_id


def traceparent() -> str:
    """What the next one needs to go on in our trace; outside of any trace the beginning of a new one."""
    trace_id = structlog.contextvars.get_contextvars().get("trace_id") or secrets.token_hex(16)
    return f"00-{trace_id}-{secrets.token_hex(8)}-01"


def hand_on(request: httpx.Request) -> None:
    """As a `request` hook of an httpx client: its calls carry our trace."""
    request.headers[HEADER] = traceparent()
