"""Looks in the worker's stead: when no worker lives, nobody else would tell of it. A thread of each web process."""

from __future__ import annotations

import threading
from datetime import timedelta

import structlog
from django.db import close_old_connections, connection
from django.utils import timezone

from wiadukt.shop.alarms.heartbeat import beat
from wiadukt.shop.alarms.look import look
from wiadukt.shop.alarms.sending import send_due
from wiadukt.shop.alarms.settings import channels

EVERY_S = 20.0
LATE = timedelta(seconds=90)
"""A worker looks every minute."""
log = structlog.get_logger()


def stand_in() -> bool:
    """One look, if no worker has looked for long; whether it was needed."""
    looked_at = channels().looked_at
    if looked_at is not None and timezone.now() - looked_at < LATE:
        return False
    look()
    send_due()
    beat()
    return True


def start() -> threading.Event:
    """Begins to watch; set the event to end it."""
    stopping = threading.Event()
    threading.Thread(target=_watch, args=(stopping,), name="alarms", daemon=True).start()
    return stopping


def _watch(stopping: threading.Event) -> None:
    while not stopping.wait(EVERY_S):
        close_old_connections()
        try:
            stand_in()
        except Exception as error:  # it outlives a base that is away, and whatever else befalls one look
            log.warning("alarms_not_looked_at", error=repr(error))
        finally:
            connection.close()
