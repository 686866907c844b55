"""Digests of the connector: what the base computes in SQL is what the contract objects say."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import BUCKETS, buckets
from wiadukt.demo.world import seed
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.read.digests import digest_one_by_one, read_bucket_digests, read_digests
from wiadukt.wapro.read.ids import read_all_ids

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def world(base: str) -> None:
    """A small world: enough for objects of every kind."""
    seed(base, goods=300, customers=12, orders=60)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_object_the_shop_should_have_is_digested(engine, settings, kind):
    with reading(engine) as conn:
        ids = read_all_ids(conn, kind, settings)
        digests = read_digests(conn, kind, settings, 0, BUCKETS - 1)

        assert ids
        assert set(digests) == set(ids)


@pytest.mark.parametrize("bases", ["postgresql"], indirect=True)  # SQL Server's objects are digested one by one
def test_the_base_digests_articles_as_the_contract_does(engine, settings):
    """Padding, missing names, fractions of the sale unit, stock below nothing, several warehouses, other currencies."""
    with writing(engine) as conn:
        conn.execute(
            text("""
            UPDATE dbo."ARTYKUL" SET "NAZWA_CALA" = '', "OPIS" = E' \\tdwie\\nlinie \\u00a0'
            WHERE "ID_ARTYKULU" % 3 = 0;
            UPDATE dbo."ARTYKUL" SET "ZAREZERWOWANO" = "STAN" + 5 WHERE "ID_ARTYKULU" % 5 = 0;
            UPDATE dbo."ARTYKUL" SET "ID_JEDNOSTKI_SPRZ" = (SELECT max("ID_JEDNOSTKI") FROM dbo."JEDNOSTKA")
            WHERE "ID_ARTYKULU" % 7 = 0;
            UPDATE dbo."JEDNOSTKA" SET "PRZELICZNIK" = 0.7
            WHERE "ID_JEDNOSTKI" = (SELECT max("ID_JEDNOSTKI") FROM dbo."JEDNOSTKA");
            UPDATE dbo."CENA_ARTYKULU" SET "SYM_WAL" = 'EUR', "CENA_NETTO" = "CENA_NETTO" / 3 WHERE "ID_CENY" = 2;
            UPDATE dbo."ARTYKUL" SET "ID_KATEGORII_TREE" = NULL WHERE "ID_ARTYKULU" % 11 = 0;
            UPDATE dbo."ARTYKUL" SET "ZABLOKOWANY" = 1 WHERE "ID_ARTYKULU" % 13 = 0;
            UPDATE dbo."ARTYKUL" SET "PODLEGA_RABATOWANIU" = 0, "WYLACZ_CENY_IND" = ' t', "ID_CENY_DOM" = NULL,
            "ID_KATEGORII" = 0, "VAT_SPRZEDAZY" = 'xx' WHERE "ID_ARTYKULU" % 4 = 0;
            UPDATE dbo."ARTYKUL" SET "CENA_PROMOCJI_N" = 9.555, "PROMOCJA_OD" = 82510 WHERE "ID_ARTYKULU" % 4 = 1;
            UPDATE dbo."ARTYKUL" SET "PROMOCJA_RABAT" = 7.5, "PROMOCJA_DO" = 82510 WHERE "ID_ARTYKULU" % 4 = 2;
            INSERT INTO dbo."CENNIK_INDYWIDUALNY" ("ID_GRUPY", "ID_ARTYKULU", "TRYB", "CENA_NETTO", "UPUST", "SYM_WAL",
            "ID_CENY") SELECT g, "ID_ARTYKULU", "ID_ARTYKULU" % 3, 8.1234, 4.5, CASE g WHEN 2 THEN 'EUR' END,
            CASE g WHEN 11 THEN 2 END FROM dbo."ARTYKUL", unnest(ARRAY[2, 3, 11]) AS g WHERE "ID_ARTYKULU" % 2 = 0;
        """)
        )
    settings = settings.model_copy(update={"wapro_promotion_percent_column": "PROMOCJA_RABAT"})
    with reading(engine) as conn:
        ids = read_all_ids(conn, Kind.PRODUCT, settings)
        from_objects = digest_one_by_one(conn, Kind.PRODUCT, settings, ids)

        assert read_digests(conn, Kind.PRODUCT, settings, 0, BUCKETS - 1) == from_objects
        assert read_bucket_digests(conn, Kind.PRODUCT, settings) == buckets(from_objects)


@pytest.mark.parametrize("kind", list(Kind))
def test_ranges_of_buckets_add_up_to_the_whole(engine, settings, kind):
    with reading(engine) as conn:
        whole = read_bucket_digests(conn, kind, settings)
        in_parts = [
            one
            for first in range(0, BUCKETS, 64)
            for one in read_bucket_digests(conn, kind, settings, first, first + 63)
        ]

        assert tuple(in_parts) == whole


def test_one_changed_stock_changes_one_bucket(engine, settings):
    with reading(engine) as conn:
        before = read_bucket_digests(conn, Kind.PRODUCT, settings)
    with writing(engine) as conn:
        conn.execute(
            text("""UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" + 1 WHERE "ID_ARTYKULU" = (
            SELECT min("ID_ARTYKULU") FROM dbo."ARTYKUL"
            WHERE "DOSTEPNY_W_SKLEPIE_INTER" = 1 AND "STAN" > "ZAREZERWOWANO")""")
        )
    with reading(engine) as conn:
        after = read_bucket_digests(conn, Kind.PRODUCT, settings)

    assert len(set(after) - set(before)) == 1
