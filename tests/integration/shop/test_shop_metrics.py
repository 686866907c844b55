"""What the shop tells a machine: outbox and inbox as they stand, workers, what keeps it from work; and traces."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from factories.outbox import JOB, a_message, again, refused, say
from factories.serving import served
from prometheus_client.parser import text_string_to_metric_families
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from wiadukt.contract.base import Kind
from wiadukt.contract.event import ThinEvent
from wiadukt.contract.job_order import WorkRequest
from wiadukt.runtime import trace
from wiadukt.runtime.signing import sign, split_secrets
from wiadukt.shop.asgi import application
from wiadukt.shop.outbox.write import write
from wiadukt.shop.sync import observe, standing
from wiadukt.shop.sync.models import ConnectorState, InboxObject

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
CALLER = f"00-{TRACE_ID}-00f067aa0ba902b7-01"


def told() -> dict[tuple[str, ...], float]:
    """Values by name and label values."""
    text = observe.web().metrics().decode()
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return {(one.name, *one.labels.values()): one.value for one in samples}


def test_what_waits_and_what_was_refused_is_told_with_the_oldest(to, receiver):
    receiver.answer = refused
    a_message("WD-1")
    say(to)
    message = a_message("WD-2")
    type(message).objects.filter(pk=message.pk).update(created_at=timezone.now() - timedelta(seconds=300))
    InboxObject.objects.create(kind="product", object_id="FR-1", waiting_since=timezone.now() - timedelta(seconds=60))
    InboxObject.objects.create(kind="order", object_id="7", state="rejected")
    InboxObject.objects.create(kind="order", object_id="8", state="applied")

    now = told()

    assert now["wiadukt_shop_outbox_messages", "production", "waiting"] == 1
    assert now["wiadukt_shop_outbox_messages", "production", "rejected"] == 1
    assert now["wiadukt_shop_outbox_messages", "wapro", "waiting"] == 0
    assert 300 <= now["wiadukt_shop_outbox_oldest_seconds", "production"] < 360
    assert now["wiadukt_shop_inbox_objects", "product", "waiting"] == 1
    assert now["wiadukt_shop_inbox_objects", "order", "rejected"] == 1
    assert 60 <= now["wiadukt_shop_inbox_oldest_seconds", "product"] < 120
    assert now["wiadukt_shop_inbox_oldest_seconds", "order"] == 0
    assert now["wiadukt_shop_delivery_seconds_count", "production", "refused"] >= 1


def test_workers_and_the_silence_of_the_connector_are_told():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
    nobody = told()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '40 s')")
    ConnectorState.objects.update_or_create(pk=1, defaults={"failing_since": timezone.now() - timedelta(seconds=30)})

    now = told()

    assert nobody["wiadukt_shop_workers",] == 0
    assert ("wiadukt_shop_worker_heartbeat_seconds",) not in nobody
    assert now["wiadukt_shop_workers",] == 1
    assert 40 <= now["wiadukt_shop_worker_heartbeat_seconds",] < 100
    assert 30 <= now["wiadukt_shop_connector_silent_seconds",] < 90
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")


def test_gauges_are_read_by_indexes_of_what_is_not_over():
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        try:
            for query in (standing.OUTGOING, standing.INCOMING):
                cursor.execute(f"EXPLAIN {query}", {"now": timezone.now()})
                plan = "\n".join(line for (line,) in cursor.fetchall())
                assert "Seq Scan" not in plan, plan
        finally:
            cursor.execute("RESET enable_seqscan")


def test_it_is_ready_until_its_tables_are_behind():
    assert observe.web().missing() == []
    assert observe.worker().missing() == []
    ((app, newest),) = MigrationLoader(connection).graph.leaf_nodes("outbox")
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(app, newest)
    try:
        assert observe.web().missing() == [f"The shop's base lacks outbox.{newest}: run 'wiadukt shop migrate'."]
    finally:
        recorder.record_applied(app, newest)


def test_a_message_goes_in_the_trace_of_the_click_that_wrote_it_however_late(to, receiver):
    request = WorkRequest.model_validate({"order_number": "WD-1", "customer_name": "S", "job_orders": [JOB]})
    with trace.going_on(CALLER), transaction.atomic():
        message = write("production", "work_requested", "WD-1", request)

    with capture_logs(processors=[merge_contextvars]) as lines, trace.going_on():
        say(to)

    assert trace.trace_id_of(again(message).traceparent) == TRACE_ID
    assert [trace.trace_id_of(one) for one in receiver.traceparents] == [TRACE_ID]
    (line,) = (line for line in lines if line["event"] == "message_delivered")
    assert (line["trace_id"], line["key"]) == (TRACE_ID, "WD-1")


def test_events_of_wapro_come_in_the_trace_of_their_batch(eventually):
    event = ThinEvent.changed(Kind.PRODUCT, "FR-1", event_id="e-1", source="/wapro/1", time=timezone.now())
    body = json.dumps([event.model_dump(mode="json")])
    secrets = split_secrets(settings.ENVIRONMENT.webhook_secrets)
    headers = sign(secrets, message_id="m-1", at=timezone.now(), body=body) | {"traceparent": CALLER}

    with served_shop() as where, capture_logs(processors=[merge_contextvars]) as lines:
        answer = httpx.post(f"{where}/sync/events", content=body, headers=headers, trust_env=False)
        httpx.get(f"{where}/nowhere/{TRACE_ID}", trust_env=False)
        eventually(lambda: any(line["event"] == "request" for line in list(lines)))  # written after its answer

    assert answer.status_code == 202, answer.text
    by_event = {line["event"]: line for line in lines}
    assert by_event["events_accepted"]["trace_id"] == by_event["request"]["trace_id"] == TRACE_ID
    assert by_event["request"]["route"] == "/sync/events"
    text = observe.web().metrics().decode()
    assert 'route="/sync/events",status="202"' in text
    assert TRACE_ID not in text


def served_shop():
    """The shop as it runs, with the middle of it that Django's test client leaves out."""

    async def app(scope, receive, send) -> None:
        if scope["type"] == "http":
            await application(scope, receive, send)

    return served(app)
