"""What a run prints: a row as soon as it is measured, and at the end every target with what this run made of it."""

from __future__ import annotations

from collections.abc import Sequence


class Table:
    """Markdown, ready for docs/performance.md. Rows come at once, since a run lasts minutes."""

    def __init__(self) -> None:
        self.targets: list[tuple[str, str, bool]] = []
        self._head("measured", "figure", "ratio")

    @staticmethod
    def _head(*names: str) -> None:
        print(f"\n| {' | '.join(names)} |\n|{'---|' * len(names)}", flush=True)

    def row(self, what: str, figure: str, ratio: str = "") -> None:
        print(f"| {what} | {figure} | {ratio} |", flush=True)

    def target(self, wanted: str, measured: str, *, met: bool) -> None:
        """Kept for the end; of one that is measured at several sizes the last one counts."""
        self.targets = [one for one in self.targets if one[0] != wanted] + [(wanted, measured, met)]

    def processor(self, what: str, costs: dict[str, float]) -> None:
        """Milliseconds of processor time by process, the dearest first."""
        self._head(what, "processor, ms")
        for name, ms in sorted(costs.items(), key=lambda cost: -cost[1]):
            print(f"| {name} | {ms:.1f} |")
        print(f"| together | {sum(costs.values()):.1f} |", flush=True)

    def end(self) -> None:
        self._head("target", "measured", "met")
        for wanted, measured, met in self.targets:
            print(f"| {wanted} | {measured} | {'yes' if met else '**no**'} |", flush=True)


def at(values: Sequence[float], share: float) -> float:
    """The value below which this share of the sorted ones lies."""
    return values[min(len(values) - 1, int(len(values) * share))]
