"""Invoices, their orders and what was paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wiadukt.contract.base import Kind
from wiadukt.contract.invoice import InvoiceKind
from wiadukt.wapro.engine import reading
from wiadukt.wapro.read.ids import read_ids
from wiadukt.wapro.read.invoices import read_invoices


@pytest.fixture
def read(engine, settings):
    def read(*ids):
        with reading(engine) as conn:
            answer = read_invoices(conn, [str(one) for one in ids], settings)
            return {invoice.id: invoice for invoice in answer.objects}, answer

    return read


def test_one_invoice_of_several_orders_and_several_of_one(office, read):
    buyer, card = office.contractor(), office.article("FR-1")
    orders = [office.order(buyer) for _ in range(2)]
    lines = [office.line(order, card, "4") for order in orders]
    both, second = office.invoice(buyer), office.invoice(buyer)
    office.invoice_line(card, "4", ID_DOK_HANDLOWEGO=both, ID_POZ_ZAM=lines[0])
    office.invoice_line(card, "1", ID_DOK_HANDLOWEGO=both, ID_POZ_ZAM=lines[1])
    office.invoice_line(card, "3", ID_DOK_HANDLOWEGO=second, ID_POZ_ZAM=lines[1])
    service = office.invoice_line(office.article("USL", RODZAJ="Usługa"), ID_DOK_HANDLOWEGO=both)

    found, _ = read(both, second)

    assert [one.order_id for one in found[str(both)].lines] == [str(orders[0]), str(orders[1]), None]
    assert [one.order_line_id for one in found[str(second)].lines] == [str(lines[1])]
    assert found[str(both)].lines[2].id == str(service)


@pytest.mark.parametrize("none", [0, None])
def test_goods_issued_first_are_lines_of_the_invoice_made_later(office, read, none):
    buyer, card = office.contractor(), office.article("FR-1")
    invoice = office.invoice(buyer)
    note = office.delivery_note(invoice)
    office.invoice_line(card, "2", ID_DOK_MAGAZYNOWEGO=note, ID_DOK_HANDLOWEGO=none)

    found, _ = read(invoice)

    assert [one.product_id for one in found[str(invoice)].lines] == ["FR-1"]


def test_a_line_is_worth_quantity_times_price_with_a_half_rounded_up(office, read):
    buyer = office.contractor()
    invoice = office.invoice(buyer)
    office.invoice_line(office.article(), "0.5", "0.25", ID_DOK_HANDLOWEGO=invoice)

    found, _ = read(invoice)

    assert found[str(invoice)].lines[0].net == Decimal("0.13")


def test_corrections_and_advances_are_told_apart_and_receipts_never_leave(office, read, engine, settings):
    buyer = office.contractor()
    sale = office.invoice(buyer)
    correction = office.invoice(buyer, ID_TYPU=3, DOK_KOREKTY=1, ID_DOK_ORYGINALNEGO=sale, WARTOSC_NETTO=-10)
    advance, receipt, in_edit = (
        office.invoice(buyer, ID_TYPU=7),
        office.invoice(buyer, ID_TYPU=9),
        office.invoice(buyer, NUMER="<auto>"),
    )
    office.invoice_line(office.article(), "-1", ID_DOK_HANDLOWEGO=correction)

    found, answer = read(sale, correction, advance, receipt, in_edit)

    assert [found[str(one)].kind for one in (sale, correction, advance)] == list(InvoiceKind)
    corrected = found[str(correction)]
    assert (corrected.corrects_id, corrected.total_net, corrected.lines[0].net) == (str(sale), -10, -10)
    assert set(answer.missing) == {str(receipt), str(in_edit)}
    with reading(engine) as conn:
        assert set(read_ids(conn, Kind.INVOICE, settings, after="", limit=9).ids) == set(found)


def test_part_payments_are_listed_and_the_payer_owes(office, read):
    buyer, payer = office.contractor(), office.contractor()
    invoice = office.invoice(buyer, ID_PLATNIKA=payer, WARTOSC_BRUTTO=100, RAZEM_ZAPLACONO=70, POZOSTALO=30)
    debt = office.receivable(invoice, payer, "100")
    office.pay(debt, "50", 82520)
    office.pay(debt, "-20", 82515)

    found, _ = read(invoice)

    shown = found[str(invoice)]
    assert (shown.customer_id, shown.payer_id, shown.paid, shown.remaining) == (str(buyer), str(payer), 70, 30)
    assert [(one.paid_on, one.amount) for one in shown.payments] == [(date(2026, 11, 28), 20), (date(2026, 12, 3), 50)]


def test_ids_are_those_whose_payer_or_buyer_is_in_the_shop(office, engine, settings):
    flagged, other = office.contractor(), office.contractor(DOSTEPNY_W_B2B=0)
    wanted = {
        str(office.invoice(flagged)),
        str(office.invoice(other, ID_PLATNIKA=flagged)),
        str(office.invoice(flagged, ID_PLATNIKA=other)),
        str(office.invoice(flagged, ID_PLATNIKA=None)),
    }
    office.invoice(other)

    with reading(engine) as conn:
        assert set(read_ids(conn, Kind.INVOICE, settings, after="", limit=9).ids) == wanted
