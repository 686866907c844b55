"""Claimed objects are fetched as they are now and applied; one bad object never stops the others."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime
from typing import Any, NamedTuple

import structlog
from django.db import transaction
from django.utils import timezone

from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.contract.facts import digest, facts_of
from wiadukt.contract.fetch import Fetched
from wiadukt.shop.sync import broken, inbox
from wiadukt.shop.sync.apply import APPLIERS, Batch
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.inbox import Claim
from wiadukt.shop.sync.observe import APPLY_SECONDS, FETCH_SECONDS

log = structlog.get_logger()


def run(connector: Connector) -> int:
    """Fetches and applies until nothing is due; returns how many objects were claimed.

    While one batch is applied the next one is on its way already: its claim is as good as any other.
    """
    claimed_objects = 0
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="fetch") as ahead:
        current = _begin(connector, ahead)
        while current is not None:
            following = _begin(connector, ahead)
            claimed_objects += len(current.claimed.ids)
            if not _end(current):
                if following is not None:
                    _end(following)
                break
            current = following or _begin(connector, ahead)
    return claimed_objects


class _Fetch(NamedTuple):
    """A claim whose objects are on their way. `read_at`: before anything of them was read, by the shop's clock."""

    claimed: Claim
    read_at: datetime
    answer: Future[Fetched[Any]]


def _begin(connector: Connector, ahead: Executor) -> _Fetch | None:
    claimed = inbox.claim()
    if claimed is None:
        return None
    fetching = ahead.submit(copy_context().run, _fetch, connector, claimed)
    return _Fetch(claimed, timezone.now(), fetching)


def _fetch(connector: Connector, claimed: Claim) -> Fetched[Any]:
    with FETCH_SECONDS.labels(claimed.kind).time():
        return connector.fetch(claimed.kind, claimed.ids)


def _end(fetch: _Fetch) -> bool:
    """One claim to its end. False when the connector does not answer, so going on would be in vain."""
    claimed, read_at, answer = fetch
    try:
        fetched = answer.result()
    except (Unreachable, Misconfigured) as outage:
        inbox.postpone(claimed, dict.fromkeys(claimed.ids, str(outage)), poisonous=False)
        return False
    except Refused as refusal:
        inbox.postpone(claimed, dict.fromkeys(claimed.ids, str(refusal)), poisonous=True)
        return True
    causes = dict(fetched.broken)
    try:
        _apply(claimed, fetched, read_at, only=None)
    except Exception as error:  # a worker's loop: the batch is tried again object by object
        alone = _apply_one_by_one(claimed, fetched, read_at)
        broken.note(claimed, error, culprits=len(alone))
        causes |= alone
    if causes:
        inbox.postpone(claimed, causes, poisonous=True)
    return True


def _apply(claimed: Claim, fetched: Fetched[Any], read_at: datetime, *, only: str | None) -> None:
    """Applies what we still hold the claim for, in one transaction with history and the inbox's own rows."""
    with APPLY_SECONDS.labels(claimed.kind).time(), transaction.atomic():
        held = inbox.fence(claimed)
        if only is not None:
            held = {key: row for key, row in held.items() if key == only}
        objects = [obj for obj in fetched.objects if obj.id in held]
        missing = [object_id for object_id in fetched.missing if object_id in held]
        batch = Batch(
            messages={key: row.last_event_id for key, row in held.items()},
            quiet=frozenset(key for key, row in held.items() if row.quiet),
            read_at=read_at,
        )
        APPLIERS[claimed.kind](objects, missing, batch)
        done: Sequence[str] = [obj.id for obj in objects] + missing
        applied = {obj.id: digest(facts_of(claimed.kind, obj)) for obj in objects}
        inbox.finish([held[key] for key in done], batch.orphans, applied)


def _apply_one_by_one(claimed: Claim, fetched: Fetched[Any], read_at: datetime) -> dict[str, str]:
    causes = {}
    for object_id in [obj.id for obj in fetched.objects] + list(fetched.missing):
        try:
            _apply(claimed, fetched, read_at, only=object_id)
        except Exception as error:  # isolated: this object waits with its cause, the rest goes on
            log.error("object_failed", kind=claimed.kind, object_id=object_id, error=repr(error))
            causes[object_id] = f"{type(error).__name__}: {error}"
    return causes
