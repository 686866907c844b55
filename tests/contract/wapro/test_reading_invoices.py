"""Invoices, their orders and what was paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wiadukt.contract.base import Kind
from wiadukt.contract.invoice import InvoiceKind
from wiadukt.contract.shares import shares_of
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
    assert (shown.base_gross, shown.base_remaining) == (430, 430)


@pytest.mark.parametrize(
    ("written", "left", "found"),
    [
        ((430, 258), 60, (430, 258)),
        ((430, -258), 60, (430, 258)),  # a base that shows an open sale with minus
        ((430, 3), 0, (430, 0)),  # settled in its currency: a difference of rates is no debt
        ((0, 0), 60, (None, None)),  # WAPRO states nothing
    ],
)
def test_a_document_in_another_currency_says_what_wapro_states_of_it_in_the_base_one(
    office, read, written, left, found
):
    values = {"WARTOSC_BRUTTO_WAL": 100, "RAZEM_ZAPLACONO_WAL": 100 - left, "POZOSTALO_WAL": left}
    base = dict(zip(("WARTOSC_BRUTTO", "POZOSTALO"), written, strict=True))
    invoice = office.invoice(office.contractor(), SYM_WAL="EUR", **values, **base)

    shown = read(invoice)[0][str(invoice)]

    assert (shown.base_gross, shown.base_remaining) == found
    in_pln = office.invoice(office.contractor(), WARTOSC_BRUTTO=100, POZOSTALO=100)
    assert read(in_pln)[0][str(in_pln)].base_remaining is None


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


# A final invoice of 1,000, of which advance invoices charged 300: however the base writes it, 700 is left of it, and 50
# of that is paid.
AFTER_ADVANCE = {
    "the rest": ({"WARTOSC_BRUTTO": 700, "RAZEM_ZAPLACONO": 50, "POZOSTALO": 650}, []),
    "the whole, figures without it": ({"WARTOSC_BRUTTO": 1000, "RAZEM_ZAPLACONO": 50, "POZOSTALO": 650}, []),
    "the whole, it counts as paid": ({"WARTOSC_BRUTTO": 1000, "RAZEM_ZAPLACONO": 350, "POZOSTALO": 650}, []),
    "the whole, it settles": ({"WARTOSC_BRUTTO": 1000, "RAZEM_ZAPLACONO": 350, "POZOSTALO": 650}, ["300"]),
    "the whole, open with minus": ({"WARTOSC_BRUTTO": 1000, "RAZEM_ZAPLACONO": 50, "POZOSTALO": -650}, []),
}


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("shape", AFTER_ADVANCE)
def test_what_advance_invoices_charged_is_not_charged_again(office, read, shape, filled):
    values, settles = AFTER_ADVANCE[shape]
    buyer, card = office.contractor(), office.article("FR-1")
    line = office.line(office.order(buyer), card)
    first = office.invoice(buyer, ID_TYPU=7, WARTOSC_NETTO=100, WARTOSC_BRUTTO=100, RAZEM_ZAPLACONO=100)
    second = office.invoice(buyer, ID_TYPU=7, WARTOSC_NETTO=200, WARTOSC_BRUTTO=200, ID_FZAL_ORG=first)
    final = office.invoice(
        buyer, WARTOSC_NETTO=values["WARTOSC_BRUTTO"], ID_FZAL_ORG=first, ZALICZKA=300 if filled else 0, **values
    )
    office.invoice_line(card, "1", "1000", ID_DOK_HANDLOWEGO=final, ID_POZ_ZAM=line)
    office.run('UPDATE dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" SET "CENA_BRUTTO" = 1000')
    debt = office.receivable(final, buyer, "1000")
    office.pay(debt, "50", ID_ROZRACHUNKU_ZWIAZEK=office.money(buyer, "50"))
    for amount in settles:
        office.pay(debt, amount, ID_ROZRACHUNKU_ZWIAZEK=office.receivable(second, buyer, "200"))

    found, _ = read(first, second, final)

    shown = found[str(final)]
    assert (shown.total_net, shown.total_gross, shown.paid, shown.remaining) == (700, 700, 50, 650)
    assert [one.amount for one in shown.payments] == [50]
    assert shown.advance == (0 if shape == "the rest" else 300)
    assert [found[str(one)].total_gross for one in (first, second)] == [100, 200]


@pytest.mark.parametrize(
    ("rule", "gross", "remaining", "found"),
    [("whole", 1000, 650, (700, 650)), ("rest", 1000, 650, (1000, 650)), ("rest", 700, 650, (700, 650))],
)
def test_a_base_whose_figures_tell_nothing_is_told_by_a_setting(
    office, engine, settings, rule, gross, remaining, found
):
    buyer = office.contractor()
    first = office.invoice(buyer, ID_TYPU=7, WARTOSC_BRUTTO=300)
    final = office.invoice(
        buyer, ID_FZAL_ORG=first, WARTOSC_BRUTTO=gross, RAZEM_ZAPLACONO=gross - remaining, POZOSTALO=remaining
    )

    with reading(engine) as conn:
        told = settings.model_copy(update={"wapro_final_invoices": rule})
        shown = read_invoices(conn, [str(final)], told).objects[0]

    assert (shown.total_gross, shown.remaining) == found


def test_an_advance_that_no_invoice_charged_is_money_and_counts_as_paid(office, read):
    sale = office.invoice(office.contractor(), WARTOSC_BRUTTO=1000, ZALICZKA=300, POZOSTALO=700)

    shown = read(sale)[0][str(sale)]

    assert (shown.total_gross, shown.paid, shown.remaining, shown.advance) == (1000, 300, 700, 0)


def test_a_correction_of_a_correction_goes_back_to_the_order(office, read):
    buyer, card = office.contractor(), office.article("FR-1")
    order = office.order(buyer)
    sale, first, second = (office.invoice(buyer, ID_TYPU=kind, DOK_KOREKTY=int(kind == 3)) for kind in (1, 3, 3))
    line = office.invoice_line(card, "9", ID_DOK_HANDLOWEGO=sale, ID_POZ_ZAM=office.line(order, card))
    middle = office.invoice_line(card, "-1", ID_DOK_HANDLOWEGO=first, POZ_KOREKTY=1, ID_POZ_KORYGOWANEJ=line)
    office.invoice_line(card, "-2", ID_DOK_HANDLOWEGO=second, POZ_KOREKTY=1, ID_POZ_KORYGOWANEJ=middle)

    shown = read(second)[0][str(second)]

    assert [one.order_id for one in shown.lines] == [str(order)]
    assert shown.corrects == (str(first),)


def test_lines_that_correct_each_other_in_a_circle_are_without_an_order(office, read):
    buyer, card = office.contractor(), office.article("FR-1")
    correction = office.invoice(buyer, ID_TYPU=3, DOK_KOREKTY=1)
    one, other = (office.invoice_line(card, "-1", ID_DOK_HANDLOWEGO=correction) for _ in range(2))
    query = 'UPDATE dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" SET "ID_POZ_KORYGOWANEJ" = %s WHERE "ID_POZ_DOK_MAG" = %s'
    office.run(query, other, one)
    office.run(query, one, other)

    assert [line.order_id for line in read(correction)[0][str(correction)].lines] == [None, None]


@pytest.mark.parametrize("pointer", ["ID_DOK_ORYGINALNEGO", "ID_DOK_KORYGOWANEGO"])
def test_a_line_that_names_no_line_belongs_to_the_only_order_of_the_document_with_these_goods(office, read, pointer):
    buyer, front, hinge, other = office.contractor(), *(office.article(name) for name in ("FR-1", "ZAW-1", "X-1"))
    orders = [office.order(buyer) for _ in range(2)]
    sale = office.invoice(buyer)
    for order, card in ((orders[0], front), (orders[1], hinge)):
        office.invoice_line(card, ID_DOK_HANDLOWEGO=sale, ID_POZ_ZAM=office.line(order, card))
    correction = office.invoice(buyer, ID_TYPU=3, DOK_KOREKTY=1, **{pointer: sale})
    for card in (hinge, front, other):
        office.invoice_line(card, "-1", ID_DOK_HANDLOWEGO=correction, POZ_KOREKTY=1)

    shown = read(correction)[0][str(correction)]

    assert [one.order_id for one in shown.lines] == [str(orders[1]), str(orders[0]), None]


def test_a_payment_that_was_taken_back_lowers_what_is_paid(office, read):
    buyer = office.contractor()
    invoice = office.invoice(buyer, WARTOSC_BRUTTO=100, RAZEM_ZAPLACONO=30, POZOSTALO=70)
    debt = office.receivable(invoice, buyer, "100")
    for amount in ("-50", "20"):
        office.pay(debt, amount)

    assert [one.amount for one in read(invoice)[0][str(invoice)].payments] == [50, -20]


def test_interest_may_stand_on_the_settlement_alone(office, read):
    buyer = office.contractor()
    invoice = office.invoice(buyer)
    office.receivable(invoice, buyer, "100", SUMA_ODSETEK="4.56")

    assert read(invoice)[0][str(invoice)].interest == Decimal("4.56")


def test_an_advance_is_taken_off_the_order_that_it_was_for(office, read):
    buyer, card = office.contractor(), office.article("FR-1")
    lines = [office.line(office.order(buyer), card) for _ in range(2)]
    advance = office.invoice(buyer, ID_TYPU=7, WARTOSC_NETTO=300, WARTOSC_BRUTTO=300)
    office.invoice_line(card, "1", "300", ID_DOK_HANDLOWEGO=advance, ID_POZ_ZAM_ZAL=lines[0])
    final = office.invoice(buyer, WARTOSC_NETTO=1600, WARTOSC_BRUTTO=1600, POZOSTALO=1300, ID_FZAL_ORG=advance)
    for net, link in (("1000", lines[0]), ("500", lines[1]), ("100", 0)):
        office.invoice_line(card, "1", net, ID_DOK_HANDLOWEGO=final, ID_POZ_ZAM=link)
    office.run('UPDATE dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" SET "CENA_BRUTTO" = "CENA_NETTO"')

    shown = read(final)[0][str(final)]

    assert [share.gross for share in shares_of(shown)] == [100, 700, 500]
    assert [share.net for share in shares_of(shown)] == [100, 700, 500]
