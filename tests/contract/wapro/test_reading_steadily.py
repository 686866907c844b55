"""A fetch is of one moment also on a base that gives no snapshots."""

from __future__ import annotations

import pytest

from wiadukt.contract.base import Kind
from wiadukt.wapro.engine import writing
from wiadukt.wapro.read import steady
from wiadukt.wapro.read.products import read_products
from wiadukt.wapro.read.steady import steadily


@pytest.fixture
def restless(monkeypatch, engine, settings, office):
    """Reads article FR-1, while the office changes it during the first `changes` readings."""
    monkeypatch.setattr(steady, "sees_one_moment", lambda conn: False)
    readings = []

    def read(changes: int):
        with writing(engine) as conn:

            def once():
                steady.note_moment(conn)
                found = read_products(conn, ["FR-1"], settings)
                readings.append(found.objects[0].stock)
                if len(readings) <= changes:
                    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" + 1')
                return found

            return steadily(conn, Kind.PRODUCT, ["FR-1"], once).objects[0].stock, len(readings)

    return read


def test_what_nobody_disturbs_is_read_once(office, restless):
    office.article("FR-1")

    assert restless(0) == (100, 1)


def test_what_changes_meanwhile_is_read_again(office, restless):
    office.article("FR-1")

    assert restless(1) == (101, 2)


def test_an_object_that_never_rests_is_told_all_the_same(office, restless):
    office.article("FR-1")

    assert restless(9) == (102, 3)
