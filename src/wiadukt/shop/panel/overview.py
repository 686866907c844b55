"""The overview: the whole road at a glance, whether all is well, and if not, what to do first.

Counts, times and causes: everybody of the seller's may see it, and a cause that names a buyer who sees all buyers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.health import diagnosis, measure, traffic
from wiadukt.shop.health.advice import PARTS, WORDS, advice, age, rejected_at, waiting_at
from wiadukt.shop.health.state import Part, State
from wiadukt.shop.health.traffic import Bucket
from wiadukt.shop.health.words import Counts, Word
from wiadukt.shop.panel.charts import SPANS, Chart, chart, drift_bars
from wiadukt.shop.roads.models import Road
from wiadukt.shop.sellers import access
from wiadukt.shop.sync.models import Reconciliation, RunState

LAST_RUNS = 30
RATE_OVER_MIN = 5
SPAN_WORDS = {"hour": _("hour"), "day": _("day"), "month": _("month")}
BEHIND = {Part.WAPRO: Part.CONNECTOR, Part.MACHINES: Part.PRODUCTION}
"""Of whom we hear only by another."""
DEEDS = {
    "wiadukt.inbox": _("fetching from WAPRO"),
    "wiadukt.deliver": _("sending out of the shop"),
    "wiadukt.reconcile": _("comparing with WAPRO"),
}


@dataclass(frozen=True)
class RoadView:
    """One direction as it is shown. `rate`: messages a minute, over the last few."""

    road: Road
    word: Word
    said: Any
    counts: Counts
    oldest: str
    rate: float
    chart: Chart
    rejected_url: str
    waiting_url: str


@dataclass(frozen=True)
class PartView:
    """One part as it is shown. `since`: when it was heard last, or when it fell silent."""

    name: Any
    word: str
    said: Any
    since: datetime | None
    version: str = ""


@staff_only
def sync(request: HttpRequest) -> HttpResponse:
    """The page; its inner part alone for htmx, every few seconds."""
    span = SPANS.get(request.GET.get("span", ""), SPANS["hour"])
    now = timezone.now()
    state, agreed = measure.measure(now), measure.agreed()
    troubles = diagnosis.diagnose(state, agreed)
    buckets = traffic.between(span.since(now), span.grain)
    fresh = buckets if span.code == "hour" else traffic.between(now - timedelta(minutes=10), SPANS["hour"].grain)
    roads = {}
    for road in Road:
        word = diagnosis.word_of_road(state, road, agreed)
        drawn = chart([one for one in buckets if one.road == road], span, now)
        roads[road.value] = _road(state, road, word, (drawn, _rate(fresh, road, now)))
    runs = Reconciliation.objects.filter(state=RunState.FINISHED).order_by("-finished_at")[:LAST_RUNS]
    drifts = [run.drifted for run in reversed(runs)]
    names_people = access.sees_all(request.user)
    administers = request.user.is_superuser
    advised = [advice(one, names_people=names_people, administers=administers) for one in troubles]
    context = {
        "first": advised[0] if advised else None,
        "others": advised[1:],
        "roads": roads,
        "parts": {part.value: _part(part, state, troubles) for part in Part},
        "workers": [(one, _deeds(one.does)) for one in state.workers],
        "queue": state.queue,
        "compared": state.compared,
        "integrators": state.integrators,
        "drifts": drifts,
        "drift_bars": drift_bars(drifts),
        "spans": SPAN_WORDS,
        "span": span.code,
        "at": state.at,
        "counted_s": measure.DONE_S,
        "agreed": age(agreed.arrive_s),
    }
    return render(request, "panel/_overview.html" if request.htmx else "panel/overview.html", context)


def _road(state: State, road: Road, word: Word, drawn: tuple[Chart, float]) -> RoadView:
    counts = state.roads[road]
    oldest = "" if counts.oldest_s is None else age(counts.oldest_s)
    return RoadView(road, word, WORDS[word], counts, oldest, drawn[1], drawn[0], rejected_at(road), waiting_at(road))


def _part(part: Part, state: State, troubles: list[diagnosis.Trouble]) -> PartView:
    if part is Part.SHOP:
        word = diagnosis.word_of_part(part, troubles)
        heard = max((one.heard_at for one in state.workers), default=None)
        return PartView(PARTS[part], word.code, _("alive") if state.alive_workers else _("nobody works"), heard)
    life = state.lives[part]
    version = state.erp_version if part is Part.WAPRO else life.version
    if life.silent_since is not None:
        said = _("not at work since") if part is Part.MACHINES else _("silent since")
        return PartView(PARTS[part], Word.ERROR.code, said, life.silent_since, version)
    before = BEHIND.get(part)
    if before is not None and state.lives[before].silent_since is not None:
        return PartView(PARTS[part], "none", _("not known: who stands before it is silent"), life.seen_at, version)
    if life.seen_at is None:
        return PartView(PARTS[part], "none", _("not heard yet"), None, version)
    return PartView(PARTS[part], diagnosis.word_of_part(part, troubles).code, _("alive"), life.seen_at, version)


def _rate(fresh: Sequence[Bucket], road: Road, now: datetime) -> float:
    """Over whole minutes: the one that runs is not at its end."""
    until = now.replace(second=0, microsecond=0)
    since = until - timedelta(minutes=RATE_OVER_MIN)
    return sum(one.count for one in fresh if one.road == road and since <= one.at < until) / RATE_OVER_MIN


def _deeds(jobs: Sequence[str]) -> list[Any]:
    """In words, each once; what has none is told by its own name."""
    return list(dict.fromkeys(DEEDS.get(job, job.removeprefix("wiadukt.")) for job in jobs))
