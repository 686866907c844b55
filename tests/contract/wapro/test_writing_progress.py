"""Production's progress reaches the order: forward only, the newest revision only, announced with the change."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from factories.wapro import placed

from wiadukt.contract.errors import Refused
from wiadukt.contract.job_order import ProgressReport
from wiadukt.contract.states import OrderState
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.read.orders import read_orders
from wiadukt.wapro.write.orders import write_order
from wiadukt.wapro.write.statuses import write_progress


@pytest.fixture
def order(office, engine, settings) -> tuple[str, str]:
    """Number and id of an order made by the shop; its own announcements are forgotten."""
    office.article("FR-1")
    wanted = placed(office.contractor(), {"product_id": "FR-1"})
    with writing(engine) as conn:
        receipt = write_order(conn, wanted, settings)
    office.forget_queue()
    return wanted.number, receipt.id


@pytest.fixture
def report(engine, settings):
    def report(number, revision, state, good="0", **changes):
        with writing(engine) as conn:
            about = {"lines": changes.pop("lines", ())}
            told = ProgressReport(order_number=number, revision=revision, state=state, good=good, planned="3", **about)
            return write_progress(conn, told, settings.model_copy(update=changes))

    return report


@pytest.fixture
def shown(engine, settings):
    def shown(order_id):
        with reading(engine) as conn:
            return read_orders(conn, [order_id], settings).objects[0]

    return shown


def _letter(office) -> str:
    return office.value('SELECT rtrim("STATUS_ZAM") FROM dbo."ZAMOWIENIE"')


def _set_letter(office, letter: str) -> None:
    office.run('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = %s', letter)
    office.forget_queue()


def test_an_order_moves_with_its_production(office, order, report, shown):
    number, order_id = order

    assert report(number, 1, "in_production", "1")
    after_start = shown(order_id)
    assert report(number, 2, "ready", "3")
    after_end = shown(order_id)

    assert (after_start.state, after_start.production.percent) == (OrderState.IN_PRODUCTION, Decimal("33.33"))
    assert (after_end.state, after_end.production.percent) == (OrderState.READY, Decimal(100))
    log = office.rows('SELECT "KOD_NA", "ID_UZYTKOWNIKA" FROM dbo."MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN" ORDER BY 1')
    assert [tuple(row.values()) for row in log] == [("G", 3000001), ("P", 3000001)]
    assert set(office.queue()) == {("order", order_id)}


def test_an_older_or_repeated_revision_changes_nothing_and_announces_nothing(office, order, report, shown):
    number, order_id = order
    report(number, 5, "ready", "3")
    office.forget_queue()

    assert not report(number, 5, "ready", "3")
    assert not report(number, 4, "in_production", "1")

    assert shown(order_id).production.state == "ready"
    assert office.queue() == []


@pytest.mark.parametrize("letter", ["W", "A", "G", "X"])
def test_a_letter_that_the_office_set_later_or_that_we_do_not_know_stays(office, order, report, shown, letter):
    number, order_id = order
    _set_letter(office, letter)

    assert report(number, 1, "in_production", "1")

    assert _letter(office) == letter
    assert shown(order_id).production.percent == Decimal("33.33")
    assert office.queue() == [("order", order_id)]


def test_a_finished_order_keeps_its_letter(office, order, report):
    office.run('UPDATE dbo."ZAMOWIENIE" SET "STAN_REALIZ" = \'Z\'')

    report(order[0], 1, "ready", "3")

    assert _letter(office) == ""


def test_the_progress_of_each_line_travels_with_the_order(order, report, shown):
    lines = [{"line_no": 1, "good": "2.5", "planned": "10"}, {"line_no": 3, "good": "0", "planned": "4"}]
    report(order[0], 1, "in_production", "1", lines=lines)

    said = [(one.line_no, one.good, one.planned) for one in shown(order[1]).production.lines]

    assert said == [(1, Decimal("2.5"), 10), (3, 0, 4)]


def test_a_list_of_lines_too_long_to_be_kept_leaves_the_sum(order, report, shown):
    report(
        order[0], 1, "in_production", "1", lines=[{"line_no": n, "good": "1", "planned": "99"} for n in range(1, 2000)]
    )

    found = shown(order[1]).production

    assert (found.percent, found.lines) == (Decimal("33.33"), ())


def test_waiting_production_moves_no_letter(office, order, report):
    report(order[0], 1, "waiting")

    assert _letter(office) == ""


def test_without_a_letter_for_the_state_the_progress_is_still_kept(office, order, report, shown):
    report(order[0], 1, "ready", "3", wapro_status_letters="V:confirmed")

    assert (_letter(office), shown(order[1]).production.percent) == ("", Decimal(100))


def test_more_made_than_planned_is_all_of_it(order, report, shown):
    report(order[0], 1, "ready", "4")

    assert shown(order[1]).production.percent == Decimal(100)


def test_an_order_not_yet_in_wapro_is_told_apart(report):
    with pytest.raises(Refused) as refusal:
        report(f"WD-{uuid.uuid4().int % 10**9}", 1, "ready")

    assert refusal.value.code == "order_unknown"


def test_progress_announcement_and_letter_are_one_transaction(office, order, engine, settings):
    number, _ = order

    told = ProgressReport(order_number=number, revision=1, state="ready", good="3", planned="3")

    def killed_before_commit():
        with writing(engine) as conn:
            write_progress(conn, told, settings)
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        killed_before_commit()

    assert (_letter(office), office.queue()) == ("", [])
    assert office.value("SELECT count(*) FROM wiadukt.postep_produkcji") == 0
