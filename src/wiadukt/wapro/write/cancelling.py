"""A buyer's wish to cancel -> the status letter of a cancelled order, while WAPRO and production still allow it.

Source: docs/wapro.md. The answer is a word, not a refusal: that it is too late is news for a salesman, not a fault. Of
an order that gives way to a changed one it is a refusal, and takes the changed one back as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from wiadukt.contract.base import OrderNumber
from wiadukt.contract.errors import Busy, Misconfigured, Refused
from wiadukt.contract.order import CancellationReceipt
from wiadukt.contract.states import CancellationObstacle, OrderState, ProductionState
from wiadukt.wapro import tables as t
from wiadukt.wapro.engine import hold
from wiadukt.wapro.read.meanings import read_meanings
from wiadukt.wapro.read.orders import state_of
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean
from wiadukt.wapro.write.status_letter import set_status
from wiadukt.wapro.write.statuses import UNKNOWN

BUSY_S = 30
CAUSES = {
    CancellationObstacle.IN_PRODUCTION: "produkcja już się zaczęła",
    CancellationObstacle.ON_ITS_WAY: "jest już w drodze albo częściowo zrealizowane",
    CancellationObstacle.OFFICE: "zajęło się nim biuro",
}
MADE = (OrderState.IN_PRODUCTION, OrderState.READY)
ON_ITS_WAY = (OrderState.PACKED, OrderState.SHIPPED, OrderState.DELIVERED, OrderState.FINISHED)


def cancel_order(conn: Connection, number: str, settings: Settings) -> CancellationReceipt:
    """Cancels the order once; a repeat, and an order that the office has deleted, are cancelled as well.

    Raises Refused (`order_unknown`: not in WAPRO yet), Busy while the office has the order open, Misconfigured.
    """
    hold(conn, f"order {number}")
    obstacle = _obstacle(conn, number, _document_of(conn, number), settings)
    return CancellationReceipt(number=OrderNumber(number), cancelled=obstacle is None, reason=obstacle)


def make_way(conn: Connection, number: str, by: str, settings: Settings) -> None:
    """Cancels the order whose place `by` takes, which the office must not have cancelled or deleted before.

    Raises Refused with the cause, and as `cancel_order` does; the caller's transaction then must end.
    """
    hold(conn, f"order {number}")
    order_id = _document_of(conn, number)
    held = _hold_document(conn, order_id, settings)
    is_over = held is None or held.state is OrderState.CANCELLED
    obstacle = CancellationObstacle.OFFICE if is_over else _obstacle(conn, number, order_id, settings)
    if obstacle is not None:
        raise Refused(
            "order_fixed",
            f"Zamówienia {number} nie można już zmienić: {CAUSES[obstacle]}.",
            remedy="Uzgodnij zmianę z handlowcem.",
            field="replaces",
            object_id=by,
        )


@dataclass(frozen=True)
class _Held:
    """A document of WAPRO, whose row is locked. `holder`: who has it open; 0 is nobody."""

    state: OrderState
    letter: str
    holder: int


def _document_of(conn: Connection, number: str) -> int:
    order_id = conn.execute(select(t.order_map.c.id_zamowienia).where(t.order_map.c.numer == number)).scalar()
    if order_id is None:
        raise Refused(
            UNKNOWN,
            f"Zamówienia {number} nie ma jeszcze w WAPRO.",
            remedy="Ponów, gdy zamówienie trafi do WAPRO.",
            field="number",
            object_id=number,
        )
    return int(order_id)


def _hold_document(conn: Connection, order_id: int, settings: Settings) -> _Held | None:
    """None when the office has deleted it."""
    order, lock = t.order, t.order_lock
    locked = select(lock.c.SEMAFOR).where(lock.c.ID_ZAMOWIENIA == order_id).with_for_update()
    holder = conn.execute(locked.with_hint(lock, "WITH (UPDLOCK, ROWLOCK)", "mssql")).one_or_none()
    if holder is None:
        return None
    query = select(order.c.STATUS_ZAM, order.c.STAN_REALIZ).where(order.c.ID_ZAMOWIENIA == order_id)
    letter, realisation = (clean(value) for value in conn.execute(query).one())
    return _Held(state_of(letter, realisation, read_meanings(conn, settings)), letter, int(holder[0] or 0))


def _obstacle(conn: Connection, number: str, order_id: int, settings: Settings) -> CancellationObstacle | None:
    """What stands in the way; when nothing does, the order is cancelled."""
    held = _hold_document(conn, order_id, settings)
    if held is None or held.state is OrderState.CANCELLED:
        return None
    state, letter = held.state, held.letter
    if state in ON_ITS_WAY or _is_realised(conn, order_id):
        return CancellationObstacle.ON_ITS_WAY
    if state in MADE or _is_made(conn, number):
        return CancellationObstacle.IN_PRODUCTION
    if state not in settings.cancellable or (letter and letter not in settings.states):
        return CancellationObstacle.OFFICE
    if held.holder not in (0, settings.wapro_user_id):
        raise Busy(f"Zamówienie {number} jest teraz otwarte w WAPRO.", retry_after_s=BUSY_S)
    if OrderState.CANCELLED not in settings.letters:
        raise Misconfigured(
            "WAPRO_STATUS_LETTERS", "no letter means cancelled.", remedy="Name the letter, as A:cancelled."
        )
    set_status(conn, order_id, settings.letters[OrderState.CANCELLED], settings)
    return None


def _is_realised(conn: Connection, order_id: int) -> bool:
    line = t.order_line
    return bool(conn.execute(select(func.sum(line.c.ZREALIZOWANO)).where(line.c.ID_ZAMOWIENIA == order_id)).scalar())


def _is_made(conn: Connection, number: str) -> bool:
    progress = t.production_progress.c
    state = conn.execute(select(progress.stan).where(progress.numer == number)).scalar()
    return state is not None and clean(state) != ProductionState.WAITING
