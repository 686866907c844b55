"""The demo's world: a manufacturer of furniture fronts, its buyers, goods and a year of its trade.

Made with a fixed seed and written straight into the stand-in's tables, as years of office work would have left them.
"""

from __future__ import annotations

import random
from datetime import date

from wiadukt.demo.world.customers import agree_prices, make_customers
from wiadukt.demo.world.goods import make_goods
from wiadukt.demo.world.invoices import make_invoices, transport_of
from wiadukt.demo.world.orders import make_orders, reserve
from wiadukt.demo.world.rows import Rows, opened
from wiadukt.demo.world.terms import make_terms, write_over_cards

SEED = 20261123


def seed(url: str, goods: int = 2000, customers: int = 40, orders: int = 600, today: date | None = None) -> None:
    """Writes the world in one transaction; a world that is there is left alone. `url` is libpq's or
    SQLAlchemy's of a SQL Server.

    Days are counted back from `today`, this day by default, so that there is always something overdue and something due soon.
    """
    with opened(url) as base:
        base.lock()
        if base.has("KONTRAHENT"):
            return
        rng = random.Random(SEED)
        today = today or date.today()
        rows = Rows()
        buyers = make_customers(rows, rng, customers)
        articles = make_goods(rows, rng, goods)
        agree_prices(rows, rng, buyers, articles)
        made = make_orders(rows, rng, buyers, articles, count=orders, today=today)
        make_invoices(rows, rng, made, today=today, transport=transport_of(articles))
        make_terms(rows, random.Random(SEED), buyers, articles)
        rows.write(base)
        reserve(base)
        write_over_cards(base, [article for article in articles if article.in_shop], today)
