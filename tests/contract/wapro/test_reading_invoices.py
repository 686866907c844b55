"""Invoices, their orders and what was paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wiadukt.contract.base import Kind
from wiadukt.contract.invoice import InvoiceKind
from wiadukt.wapro.engine import reading
from wiadukt.wapro.read.customers import read_customers
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


def test_an_advance_belongs_to_the_order_whose_line_it_is_paid_for(office, read):
    buyer, card = office.contractor(), office.article("FR-1")
    order = office.order(buyer)
    advance = office.invoice(buyer, ID_TYPU=7)
    office.invoice_line(card, ID_DOK_HANDLOWEGO=advance, ID_POZ_ZAM_ZAL=office.line(order, card))

    found, _ = read(advance)

    assert [one.order_id for one in found[str(advance)].lines] == [str(order)]


@pytest.mark.parametrize("pointer", ["ID_POZ_ORYGINALNEJ", "ID_POZ_KORYGOWANEJ"])
def test_a_collective_correction_belongs_to_the_orders_of_the_lines_that_it_corrects(office, read, pointer):
    buyer, card = office.contractor(), office.article("FR-1")
    orders = [office.order(buyer) for _ in range(2)]
    invoices = [office.invoice(buyer) for _ in orders]
    note = office.delivery_note(invoices[1])
    wrong = [
        office.invoice_line(card, ID_DOK_HANDLOWEGO=invoices[0], ID_POZ_ZAM=office.line(orders[0], card)),
        office.invoice_line(card, ID_DOK_MAGAZYNOWEGO=note, ID_POZ_ZAM=office.line(orders[1], card)),
    ]
    correction = office.invoice(buyer, ID_TYPU=3, DOK_KOREKTY=1)
    for line in wrong:
        office.invoice_line(card, "-1", ID_DOK_HANDLOWEGO=correction, POZ_KOREKTY=1, **{pointer: line})

    found, _ = read(correction)

    shown = found[str(correction)]
    assert [one.order_id for one in shown.lines] == [str(one) for one in orders]
    assert shown.corrects == tuple(str(one) for one in invoices)


def test_a_document_in_another_currency_is_read_in_it(office, read):
    buyer = office.contractor()
    values = {"WARTOSC_BRUTTO": 430, "WARTOSC_BRUTTO_WAL": 100, "RAZEM_ZAPLACONO": 0, "POZOSTALO": 430}
    invoice = office.invoice(buyer, SYM_WAL="EUR", RAZEM_ZAPLACONO_WAL=40, POZOSTALO_WAL=60, **values)
    office.invoice_line(office.article(), ID_DOK_HANDLOWEGO=invoice, CENA_NETTO_WAL=100, CENA_BRUTTO_WAL=100)
    debt = office.receivable(invoice, buyer, "430", SYM_WALUTY="EUR", KWOTA_W=100)
    office.pay(debt, "172", KWOTA_W=40)

    shown = read(invoice)[0][str(invoice)]

    assert (shown.currency, shown.total_gross, shown.paid, shown.remaining) == ("EUR", 100, 40, 60)
    assert (shown.lines[0].gross, shown.payments[0].amount) == (100, 40)


def test_each_part_payment_says_how_and_by_which_document(office, read):
    buyer = office.contractor()
    invoice = office.invoice(buyer, WARTOSC_BRUTTO=100, RAZEM_ZAPLACONO=100)
    debt = office.receivable(invoice, buyer, "100")
    correction = office.receivable(0, buyer, "-20", NR_DOK="KFS 1/26", CZY_KOREKTA=1)
    sides = [
        office.money(buyer, "50"),
        office.money(buyer, "20", NR_DOK="KP 3", FORMA_PLATNOSCI="gotówka"),
        office.money(buyer, "10", NR_DOK="KOMP 1", CZY_KOMPENSATA=1),
        correction,
    ]
    for other in sides:
        office.pay(debt, "25", ID_ROZRACHUNKU_ZWIAZEK=other)

    payments = read(invoice)[0][str(invoice)].payments

    assert [(one.kind.value, one.document) for one in payments] == [
        ("transfer", "WB 12/2026"),
        ("cash", "KP 3"),
        ("compensation", "KOMP 1"),
        ("correction", "KFS 1/26"),
    ]


def test_what_a_correction_gives_back_and_its_settlements_carry_its_sign(office, read):
    buyer = office.contractor()
    wrong_sign = {"WARTOSC_BRUTTO": -40, "RAZEM_ZAPLACONO": 10, "POZOSTALO": 30}
    correction = office.invoice(buyer, ID_TYPU=3, DOK_KOREKTY=1, **wrong_sign)
    office.pay(office.receivable(correction, buyer, "40"), "10")

    shown = read(correction)[0][str(correction)]

    assert (shown.paid, shown.remaining, shown.payments[0].amount) == (-10, -30, -10)


def test_the_account_and_the_interest_come_with_the_document(office, read):
    invoice = office.invoice(office.contractor(), ID_RACHUNKU=1, SUMA_ODSETEK="3.21")

    shown = read(invoice)[0][str(invoice)]

    assert (shown.account, shown.interest) == ("61 1090 1014 0000 0712 1981 2874", Decimal("3.21"))


def test_the_number_in_ksef_is_read_from_the_column_that_the_setting_names(office, engine, settings):
    office.run('ALTER TABLE dbo."DOKUMENT_HANDLOWY" ADD "NUMER_TESTOWY" varchar(60)')
    invoice = office.invoice(office.contractor(), NUMER_TESTOWY="5265877635-20250826-0100001AF629-AF")
    with_column = settings.model_copy(update={"wapro_ksef_number_column": "NUMER_TESTOWY"})

    with reading(engine) as conn:
        found = read_invoices(conn, [str(invoice)], with_column).objects[0]
        without = read_invoices(conn, [str(invoice)], settings).objects[0]

    assert found.ksef_number == "5265877635-20250826-0100001AF629-AF"
    assert without.ksef_number == ""


def test_money_that_settles_nothing_is_told_with_its_buyer(office, engine, settings):
    buyer = office.contractor()
    left = office.money(buyer, "100", left="40", ID_ZAMOWIENIA=office.order(buyer))
    office.money(buyer, "70")
    office.receivable(office.invoice(buyer), buyer, "9")

    with reading(engine) as conn:
        customer = read_customers(conn, [str(buyer)], settings).objects[0]

    assert [(one.id, one.amount, one.remaining) for one in customer.unassigned] == [(str(left), 100, 40)]
    assert customer.unassigned[0].order_id


def test_a_payment_announces_its_buyer_and_a_receivable_its_invoice(office):
    buyer = office.contractor()
    invoice = office.invoice(buyer)
    office.forget_queue()

    payment = office.money(buyer, "100", left="100")
    assert office.queue() == [("customer", str(buyer))]

    office.forget_queue()
    debt = office.receivable(invoice, buyer, "100")
    assert office.queue() == [("invoice", str(invoice))]

    office.forget_queue()
    office.run('UPDATE dbo."ROZRACHUNEK" SET "POZOSTALO" = 0 WHERE "ID_ROZRACHUNKU" IN (%s, %s)', payment, debt)
    assert sorted(office.queue()) == [("customer", str(buyer)), ("invoice", str(invoice))]
