"""A buyer's order is cancelled while nobody has done anything for it; afterwards WAPRO's answer says why not."""

from __future__ import annotations

import pytest
from factories.wapro import placed

from wiadukt.contract.errors import Busy, Misconfigured, Refused
from wiadukt.contract.job_order import ProgressReport
from wiadukt.contract.states import CancellationObstacle
from wiadukt.wapro.engine import writing
from wiadukt.wapro.write.cancelling import cancel_order
from wiadukt.wapro.write.orders import write_order
from wiadukt.wapro.write.statuses import write_progress


@pytest.fixture
def number(office, engine, settings) -> str:
    """A shop's order as WAPRO took it."""
    office.article("FR-1")
    order = placed(office.contractor(), {"product_id": "FR-1"})
    with writing(engine) as conn:
        write_order(conn, order, settings)
    office.forget_queue()
    return order.number


@pytest.fixture
def cancel(engine, settings):
    def cancel(number, **changes):
        with writing(engine) as conn:
            return cancel_order(conn, number, settings.model_copy(update=changes))

    return cancel


def _letter(office) -> str:
    return office.value('SELECT rtrim("STATUS_ZAM") FROM dbo."ZAMOWIENIE"')


def test_a_new_order_is_cancelled_once_and_announced(office, cancel, number):
    first, second = cancel(number), cancel(number)

    assert first.cancelled
    assert first == second
    assert _letter(office) == "A"
    assert [kind for kind, _id in office.queue()] == ["order"]
    assert office.count("MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN") == 1


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ('UPDATE dbo."POZYCJA_ZAMOWIENIA" SET "ZREALIZOWANO" = 1', CancellationObstacle.ON_ITS_WAY),
        ('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'W\'', CancellationObstacle.ON_ITS_WAY),
        ('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'K\'', CancellationObstacle.ON_ITS_WAY),
        ('UPDATE dbo."ZAMOWIENIE" SET "STAN_REALIZ" = \'Z\'', CancellationObstacle.ON_ITS_WAY),
        ('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'P\'', CancellationObstacle.IN_PRODUCTION),
        ('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'X\'', CancellationObstacle.OFFICE),
    ],
)
def test_what_is_under_way_is_not_cancelled_and_the_answer_says_why(office, cancel, number, statement, reason):
    office.run(statement)
    before = _letter(office)

    answer = cancel(number)

    assert (answer.cancelled, answer.reason) == (False, reason)
    assert _letter(office) == before


def test_what_production_has_begun_is_not_cancelled_whatever_letter_stands(cancel, number, engine, settings):
    begun = ProgressReport(order_number=number, revision=1, state="in_production", good="1", planned="3")
    with writing(engine) as conn:
        write_progress(conn, begun, settings.model_copy(update={"wapro_status_letters": "A:cancelled"}))

    assert cancel(number).reason is CancellationObstacle.IN_PRODUCTION


def test_the_office_may_keep_cancelling_to_itself(office, cancel, number):
    office.run('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'V\'')

    assert cancel(number, wapro_cancellable="new").reason is CancellationObstacle.OFFICE
    assert cancel(number, wapro_cancellable="").reason is CancellationObstacle.OFFICE
    assert cancel(number).cancelled


def test_an_order_that_the_office_has_open_waits(office, cancel, number):
    office.run('UPDATE dbo."ZAMOWIENIE" SET "SEMAFOR" = 3000002')

    with pytest.raises(Busy):
        cancel(number)


def test_one_that_the_office_deleted_is_cancelled_and_one_unknown_is_told_apart(office, cancel, number):
    office.run('DELETE FROM dbo."ZAMOWIENIE"')

    assert cancel(number).cancelled
    with pytest.raises(Refused) as refusal:
        cancel("WD-999")
    assert refusal.value.code == "order_unknown"


def test_without_a_letter_for_it_the_setting_is_named(cancel, number):
    with pytest.raises(Misconfigured) as fault:
        cancel(number, wapro_status_letters="V:confirmed")

    assert fault.value.setting == "WAPRO_STATUS_LETTERS"
