"""The demo's world: a manufacturer of furniture fronts, its buyers, goods and a year of its trade.

Made with a fixed seed and written straight into the stand-in's tables, as years of office work would have left them.
"""

from __future__ import annotations

import random
from datetime import date

import psycopg

from wiadukt.demo.world import customers, goods, invoices, orders
from wiadukt.demo.world.rows import Rows

SEED = 20261123
LOCK = 8_102


def seed(url: str, *, goods_count: int = 2000, customers_count: int = 40, orders_count: int = 600) -> None:
    """Writes the world in one transaction; a world that is there is left alone. `url` is libpq's.

    Days are counted back from today, so that there is always something overdue and something due soon.
    """
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if connection.execute('SELECT 1 FROM dbo."KONTRAHENT" LIMIT 1').fetchone():
            return
        rng = random.Random(SEED)
        rows = Rows()
        buyers = customers.make(rows, rng, customers_count)
        articles = goods.make(rows, rng, goods_count)
        customers.agree_prices(rows, rng, buyers, articles)
        made = orders.make(rows, rng, buyers, articles, count=orders_count, today=date.today())
        invoices.make(rows, rng, made, today=date.today())
        rows.write(connection)
        orders.reserve(connection)
        invoices.continue_numbers(connection)
