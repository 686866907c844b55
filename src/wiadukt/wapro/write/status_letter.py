"""The letter of an order's status, set as WAPRO sets it."""

from __future__ import annotations

from sqlalchemy import Connection

from wiadukt.wapro.settings import Settings
from wiadukt.wapro.write.call import call


def set_status(conn: Connection, order_id: int, letter: str, settings: Settings) -> None:
    """Sets the status letter through WAPRO's own procedure, which also keeps its log."""
    call(
        conn,
        "RM_UstawStanZamowien",
        id_zamowienia=order_id,
        id_sesji=settings.wapro_user_id,
        tryb_inf_realiz=0,
        status_zam=letter,
    )
