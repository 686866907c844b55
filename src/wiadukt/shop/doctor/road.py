"""The road from the shop to the connector and to production: address, port, certificate, key, clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from wiadukt.contract.checkup import CheckReport, ErpCheck, Finding, FloorCheck
from wiadukt.runtime import clock
from wiadukt.runtime.looks import judge_clocks, look_at_address, look_at_certificate, look_at_port
from wiadukt.shop.doctor.subject import Subject

SETTINGS = {"connector": "CONNECTOR_URL", "production": "PRODUCTION_URL"}


def _url(part: str) -> str:
    return str(getattr(settings.ENVIRONMENT, SETTINGS[part].lower()))


def _ask(part: str, subject: Subject) -> CheckReport:
    """The smallest thing that only a caller with a key is told. Raises as the client does."""
    if part == "connector":
        return subject.connector.check(ErpCheck.CLOCK)
    return subject.production.check(FloorCheck.CLOCK)


def _address(part: str, _subject: Subject) -> Iterable[Finding]:
    return look_at_address(_url(part), SETTINGS[part])


def _port(part: str, _subject: Subject) -> Iterable[Finding]:
    return look_at_port(_url(part))


def _certificate(part: str, _subject: Subject) -> Iterable[Finding]:
    return look_at_certificate(_url(part))


def _key(part: str, subject: Subject) -> Iterator[Finding]:
    _ask(part, subject)
    yield Finding(True, _("the key is taken"))


def _clock(part: str, subject: Subject) -> Iterator[Finding]:
    """Ours in the middle of the call, theirs at its end there."""
    before = clock.now()
    at = _ask(part, subject).at
    between = before + (clock.now() - before) / 2
    yield judge_clocks(at - between, _("the shop and the other side"))


LOOKS: dict[str, Callable[[str, Subject], Iterable[Finding]]] = {
    "address": _address,
    "port": _port,
    "certificate": _certificate,
    "key": _key,
    "clock": _clock,
}
"""In the order of the road: each makes sense only after those before it."""
