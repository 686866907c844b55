"""What the shop's staff says of a status letter -> our own table; the orders that have it are announced."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Refused
from wiadukt.contract.order_status import StatusMeaning
from wiadukt.wapro import queue
from wiadukt.wapro import tables as t
from wiadukt.wapro.engine import hold
from wiadukt.wapro.moments import now
from wiadukt.wapro.read.ids import orders_of_shop
from wiadukt.wapro.read.meanings import read_statuses
from wiadukt.wapro.settings import Settings


def write_meaning(conn: Connection, said: StatusMeaning, settings: Settings) -> int:
    """Keeps what staff said (None: nothing any more), and announces the shop's orders that have this letter; returns
    how many. Raises Refused for a letter that the settings name or that WAPRO does not know."""
    letters = {one.letter: one for one in read_statuses(conn, settings)}
    if said.letter not in letters:
        raise Refused(
            "status_unknown",
            f"Litery statusu '{said.letter}' nie ma w słowniku WAPRO.",
            remedy="Odśwież stronę i wybierz literę ze słownika.",
            field="letter",
        )
    if letters[said.letter].is_fixed:
        raise Refused(
            "status_fixed",
            f"Znaczenie litery '{said.letter}' określają ustawienia łącznika.",
            remedy="Zmień je w WAPRO_STATUS_LETTERS.",
            field="letter",
        )
    hold(conn, f"status {said.letter}")
    meaning = t.status_meaning
    conn.execute(delete(meaning).where(meaning.c.litera == said.letter))
    if said.state is not None:
        conn.execute(insert(meaning).values(litera=said.letter, stan=said.state.value, zapisano=now()))
    orders = orders_of_shop(settings).where(func.rtrim(t.order.c.STATUS_ZAM) == said.letter)
    ids = [str(value) for value in conn.execute(orders).scalars()]
    queue.accept_all(conn, [(Kind.ORDER, one) for one in ids])
    return len(ids)
