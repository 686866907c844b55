"""Production's progress -> WAPRO: the status letter moves forward, the percentage stands in our own table."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Connection, insert, select, update

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Refused
from wiadukt.contract.job_order import ProgressReport
from wiadukt.contract.states import OrderState, ProductionState
from wiadukt.wapro import line_progress, queue
from wiadukt.wapro import tables as t
from wiadukt.wapro.engine import hold
from wiadukt.wapro.moments import now
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean
from wiadukt.wapro.write.status_letter import set_status

UNKNOWN = "order_unknown"
MEANS = {ProductionState.IN_PRODUCTION: OrderState.IN_PRODUCTION, ProductionState.READY: OrderState.READY}
# Production may raise these and no others: what the office set later stays.
BEFORE = {
    OrderState.IN_PRODUCTION: (OrderState.NEW, OrderState.CONFIRMED),
    OrderState.READY: (OrderState.NEW, OrderState.CONFIRMED, OrderState.IN_PRODUCTION),
}


def write_progress(conn: Connection, report: ProgressReport, settings: Settings) -> bool:
    """Notes the progress and announces the order, in one transaction; an older revision changes nothing (False).

    Raises Refused with code `order_unknown` while the order is not in WAPRO yet.
    """
    query = select(t.order_map.c.id_zamowienia).where(t.order_map.c.numer == report.order_number)
    order_id = conn.execute(query).scalar()
    if order_id is None:
        raise Refused(
            UNKNOWN,
            f"Zamówienia {report.order_number} nie ma jeszcze w WAPRO.",
            remedy="Ponów, gdy zamówienie trafi do WAPRO.",
            field="order_number",
            object_id=report.order_number,
        )
    percent = min(Decimal(100), max(Decimal(0), report.good / report.planned * 100)).quantize(Decimal("0.01"))
    if not _kept(conn, report, percent):
        return False
    _move(conn, int(order_id), report.state, settings)
    queue.accept(conn, Kind.ORDER, str(order_id))
    return True


def _kept(conn: Connection, report: ProgressReport, percent: Decimal) -> bool:
    """Keeps the report unless what is kept is as young; two reports of one order come one after the other."""
    hold(conn, f"order {report.order_number}")
    row = t.production_progress.c
    known = conn.execute(select(row.rewizja).where(row.numer == report.order_number)).scalar()
    values = {"rewizja": report.revision, "stan": report.state.value, "procent": percent, "zgloszono": now()}
    values["pozycje"] = line_progress.written(report.lines)
    if known is None:
        conn.execute(insert(t.production_progress).values(numer=report.order_number, **values))
    elif known < report.revision:
        conn.execute(update(t.production_progress).where(row.numer == report.order_number).values(**values))
    else:
        return False
    return True


def _move(conn: Connection, order_id: int, production: ProductionState, settings: Settings) -> None:
    wanted = MEANS.get(production)
    order = t.order
    query = select(order.c.STATUS_ZAM, order.c.STAN_REALIZ).where(order.c.ID_ZAMOWIENIA == order_id)
    locked = query.with_for_update().with_hint(order, "WITH (UPDLOCK, ROWLOCK)", "mssql")
    row = conn.execute(locked).one_or_none()
    if wanted is None or row is None or clean(row[1]) == t.REALISED:
        return
    letter = clean(row[0])
    # A letter that we don't know (on hold, say) is the office's word: production does not write over it.
    here = settings.states.get(letter) if letter else OrderState.NEW
    if here in BEFORE[wanted] and wanted in settings.letters:
        set_status(conn, order_id, settings.letters[wanted], settings)
