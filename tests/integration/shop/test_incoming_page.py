"""What WAPRO announced, as staff sees it: found by state, kind and cause, and fetched again."""

from __future__ import annotations

import pytest
from factories.mass import work_off

from wiadukt.contract.base import Kind
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.models import InboxObject, InboxState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LIST = "/dashboard/sync/incoming/"


@pytest.fixture(autouse=True)
def objects() -> None:
    """Two rejected goods with a cause each, and a buyer that came."""
    inbox.ask({(Kind.PRODUCT, "ZAW-1"): "e1", (Kind.PRODUCT, "ZAW-2"): "e2", (Kind.CUSTOMER, "17"): "e3"})
    for object_id, cause in (("ZAW-1", "Nieznana jednostka"), ("ZAW-2", "Brak ceny")):
        InboxObject.objects.filter(object_id=object_id).update(
            state=InboxState.REJECTED, last_error=cause, attempts=5, applied=1
        )
    InboxObject.objects.filter(object_id="17").update(state=InboxState.APPLIED, applied=1)


def states() -> dict[str, str]:
    return dict(InboxObject.objects.values_list("object_id", "state"))


def test_the_list_shows_states_and_causes_and_is_filtered_by_them(supervisor):
    def listed(**asked: str) -> set[str]:
        page = supervisor.get(LIST, asked).content.decode()
        return {one for one in ("ZAW-1", "ZAW-2", "17") if f"<strong>{one}</strong>" in page}

    assert listed() == {"ZAW-1", "ZAW-2", "17"}
    assert listed(state="rejected") == {"ZAW-1", "ZAW-2"}
    assert listed(kind="customer") == {"17"}
    assert listed(q="jednostka") == {"ZAW-1"}
    assert listed(q="\0", kind="\0") == set()
    assert "Nieznana jednostka" in supervisor.get(LIST).content.decode()


def test_only_the_rejected_that_match_are_fetched_again(supervisor):
    supervisor.post(LIST + "again/", {"q": "jednostka"})
    work_off()

    assert states() == {"ZAW-1": "waiting", "ZAW-2": "rejected", "17": "applied"}
    assert inbox.claim().ids == ("ZAW-1",)

    supervisor.post(LIST + "again/", {})
    work_off()

    assert states() == {"ZAW-1": "waiting", "ZAW-2": "waiting", "17": "applied"}, "no filter: all rejected, no other"


def test_one_object_is_fetched_now_whatever_its_state(supervisor):
    supervisor.post(f"/dashboard/sync/fetch-now/{InboxObject.objects.get(object_id='17').pk}/")

    assert states()["17"] == "waiting"
