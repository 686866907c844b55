"""Templates in the reader's language, and how quantities, days and parameters are written."""

from __future__ import annotations

import gettext
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import wiadukt
from wiadukt.contract.order import Parameter
from wiadukt.production.job_orders import JobOrderStatus
from wiadukt.production.progress import Action
from wiadukt.production.refusals import Refusal
from wiadukt.production.translations import COOKIE, language_of, translations_of
from wiadukt.runtime import clock

FOLDER = Path(__file__).parent
NO_STORE = {"Cache-Control": "no-store"}
"""A page brought back from history would carry used tokens: its taps would count as repeats."""


def _(msgid: str) -> str:
    """Marks a word for the catalogue of messages."""
    return msgid


STATE_WORDS = {
    "Waiting": _("Waiting"),
    "Running": _("Running"),
    "Held": _("Held"),
    "Completed": _("Completed"),
    "Cancelled": _("Cancelled"),
    "waiting": _("waiting"),
    "in_production": _("in production"),
    "ready": _("ready"),
    "sent": _("sent"),
    "superseded": _("replaced by a newer one"),
    "rejected": _("rejected"),
    "by the machine": _("by the machine"),
}
AT_MACHINE_WORDS = {
    "to_send": _("on its way"),
    "sent": _("at the machine"),
    "to_withdraw": _("being taken back"),
    "to_recall": _("asked back: the buyer changes or cancels the order"),
    "recalled": _("given back: the buyer changes or cancels the order"),
    "refused": _("refused"),
    "people": _("taken back"),
    "ended": _("made"),
    "done": _("made"),
}
TELLING_WORDS = {
    "running": _("works"),
    "idle": _("has nothing to do"),
    "held": _("stands"),
    "fault": _("has a fault"),
    "setup": _("is being set up"),
    "off": _("is off"),
}
ACTION_WORDS = {
    Action.START: _("Start"),
    Action.PAUSE: _("Pause"),
    Action.GOOD: _("good pieces"),
    Action.SCRAP: _("scrap"),
    Action.DONE: _("Done"),
    Action.RELEASE: _("released"),
}
WEEK_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
PARAMETER_WORDS = {
    "width": _("width"),
    "height": _("height"),
    "length": _("length"),
    "thickness": _("thickness"),
    "decor": _("decor"),
    "edging": _("edging"),
    "edge": _("edging"),
    "drilling": _("drilling"),
    "color": _("colour"),
    "colour": _("colour"),
    "finish": _("finish"),
    "material": _("material"),
    "note": _("note"),
}


def quantity(value: Decimal, language: str) -> str:
    """12, 2.5; with a comma in Polish."""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if language == "pl" else text


UNIT_SUFFIXES = ("mm", "cm", "m", "kg", "g")


def named_unit(parameter_id: str) -> tuple[str, str]:
    """`width_mm` is a width in mm: the name and the unit, which is empty when the id names none."""
    name, _, suffix = parameter_id.rpartition("_")
    return (name, suffix) if name and suffix in UNIT_SUFFIXES else (parameter_id, "")


def share(good: Decimal, planned: Decimal) -> int:
    """Whole per cent, 100 at most; only a full count is 100."""
    return min(100, int(good * 100 / planned))


def days_late(job: JobOrderStatus, today: date) -> int | None:
    """Days past the due date (below 0: still ahead); None without a date or when it is done."""
    if job.due_on is None or job.completed_at is not None:
        return None
    return (today - job.due_on).days


def today(request: Request) -> date:
    """The floor's day."""
    return today_in(request.app.state.settings.timezone)


def today_in(timezone: str) -> date:
    """The day it is there now."""
    return clock.now().astimezone(ZoneInfo(timezone)).date()


def day_start(request: Request) -> datetime:
    """When the floor's day began."""
    zone = ZoneInfo(request.app.state.settings.timezone)
    return datetime.combine(today(request), datetime.min.time(), zone)


@cache
def environment_of(language: str, timezone: str) -> Environment:
    """The templates of one language; kept, for they never change while we run."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    catalogue, zone = translations_of(language), ZoneInfo(timezone)
    environment.install_gettext_translations(catalogue, newstyle=True)
    words: dict[str, str] = {**STATE_WORDS, **{action.value: word for action, word in ACTION_WORDS.items()}}
    environment.filters.update(
        quantity=lambda value: quantity(Decimal(value), language),
        word=lambda value: catalogue.gettext(words.get(str(value), str(value))),
        at_machine=lambda value: catalogue.gettext(AT_MACHINE_WORDS[value]),
        telling=lambda value: catalogue.gettext(TELLING_WORDS[value]) if value in TELLING_WORDS else value,
        parameter=lambda item: _parameter(item, language, catalogue),
        value=lambda item: item.text or item.value,
        unit=lambda item: "" if item.text else item.unit or named_unit(item.id)[1],
        day=lambda value: f"{value:%d.%m.%Y}" if language == "pl" else f"{value:%d %b %Y}",
        short_day=lambda value: f"{value:%d.%m}" if language == "pl" else f"{value:%d %b}",
        day_after=lambda value: value + timedelta(days=1),
        week_day=lambda value: catalogue.gettext(WEEK_DAYS[value.weekday()]),
        time=lambda value: f"{value.astimezone(zone):%H:%M:%S}",
        moment=lambda value: f"{value.astimezone(zone):%d.%m %H:%M}",
        path=lambda value: quote(value, safe=""),
        reason=lambda kept: Refusal.kept(kept).in_language(catalogue.gettext),
    )
    environment.globals.update(share=share, days_late=days_late, telling_words=TELLING_WORDS)
    environment.globals["version"] = wiadukt.__version__
    return environment


def _parameter(item: Parameter, language: str, catalogue: gettext.NullTranslations) -> str:
    """The Polish name that came with it, else a word that we know in the reader's language, else its id."""
    name, _ = named_unit(item.id)
    known = PARAMETER_WORDS.get(name.lower())
    if item.name and (language == "pl" or not known):
        return item.name
    return catalogue.gettext(known) if known else name.replace("_", " ")


def language_for(request: Request) -> str:
    return language_of(request.cookies.get(COOKIE))


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page in the reader's language; never stored by the browser."""
    language = language_for(request)
    environment = environment_of(language, request.app.state.settings.timezone)
    page = environment.get_template(template).render(
        language=language, here=_here(request), today=today(request), **context
    )
    return HTMLResponse(page, status, NO_STORE)


def _here(request: Request) -> str:
    """Where a change of language leads back to; a refused form leads to its page."""
    path = request.url.path.removesuffix("/steps").removesuffix("/reports").removesuffix("/machine")
    query = request.url.query if request.method == "GET" else ""
    return f"{path}?{query}" if query else path
