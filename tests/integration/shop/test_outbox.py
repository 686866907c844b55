"""The outbox over real HTTP: in turn, fenced, patient with outages."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from factories.outbox import (
    JOB,
    REFUSAL,
    a_message,
    accepted,
    again,
    an_order_message,
    claim,
    make_due,
    outage,
    refused,
    say,
)
from factories.threads import at_once
from procrastinate.contrib.django.models import ProcrastinateJob

from wiadukt.contract.job_order import WorkRequest
from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE
from wiadukt.runtime.backoff import LONGEST_WISH_S
from wiadukt.shop.outbox import gate, mend
from wiadukt.shop.outbox.models import Attempt, Gate, MessageState, OutboundMessage, Outcome
from wiadukt.shop.outbox.write import DELIVER_TASK, write
from wiadukt.shop.sync import deliver, jobs, prune
from wiadukt.shop.sync.client import Production, client_of
from wiadukt.shop.sync.models import InboxEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_message_outside_a_transaction_is_not_written():
    with pytest.raises(RuntimeError, match="transaction"):
        write("production", "work_requested", "WD-1", None)


def test_a_change_that_is_rolled_back_says_nothing():
    before = ProcrastinateJob.objects.count()
    request = WorkRequest.model_validate({"order_number": "WD-1", "customer_name": "S", "job_orders": [JOB]})
    with transaction.atomic():
        write("production", "work_requested", "WD-1", request)
        transaction.set_rollback(True)

    assert not OutboundMessage.objects.exists()
    assert ProcrastinateJob.objects.count() == before


def test_a_delivered_message_keeps_its_attempt(to, receiver):
    message = a_message()

    say(to)

    assert again(message).state == MessageState.DELIVERED
    assert message.delivered_at is not None
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.message_id) == (Outcome.DELIVERED, message.pk)
    say(to)
    assert len(receiver.told) == 1


def test_a_refusal_keeps_its_code_field_and_remedy(to, receiver):
    receiver.answer = refused
    message = a_message()

    say(to)

    assert again(message).state == MessageState.REJECTED
    kept = {name: message.refusal[name] for name in ("title", "detail", "code", "field")}
    assert kept == {
        "title": "Nie ma takiego towaru.", "detail": "Dodaj go.", "code": "no_product", "field": "lines.0"
    }  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        (503, "text/plain", "later"),
        (500, "text/plain", "boom"),
        (429, "text/plain", "slowly"),
        (401, "text/plain", "who are you"),
        (404, "text/html", "<h1>nginx</h1>"),
        (302, "text/html", ""),
        (307, "text/html", "", (b"location", b"http://127.0.0.1:1/login")),
        (200, "text/html", "<h1>Log in to the guest network</h1>"),
        (200, "application/json", "{}"),
        (200, "application/json", '{"order_number": "WD-2", "job_order_ids": ["WD-2-1"], "created": true}'),
        (200, "application/json", "not packed", (b"content-encoding", b"gzip")),
        (204, "text/plain", ""),
        (500, "text/plain", "a\0b"),
        (422, "application/json", '{"detail": [{"msg": "another program"}]}'),
    ],
    ids=str,
)
def test_only_a_reasoned_refusal_rejects_anything_else_waits(to, receiver, answer):
    receiver.answer = lambda said: answer
    message = a_message()

    say(to)

    assert again(message).state == MessageState.WAITING
    assert message.next_attempt_at > timezone.now()
    assert message.last_answer
    assert Attempt.objects.get().outcome == Outcome.OUTAGE


def test_a_refusal_with_a_sign_that_the_base_cannot_keep_is_kept_without_it(to, receiver):
    receiver.answer = lambda said: (
        422,
        PROBLEM_MEDIA_TYPE,
        REFUSAL.model_copy(update={"title": "a\0b"}).model_dump_json(),
    )
    message = a_message()

    say(to)

    assert again(message).state == MessageState.REJECTED
    assert message.refusal["title"] == "a\ufffdb"


def test_a_stored_text_that_is_not_of_the_contract_waits_for_a_person_with_its_field(to, receiver):
    message = a_message(payload={"order_number": "WD-1", "customer_name": "S", "job_orders": [JOB], "colour": "red"})

    say(to)

    assert again(message).state == MessageState.REJECTED
    assert (message.refusal["code"], message.refusal["field"]) == ("payload_invalid", "colour")
    assert "colour: nie jest znane" in message.refusal["title"]
    assert receiver.told == []


def test_a_fault_of_the_shop_is_told_postpones_one_message_and_stops_no_other(to, receiver):
    """WAPRO's answer can't be noted, since the shop has lost the order."""
    receipt = {"number": "WD-1", "id": "900", "erp_number": "ZO 1", "created": True}
    receiver.answer = lambda said: (
        (200, "application/json", json.dumps(receipt)) if "number" in said else accepted(said)
    )
    lost, other = an_order_message(), a_message("WD-2")

    say(to)

    assert again(lost).state == MessageState.WAITING
    assert "Order matching query does not exist" in lost.last_answer
    assert lost.next_attempt_at > timezone.now()
    assert lost.claimed_until is None
    assert Attempt.objects.get(message=lost).outcome == Outcome.DEFECT
    assert again(other).state == MessageState.DELIVERED
    assert not Gate.objects.filter(failures__gt=0).exists(), "the receiver is well"


def test_whatever_breaks_while_a_message_is_said_belongs_to_its_story(to, receiver):
    message = a_message()
    with client_of(receiver.url, "token") as closed:
        pass

    say(deliver.Receivers(to.connector, Production(closed)))

    assert (again(message).state, message.claimed_until) == (MessageState.WAITING, None)
    assert message.next_attempt_at > timezone.now()
    assert Attempt.objects.get().outcome == Outcome.DEFECT


def test_pauses_grow_and_have_an_upper_end_and_no_last_attempt(to, receiver):
    receiver.answer = outage
    message = a_message(attempts=40)

    say(to)

    pause = again(message).next_attempt_at - timezone.now()
    assert timedelta(seconds=140) < pause <= timedelta(seconds=300)
    assert message.state == MessageState.WAITING


def test_a_receiver_in_trouble_is_left_alone_for_as_long_as_it_asks_and_not_for_ever(to, receiver):
    def patient(seconds: bytes):
        return lambda said: (*outage(said), (b"retry-after", seconds))

    receiver.answer = patient(b"120")
    messages = [a_message(f"WD-{n}") for n in range(gate.CLOSES_AFTER)]
    say(to)

    soon = timezone.now() + timedelta(seconds=100)
    assert again(messages[0]).next_attempt_at > soon
    assert Gate.objects.get().next_probe_at > soon, "nor does anybody try for the others"

    receiver.answer = patient(b"999999")
    message = a_message("WD-9", destination="production")
    Gate.objects.all().delete()
    say(to)
    assert again(message).next_attempt_at < timezone.now() + timedelta(seconds=LONGEST_WISH_S + 1)


def test_what_one_worker_finished_another_whose_lease_ended_does_not_overwrite(to, receiver):
    message = a_message()

    first = claim()
    OutboundMessage.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    say(to)

    late = deliver.Said(Outcome.REFUSED, "late", 0.0, refusal=REFUSAL)
    assert deliver._note(first, late) is False
    assert again(message).state == MessageState.DELIVERED
    assert message.refusal is None
    told = list(Attempt.objects.order_by("id").values_list("outcome", "counted"))
    assert told == [("lost", True), ("delivered", True), ("refused", False)], "the story keeps the late answer too"


def test_a_worker_that_died_leaves_a_trace_and_its_message_is_said_again(to, receiver):
    message = a_message()
    claim()
    say(to)
    assert receiver.told == [], "claimed"

    OutboundMessage.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    say(to)

    assert again(message).state == MessageState.DELIVERED
    told = list(Attempt.objects.order_by("id").values_list("outcome", "duration_ms"))
    assert told[0] == (Outcome.LOST, None)
    assert [outcome for outcome, _duration in told] == [Outcome.LOST, Outcome.DELIVERED]


def test_messages_of_one_order_go_in_turn_and_wait_behind_a_rejected_one(to, receiver):
    receiver.answer = refused
    first = a_message()
    second = a_message(payload={"order_number": "WD-1", "customer_name": "Druga", "job_orders": [JOB]})
    other = a_message("WD-2")

    say(to)
    say(to)

    assert [said["order_number"] for said in receiver.told] == ["WD-1", "WD-2"], "nothing goes behind a rejected one"
    assert again(other).state == MessageState.REJECTED
    receiver.answer = accepted
    mend.retry(first.pk, "my@sklep.example")
    say(to)
    assert [said["customer_name"] for said in receiver.told[2:]] == ["Stolarnia", "Druga"]
    assert again(second).state == MessageState.DELIVERED


def test_an_outage_of_the_receiver_costs_few_attempts_and_ends_at_once(to, receiver):
    receiver.answer = outage
    for n in range(40):
        a_message(f"WD-{n}")

    say(to)
    say(to)

    assert len(receiver.told) == gate.CLOSES_AFTER
    Gate.objects.update(next_probe_at=timezone.now())
    say(to)
    assert len(receiver.told) == gate.CLOSES_AFTER + 1, "one tries whether somebody is back"
    Gate.objects.update(next_probe_at=timezone.now())
    receiver.answer = accepted
    say(to)
    assert Gate.objects.get().failing_since is None
    assert not OutboundMessage.objects.exclude(state="delivered").exists()
    assert len(receiver.told) == gate.CLOSES_AFTER + 1 + 40


def test_the_time_of_the_next_try_is_not_used_up_while_nothing_waits(to, receiver):
    for _ in range(gate.CLOSES_AFTER):
        gate.note_failure("production", "no answer")
    Gate.objects.update(next_probe_at=timezone.now())

    say(to)
    a_message()
    say(to)

    assert len(receiver.told) == 1


def test_a_worker_is_woken_once_for_whatever_waits():
    ProcrastinateJob.objects.filter(task_name=DELIVER_TASK, status="todo").delete()
    request = WorkRequest.model_validate({"order_number": "WD-1", "customer_name": "S", "job_orders": [JOB]})

    for n in range(30):
        with transaction.atomic():
            write("production", "work_requested", f"WD-{n}", request)
    jobs.tick(0)

    assert ProcrastinateJob.objects.filter(task_name=DELIVER_TASK, status="todo").count() == 1


def test_what_waited_goes_oldest_first(to, receiver):
    for n in range(25):
        a_message(f"WD-{n}")
    make_due()

    say(to)

    assert [said["order_number"] for said in receiver.told] == [f"WD-{n}" for n in range(25)]


def test_one_who_is_at_it_for_long_calls_another_and_leaves_it_to_others(to, receiver, monkeypatch):
    monkeypatch.setattr(deliver, "LONG_S", 0.0)
    called = []
    for n in range(3):
        a_message(f"WD-{n}")

    deliver.run(to, call_another=lambda: called.append(1), turn_s=0.0)

    assert (len(receiver.told), len(called)) == (1, 1)


def test_many_at_once_say_everything_once(to, receiver):
    for n in range(30):
        a_message(f"WD-{n % 10}")

    at_once(*[lambda: say(to)] * 4)

    assert len(receiver.told) == 30
    assert Attempt.objects.count() == 30


def test_one_message_that_fails_by_itself_stops_no_other(to, receiver):
    receiver.answer = lambda said: outage(said) if said["order_number"] == "WD-bad" else accepted(said)
    bad = a_message("WD-bad")
    for _ in range(5):
        make_due(key="WD-bad")
        say(to)
        Gate.objects.update(next_probe_at=timezone.now())
    good = a_message("WD-good")
    receiver.told.clear()

    say(to)

    assert receiver.told[0]["order_number"] == "WD-good", "who was never tried goes first"
    assert again(good).state == MessageState.DELIVERED
    assert again(bad).state == MessageState.WAITING


def test_production_that_is_down_keeps_nothing_from_wapro(to, receiver):
    for _ in range(gate.CLOSES_AFTER):
        gate.note_failure("production", "no answer")
    for n in range(5):
        a_message(f"WD-{n}")
    an_order_message("WD-9")

    say(to)

    assert [said["number"] for said in receiver.told] == ["WD-9"]


def test_what_is_done_long_ago_is_pruned_and_what_waits_never(settings):
    long_ago = timezone.now() - timedelta(days=settings.ENVIRONMENT.shop_keep_days + 1)
    kept = [a_message("WD-1", state="rejected"), a_message("WD-2")]
    a_message("WD-3", state="delivered")
    InboxEvent.objects.create(event_id="old", kind="product", object_id="ZAW-1", time=long_ago, received_at=long_ago)
    InboxEvent.objects.create(event_id="young", kind="product", object_id="ZAW-1", time=long_ago)
    kept.append(a_message("WD-5", state="discarded"))
    OutboundMessage.objects.update(created_at=long_ago)
    for at in (long_ago, timezone.now()):
        Attempt.objects.create(message=kept[0], outcome=Outcome.REFUSED, duration_ms=1, at=at)
    kept.append(a_message("WD-4", state="delivered"))

    assert prune.prune() == 3

    assert set(OutboundMessage.objects.values_list("pk", flat=True)) == {message.pk for message in kept}
    assert InboxEvent.objects.get().pk == "young"
    assert Attempt.objects.get().at > long_ago, "an outage of a year leaves no year of attempts"
