"""How fresh this base is: a copy that nobody works in looks sound in everything else."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from wiadukt.contract.checkup import Finding
from wiadukt.runtime import clock
from wiadukt.wapro import clarion
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.settings import Settings

OLD_DAYS = 14


def check_data_age(conn: Connection, settings: Settings) -> Iterator[Finding]:
    today = clarion.of_moment(clock.now())
    for what, day in ((_("order"), t.order.c.DATA), (_("invoice"), t.trade_document.c.DATA_WYSTAWIENIA)):
        newest = conn.execute(select(func.max(day)).where(day <= today)).scalar()
        if newest is None:
            yield Finding(True, _("no {what} in this base yet", what=what))
            continue
        days = today - int(newest)
        advice = _("Is this the base in which the office works, and not a copy?") if days > OLD_DAYS else ""
        yield Finding(True, _("the newest {what} is {days} days old", what=what, days=days), advice)
    last = conn.execute(select(func.max(t.queue.c.utworzono))).scalar()
    if last is not None:
        yield Finding(True, _("the last change was noticed at {at}", at=f"{last:%Y-%m-%d %H:%M:%S}"))
