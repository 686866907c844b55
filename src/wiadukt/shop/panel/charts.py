"""Charts as shapes that a template draws as SVG: how much went in each slot of time, and how long it took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from wiadukt.shop.health.models import Grain
from wiadukt.shop.health.traffic import Bucket
from wiadukt.shop.roads.spread import CLASSES, added, percentile

WIDTH, HEIGHT = 300, 60
MEDIAN, TAIL = 0.5, 0.95


@dataclass(frozen=True)
class Span:
    """How far a chart looks back, in `slots` of `step`; read from buckets of `grain`."""

    code: str
    step: timedelta
    slots: int
    grain: Grain

    def since(self, now: datetime) -> datetime:
        return now - self.step * self.slots


SPANS = {
    span.code: span
    for span in (
        Span("hour", timedelta(minutes=1), 60, Grain.MINUTE),
        Span("day", timedelta(hours=1), 24, Grain.HOUR),
        Span("month", timedelta(days=1), 30, Grain.HOUR),
    )
}


@dataclass(frozen=True)
class Bar:
    """One slot; places in units of the picture, from its top left."""

    x: float
    y: float
    width: float
    height: float
    said: str


@dataclass(frozen=True)
class Chart:
    """Of one road. `p50` and `p95` are points of lines, a line for each stretch in which anything went."""

    count: int
    most: int
    bars: tuple[Bar, ...]
    p50: tuple[str, ...]
    p95: tuple[str, ...]
    slowest_s: float
    median_s: float | None
    tail_s: float | None


def chart(buckets: Iterable[Bucket], span: Span, now: datetime) -> Chart:
    """Buckets of one road, drawn; a slot without any is an empty place and not a zero of time."""
    slots = _slots(buckets, span, now)
    counts = [sum(slot) for slot in slots]
    most = max(counts, default=0)
    medians = [percentile(slot, MEDIAN) for slot in slots]
    tails = [percentile(slot, TAIL) for slot in slots]
    slowest = max((time for time in tails if time is not None), default=0.0)
    total = added(slots)
    return Chart(
        count=sum(counts),
        most=most,
        bars=tuple(_bars(counts, most)),
        p50=_lines(medians, slowest),
        p95=_lines(tails, slowest),
        slowest_s=slowest,
        median_s=percentile(total, MEDIAN),
        tail_s=percentile(total, TAIL),
    )


def drift_bars(drifts: list[int]) -> tuple[Bar, ...]:
    """How much each comparison found, oldest first; a flat line is as it should be."""
    return tuple(_bars(drifts, max(drifts, default=0)))


def _slots(buckets: Iterable[Bucket], span: Span, now: datetime) -> list[list[int]]:
    slots = [[0] * CLASSES for _ in range(span.slots)]
    since = span.since(now)
    for bucket in buckets:
        place = min(max(int((bucket.at - since) / span.step), 0), span.slots - 1)
        slots[place] = added([slots[place], bucket.spread])
    return slots


def _bars(counts: list[int], most: int) -> Iterable[Bar]:
    width = WIDTH / max(len(counts), 1)
    for place, count in enumerate(counts):
        if count:
            height = round(max(HEIGHT * count / most, 1), 1)
            yield Bar(round(place * width, 1), round(HEIGHT - height, 1), round(width * 0.8, 1), height, str(count))


def _lines(times_s: list[float | None], slowest_s: float) -> tuple[str, ...]:
    width = WIDTH / max(len(times_s), 1)
    lines: list[list[str]] = [[]]
    for place, time_s in enumerate(times_s):
        if time_s is None:
            lines.append([])
            continue
        y = round(HEIGHT - (HEIGHT - 4) * time_s / (slowest_s or 1), 1)
        # A point by itself is drawn as a short stroke.
        lines[-1] += [f"{round((place + share) * width, 1)},{y}" for share in (0.1, 0.7)]
    return tuple(" ".join(line) for line in lines if line)
