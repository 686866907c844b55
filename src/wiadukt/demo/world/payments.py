"""Who paid when: most in time, some in stages, some late, a few never."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from wiadukt.demo.world.documents import ADVANCE, RECEIPT, Draft
from wiadukt.demo.world.rows import cents


def pay(rng: random.Random, draft: Draft, today: date) -> None:
    """Gives the draft its payments, none of them later than yesterday. Corrections are not paid."""
    if draft.gross <= 0:
        return
    chance = rng.random()
    if draft.kind in (ADVANCE, RECEIPT):
        draft.paid.append((draft.day, draft.gross))
    elif chance < 0.15:
        part = cents(draft.gross * Decimal("0.4"))
        stages = [(draft.day + timedelta(days=8), part), (draft.due + timedelta(days=9), part)]
        stages.append((draft.due + timedelta(days=40), draft.gross - 2 * part))
        draft.paid += [(day, amount) for day, amount in stages if day < today and amount > 0]
    elif chance < 0.93 and draft.due + timedelta(days=4) < today:
        draft.paid.append((draft.due + timedelta(days=rng.randint(-6, 3)), draft.gross))
