"""Carries alarms to people and programs: each to each recipient until it has arrived, under the same key every time.

A claim is a lease: it moves the next attempt away. Who dies between sending and noting it sends again under the same
Message-ID or webhook-id, by which the receiver knows the repeat.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from smtplib import SMTPException

import httpx
import structlog
from django.db import transaction
from django.utils import timezone

from wiadukt.runtime.backoff import delay
from wiadukt.runtime.signing import sign, split_secrets
from wiadukt.shop import mailing
from wiadukt.shop.alarms.models import AlarmMessage, Channel, Channels, Dispatch, DispatchState
from wiadukt.shop.alarms.settings import channels

LEASE = timedelta(minutes=2)
TIMEOUT_S = 10
FIRST_PAUSE_S, LONGEST_PAUSE_S = 20.0, 1800.0
log = structlog.get_logger()


class NotTaken(Exception):
    """The receiver answered, and not with a yes."""


def send_due(now: datetime | None = None) -> int:
    """Sends whatever is due; returns how many arrived. Several may do it at once."""
    arrived = 0
    to = channels()
    while (dispatch := _claim(now or timezone.now())) is not None:
        arrived += _send(dispatch, to)
    return arrived


def _claim(now: datetime) -> Dispatch | None:
    with transaction.atomic():
        due = Dispatch.objects.select_related("message").select_for_update(of=("self",), skip_locked=True)
        dispatch = due.filter(state=DispatchState.WAITING, next_attempt_at__lte=now).order_by("pk").first()
        if dispatch is not None:
            dispatch.attempts += 1
            dispatch.next_attempt_at = now + LEASE
            dispatch.save(update_fields=["attempts", "next_attempt_at"])
    return dispatch


def _send(dispatch: Dispatch, to: Channels) -> bool:
    """Notes what came of it, unless another has claimed it meanwhile."""
    claimed = Dispatch.objects.filter(pk=dispatch.pk, attempts=dispatch.attempts)
    if not _is_wanted(dispatch, to):
        claimed.update(state=DispatchState.DROPPED)
        return False
    try:
        if dispatch.channel == Channel.EMAIL:
            _mail(dispatch)
        else:
            _post(dispatch.message, to)
    except (OSError, SMTPException, httpx.HTTPError, NotTaken) as error:
        pause = delay(dispatch.attempts, base_s=FIRST_PAUSE_S, cap_s=LONGEST_PAUSE_S)
        claimed.update(next_attempt_at=timezone.now() + pause, last_error=f"{type(error).__name__}: {error}"[:1000])
        log.warning("alarm_waits", channel=dispatch.channel, message=str(dispatch.message_id), cause=repr(error))
        return False
    claimed.update(state=DispatchState.SENT, sent_at=timezone.now(), last_error="")
    log.info("alarm_sent", channel=dispatch.channel, message=str(dispatch.message_id))
    return True


def _is_wanted(dispatch: Dispatch, to: Channels) -> bool:
    """A recipient that was taken off the list gets nothing more; a webhook that moved gets it at its new address."""
    return dispatch.to in to.emails if dispatch.channel == Channel.EMAIL else bool(to.webhook_url)


def _mail(dispatch: Dispatch) -> None:
    message = dispatch.message
    context = {"kind": message.kind, "at": message.created_at, **message.content}
    mailing.send("alarm", [dispatch.to], context, about=f"alarm {message.pk}")


def body_of(message: AlarmMessage) -> str:
    """What the webhook's receiver gets, the same at every attempt."""
    content = {
        "type": f"wiadukt.{message.kind}",
        "timestamp": message.created_at.isoformat(),
        "data": message.content,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _post(message: AlarmMessage, to: Channels) -> None:
    body = body_of(message)
    headers = {"content-type": "application/json"}
    if to.webhook_secret:
        at = timezone.now()
        headers |= sign(split_secrets(to.webhook_secret), message_id=f"msg_{message.pk.hex}", at=at, body=body)
    answer = httpx.post(to.webhook_url, content=body.encode(), headers=headers, timeout=TIMEOUT_S)
    if not answer.is_success:
        raise NotTaken(f"{answer.status_code}: {answer.text[:300]}")
