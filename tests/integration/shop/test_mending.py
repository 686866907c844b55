"""What a person sees of a message and may do with it: say it again, say it otherwise, drop it; always recorded."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from factories.mass import work_off
from factories.outbox import JOB, a_message, accepted, again, an_order_message, claim, outage, refused, say
from factories.shop import a_branch, a_company, a_member, a_supervisor, an_order

from wiadukt.contract.order import PlacedOrder
from wiadukt.shop.outbox import gate, mend
from wiadukt.shop.outbox.models import Attempt, Intervention, MessageState, OutboundMessage, Outcome
from wiadukt.shop.panel import payload
from wiadukt.shop.panel.message_forms import EditForm
from wiadukt.shop.sync import deliver

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LIST = "/dashboard/sync/messages/"


def page_of(message: OutboundMessage, what: str = "") -> str:
    return f"/dashboard/sync/messages/{message.pk}/{what}"


def edited(message: OutboundMessage, **changes) -> dict[str, str]:
    seen = mend.fingerprint(message.payload)
    return {"text": json.dumps(message.payload | changes), "reason": "literówka w nazwie", "seen": seen}


def test_an_edited_message_is_said_otherwise_and_what_it_said_is_kept(administrator, to, receiver):
    receiver.answer = refused
    message = a_message()
    say(to)

    administrator.post(page_of(message, "edit/"), edited(message, customer_name="Poprawna"))

    receiver.answer = accepted
    say(to)
    assert receiver.told[-1]["customer_name"] == "Poprawna"
    assert again(message).state == MessageState.DELIVERED
    deed = Intervention.objects.get()
    assert (deed.author, deed.reason) == ("admin@sklep.example", "literówka w nazwie")
    assert deed.old_payload["customer_name"] == "Stolarnia"


def test_the_field_that_was_refused_is_mended_by_itself_without_a_look_at_the_text(administrator, to, receiver):
    refusal = {"title": "Za długie.", "detail": "Skróć.", "field": "remarks", "code": "x"}
    message = an_order_message(state=MessageState.REJECTED, refusal=refusal)
    message.payload = PlacedOrder.model_validate(message.payload | {"remarks": "Dużo"}).model_dump(mode="json")
    message.save()

    page = administrator.get(page_of(message)).content.decode()
    asked = {"value": "Dzwonić", "reason": "skrócone", "seen": mend.fingerprint(message.payload)}
    administrator.post(page_of(message, "edit/"), asked)

    assert ">Dużo</textarea>" in page
    assert again(message).state == MessageState.WAITING
    assert again(message).payload == message.payload | {"remarks": "Dzwonić"}
    assert Intervention.objects.get().reason == "skrócone"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("remarks", "Uwagi"),
        ("lines[2].note", "druga"),
        ("lines[9].note", None),
        ("value.street", "Polna"),
        ("customer_id", None),
        ("lines[2].product_id", None),
        ("", None),
    ],
)
def test_only_what_a_person_wrote_is_mended_so(field, value):
    lines = [{"line_no": 1, "note": "pierwsza", "product_id": "A"}, {"line_no": 2, "note": "druga", "product_id": "B"}]
    text = {"customer_id": "7", "remarks": "Uwagi", "lines": lines, "value": {"street": "Polna"}}

    written = payload.written_at(text, field)

    assert (written.value if written else None) == value
    changed = payload.differences(text, payload.written_otherwise(text, field, "inaczej"))
    assert [one.new for one in changed] == (["inaczej"] if value else [])


def test_the_page_of_a_message_that_waits_follows_it_and_is_loaded_anew_when_it_waits_no_more(
    administrator, to, receiver
):
    message = a_message()
    page = administrator.get(page_of(message)).content.decode()
    follows = page_of(message) + "?seen=waiting"
    by_itself = {"hx-request": "true"}

    meanwhile = administrator.get(follows, headers=by_itself)
    say(to)
    after = administrator.get(follows, headers=by_itself)

    assert f'hx-get="{follows}"' in page
    assert 'id="attempts"' in meanwhile.content.decode()
    assert (after.headers["HX-Refresh"], after.content) == ("true", b"")
    assert "hx-get" not in administrator.get(page_of(message)).content.decode()


def test_a_messages_page_names_its_trace_for_who_looks_into_the_logs(administrator):
    trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
    message = a_message(traceparent=f"00-{trace_id}-00f067aa0ba902b7-01")

    assert trace_id in administrator.get(f"/dashboard/sync/messages/{message.pk}/").content.decode()
    assert "trace_id" not in administrator.get(f"/dashboard/sync/messages/{a_message('WD-2').pk}/").content.decode()


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
    assert "nie jest poprawnym JSON-em" in answer.content.decode()


def test_a_discarded_message_is_never_said_and_lets_the_next_one_go(administrator, to, receiver):
    receiver.answer = refused
    first, second = a_message(), a_message()
    say(to)
    assert administrator.post(page_of(first, "discard/"), {"reason": ""}).status_code == 422

    administrator.post(page_of(first, "discard/"), {"reason": "zamówiono telefonicznie"})

    receiver.answer = accepted
    say(to)
    assert again(first).state == MessageState.DISCARDED
    assert again(second).state == MessageState.DELIVERED
    assert Intervention.objects.get().reason == "zamówiono telefonicznie"
    administrator.post(page_of(first, "again/"))
    assert again(first).state == MessageState.DISCARDED


def test_a_discard_is_taken_back_with_a_reason_and_the_message_is_said(administrator, to, receiver):
    message = a_message()
    administrator.post(page_of(message, "discard/"), {"reason": "pomyłka"})
    assert page_of(message, "take-back/") in administrator.get(page_of(message)).content.decode()
    assert administrator.post(page_of(message, "take-back/"), {"reason": ""}).status_code == 422

    administrator.post(page_of(message, "take-back/"), {"reason": "jednak potrzebne"})

    say(to)
    assert again(message).state == MessageState.DELIVERED
    deeds = list(Intervention.objects.order_by("id").values_list("deed", "reason", "author"))
    admin = "admin@sklep.example"
    assert deeds == [("discarded", "pomyłka", admin), ("taken_back", "jednak potrzebne", admin)]
    page = administrator.get(page_of(message)).content.decode()
    assert "porzucenie cofnięte" in page
    administrator.post(page_of(message, "take-back/"), {"reason": "jeszcze raz"})
    assert again(message).state == MessageState.DELIVERED, "what was delivered is done"


def test_a_discard_is_not_taken_back_over_a_younger_message_that_was_delivered(administrator, to):
    first, _second = a_message(), a_message()
    administrator.post(page_of(first, "discard/"), {"reason": "pomyłka"})
    say(to)

    answer = administrator.post(page_of(first, "take-back/"), {"reason": "jednak"}, follow=True)

    assert again(first).state == MessageState.DISCARDED
    assert "Młodsza wiadomość" in answer.content.decode()


def test_a_discard_that_was_taken_back_is_discarded_again_with_its_own_reason(administrator):
    message = a_message()
    for deed, reason in (("discard/", "pierwszy"), ("take-back/", "cofam"), ("discard/", "ostatni")):
        administrator.post(page_of(message, deed), {"reason": reason})

    page = administrator.get(page_of(message)).content.decode()

    assert again(message).state == MessageState.DISCARDED
    assert page.count('<div class="note error">') == 1
    assert page.index("ostatni") < page.index("pierwszy")


def test_a_worker_that_speaks_while_the_message_is_edited_or_discarded_writes_nothing(receiver, to):
    message = a_message()
    claimed = claim()
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
    work_off()

    states = dict(OutboundMessage.objects.values_list("key", "state"))
    assert states == {"WD-1": "waiting", "WD-2": "rejected", "WD-3": "delivered"}


def test_staff_without_the_right_retries_and_neither_edits_nor_discards(logged_in):
    browser = logged_in(a_supervisor("my@sklep.example"))
    message = a_message(state="rejected")

    assert browser.post(page_of(message, "edit/"), edited(message)).status_code == 403
    assert browser.post(page_of(message, "discard/"), {"reason": "x"}).status_code == 403
    assert browser.post(page_of(message, "take-back/"), {"reason": "x"}).status_code == 403
    assert page_of(message, "discard/") not in browser.get(page_of(message)).content.decode()
    browser.post(page_of(message, "again/"))
    assert again(message).state == MessageState.WAITING


def test_a_worker_that_speaks_while_the_message_is_edited_cannot_mark_the_new_text_as_said(receiver, to):
    message = a_message()
    claimed = claim()
    text = message.payload | {"customer_name": "Poprawna"}
    mend.edit(message.pk, "admin@sklep.example", text, seen=mend.fingerprint(message.payload))

    assert deliver._note(claimed, deliver.Said(Outcome.DELIVERED, "ok", 0.0)) is False

    assert again(message).state == MessageState.WAITING
    assert Attempt.objects.get().counted is False
    say(to)
    assert [said["customer_name"] for said in receiver.told] == ["Poprawna"]


def test_of_two_who_edit_at_once_the_second_is_told_and_overwrites_nothing(administrator):
    message = a_message(state="rejected")
    first, second = edited(message, customer_name="Pierwsza"), edited(message, customer_name="Druga")

    administrator.post(page_of(message, "edit/"), first)
    answer = administrator.post(page_of(message, "edit/"), second, follow=True)

    assert again(message).payload["customer_name"] == "Pierwsza"
    assert "niczego nie zapisano" in answer.content.decode()


def test_key_and_kind_stay_whatever_the_text_says(administrator):
    message = a_message(state="rejected")
    order = an_order_message().payload

    assert administrator.post(page_of(message, "edit/"), edited(message, **order)).status_code == 422
    administrator.post(page_of(message, "edit/"), edited(message, customer_name="Inna") | {"key": "X", "kind": "Y"})

    assert (again(message).key, message.kind, message.order_key) == ("WD-1", "work_requested", "production:WD-1")
    assert message.payload["customer_name"] == "Inna"


FAULTS = [
    {"number": 5},
    {"number": ""},
    {"number": "x" * 31},
    {"lines": "none"},
    {"lines": []},
    {"lines": [5]},
    {"lines": [{}]},
    {"lines": [{"line_no": 0, "product_id": "A", "quantity": "0", "price_net": "NaN", "price_gross": "1.23456"}]},
    {"lines": [{"line_no": 1.5, "product_id": "A", "quantity": "1", "price_net": "1" * 17, "price_gross": "1" * 15}]},
    {"placed_at": "wczoraj"},
    {"placed_at": None},
    {"wanted_on": "2026-13-01"},
    {"wanted_on": "2026-11-30T12:00:00"},
    {"remarks": "a\0b"},
]


@pytest.mark.parametrize("changes", FAULTS, ids=str)
def test_every_fault_of_an_order_is_told_in_polish(changes):
    message = an_order_message()
    form = EditForm(message, edited(message, **changes))

    assert not form.is_valid()
    told = " ".join(form.errors["text"])
    english = ("should", "must", "Input", "valid", "character", " is ", "required", "least", "digits")
    assert not [word for word in english if word in told], told


def test_the_page_tells_the_whole_story(administrator, to, receiver):
    message = a_message()
    receiver.answer = outage
    say(to)
    receiver.answer = refused
    mend.retry(message.pk, "my@sklep.example")
    say(to)
    administrator.post(page_of(message, "edit/"), edited(message, customer_name="Poprawna <b>"))
    say(to)

    page = administrator.get(page_of(message)).content.decode()

    for said in ("Kupujący", "Poprawna &lt;b&gt;", "Front", "503", "Nie ma takiego towaru.", "Dodaj go.", "no_product"):
        assert said in page
    for said in ("my@sklep.example", "literówka w nazwie", "customer_name", '<del class="muted">Stolarnia</del>'):
        assert said in page
    assert "brak odpowiedzi" in page
    assert page.count("odmowa") == 2


def test_a_message_for_a_receiver_that_is_down_says_so_though_it_was_never_tried(administrator):
    for _ in range(gate.CLOSES_AFTER):
        gate.note_failure("production", "nobody at home")

    page = administrator.get(page_of(a_message())).content.decode()

    assert "nobody at home" in page


def test_the_list_is_filtered_by_state_destination_kind_and_text(administrator):
    a_message("WD-1", state="rejected", last_answer="Nieznana jednostka")
    a_message("WD-2", state="delivered")
    an_order_message("WD-3")

    def listed(**asked: str) -> set[str]:
        page = administrator.get(LIST, asked)
        assert page.status_code == 200
        return {number for number in ("WD-1", "WD-2", "WD-3") if f">{number}</a>" in page.content.decode()}

    assert listed() == {"WD-1", "WD-2", "WD-3"}
    assert listed(state="rejected") == {"WD-1"}
    assert listed(destination="production") == {"WD-1", "WD-2"}
    assert listed(kind="order_placed") == {"WD-3"}
    assert listed(q="JEDNOSTKA") == {"WD-1"}
    assert listed(q="wd-2", state="waiting") == set()
    assert listed(q="\0", state="\0") == set()


def test_what_goes_again_is_shown_first_with_causes_and_what_comes_later_is_left_alone(administrator, to, receiver):
    receiver.answer = refused
    for number in ("WD-1", "WD-2"):
        a_message(number)
    say(to)
    a_message("WD-3", state="rejected", refusal={"title": "Inny powód", "detail": "Inaczej."})
    preview = administrator.get(LIST + "again/", {"q": "Nie ma"})
    assert preview.context["span"]["count"] == 2
    assert [(group.cause, group.remedy, group.count) for group in preview.context["causes"]] == [
        ("Nie ma takiego towaru.", "Dodaj go.", 2)
    ]
    assert set(OutboundMessage.objects.values_list("state", flat=True)) == {"rejected"}, "a look changes nothing"

    a_message("WD-4")
    say(to)
    administrator.post(LIST + "again/", {"q": "Nie ma", "up_to": preview.context["span"]["up_to"]})
    work_off()

    states = dict(OutboundMessage.objects.values_list("key", "state"))
    assert states == {"WD-1": "waiting", "WD-2": "waiting", "WD-3": "rejected", "WD-4": "rejected"}
    assert Intervention.objects.count() == 2
    receiver.told.clear()
    say(to)
    assert [said["order_number"] for said in receiver.told] == ["WD-1", "WD-2"]


def test_staff_sees_on_the_order_that_its_message_was_discarded_and_why_and_the_buyer_does_not(logged_in):
    buyer = a_member("buyer@x.example", a_branch(a_company("Nowak"), "Poznań"))
    order = an_order(buyer.branches.get(), "WD-1", erp_id=None, erp_number="", date_placed=timezone.now())
    message = an_order_message("WD-1", state="rejected")
    mend.discard(message.pk, "admin@sklep.example", "zamówiono telefonicznie")

    theirs = logged_in(a_supervisor("my@sklep.example")).get(f"/dashboard/all-orders/{order.pk}/")
    own = logged_in(buyer.user).get(f"/orders/{order.pk}/")

    assert "zamówiono telefonicznie" in theirs.content.decode()
    assert page_of(message) in theirs.content.decode()
    assert own.status_code == 200
    assert "telefonicznie" not in own.content.decode()
    assert "wymaga wyjaśnienia" in own.content.decode()


def test_the_overview_counts_in_polish_words_and_leads_to_what_it_counts(administrator):
    a_message(state="rejected")

    page = administrator.get("/dashboard/sync/").content.decode()

    assert "sklep → produkcja" in page
    assert f"{LIST}?destination=production&amp;state=rejected" in page


def test_the_text_is_edited_in_the_order_of_the_contract_whatever_order_the_base_keeps():
    text = EditForm(again(an_order_message())).initial["text"]

    fields = ["number", "customer_id", "placed_at", "lines", "line_no", "product_id", "quantity", "price_net"]
    assert sorted(fields, key=lambda field: text.index(f'"{field}"')) == fields


def test_an_edited_message_keeps_its_turn(administrator, to, receiver):
    first, _second = a_message(state="rejected"), a_message()
    administrator.post(page_of(first, "edit/"), edited(first, customer_name="Poprawna"))

    say(to)

    assert [said["customer_name"] for said in receiver.told] == ["Poprawna", "Stolarnia"]


def test_staff_with_the_right_edits_and_discards_without_being_superuser(logged_in):
    user = a_supervisor("office@sklep.example")
    user.user_permissions.add(Permission.objects.get(codename="mend_messages"))
    first, second = a_message("WD-1", state="rejected"), a_message("WD-2", state="rejected")
    browser = logged_in(user)

    browser.post(page_of(first, "edit/"), edited(first, customer_name="Poprawna"))
    browser.post(page_of(second, "discard/"), {"reason": "pomyłka"})

    assert again(first).payload["customer_name"] == "Poprawna"
    assert again(second).state == MessageState.DISCARDED
