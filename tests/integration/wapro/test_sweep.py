"""Changes are noticed without a trigger, by digests; and nothing is lost between two sweeps."""

from __future__ import annotations

import pytest
from factories.wapro import placed, settings_for

from wiadukt.wapro import gaps
from wiadukt.wapro.capture import triggers
from wiadukt.wapro.capture.sweep import Sweeper
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.install import install
from wiadukt.wapro.write.orders import write_order


@pytest.fixture
def sweeper(office, engine, base) -> Sweeper:
    """Without triggers, after a first sweep over one object of each kind."""
    install(engine, capture="sweep")
    buyer, card = office.contractor(), office.article("FR-1", wholesale="10")
    office.article("FR-2")
    office.line(office.order(buyer), card)
    office.invoice(buyer)
    sweeper = Sweeper(engine, settings_for(base, wapro_capture="sweep"))
    sweeper.step()
    return sweeper


def test_no_trigger_is_left(engine, sweeper):
    with reading(engine) as conn:
        assert triggers.server(conn).switched_on(conn) == set()


def test_the_first_sweep_announces_nothing_and_has_everything_compared(office, engine, sweeper):
    assert office.queue() == []
    with reading(engine) as conn:
        assert gaps.last_ended_at(conn) is not None


def test_what_differs_is_announced_once(office, sweeper):
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 7 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')
    office.run('UPDATE dbo."KONTRAHENT" SET "NAZWA" = \'Inna\'')

    assert sweeper.step() == 2

    assert ("product", "FR-1") in office.queue()
    assert [kind for kind, _ in office.queue()] == ["customer", "product"]
    assert sweeper.step() == 0


def test_what_leaves_the_shop_and_what_comes_are_announced(office, sweeper):
    office.run('UPDATE dbo."ARTYKUL" SET "DOSTEPNY_W_SKLEPIE_INTER" = 0 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')
    office.article("FR-3")

    sweeper.step()

    assert office.queue() == [("product", "FR-1"), ("product", "FR-3")]


def test_an_order_of_the_shop_comes_back_by_the_next_sweep(office, engine, base, sweeper):
    buyer = office.contractor()
    sweeper.step()
    office.forget_queue()

    with writing(engine) as conn:
        receipt = write_order(conn, placed(buyer, {"product_id": "FR-2"}), settings_for(base))
    sweeper.step()

    assert ("order", receipt.id) in office.queue()


def test_a_sweep_that_fails_is_told_and_the_next_one_finds_the_same(office, engine, base, sweeper, monkeypatch):
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 7 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')
    monkeypatch.setattr("wiadukt.wapro.capture.sweep._keep", lambda *_: 1 / 0)
    monkeypatch.setattr(sweeper.stopping, "wait", lambda _s: sweeper.stopping.set())

    sweeper.run()

    assert (sweeper.word, "ZeroDivisionError" in sweeper.missing) == ("missing", True)
    assert office.queue() == []
    monkeypatch.undo()
    assert sweeper.step() == 1
