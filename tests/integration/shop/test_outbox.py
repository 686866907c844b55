"""The outbox over real HTTP: in turn, fenced, patient with outages, and mended only by a person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from factories.serving import served
from factories.shop import a_user

from wiadukt.contract.job_order import WorkRequest
from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE, Problem
from wiadukt.shop.outbox import gate, mend
from wiadukt.shop.outbox.models import Attempt, Gate, Intervention, MessageState, OutboundMessage, Outcome
from wiadukt.shop.outbox.write import write
from wiadukt.shop.sync import deliver, prune
from wiadukt.shop.sync.client import Connector, Production, client_of
from wiadukt.shop.sync.models import InboxEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

JOB = {"id": "WD-1-1", "product_id": "FR-1", "description": "Front", "quantity": "1", "unit": "szt"}
REFUSAL = Problem(title="Nie ma takiego towaru.", detail="Dodaj go.", status=422, code="no_product", field="lines.0")


@dataclass
class Receiver:
    """Production's place: keeps what it was told; `answer` says with what it answers."""

    url: str = ""
    told: list[dict] = field(default_factory=list)
    answer: Callable[[dict], tuple[int, str, str]] = lambda said: accepted(said)

    async def __call__(self, scope, receive, send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        said = json.loads(body)
        self.told.append(said)
        status, media, text = self.answer(said)
        headers = [(b"content-type", media.encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})


def accepted(said: dict) -> tuple[int, str, str]:
    receipt = {"order_number": said["order_number"], "job_order_ids": ["WD-1-1"], "created": True}
    return 200, "application/json", json.dumps(receipt)


def refused(said: dict) -> tuple[int, str, str]:
    return 422, PROBLEM_MEDIA_TYPE, REFUSAL.model_dump_json()


def outage(said: dict) -> tuple[int, str, str]:
    return 503, "text/plain", "later"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()

    async def app(scope, receive, send) -> None:
        await receiver(scope, receive, send)

    with served(app) as where:
        receiver.url = where
        yield receiver


@pytest.fixture
def to(receiver) -> Iterator[deliver.Receivers]:
    with client_of(receiver.url, "token") as http:
        yield deliver.Receivers(Connector(http), Production(http))


def a_message(number: str = "WD-1", **fields) -> OutboundMessage:
    payload = {"order_number": number, "customer_name": "Stolarnia", "job_orders": [JOB]}
    return OutboundMessage.objects.create(
        **{"destination": "production", "kind": "work_requested", "key": number, "order_key": f"production:{number}"}
        | {"payload": payload}
        | fields
    )


def again(message: OutboundMessage) -> OutboundMessage:
    message.refresh_from_db()
    return message


def make_due(**which) -> None:
    OutboundMessage.objects.filter(state="waiting", **which).update(next_attempt_at=timezone.now())


def test_a_message_outside_a_transaction_is_not_written():
    with pytest.raises(RuntimeError, match="transaction"):
        write("production", "work_requested", "WD-1", None)


def test_a_change_that_is_rolled_back_says_nothing():
    def jobs() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs")
            return cursor.fetchone()[0]

    before = jobs()
    request = WorkRequest.model_validate({"order_number": "WD-1", "customer_name": "S", "job_orders": [JOB]})
    with transaction.atomic():
        write("production", "work_requested", "WD-1", request)
        transaction.set_rollback(True)

    assert not OutboundMessage.objects.exists()
    assert jobs() == before


def test_a_delivered_message_keeps_its_attempt(to, receiver):
    message = a_message()

    deliver.deliver(message.order_key, to)

    assert again(message).state == MessageState.DELIVERED
    assert message.delivered_at is not None
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.message_id) == (Outcome.DELIVERED, message.pk)
    deliver.deliver(message.order_key, to)
    assert len(receiver.told) == 1


def test_a_refusal_keeps_its_code_field_and_remedy(to, receiver):
    receiver.answer = refused
    message = a_message()

    deliver.deliver(message.order_key, to)

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
        (200, "text/html", "<h1>Log in to the guest network</h1>"),
    ],
    ids=str,
)
def test_only_a_reasoned_refusal_rejects_anything_else_waits(to, receiver, answer):
    receiver.answer = lambda said: answer
    message = a_message()

    deliver.deliver(message.order_key, to)

    assert again(message).state == MessageState.WAITING
    assert message.next_attempt_at > timezone.now()
    assert message.last_answer
    assert Attempt.objects.get().outcome == Outcome.OUTAGE


def test_pauses_grow_and_have_an_upper_end_and_no_last_attempt(to, receiver):
    receiver.answer = outage
    message = a_message(attempts=40)

    deliver.deliver(message.order_key, to)

    pause = again(message).next_attempt_at - timezone.now()
    assert timedelta(seconds=140) < pause <= timedelta(seconds=300)
    assert message.state == MessageState.WAITING


def test_what_one_worker_finished_another_whose_lease_ended_does_not_overwrite(to, receiver):
    message = a_message()

    first = deliver._claim(message.order_key)
    OutboundMessage.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    deliver.deliver(message.order_key, to)

    late = deliver.Said(Outcome.REFUSED, "late", 0.0, refusal=REFUSAL)
    assert deliver._note(first, late) is False
    assert again(message).state == MessageState.DELIVERED
    assert message.refusal is None
    told = list(Attempt.objects.order_by("id").values_list("outcome", "counted"))
    assert told == [("lost", True), ("delivered", True), ("refused", False)], "the story keeps the late answer too"


def test_messages_of_one_order_go_in_turn_and_wait_behind_a_rejected_one(to, receiver):
    receiver.answer = refused
    first = a_message()
    second = a_message(payload={"order_number": "WD-1", "customer_name": "Druga", "job_orders": [JOB]})
    other = a_message("WD-2")

    deliver.deliver(first.order_key, to)
    deliver.deliver(first.order_key, to)

    assert len(receiver.told) == 1
    assert deliver.due_keys() == [other.order_key], "nothing is woken behind a rejected one"
    receiver.answer = accepted
    mend.retry(first.pk, "my@sklep.example")
    deliver.deliver(first.order_key, to)
    assert [said["customer_name"] for said in receiver.told] == ["Stolarnia", "Stolarnia", "Druga"]
    assert again(second).state == MessageState.DELIVERED


def test_an_outage_of_the_receiver_costs_few_attempts_and_ends_at_once(to, receiver):
    receiver.answer = outage
    waiting = [a_message(f"WD-{n}") for n in range(40)]

    for message in waiting:
        deliver.deliver(message.order_key, to)

    assert len(receiver.told) == gate.CLOSES_AFTER
    assert deliver.due_keys() == []
    Gate.objects.update(next_probe_at=timezone.now())
    assert len(deliver.due_keys()) == 1, "one tries whether somebody is back"
    receiver.answer = accepted
    deliver.deliver(deliver.due_keys()[0], to)
    assert Gate.objects.get().failing_since is None
    assert len(deliver.due_keys()) == 39
    for key in deliver.due_keys():
        deliver.deliver(key, to)
    assert not OutboundMessage.objects.exclude(state="delivered").exists()


def test_one_message_that_fails_by_itself_stops_no_other(to, receiver):
    receiver.answer = lambda said: outage(said) if said["order_number"] == "WD-bad" else accepted(said)
    bad = a_message("WD-bad")
    for _ in range(5):
        make_due(key="WD-bad")
        deliver.deliver(bad.order_key, to)
        Gate.objects.update(next_probe_at=timezone.now())
    good = a_message("WD-good")

    assert deliver.due_keys() == [good.order_key], "who was never tried goes first"
    deliver.deliver(good.order_key, to)

    assert again(good).state == MessageState.DELIVERED
    assert again(bad).state == MessageState.WAITING


def test_production_that_is_down_keeps_nothing_from_wapro():
    for _ in range(gate.CLOSES_AFTER):
        gate.note_failure("production", "no answer")
    a_message("WD-1")
    order = a_message("WD-2", destination="wapro", kind="order_placed", order_key="wapro:WD-2")

    assert deliver.due_keys() == [order.order_key]


# What a person does.


@pytest.fixture
def administrator(logged_in):
    return logged_in(a_user("admin@sklep.example", is_staff=True, is_superuser=True))


def page_of(message: OutboundMessage, what: str = "") -> str:
    return f"/dashboard/sync/messages/{message.pk}/{what}"


def edited(message: OutboundMessage, **changes) -> dict[str, str]:
    seen = mend.fingerprint(message.payload)
    return {"text": json.dumps(message.payload | changes), "reason": "literówka w nazwie", "seen": seen}


def test_an_edited_message_is_said_otherwise_and_what_it_said_is_kept(administrator, to, receiver):
    receiver.answer = refused
    message = a_message()
    deliver.deliver(message.order_key, to)

    administrator.post(page_of(message, "edit/"), edited(message, customer_name="Poprawna"))

    receiver.answer = accepted
    deliver.deliver(message.order_key, to)
    assert receiver.told[-1]["customer_name"] == "Poprawna"
    assert again(message).state == MessageState.DELIVERED
    deed = Intervention.objects.get()
    assert (deed.author, deed.reason) == ("admin@sklep.example", "literówka w nazwie")
    assert deed.old_payload["customer_name"] == "Stolarnia"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"order_number": "WD-9"}, "WD-1"),
        ({"job_orders": [JOB | {"quantity": "dużo"}]}, "job_orders.0.quantity: nie jest liczbą"),
        ({"due_on": "jutro"}, "due_on: "),
        ({"colour": "red"}, "colour: nie jest znane"),
    ],
)
def test_what_is_not_of_the_contract_is_refused_with_its_field_and_nothing_changes(administrator, changes, said):
    message = a_message(state="rejected")

    answer = administrator.post(page_of(message, "edit/"), edited(message, **changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert again(message).payload["customer_name"] == "Stolarnia"
    assert (message.state, Intervention.objects.count()) == ("rejected", 0)


def test_text_that_is_no_json_is_refused(administrator):
    message = a_message(state="rejected")

    answer = administrator.post(page_of(message, "edit/"), {"text": "{", "reason": "x"})

    assert answer.status_code == 422
    assert "To nie jest JSON" in answer.content.decode()


def test_a_discarded_message_is_never_said_and_lets_the_next_one_go(administrator, to, receiver):
    receiver.answer = refused
    first, second = a_message(), a_message()
    deliver.deliver(first.order_key, to)
    assert administrator.post(page_of(first, "discard/"), {"reason": ""}).status_code == 422

    administrator.post(page_of(first, "discard/"), {"reason": "zamówiono telefonicznie"})

    receiver.answer = accepted
    deliver.deliver(first.order_key, to)
    assert again(first).state == MessageState.DISCARDED
    assert again(second).state == MessageState.DELIVERED
    assert Intervention.objects.get().reason == "zamówiono telefonicznie"
    administrator.post(page_of(first, "again/"))
    assert again(first).state == MessageState.DISCARDED


def test_a_worker_that_speaks_while_the_message_is_edited_or_discarded_writes_nothing(receiver, to):
    message = a_message()
    claimed = deliver._claim(message.order_key)
    mend.discard(message.pk, "admin@sklep.example", "pomyłka")

    assert deliver._note(claimed, deliver.Said(Outcome.DELIVERED, "ok", 0.0)) is False
    assert again(message).state == MessageState.DISCARDED


def test_all_that_match_go_again_and_nothing_else(administrator):
    a_message("WD-1", state="rejected", last_answer="Nieznana jednostka")
    a_message("WD-2", state="rejected", last_answer="Nieznany towar")
    a_message("WD-3", state="delivered", last_answer="Nieznana jednostka")
    listed = administrator.get("/dashboard/sync/messages/", {"q": "jednostka"}).content.decode()
    assert "(1)" in listed

    administrator.post("/dashboard/sync/messages/again/", {"q": "jednostka"})

    states = dict(OutboundMessage.objects.values_list("key", "state"))
    assert states == {"WD-1": "waiting", "WD-2": "rejected", "WD-3": "delivered"}


def test_staff_without_the_right_retries_and_neither_edits_nor_discards(logged_in):
    browser = logged_in(a_user("my@sklep.example", is_staff=True))
    message = a_message(state="rejected")

    assert browser.post(page_of(message, "edit/"), edited(message)).status_code == 403
    assert browser.post(page_of(message, "discard/"), {"reason": "x"}).status_code == 403
    assert page_of(message, "discard/") not in browser.get(page_of(message)).content.decode()
    browser.post(page_of(message, "again/"))
    assert again(message).state == MessageState.WAITING


def test_what_is_done_long_ago_is_pruned_and_what_waits_never(settings):
    long_ago = timezone.now() - timedelta(days=settings.ENVIRONMENT.shop_keep_days + 1)
    kept = [a_message("WD-1", state="rejected"), a_message("WD-2")]
    a_message("WD-3", state="delivered")
    InboxEvent.objects.create(event_id="old", kind="product", object_id="ZAW-1", time=long_ago, received_at=long_ago)
    InboxEvent.objects.create(event_id="young", kind="product", object_id="ZAW-1", time=long_ago)
    OutboundMessage.objects.update(created_at=long_ago)
    kept.append(a_message("WD-4", state="delivered"))

    assert prune.prune() == 2

    assert set(OutboundMessage.objects.values_list("pk", flat=True)) == {message.pk for message in kept}
    assert InboxEvent.objects.get().pk == "young"
