"""The filtered lists as files: what the list shows, streamed some at a time, without personal data for technicians."""

from __future__ import annotations

import csv
import io
import json

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient
from factories.outbox import a_message, an_order_message
from factories.shop import a_branch, a_company, a_seller, a_supervisor, an_order

from wiadukt.contract.base import Kind
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.outbox import mend
from wiadukt.shop.outbox.models import Attempt, OutboundMessage, Outcome
from wiadukt.shop.panel import exports, personal
from wiadukt.shop.sellers.models import Assignment, SellerRole
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.models import Drift, InboxObject, InboxState
from wiadukt.shop.sync.reconcile import run as reconciliation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MESSAGES = "/dashboard/sync/messages/"
SECRETS = ("Kowalsk", "jan@x.example", "600 700 800", "Leśna 7", "Nowakowscy", "proszę dzwonić")


@pytest.fixture
def technician(logged_in):
    return logged_in(a_seller("technik@x.example", role=SellerRole.TECHNICIAN).user)


def table(answer) -> list[dict[str, str]]:
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_file_holds_what_the_list_shows_under_this_filter(supervisor):
    a_message("WD-1", state="rejected", refusal={"code": "no_product", "title": "Nie ma.", "detail": "Dodaj."})
    a_message("WD-2", state="delivered", last_answer="ok")
    an_order_message("WD-3", state="rejected")

    rows = table(supervisor.get(MESSAGES + "export.csv", {"state": "rejected"}))
    found = json.loads(supervisor.get(MESSAGES + "export.json", {"destination": "wapro"}).getvalue())

    assert [(row["key"], row["code"], row["remedy"]) for row in rows] == [
        ("WD-1", "no_product", "Dodaj."),
        ("WD-3", "", ""),
    ]
    assert [row["key"] for row in found] == ["WD-3"]
    assert found[0]["payload"]["lines"][0]["product_id"] == "FR-1"
    assert json.loads(supervisor.get(MESSAGES + "export.json", {"q": "niczego"}).getvalue()) == []
    assert supervisor.get(MESSAGES + "export.xml").status_code == 404


def test_objects_of_wapro_are_exported_too(supervisor):
    inbox.ask({(Kind.PRODUCT, "ZAW-1"): "e", (Kind.CUSTOMER, "17"): "e"})

    rows = table(supervisor.get("/dashboard/sync/incoming/export.csv", {"kind": "product"}))

    assert [(row["object_id"], row["state"]) for row in rows] == [("ZAW-1", "waiting")]


def test_a_text_that_a_spreadsheet_would_take_for_a_formula_stays_a_text(supervisor):
    a_message("WD-1", last_answer='=HYPERLINK("http://x")')

    assert table(supervisor.get(MESSAGES + "export.csv"))[0]["last_answer"].startswith("'=")


@pytest.mark.parametrize("fmt", ["csv", "json"])
def test_a_file_is_read_some_at_a_time_however_long_it_is(supervisor, monkeypatch, django_assert_num_queries, fmt):
    monkeypatch.setattr(exports, "PORTION", 2)
    for number in range(5):
        a_message(f"WD-{number}")
    answer = supervisor.get(f"{MESSAGES}export.{fmt}")
    chunks = iter(answer.streaming_content)
    if fmt == "csv":
        next(chunks)

    with django_assert_num_queries(1):
        next(chunks)
    OutboundMessage.objects.filter(key="WD-4").update(key="WD-LATE")

    assert "WD-LATE" in b"".join(chunks).decode(), "the rest was read after the first portion had gone"


def test_served_as_the_shop_is_served_the_first_bytes_come_before_the_last_are_read(monkeypatch):
    monkeypatch.setattr(exports, "PORTION", 2)
    user = a_supervisor("my@sklep.example")
    for number in range(5):
        a_message(f"WD-{number}")
    client = AsyncClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    read: list[int] = []
    whole = exports._message
    monkeypatch.setattr(exports, "_message", lambda one: (read.append(one.pk), whole(one))[1])

    async def fetched() -> tuple[int, bytes]:
        answer = await client.get(MESSAGES + "export.json")
        chunks = answer.streaming_content.__aiter__()
        first = await anext(chunks)
        return len(read), first + b"".join([chunk async for chunk in chunks])

    read_at_first, raw = async_to_sync(fetched)()

    assert read_at_first == 2
    assert [row["key"] for row in json.loads(raw)] == [f"WD-{number}" for number in range(5)]


# Personal data.


@pytest.fixture
def order() -> OutboundMessage:
    """An order with people in every place where one may stand."""
    a_company("Nowakowscy", erp_id="17")
    message = an_order_message("WD-1", state="rejected")
    message.payload |= {"ordered_by": "Jan Kowalski", "remarks": "proszę dzwonić 600 700 800"}
    message.payload["lines"][0] |= {"note": "dla Kowalskiej", "parameters": [{"id": "width", "value": "396"}]}
    said = "Kontrahent Nowakowscy (Jan Kowalski, jan@x.example) jest zablokowany."
    message.last_answer, message.refusal = said, {"code": "customer_not_allowed", "title": said, "detail": "Odblokuj."}
    message.save()
    Attempt.objects.create(message=message, outcome=Outcome.REFUSED, answer=said, duration_ms=5)
    seen = mend.fingerprint(message.payload)
    changed = message.payload | {"ordered_by": "Anna Kowalska"}
    mend.edit(message.pk, "my@sklep.example", changed, reason="to Kowalska, nie Jan Kowalski", seen=seen)
    OutboundMessage.objects.update(state="rejected", refusal=message.refusal)
    address = {"street": "Leśna 7", "city": "Poznań"}
    payload = {"customer_id": "17", "part": "address", "value": address, "base": address, "changed_by": "jan@x.example"}
    a_message("17 address", destination="wapro", kind="address_changed", payload=payload, last_answer="Leśna 7?")
    return message


PAGES = [
    MESSAGES,
    MESSAGES + "again/",
    MESSAGES + "export.csv",
    MESSAGES + "export.json",
    "/dashboard/sync/causes/",
    "/dashboard/sync/incoming/",
    "/dashboard/sync/incoming/again/",
    "/dashboard/sync/incoming/export.json",
]


def text_of(answer) -> str:
    assert answer.status_code == 200
    return (answer.getvalue() if answer.streaming else answer.content).decode()


@pytest.mark.parametrize("page", [*PAGES, "message", "drift"])
def test_technicians_see_the_traffic_and_nobodys_data(technician, supervisor, order, page):
    inbox.ask({(Kind.CUSTOMER, "17"): "e"})
    InboxObject.objects.update(
        state=InboxState.REJECTED,
        last_error="ValidationError: email [input_value='Jan Kowalski jan@x.example', input_type=str]",
    )
    run = reconciliation.start()
    Drift.objects.create(run=run, kind="customer", object_id="17", problem="different", field="contact 1",
                         shop_value="Jan Kowalski", erp_value="Anna Kowalska")  # fmt: skip
    address = {"message": f"{MESSAGES}{order.pk}/", "drift": f"/dashboard/comparison/{run.pk}/"}.get(page, page)

    veiled, open_page = text_of(technician.get(address)), text_of(supervisor.get(address))

    assert [secret for secret in SECRETS if secret in veiled] == []
    assert [one for one in ("WD-1", "17", "customer_not_allowed", "Odblokuj", "ValidationError") if one in veiled]
    assert [secret for secret in SECRETS if secret in open_page] != [], "the page is about them"
    if page == "message":
        assert "396" in veiled, "a size is nobody's data"
    order.refresh_from_db()
    assert order.payload["ordered_by"] == "Anna Kowalska", "masked in memory alone"


def test_technicians_can_not_guess_at_what_they_may_not_read(technician, supervisor, order):
    asked = {"q": "Kowalski"}

    assert len(supervisor.get(MESSAGES, asked).context["page"]) == 1
    assert len(technician.get(MESSAGES, asked).context["page"]) == 0
    assert technician.get(MESSAGES + "again/", asked).context["span"]["count"] == 0
    assert json.loads(technician.get(MESSAGES + "export.json", asked).getvalue()) == []


def test_technicians_send_again_and_open_no_page_of_a_buyer(technician, order):
    branch = a_branch(a_company("Stolmar"), "Poznań")
    theirs = an_order(branch, "WD-9")

    technician.post(f"{MESSAGES}{order.pk}/again/")

    order.refresh_from_db()
    assert order.state == "waiting"
    assert technician.get(f"/dashboard/all-orders/{theirs.pk}/").status_code == 404
    assert technician.get(f"/dashboard/buyers/{branch.organisation_id}/").status_code == 404


def test_who_looks_after_the_buyer_reads_everything(logged_in, order):
    seller = a_seller("opiekun@x.example")
    Assignment.objects.create(organisation=Organisation.objects.get(erp_id="17"), person=seller)

    page = logged_in(seller.user).get(f"{MESSAGES}{order.pk}/").content.decode()

    assert "Anna Kowalska" in page


def test_what_is_masked_in_a_text():
    told = personal.masked_text(
        "Firma ABC, tel. 600 700 800, a@b.pl: „Jan” nie pasuje, WD-1 z 2026-11-28", {"Firma ABC"}
    )

    assert told == "•••, tel. •••, •••: ••• nie pasuje, WD-1 z 2026-11-28"
