"""What comparisons found, by kind and field, comparison by comparison: a flat line is as it should be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Func, QuerySet, TextField, Value

from wiadukt.shop.panel.charts import Bar, drift_bars
from wiadukt.shop.panel.objects.labels import label_of
from wiadukt.shop.sync.models import KIND_CHOICES, Drift, Problem, Reconciliation, RunState

LAST_RUNS = 30
MOST_FIELDS = 12
# 'price 2' and 'price 7' are one field: prices.
FIELD = Func(F("field"), Value(r"\d+"), Value("#"), Value("g"), function="regexp_replace", output_field=TextField())


@dataclass(frozen=True)
class Row:
    """One kind, or one field of it (or how the whole object differed): counts by comparison, oldest first."""

    kind: str
    what: str
    counts: tuple[int, ...]
    bars: tuple[Bar, ...]

    @property
    def said(self) -> str:
        """The field as a person reads it; empty for the whole kind."""
        return label_of(self.what).replace(" #", "") if self.what else ""

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Trend:
    """`runs` are the comparisons behind the counts, oldest first."""

    runs: tuple[Reconciliation, ...]
    kinds: tuple[Row, ...]
    fields: tuple[Row, ...]


def trend(drifts: QuerySet[Drift]) -> Trend:
    """Of the last comparisons that came to their end, as far as these drifts are theirs."""
    finished = Reconciliation.objects.filter(state=RunState.FINISHED).order_by("-finished_at")[:LAST_RUNS]
    runs = tuple(reversed(finished))
    theirs = drifts.filter(run__in=[run.pk for run in runs]).order_by()
    kinds = theirs.values("run", "kind").annotate(n=Count("object_id", distinct=True))
    fields = theirs.annotate(name=FIELD).values("run", "kind", "name", "problem")
    by_kind: dict[tuple[str, str], dict[int, int]] = {(kind, ""): {} for kind, _word in KIND_CHOICES}
    by_field: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for row in kinds:
        by_kind[row["kind"], ""][row["run"]] = row["n"]
    for row in fields.annotate(n=Count("object_id", distinct=True)):
        what = row["name"] or str(Problem(row["problem"]).label)
        counts = by_field[row["kind"], what]
        counts[row["run"]] = counts.get(row["run"], 0) + row["n"]
    worst = sorted(by_field.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))[:MOST_FIELDS]
    return Trend(
        runs,
        tuple(_row(key, counts, runs) for key, counts in by_kind.items()),
        tuple(_row(key, counts, runs) for key, counts in worst),
    )


def _row(key: tuple[str, str], by_run: dict[int, int], runs: tuple[Reconciliation, ...]) -> Row:
    counts = [by_run.get(run.pk, 0) for run in runs]
    return Row(str(dict(KIND_CHOICES)[key[0]]), key[1], tuple(counts), drift_bars(counts))
