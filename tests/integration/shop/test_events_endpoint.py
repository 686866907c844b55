"""The address for WAPRO's events: only signed, fresh and small batches come in, and each event counts once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from wiadukt.contract.base import Kind
from wiadukt.contract.event import BATCH_MEDIA_TYPE, ThinEvent
from wiadukt.runtime.signing import new_secret, sign, split_secrets
from wiadukt.shop.sync.models import InboxEvent, InboxObject

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
NOW = datetime.now(UTC)


def batch(*ids: str) -> str:
    events = [ThinEvent.changed(Kind.PRODUCT, one, event_id=f"e-{one}", source="/wapro/1", time=NOW) for one in ids]
    return json.dumps([event.model_dump(mode="json") for event in events])


def post(body: str, *, secrets: list[str] | None = None, at: datetime | None = None, **headers: str):
    keys = secrets or split_secrets(settings.ENVIRONMENT.webhook_secrets)
    signed = sign(keys, message_id="m-1", at=at or datetime.now(UTC), body=body) | headers
    return Client().post("/sync/events", body, content_type=BATCH_MEDIA_TYPE, headers=signed)


def test_a_signed_batch_is_taken_and_only_its_objects_are_asked_for():
    answer = post(batch("FR-1", "FR-2"))

    assert (answer.status_code, answer.json()) == (202, {"accepted": 2, "new": 2})
    assert set(InboxObject.objects.values_list("object_id", flat=True)) == {"FR-1", "FR-2"}


def test_a_replayed_batch_asks_for_nothing_again():
    post(batch("FR-1"))

    assert post(batch("FR-1")).json() == {"accepted": 1, "new": 0}
    assert InboxObject.objects.get().asked == 1


@pytest.mark.parametrize("age", [timedelta(minutes=10), -timedelta(minutes=10)])
def test_a_batch_from_another_time_is_refused(age):
    answer = post(batch("FR-1"), at=datetime.now(UTC) - age)

    assert answer.status_code == 401
    assert not InboxEvent.objects.exists()


def test_a_batch_signed_by_a_stranger_is_refused():
    answer = post(batch("FR-1"), secrets=[new_secret()])

    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")
    assert not InboxEvent.objects.exists()


def test_a_body_that_was_changed_on_the_way_is_refused():
    signed = sign(
        split_secrets(settings.ENVIRONMENT.webhook_secrets), message_id="m", at=datetime.now(UTC), body=batch("FR-1")
    )

    answer = Client().post("/sync/events", batch("FR-9"), content_type=BATCH_MEDIA_TYPE, headers=signed)

    assert answer.status_code == 401


def test_while_keys_are_changed_both_are_taken(monkeypatch):
    old, young = split_secrets(settings.ENVIRONMENT.webhook_secrets)[0], new_secret()
    both = settings.ENVIRONMENT.model_copy(update={"webhook_secrets": f"{young},{old}"})
    monkeypatch.setattr(settings, "ENVIRONMENT", both)

    assert post(batch("FR-1"), secrets=[old]).status_code == 202
    assert post(batch("FR-2"), secrets=[young]).status_code == 202


@pytest.mark.parametrize("body", ["", "{}", "[{}]", "not json"])
def test_what_is_no_batch_of_events_is_refused_with_a_reason(body):
    answer = post(body)

    assert (answer.status_code, answer.json()["code"]) == (400, "not_events")
    assert not InboxEvent.objects.exists()
