"""The course of a round: which checks there are, in which order, and which make no sense after another's fault.

A step is named `part.check`. Those of the connector and of production run there, and are asked for over HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wiadukt.contract.checkup import CheckReport, ErpCheck, FloorCheck, Grade
from wiadukt.contract.errors import WiaduktError
from wiadukt.runtime.checkup import Check, Examiner
from wiadukt.runtime.redact import Redactor, password_of
from wiadukt.runtime.signing import split_secrets
from wiadukt.runtime.words import speaking
from wiadukt.shop.doctor import own, road, texts
from wiadukt.shop.doctor.subject import Subject

SHOP, CONNECTOR, WAPRO, PRODUCTION, FLOOR = "shop", "connector", "wapro", "production", "floor"
PARTS = {
    SHOP: gettext_lazy("Shop"),
    CONNECTOR: gettext_lazy("The road to the connector"),
    WAPRO: gettext_lazy("WAPRO and its connector"),
    PRODUCTION: gettext_lazy("The road to production"),
    FLOOR: gettext_lazy("Production and machines"),
}


@dataclass(frozen=True)
class Step:
    """One check of a round. `needs`: steps that must not have failed for this one to make sense."""

    name: str
    run: Callable[[Subject], CheckReport]
    skip: Callable[[str], CheckReport]
    needs: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        return self.name.partition(".")[0]


def _examiner() -> Examiner:
    environment = settings.ENVIRONMENT
    secrets = [
        environment.shop_secret_key,
        environment.connector_token,
        environment.production_token,
        *split_secrets(environment.webhook_secrets),
        *password_of(environment.shop_database_url),
    ]
    return Examiner(_, Redactor(secrets))


def _here(part: str, check: Check[Subject], needs: tuple[str, ...] = ()) -> Step:
    def run(subject: Subject) -> CheckReport:
        return _examiner().examine(check, subject)

    def skip(why: str) -> CheckReport:
        return _examiner().skip(check, why)

    return Step(f"{part}.{check.name}", run, skip, needs)


def _there(part: str, name: ErpCheck | FloorCheck, needs: tuple[str, ...]) -> Step:
    """A check that runs elsewhere. Until it has answered only its name is known here."""

    def skip(why: str) -> CheckReport:
        check: Check[Subject] = Check(name, name.replace("_", " "), "", "", lambda _subject: [])
        return Examiner(str, Redactor([])).skip(check, why)

    def run(subject: Subject) -> CheckReport:
        asked = subject.connector if part == WAPRO else subject.production
        try:
            return asked.check(name, language=get_language() or "pl")
        except WiaduktError as error:
            return skip(str(error))

    return Step(f"{part}.{name}", run, skip, needs)


def _road(part: str, said: Mapping[str, tuple[str, str, str]]) -> tuple[Step, ...]:
    """Each but the clocks needs those before it."""
    names = list(road.LOOKS)
    return tuple(
        _here(part, Check(name, *said[name], partial(road.LOOKS[name], part)), _named(part, names[:place]))
        for place, name in enumerate(names)
    )


def _named(part: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{part}.{name}" for name in names)


def steps() -> tuple[Step, ...]:
    """All of them, in turn: the shop itself, the road to WAPRO and what stands there, then production."""
    reached = {part: _named(part, (name for name in road.LOOKS if name != "clock")) for part in (CONNECTOR, PRODUCTION)}
    based = (*reached[CONNECTOR], f"{WAPRO}.{ErpCheck.DATABASE}")
    without_base = (ErpCheck.DATABASE, ErpCheck.SHOP)
    return (
        *(_here(SHOP, Check(name, *texts.OWN[name], look)) for name, look in own.LOOKS.items()),
        *_road(CONNECTOR, texts.CONNECTOR),
        *(_there(WAPRO, name, reached[CONNECTOR] if name in without_base else based) for name in ErpCheck),
        *_road(PRODUCTION, texts.PRODUCTION),
        *(_there(FLOOR, name, reached[PRODUCTION]) for name in FloorCheck),
    )


def run_round(subject: Subject) -> Iterator[tuple[Step, CheckReport]]:
    """The whole round at once, one step after another."""
    grades: dict[str, Grade] = {}
    for step in steps():
        report = run_step(step, subject, grades)
        grades[step.name] = report.grade
        yield step, report


def run_step(step: Step, subject: Subject, grades: Mapping[str, Grade]) -> CheckReport:
    """Runs it, or says why not. `grades`: how the steps before it ended."""
    failed = next((name for name in step.needs if grades.get(name) is Grade.FAULT), None)
    with speaking(get_language() or "pl"):
        if failed is not None:
            return step.skip(_("First mend what stands above: %(what)s.") % {"what": failed})
        return step.run(subject)
