"""A scenario as data: what is done when, all of it from one seed, so that a failure can be played again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LENGTH_S = 3.5
LANES = ("office", "buyers", "floor", "staff", "admin", "faults")
FLAG_DAYS = 10
"""One scenario in so many is a first connection: the shop is empty, and takes everything over in the storm."""
OFFICE = {
    "stock": 6, "price": 4, "rename_product": 3, "flag_product": 2, "block_product": 1, "change_customer": 4,
    "flag_customer": 2, "block_customer": 1, "new_contact": 2, "new_customer": 1, "move_place": 2, "status": 4,
    "ship": 2,
    "invoice_part": 3, "invoice_several": 2, "pay": 4, "due": 1, "phone_order": 2, "change_line": 2, "delete_order": 1,
}  # fmt: skip
# Changed again and again while the shop is fetching it.
HAMMERED = ("stock", "price", "rename_product", "change_customer", "status", "pay", "move_place")
STAFF = {"retry": 2, "edit": 4, "discard": 3, "take_back": 2}
HTTP_LINKS = ("connector>shop", "shop>connector", "shop>production", "production>connector")
LINKS = (*HTTP_LINKS, *HTTP_LINKS, "connector>pg", "shop>pg", "worker>pg", "production>pg", "buyer>pg")
PARTS = ("connector", "shop", "worker", "production")
FAULTS = {
    "link": 10, "kill": 6, "freeze": 3, "cut_open": 3, "second_connector": 2, "second_worker": 2, "capture": 2,
    "postgres": 1, "shop_down": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One act in one lane, `at` seconds after the beginning."""

    at: float
    lane: str
    what: str
    args: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.at:5.2f} {self.lane:<7} {self.what} {self.args or ''}"


@dataclass(frozen=True)
class Plan:
    """What one seed comes to. Choices among objects are shares (0..1) of what is there when their time comes."""

    seed: int
    flag_day: bool
    steps: tuple[Step, ...]

    @property
    def without_capture(self) -> bool:
        """Whether WAPRO's changes go unannounced for a while: only then may a comparison find any."""
        return any(step.what == "capture" for step in self.steps)


def make(seed: int) -> Plan:
    rng = random.Random(seed)
    flag_day = seed % FLAG_DAYS == 0
    steps = [_office(rng, flag_day) for _ in range(rng.randint(8, 24))]
    steps += [step for _ in range(rng.randint(0, 2)) for step in _hammered(rng)]
    steps += [_order(rng) for _ in range(rng.randint(1, 5))]
    steps += [Step(_moment(rng), "floor", "tap", _tap(rng)) for _ in range(rng.randint(0, 6))]
    steps += [_mending(rng) for _ in range(rng.randint(0, 3))]
    steps += [_fault(rng) for _ in range(rng.randint(2, 6))]
    if rng.random() < 0.35:
        steps += _comparison(rng)
    if flag_day:
        steps += [Step(at, "admin", "takeover") for at in (round(rng.uniform(0, 1), 2), 2.0)]
        steps += [Step(at, "admin", "publish") for at in (1.8, 2.8)]
    return Plan(seed, flag_day, tuple(sorted(steps, key=lambda step: step.at)))


def _moment(rng: random.Random) -> float:
    return round(rng.uniform(0, LENGTH_S), 2)


def _share(rng: random.Random) -> float:
    """At least 0 and below 1: rounded up to 1 it would choose one past the end of what there is."""
    return rng.randrange(10_000) / 10_000


def _shares(rng: random.Random, *names: str) -> dict[str, float]:
    return {name: _share(rng) for name in names}


def _office(rng: random.Random, flag_day: bool) -> Step:
    what = rng.choices(list(OFFICE), list(OFFICE.values()))[0]
    if flag_day and what == "flag_customer":
        what = "change_customer"  # whoever is flagged only later is no history, and gets his e-mail
    return Step(_moment(rng), "office", what, _shares(rng, "which", "how"))


def _hammered(rng: random.Random) -> Iterator[Step]:
    what, which, at = rng.choice(HAMMERED), _share(rng), rng.uniform(0, LENGTH_S - 1)
    for _ in range(rng.randint(3, 6)):
        yield Step(round(at, 2), "office", what, {"which": which, **_shares(rng, "how")})
        at += rng.uniform(0.05, 0.4)


def _order(rng: random.Random) -> Step:
    goods = [[_share(rng), rng.randint(1, 3)] for _ in range(rng.randint(1, 4))]
    return Step(_moment(rng), "buyers", "order", {**_shares(rng, "who"), "goods": goods})


def _tap(rng: random.Random) -> dict[str, Any]:
    return {**_shares(rng, "which"), "action": rng.choice(["start", "start", "good", "good", "done", "pause"])}


def _mending(rng: random.Random) -> Step:
    return Step(_moment(rng), "staff", rng.choices(list(STAFF), list(STAFF.values()))[0], _shares(rng, "which"))


def _comparison(rng: random.Random) -> Iterator[Step]:
    at = _moment(rng)
    yield Step(at, "staff", "compare")
    if rng.random() < 0.6:
        killed_at = round(at + rng.uniform(0.1, 3), 2)
        yield Step(killed_at, "faults", "kill", {"part": "worker", "pause_s": round(rng.uniform(0, 1), 2)})


def _fault(rng: random.Random) -> Step:
    at, what = _moment(rng), rng.choices(list(FAULTS), list(FAULTS.values()))[0]
    part = rng.choice(PARTS)
    args: dict[str, Any] = {}
    if what == "link":
        args = {"link": rng.choice(LINKS), "for_s": round(rng.uniform(0.3, 2.5), 2)}
        args["mood"] = _mood(rng, is_http=args["link"] in HTTP_LINKS)
    elif what == "cut_open":
        args = {"link": rng.choice(LINKS)}
    elif what == "kill":
        args = {"part": part, "pause_s": round(rng.uniform(0, 1), 2)}
    elif what == "freeze":
        # Often longer than a lease: what it holds is taken over, and then it goes on as if nothing had been.
        args = {"part": part, "for_s": round(rng.choice([0.5, 2.5, 3.5]), 2)}
    elif what in ("second_connector", "second_worker"):
        args = {"for_s": round(rng.uniform(2.5, 5), 2)}
    elif what == "capture":
        args = {"how": rng.choice(["drop", "disable"]), "tables": rng.choice([1.0, _share(rng)])}
        args |= {"mended_by": rng.choice(["connector", "hand"]), "for_s": round(rng.uniform(0.2, 2.5), 2)}
    elif what == "shop_down":
        args = {"for_s": LENGTH_S}
    return Step(at, "faults", what, args)


def _mood(rng: random.Random, *, is_http: bool) -> dict[str, Any]:
    moods: dict[str, dict[str, Any]] = {
        "refuse": {"refuse": True},
        "delay": {"delay_s": round(rng.uniform(0.05, 0.6), 2)},
        "cut": {"cut": round(rng.uniform(0.05, 0.5), 2)},
        "lose_answer": {"lose_answer": round(rng.uniform(0.3, 1), 2)},
        "twice": {"twice": round(rng.uniform(0.5, 1), 2)},
        "all": {"delay_s": 0.05, "cut": 0.05, "lose_answer": 0.2, "twice": 0.3},
        # What was read is old by the time it arrives.
        "late_answer": {"late_answer_s": round(rng.uniform(0.2, 1.5), 2)},
    }
    return moods[rng.choice([*moods, "lose_answer", "twice", "late_answer"] if is_http else ["refuse", "delay", "cut"])]
