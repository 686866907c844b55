"""The world comes whole or not at all, once, in any size and quickly."""

from __future__ import annotations

import time

import psycopg
import pytest

from wiadukt.demo.erp.install import install
from wiadukt.demo.world import seed

LONGEST_S = 20
CONTENT = """SELECT
    (SELECT md5(string_agg("NAZWA" || "NIP" || "ULICA_LOKAL", ',' ORDER BY "ID_KONTRAHENTA")) FROM dbo."KONTRAHENT"),
    (SELECT md5(string_agg("INDEKS_KATALOGOWY" || "STAN", ',' ORDER BY "ID_ARTYKULU")) FROM dbo."ARTYKUL"),
    (SELECT md5(string_agg("NUMER" || "WARTOSC_BRUTTO", ',' ORDER BY "ID_ZAMOWIENIA")) FROM dbo."ZAMOWIENIE"),
    (SELECT md5(string_agg("NUMER" || "POZOSTALO", ',' ORDER BY "NUMER")) FROM dbo."DOKUMENT_HANDLOWY")
"""


def _content(url: str) -> tuple:
    with psycopg.connect(url) as connection:
        return connection.execute(CONTENT).fetchone()


def test_a_second_seed_changes_nothing(world_url):
    before = _content(world_url)

    seed(world_url)

    assert _content(world_url) == before


def test_another_base_gets_the_same_world_in_time(postgres, world_url):
    url = postgres.url("erp_world_again")
    install(url)
    started = time.monotonic()

    seed(url)

    assert time.monotonic() - started < LONGEST_S
    assert _content(url) == _content(world_url)


def test_a_crash_on_the_way_leaves_nothing_and_the_next_seed_makes_it(postgres, monkeypatch):
    url = postgres.url("erp_crash")
    install(url)

    def crash(connection):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("wiadukt.demo.world.reserve", crash)
        with pytest.raises(KeyboardInterrupt):
            seed(url, goods=300, customers=10, orders=20)
    assert _content(url) == (None, None, None, None)

    seed(url, goods=300, customers=10, orders=20)
    assert None not in _content(url)


@pytest.mark.parametrize(("goods", "customers", "orders"), [(20, 9, 5), (5000, 120, 900)])
def test_its_size_follows_the_parameters(postgres, goods, customers, orders):
    url = postgres.url(f"erp_size_{goods}")
    install(url)

    seed(url, goods=goods, customers=customers, orders=orders)

    with psycopg.connect(url) as connection:
        assert connection.execute(
            """SELECT (SELECT count(DISTINCT "INDEKS_KATALOGOWY") FROM dbo."ARTYKUL"),
            (SELECT count(*) FROM dbo."KONTRAHENT"), (SELECT count(*) FROM dbo."ZAMOWIENIE")"""
        ).fetchone() == (goods, customers, orders)


def test_new_rows_get_free_ids(postgres):
    url = postgres.url("erp_ids")
    install(url)
    seed(url, goods=50, customers=10, orders=5)

    with psycopg.connect(url) as connection:
        new, highest = connection.execute(
            """WITH nowy AS (INSERT INTO dbo."KONTAKT" ("ID_KONTRAHENTA") VALUES (1) RETURNING "ID_KONTAKTU")
            SELECT "ID_KONTAKTU", (SELECT max("ID_KONTAKTU") FROM dbo."KONTAKT") FROM nowy"""
        ).fetchone()
    assert new > highest
