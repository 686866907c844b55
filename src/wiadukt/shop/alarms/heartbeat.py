"""A sign of life to somebody outside, who raises the alarm when it stays away: a shop that is dead can tell nobody.

Healthchecks, Dead Man's Snitch, a push monitor of Uptime Kuma and others take a plain GET of an address of their own.
It is given only after troubles were looked at and what is due was sent, by whoever did that: a worker, or a web process
in its stead. So it stays away when all of them are dead, when the base is, and when they live but get through no more.
"""

from __future__ import annotations

import httpx
import structlog
from django.utils import timezone

from wiadukt.shop.alarms.models import Channels
from wiadukt.shop.alarms.settings import ONLY, channels

TIMEOUT_S = 10
log = structlog.get_logger()


def beat() -> bool:
    """Gives the sign if anybody waits for it; whether it was taken. A failure disturbs nobody: who misses it acts."""
    url = channels().heartbeat_url
    if not url:
        return False
    error = _said(url)
    row = Channels.objects.filter(pk=ONLY, heartbeat_url=url)
    if error:
        row.update(heartbeat_error=error)
        log.warning("heartbeat_not_taken", cause=error)
        return False
    row.update(heartbeat_error="", heartbeat_at=timezone.now())
    return True


def _said(url: str) -> str:
    """Why the sign was not taken; empty when it was."""
    try:
        answer = httpx.get(url, timeout=TIMEOUT_S)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"{type(error).__name__}: {error}"
    return "" if answer.is_success else f"{answer.status_code}: {answer.text[:300]}".replace("\0", "")
