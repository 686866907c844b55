"""A changed order takes the place of the first one in one transaction, or WAPRO is left as it was."""

from __future__ import annotations

import pytest
from factories.wapro import placed

from wiadukt.contract.errors import Busy, Refused
from wiadukt.contract.job_order import ProgressReport
from wiadukt.contract.order import OrderReceipt, PlacedOrder
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.read.orders import read_orders
from wiadukt.wapro.write.orders import write_order
from wiadukt.wapro.write.statuses import write_progress


@pytest.fixture
def put(engine, settings):
    def put(order: PlacedOrder, **changes) -> OrderReceipt:
        with writing(engine) as conn:
            return write_order(conn, order, settings.model_copy(update=changes))

    return put


@pytest.fixture
def first(office, put) -> PlacedOrder:
    """A shop's order as WAPRO took it."""
    office.article("FR-1")
    office.article("FR-2")
    order = placed(office.contractor(), {"product_id": "FR-1"})
    put(order)
    office.forget_queue()
    return order


@pytest.fixture
def changed(first) -> PlacedOrder:
    """Three pieces in place of two, and one of another article."""
    lines = ({"product_id": "FR-1", "quantity": "3"}, {"product_id": "FR-2", "quantity": "1"})
    return placed(int(first.customer_id), *lines, number=f"{first.number}.2", replaces=first.number)


def _letters(office) -> dict[str, str]:
    rows = office.desk.rows('SELECT "NR_ZAMOWIENIA_KLIENTA", "STATUS_ZAM" FROM dbo."ZAMOWIENIE"')
    return {row["NR_ZAMOWIENIA_KLIENTA"].rstrip(): row["STATUS_ZAM"].rstrip() for row in rows}


def test_the_first_is_cancelled_and_the_changed_one_made_once_under_its_own_key(
    office, put, first, changed, engine, settings
):
    receipt, again = put(changed), put(changed)

    assert (receipt.created, again.created) == (True, False)
    assert receipt.id == again.id
    assert _letters(office) == {first.number: "A", changed.number: ""}
    assert len({order_id for kind, order_id in office.queue() if kind == "order"}) == 2, "the shop hears of both"
    with reading(engine) as conn:
        (order,) = read_orders(conn, [receipt.id], settings).objects
    assert [(line.product_id, line.ordered) for line in order.lines] == [("FR-1", 3), ("FR-2", 1)]
    assert order.remarks == f"Zmienione zamówienie, zastępuje {first.number}"


BEGUN = [
    ('UPDATE dbo."POZYCJA_ZAMOWIENIA" SET "ZREALIZOWANO" = 1', "w drodze"),
    ('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'W\'', "w drodze"),
    ('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'P\'', "produkcja"),
    ('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'X\'', "biuro"),
    ('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'A\'', "biuro"),
    ('DELETE FROM dbo."ZAMOWIENIE"', "biuro"),
]


@pytest.mark.parametrize(("statement", "cause"), BEGUN)
def test_what_is_under_way_is_refused_whole_with_its_cause(office, put, first, changed, statement, cause):
    office.run(statement)
    before = _letters(office)

    with pytest.raises(Refused) as refusal:
        put(changed)

    assert (refusal.value.code, refusal.value.field) == ("order_fixed", "replaces")
    assert cause in refusal.value.cause
    assert _letters(office) == before


def test_what_production_has_begun_stays(office, put, first, changed, engine, settings):
    begun = ProgressReport(order_number=first.number, revision=1, state="in_production", good="1", planned="3")
    with writing(engine) as conn:
        write_progress(conn, begun, settings.model_copy(update={"wapro_status_letters": "A:cancelled"}))

    with pytest.raises(Refused, match="produkcja"):
        put(changed)

    assert list(_letters(office)) == [first.number]


def test_when_the_changed_one_can_not_be_made_the_first_goes_on(office, put, first, changed):
    office.run('UPDATE dbo."ARTYKUL" SET "ZABLOKOWANY" = 1 WHERE "INDEKS_KATALOGOWY" = \'FR-2\'')

    with pytest.raises(Refused) as refusal:
        put(changed)

    assert refusal.value.code == "product_not_allowed"
    assert _letters(office) == {first.number: ""}
    assert "order" not in {kind for kind, _id in office.queue()}


def test_when_a_procedure_fails_after_the_cancellation_the_first_goes_on(office, put, first, changed):
    """Nothing in our own checks can see it: the refusal comes from WAPRO in the middle of the way."""
    office.run('DELETE FROM dbo."DEFINICJA_NUMERACJI"')

    with pytest.raises(Refused, match="JL_PobierzFormatNumeracji_Server"):
        put(changed)

    assert _letters(office) == {first.number: ""}


def test_an_order_that_the_office_has_open_waits(office, put, first, changed):
    office.run('UPDATE dbo."ZAMOWIENIE" SET "SEMAFOR" = 3000002')

    with pytest.raises(Busy):
        put(changed)

    assert list(_letters(office)) == [first.number]


def test_a_change_of_a_change_takes_the_place_of_the_last_one(office, put, first, changed):
    put(changed)
    third = changed.model_copy(update={"number": f"{first.number}.3", "replaces": changed.number})

    put(third)

    assert _letters(office) == {first.number: "A", changed.number: "A", third.number: ""}
