"""After a time without capture everything is compared once; a connector that does not answer is noted."""

from __future__ import annotations

import pytest

from wiadukt.shop.forks.partner.models import StockRecord
from wiadukt.shop.sync import watch
from wiadukt.shop.sync.client import Connector, client_of
from wiadukt.shop.sync.models import ConnectorState, Drift, Reconciliation
from wiadukt.shop.sync.reconcile import run as reconciliation
from wiadukt.wapro import install
from wiadukt.wapro.engine import opened

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def reinstall(road) -> None:
    with opened(road.url) as engine:
        install.install(engine)


def test_what_changed_while_capture_was_off_is_found_at_once(road):
    assert watch.look(road.connector) is None, "what the takeover saw is the beginning"
    record = StockRecord.objects.filter(num_in_stock__gt=1).first()
    road.unseen(
        'UPDATE dbo."ARTYKUL" SET "STAN" = "ZAREZERWOWANO" + 1 WHERE "INDEKS_KATALOGOWY" = %s', record.partner_sku
    )
    assert watch.look(road.connector) is None, "nobody noticed yet"

    reinstall(road)
    run = watch.look(road.connector)

    assert run is not None
    reconciliation.work(run.pk, road.connector, settle_s=0)
    road.apply()
    assert Drift.objects.filter(run=run, object_id=record.partner_sku).exists()
    before = record.available
    record.refresh_from_db()
    assert record.available != before
    assert watch.look(road.connector) is None, "one gap, one comparison"
    assert Reconciliation.objects.count() == 1


def test_a_gap_that_ends_right_after_the_takeover_is_compared_though_nobody_had_looked_before(road):
    """`road` has just taken over; the clock has not looked at the connector yet."""
    reinstall(road)

    assert watch.look(road.connector) is not None


def test_a_connector_that_does_not_answer_is_noted_since_when(road):
    silent = Connector(client_of("http://127.0.0.1:9", "token"))

    watch.look(silent)
    since = ConnectorState.objects.get().failing_since
    watch.look(silent)

    state = ConnectorState.objects.get()
    assert state.failing_since == since
    assert "127.0.0.1:9" in state.last_error
    watch.look(road.connector)
    state.refresh_from_db()
    assert (state.failing_since, state.last_error, state.capture) == (None, "", "unknown")
