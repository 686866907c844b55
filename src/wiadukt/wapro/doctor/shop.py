"""The road to the shop: its address, its port, its certificate, and whether it takes our key."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import httpx

from wiadukt.contract.checkup import Finding
from wiadukt.contract.event import BATCH_MEDIA_TYPE
from wiadukt.runtime import clock
from wiadukt.runtime.looks import look_at_address, look_at_certificate, look_at_port
from wiadukt.runtime.signing import sign, split_secrets
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.settings import Settings

TIMEOUT_S = 10
NOTHING = "[]"
"""A signed batch without events: what the shop says to it tells whether the next one will be taken."""


def check_shop(settings: Settings) -> Iterator[Finding]:
    if not settings.shop_events_url:
        yield Finding(True, _("no shop is told of changes"), _("Set SHOP_EVENTS_URL if there is one."))
        return
    root = urlunsplit(urlsplit(settings.shop_events_url)._replace(path="", query="", fragment=""))
    for look in (lambda url: look_at_address(url, "SHOP_EVENTS_URL"), look_at_port, look_at_certificate):
        findings = list(look(root))
        yield from findings
        if not all(finding.ok for finding in findings):
            return
    yield _key(settings)


def _key(settings: Settings) -> Finding:
    secrets = split_secrets(settings.webhook_secrets)
    if not secrets:
        return Finding(False, _("no key to sign events with"), _("Set WEBHOOK_SECRETS to the shop's key."))
    headers = sign(secrets, message_id=uuid.uuid4().hex, at=clock.now(), body=NOTHING)
    try:
        answer = httpx.post(
            settings.shop_events_url,
            content=NOTHING,
            headers=headers | {"content-type": BATCH_MEDIA_TYPE},
            timeout=TIMEOUT_S,
        )
    except httpx.HTTPError as error:
        what = _("the shop does not answer: {error}", error=f"{type(error).__name__}: {error}")
        return Finding(False, what, _("See that the shop runs; changes wait meanwhile."))
    if answer.is_success:
        return Finding(True, _("the shop takes our signature"))
    if answer.status_code in (401, 403):
        what = _("the shop refuses our signature: {said}", said=answer.text[:300])
        remedy = _("Give the shop and the connector the same WEBHOOK_SECRETS, and let both clocks go right.")
        return Finding(False, what, remedy)
    what = _("the shop answered {status}: {said}", status=answer.status_code, said=answer.text[:300])
    return Finding(False, what, _("See that SHOP_EVENTS_URL ends with /sync/events, and the shop's log."))
