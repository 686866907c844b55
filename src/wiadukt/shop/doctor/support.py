"""A round as support gets it: what was seen, nobody's names and no secret. As JSON for programs, as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from wiadukt import __version__
from wiadukt.runtime.checkup import lines_of
from wiadukt.shop.doctor.models import Checkup, Outcome


def ended(checkup: Checkup) -> list[Outcome]:
    """How its checks ended, in their order."""
    return list(checkup.outcomes.order_by("pk"))


def as_json(checkup: Checkup) -> str:
    """Every check with its findings."""
    checks: list[dict[str, Any]] = [
        {"step": one.step, "grade": one.grade, **one.read.model_dump(mode="json")} for one in ended(checkup)
    ]
    document = {
        "wiadukt": __version__,
        "began": checkup.started_at.isoformat(),
        "ended": checkup.finished_at.isoformat() if checkup.finished_at else None,
        "checks": checks,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_text(checkup: Checkup) -> str:
    """The same, to be read."""
    head = [
        f"Wiadukt {__version__}",
        _("Diagnosis of %(at)s") % {"at": checkup.started_at.isoformat(timespec="seconds")},
    ]
    return "\n".join([*head, *_told(ended(checkup))]) + "\n"


def _told(outcomes: Iterable[Outcome]) -> Iterable[str]:
    for one in outcomes:
        yield from lines_of(one.read)
