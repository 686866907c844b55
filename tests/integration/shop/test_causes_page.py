"""What was rejected, grouped by cause: how many, what to do, and each group opens its own messages alone."""

from __future__ import annotations

import pytest
from factories.outbox import a_message, an_order_message
from factories.shop import a_user

from wiadukt.contract.base import Kind
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.models import InboxObject, InboxState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAGE = "/dashboard/sync/causes/"


def refusal(code: str, title: str) -> dict[str, str]:
    return {"code": code, "title": title, "detail": f"Zrób coś z {code}.", "field": "x", "status": 422}


def rejected_goods(**causes: str) -> None:
    inbox.ask({(Kind.PRODUCT, name.replace("_", "-")): "e" for name in causes})
    for name, cause in causes.items():
        InboxObject.objects.filter(object_id=name.replace("_", "-")).update(state=InboxState.REJECTED, last_error=cause)


def test_refusals_of_one_code_are_one_group_whatever_article_each_names(supervisor):
    for number, index in (("WD-1", "FR-1"), ("WD-2", "FR-2"), ("WD-3", "FR-2")):
        title = f"Artykuł {index} jest zablokowany."
        an_order_message(number, state="rejected", refusal=refusal("product_not_allowed", title))
    a_message("WD-4", state="rejected", refusal=refusal("no_machine", "Nie ma maszyny."))
    a_message("WD-5", state="waiting", last_answer="503")

    rows = supervisor.get(PAGE).context["refused"]

    told = [(row["group"].code, row["group"].count, row["group"].causes) for row in rows]
    assert told == [("product_not_allowed", 3, 2), ("no_machine", 1, 1)]
    assert rows[0]["group"].remedy == "Zrób coś z product_not_allowed."
    opened = supervisor.get(rows[0]["opens"]).content.decode()
    assert [f">{number}</a>" in opened for number in ("WD-1", "WD-2", "WD-3", "WD-4")] == [True, True, True, False]
    assert supervisor.get(rows[1]["again"]).context["span"]["count"] == 1


def test_orders_with_an_unknown_form_are_one_group_a_form(supervisor):
    for number, form in (("WD-1", "blik"), ("WD-2", "blik"), ("WD-3", "")):
        message = an_order_message(number, state="rejected", refusal=refusal("payment_form_unknown", "Nie ma formy."))
        message.payload |= {"payment_form": form}
        message.save()

    rows = supervisor.get(PAGE).context["refused"]

    assert [(row["group"].about, row["group"].count) for row in rows] == [("blik", 2), ("", 1)]
    assert [supervisor.get(row["again"]).context["span"]["count"] for row in rows] == [2, 1]


def test_objects_of_one_cause_are_one_group_though_each_names_itself_and_its_number(supervisor):
    rejected_goods(
        ZAW_1="ValueError: ZAW-1 is not there, so NAZWA is unknown (row 17)",
        ZAW_2="ValueError: ZAW-2 is not there, so NAZWA is unknown (row 1234)",
        FR_9="IntegrityError: duplicate key",
    )

    rows = supervisor.get(PAGE).context["failed"]

    assert [row["group"].count for row in rows] == [2, 1]
    assert "w WAPRO" in rows[0]["remedy"]
    assert "wsparci" in rows[1]["remedy"]
    opened = supervisor.get(rows[0]["opens"]).content.decode()
    assert [f"<strong>{one}</strong>" in opened for one in ("ZAW-1", "ZAW-2", "FR-9")] == [True, True, False]
    assert supervisor.get(rows[1]["again"]).context["span"]["count"] == 1


def test_a_person_without_buyers_sees_no_cause_of_theirs(logged_in):
    an_order_message("WD-1", state="rejected", refusal=refusal("customer_not_allowed", "Kontrahent Nowak."))

    page = logged_in(a_user("goods@sklep.example", is_staff=True)).get(PAGE)

    assert page.status_code == 200
    assert "Nowak" not in page.content.decode()


def test_the_list_is_leafed_by_key_and_what_comes_meanwhile_moves_nothing(supervisor, monkeypatch):
    monkeypatch.setattr("wiadukt.shop.panel.messages.PAGE_SIZE", 2)
    for number in range(1, 6):
        a_message(f"WD-{number}")
    address = "/dashboard/sync/messages/"

    def keys(mark: dict[str, str]) -> tuple[list[str], object]:
        page = supervisor.get(address, mark).context["page"]
        return [row.key for row in page], page

    first, page = keys({})
    assert (first, page.newer) == (["WD-5", "WD-4"], "")
    a_message("WD-6")
    second, page = keys({"older": page.older})
    assert second == ["WD-3", "WD-2"]
    back, newest = keys({"newer": page.newer})
    assert (back, bool(newest.newer)) == (["WD-5", "WD-4"], True)
    last, page = keys({"older": page.older})
    assert (last, page.older) == (["WD-1"], "")
    assert keys({"older": "nonsense_"})[0] == ["WD-6", "WD-5"]


def test_the_time_of_a_filter_is_the_shops_own(supervisor):
    inbox.ask({(Kind.PRODUCT, "OLD-1"): "e", (Kind.PRODUCT, "NEW-1"): "e"})
    InboxObject.objects.filter(object_id="OLD-1").update(changed_at="2026-11-20T09:30:00+01:00")
    InboxObject.objects.filter(object_id="NEW-1").update(changed_at="2026-11-20T10:30:00+01:00")

    def listed(**asked: str) -> list[str]:
        return [row.object_id for row in supervisor.get("/dashboard/sync/incoming/", asked).context["page"]]

    assert listed(since="2026-11-20T10:00") == ["NEW-1"]
    assert listed(until="2026-11-20T10:00") == ["OLD-1"]
    assert listed(since="2026-11-20T09:00", until="2026-11-20T11:00") == ["NEW-1", "OLD-1"]
    assert listed(since="nonsense") == ["NEW-1", "OLD-1"]
