"""Every change of the office is noticed once, and the office's work never suffers from it."""

from __future__ import annotations

import psycopg
import pytest

from wiadukt.wapro.install import install, uninstall
from wiadukt.wapro.install.capture import WATCHED


@pytest.fixture
def cast(office) -> dict[str, str | int]:
    """One of each thing, not announced yet."""
    buyer, other = office.contractor(), office.contractor()
    card, other_card = office.article("FR-1", wholesale="10"), office.article("FR-2")
    order, other_order = office.order(buyer), office.order(buyer)
    invoice, other_invoice = office.invoice(buyer), office.invoice(buyer)
    note = office.delivery_note(invoice)
    debt = office.receivable(invoice, buyer, "100")
    found = {
        "KONTRAHENT": buyer,
        "KONTAKT": office.insert("KONTAKT", ID_KONTRAHENTA=buyer, IMIE="Jan"),
        "MIEJSCE_DOSTAWY": office.place(buyer),
        "CENNIK_KONTRAHENTA": office.insert(
            "CENNIK_KONTRAHENTA", ID_KONTRAHENTA=buyer, ID_ARTYKULU=card, CENA_NETTO=1, CENA_BRUTTO=1
        ),
        "ARTYKUL": card,
        "CENA_ARTYKULU": office.value('SELECT "ID_CENA_ARTYKULU" FROM dbo."CENA_ARTYKULU"'),
        "ZAMOWIENIE": order,
        "POZYCJA_ZAMOWIENIA": office.line(order, card),
        "DOSTAWA": office.insert("DOSTAWA", ID_ZAMOWIENIA=order),
        "DOKUMENT_HANDLOWY": invoice,
        "POZYCJA_DOKUMENTU_MAGAZYNOWEGO": office.invoice_line(card, ID_DOK_MAGAZYNOWEGO=note),
        "DOKUMENT_MAGAZYNOWY": note,
        "ROZRACHUNEK": debt,
        "ROZLICZENIE": office.pay(debt, "10"),
    }
    others = {"customer": other, "order": other_order, "invoice": other_invoice, "card": other_card}
    office.forget_queue()
    return found | others


# Table: a column that the shop sees, with another value.
CHANGES = {
    "KONTRAHENT": ("NAZWA", "Inna"),
    "KONTAKT": ("E_MAIL", "a@b.example"),
    "MIEJSCE_DOSTAWY": ("MIEJSCOWOSC", "Pniewy"),
    "CENNIK_KONTRAHENTA": ("CENA_NETTO", 2),
    "ARTYKUL": ("STAN", 7),
    "CENA_ARTYKULU": ("CENA_NETTO", 11),
    "ZAMOWIENIE": ("STATUS_ZAM", "P"),
    "POZYCJA_ZAMOWIENIA": ("ZREALIZOWANO", 1),
    "DOSTAWA": ("ID_MIEJSCA_DOSTAWY", 5),
    "DOKUMENT_HANDLOWY": ("POZOSTALO", 5),
    "POZYCJA_DOKUMENTU_MAGAZYNOWEGO": ("ILOSC", 5),
    "DOKUMENT_MAGAZYNOWY": ("ID_DOKUMENTU_HANDLOWEGO", None),
    "ROZRACHUNEK": ("TYP_DOK", "F"),
    "ROZLICZENIE": ("KWOTA", 11),
}


def _key(office, table: str) -> str:
    query = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND ordinal_position = 1"
    return office.value(query, table)


def _subject(table: str, cast) -> tuple[str, str]:
    kind = next(watched.kind for watched in WATCHED if watched.table.name == table)
    owner = {"customer": "KONTRAHENT", "order": "ZAMOWIENIE", "invoice": "DOKUMENT_HANDLOWY"}
    return kind, "FR-1" if kind == "product" else str(cast[owner[kind]])


def test_the_changes_below_cover_every_captured_table():
    assert set(CHANGES) == {watched.table.name for watched in WATCHED}


@pytest.mark.parametrize("table", CHANGES)
def test_a_changed_row_announces_its_object(office, cast, table):
    column, value = CHANGES[table]

    office.run(f'UPDATE dbo."{table}" SET "{column}" = %s WHERE "{_key(office, table)}" = %s', value, cast[table])

    assert office.queue() == [_subject(table, cast)]


@pytest.mark.parametrize("table", CHANGES)
def test_a_removed_row_announces_its_object(office, cast, table):
    office.run(f'DELETE FROM dbo."{table}" WHERE "{_key(office, table)}" = %s', cast[table])

    assert office.queue() == [_subject(table, cast)]


@pytest.mark.parametrize("table", CHANGES)
def test_a_new_row_announces_its_object(office, cast, table):
    key = _key(office, table)
    row = office.rows(f'SELECT * FROM dbo."{table}" WHERE "{key}" = %s', cast[table])[0]
    office.run(f'DELETE FROM dbo."{table}" WHERE "{key}" = %s', cast[table])
    office.forget_queue()

    office.insert(table, **row)

    assert office.queue() == [_subject(table, cast)]


@pytest.mark.parametrize("table", CHANGES)
def test_a_row_written_with_nothing_new_announces_nothing(office, cast, table):
    column, _ = CHANGES[table]

    office.run(f'UPDATE dbo."{table}" SET "{column}" = "{column}"')

    assert office.queue() == []


@pytest.mark.parametrize("table", ["KONTRAHENT", "ARTYKUL", "ZAMOWIENIE", "DOKUMENT_HANDLOWY"])
def test_a_card_opened_and_closed_announces_nothing(office, cast, table):
    office.run(f'UPDATE dbo."{table}" SET "SEMAFOR" = 3000002, "FLAGA_STANU" = 1')

    assert office.queue() == []


MOVES = {
    "KONTAKT": ("ID_KONTRAHENTA", "customer", "customer"),
    "MIEJSCE_DOSTAWY": ("ID_KONTRAHENTA", "customer", "customer"),
    "POZYCJA_ZAMOWIENIA": ("ID_ZAMOWIENIA", "order", "order"),
    "DOKUMENT_MAGAZYNOWY": ("ID_DOKUMENTU_HANDLOWEGO", "invoice", "invoice"),
    "ROZRACHUNEK": ("ID_NAG_DOK_M", "invoice", "invoice"),
}


@pytest.mark.parametrize("table", MOVES)
def test_a_row_that_moves_announces_the_old_owner_and_the_new(office, cast, table):
    column, kind, other = MOVES[table]

    office.run(f'UPDATE dbo."{table}" SET "{column}" = %s', cast[other])

    assert set(office.queue()) == {_subject(table, cast), (kind, str(cast[other]))}


def test_an_index_that_changes_announces_the_old_product_and_the_new(office, cast):
    office.run('UPDATE dbo."ARTYKUL" SET "INDEKS_KATALOGOWY" = \'FR-9\' WHERE "ID_ARTYKULU" = %s', cast["ARTYKUL"])

    assert set(office.queue()) == {("product", "FR-1"), ("product", "FR-9")}


def test_one_statement_over_many_rows_announces_each_object_once(office, cast):
    office.article("FR-1", ID_MAGAZYNU=2)
    office.forget_queue()

    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" + 1')

    assert sorted(office.queue()) == [("product", "FR-1"), ("product", "FR-2")]


def test_a_supplier_order_announces_nothing(office, cast):
    office.order(cast["customer"], TYP=2)

    assert office.queue() == []


def test_a_change_that_the_office_takes_back_was_none(office, cast):
    office.run("BEGIN")
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 0')
    office.run("ROLLBACK")

    assert office.queue() == []


def test_a_buyer_who_gets_the_flag_brings_his_documents(office):
    buyer, payer = office.contractor(DOSTEPNY_W_B2B=0), office.contractor()
    order = office.order(buyer)
    office.order(buyer, TYP=2)
    invoices = [
        office.invoice(buyer),
        office.invoice(payer, ID_PLATNIKA=buyer),
        office.invoice(buyer, ID_PLATNIKA=payer),
    ]
    office.forget_queue()

    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 1 WHERE "ID_KONTRAHENTA" = %s', buyer)

    expected = {("customer", str(buyer)), ("order", str(order))} | {("invoice", str(one)) for one in invoices}
    assert set(office.queue()) == expected
    assert len(office.queue()) == len(expected)


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE wiadukt.kolejka",
        "DROP FUNCTION wiadukt.przyjmij",
        "ALTER TABLE wiadukt.kolejka ADD CHECK (id_obiektu = 'x')",
        "DROP SEQUENCE wiadukt.kolejka_id CASCADE; ALTER TABLE wiadukt.kolejka ALTER id SET NOT NULL",
    ],
)
def test_a_broken_capture_never_breaks_the_offices_work(office, cast, damage):
    for statement in damage.split("; "):
        office.run(statement)

    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3')
    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 0')
    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 1')

    assert office.value('SELECT min("STAN") FROM dbo."ARTYKUL"') == 3


def test_an_office_user_needs_no_rights_to_our_schema(office, cast):
    office.run("DROP ROLE IF EXISTS biuro")
    office.run("CREATE ROLE biuro")
    office.run("GRANT USAGE ON SCHEMA dbo TO biuro")
    office.run("GRANT ALL ON ALL TABLES IN SCHEMA dbo TO biuro")
    office.run("SET ROLE biuro")

    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')

    office.run("RESET ROLE")
    assert office.queue() == [("product", "FR-1")]
    office.run("DROP OWNED BY biuro")
    office.run("DROP ROLE biuro")


def test_two_office_users_never_wait_for_each_other_in_our_queue(office, cast, base):
    """Both change the same customer, by different rows, and neither has committed yet."""
    with psycopg.connect(base) as second, office.working():
        second.execute("SET lock_timeout = '1s'")
        office.run('UPDATE dbo."KONTAKT" SET "IMIE" = \'Ewa\'')
        second.execute('UPDATE dbo."MIEJSCE_DOSTAWY" SET "MIEJSCOWOSC" = \'Kępno\'')

    assert office.queue() == [_subject("KONTAKT", cast)] * 2


def test_installing_again_keeps_the_queue_and_doubles_nothing(office, engine):
    office.article("A")

    install(engine)
    office.article("B")

    assert office.queue() == [("product", "A"), ("product", "B")]


def test_uninstalling_leaves_the_base_as_it_was(office, engine):
    uninstall(engine)
    uninstall(engine)

    office.article("A")
    assert office.value("SELECT count(*) FROM pg_trigger WHERE starts_with(tgname, 'wiadukt')") == 0
    assert office.value("SELECT to_regnamespace('wiadukt')") is None
    install(engine)
    office.article("B")
    assert office.queue() == [("product", "B")]
