"""From the office of the demo to the shop in one process: a deed, what capture announces of it, reading, applying.

A base may write its signs otherwise (`SIGNS`): it is made to for the time of reading, whatever the office does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from factories import shop as make
from factories.bases import connect
from factories.wapro import Office, settings_for
from sqlalchemy import Connection, text

from wiadukt.demo.office.base import transaction
from wiadukt.shop.sync.apply import apply_customers, apply_invoices, apply_orders
from wiadukt.wapro.engine import make_engine, note_moment
from wiadukt.wapro.read.customers import read_customers
from wiadukt.wapro.read.invoices import read_invoices
from wiadukt.wapro.read.orders import read_orders

SIGNS = {
    "open sales with minus": """UPDATE dbo."DOKUMENT_HANDLOWY" SET "POZOSTALO" = -"POZOSTALO",
        "POZOSTALO_WAL" = -"POZOSTALO_WAL" WHERE "WARTOSC_BRUTTO" >= 0""",
    "corrections without signs": """UPDATE dbo."DOKUMENT_HANDLOWY" SET "POZOSTALO" = abs("POZOSTALO"),
        "POZOSTALO_WAL" = abs("POZOSTALO_WAL"), "RAZEM_ZAPLACONO" = abs("RAZEM_ZAPLACONO"),
        "RAZEM_ZAPLACONO_WAL" = abs("RAZEM_ZAPLACONO_WAL") WHERE "WARTOSC_BRUTTO" < 0""",
    "payments with minus": 'UPDATE dbo."ROZLICZENIE" SET "KWOTA" = -"KWOTA", "KWOTA_W" = -"KWOTA_W"',
}


class MoneyRoad:
    """A base with its office, and the connector's way to read it."""

    def __init__(self, url: str) -> None:
        self.url, self.office, self.engine = url, Office(connect(url)), make_engine(url)
        self.settings = settings_for(url)
        self.turn = 0
        self.office.article("USL-TRANSPORT", RODZAJ="Usługa")

    def close(self) -> None:
        self.engine.dispose()
        self.office.close()

    def do(self, deed: Callable[..., Any], *words: Any, **named: Any) -> Any:
        """One deed of the office, in a transaction."""
        with transaction(self.url) as connection:
            return deed(connection, *words, **named)

    def take_in(self, signs: Iterable[str] = ()) -> None:
        """What capture announced is read and applied; documents come before or after their orders, in turns."""
        told = self.office.queue()
        self.office.forget_queue()
        ids = {kind: sorted({one for said, one in told if said == kind}) for kind in ("customer", "order", "invoice")}
        with self._as_written(signs) as conn:
            customers = read_customers(conn, ids["customer"], self.settings)
            orders = read_orders(conn, ids["order"], self.settings)
            found = read_invoices(conn, ids["invoice"], self.settings)
        assert {**customers.broken, **orders.broken, **found.broken} == {}
        apply_customers(list(customers.objects), [], make.batch())
        self.turn += 1
        works = [
            lambda: apply_orders(list(orders.objects), list(orders.missing), make.batch()),
            lambda: apply_invoices(list(found.objects), list(found.missing), make.batch()),
        ]
        for work in works if self.turn % 2 else works[::-1]:
            work()

    @contextmanager
    def _as_written(self, signs: Iterable[str]) -> Iterator[Connection]:
        """The base as one that writes these signs: what makes it one is taken back."""
        with self.engine.connect() as conn, conn.begin() as whole:
            note_moment(conn)
            for sign in signs:
                conn.execute(text(SIGNS[sign]))
            yield conn
            whole.rollback()
