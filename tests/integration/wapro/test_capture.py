"""Every change of the office is noticed once, and the office's work never suffers from it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from factories.bases import SERVERS, connect

from wiadukt.wapro import queue
from wiadukt.wapro.capture.watched import WATCHED
from wiadukt.wapro.engine import writing
from wiadukt.wapro.install import install, uninstall


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
    with suppress(ZeroDivisionError), office.working():
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 0')
        raise ZeroDivisionError

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


DAMAGES = {
    "postgresql": [
        "DROP TABLE wiadukt.kolejka",
        "DROP FUNCTION wiadukt.przyjmij",
        "ALTER TABLE wiadukt.kolejka ADD CHECK (id_obiektu = 'x')",
        "DROP SEQUENCE wiadukt.kolejka_id CASCADE; ALTER TABLE wiadukt.kolejka ALTER id SET NOT NULL",
    ],
    "sqlserver": [
        "DROP TABLE wiadukt.kolejka",
        "ALTER TABLE wiadukt.kolejka ADD CHECK (id_obiektu = 'x')",
        "ALTER TABLE wiadukt.kolejka ADD CHECK (id_obiektu = 'x'); DROP TABLE wiadukt.luka",
    ],
}


@pytest.mark.parametrize(
    ("bases", "damage"),
    [(server, damage) for server in SERVERS for damage in DAMAGES[server]],
    indirect=["bases"],
)
def test_a_broken_capture_never_breaks_the_offices_work(office, cast, damage):
    for statement in damage.split("; "):
        office.run(statement)

    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3')
    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 0')
    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 1')

    assert office.value('SELECT min("STAN") FROM dbo."ARTYKUL"') == 3


# How somebody gets rights to WAPRO's tables only, becomes the one who works, and leaves no trace.
CLERKS = {
    "postgresql": (
        "DROP ROLE IF EXISTS biuro; CREATE ROLE biuro; GRANT USAGE ON SCHEMA dbo TO biuro;"
        " GRANT ALL ON ALL TABLES IN SCHEMA dbo TO biuro; SET ROLE biuro",
        "RESET ROLE; DROP OWNED BY biuro; DROP ROLE biuro",
    ),
    "sqlserver": (
        "CREATE USER biuro WITHOUT LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::dbo TO biuro;"
        " EXECUTE AS USER = 'biuro'",
        "REVERT; DROP USER biuro",
    ),
}


@pytest.mark.parametrize(("bases", "clerk"), [(server, CLERKS[server]) for server in SERVERS], indirect=["bases"])
def test_an_office_user_needs_no_rights_to_our_schema(office, cast, clerk):
    before, after = clerk
    for statement in before.split("; "):
        office.run(statement)

    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')

    for statement in after.split("; "):
        office.run(statement)
    assert office.queue() == [("product", "FR-1")]


def test_two_office_users_never_wait_for_each_other_in_our_queue(office, cast, base):
    """Both change the same customer, by different rows, and neither has committed yet."""
    second = connect(base)
    second.run("SET lock_timeout = '1s'" if base.startswith("postgresql") else "SET LOCK_TIMEOUT 1000")
    with second.transaction(), office.working():
        office.run('UPDATE dbo."KONTAKT" SET "IMIE" = \'Ewa\'')
        second.run('UPDATE dbo."MIEJSCE_DOSTAWY" SET "MIEJSCOWOSC" = \'Kępno\'')
    second.close()

    assert office.queue() == [_subject("KONTAKT", cast)] * 2


def test_the_dispatcher_and_the_office_never_wait_for_each_other(office, cast, engine):
    """A claim that has not ended yet holds up no change, and a change that has not ended yet no claim."""
    office.announce("FR-1")

    with writing(engine) as conn, office.working():
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-2\'')
        claimed = queue.claim(conn, "dispatcher", 10)
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')

    assert [one.object_id for one in claimed] == ["FR-1"]
    assert len(office.queue()) == 3


def test_installing_again_keeps_the_queue_and_doubles_nothing(office, engine):
    office.article("A")

    install(engine)
    office.article("B")

    assert office.queue() == [("product", "A"), ("product", "B")]


# What a base is made of, by name, so that what was there before is compared with what is there after.
CATALOGUES = {
    "postgresql": """
        SELECT 'class' AS kind, relname AS name, relnamespace::regnamespace::text AS owner FROM pg_class
        WHERE relnamespace::regnamespace::text NOT IN ('pg_toast')
        UNION ALL SELECT 'function', proname, pronamespace::regnamespace::text FROM pg_proc
        UNION ALL SELECT 'trigger', tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'schema', nspname, '' FROM pg_namespace
        UNION ALL SELECT 'type', typname, '' FROM pg_type
        UNION ALL SELECT 'column', attname, attrelid::regclass::text FROM pg_attribute WHERE attnum > 0
            AND starts_with(attrelid::regclass::text, 'dbo.')
        UNION ALL SELECT 'constraint', conname, '' FROM pg_constraint ORDER BY 1, 2, 3""",
    "sqlserver": """
        SELECT 'object' AS kind, name, CONVERT(varchar(200), parent_object_id) AS owner FROM sys.objects
        UNION ALL SELECT 'trigger', name, CONVERT(varchar(200), parent_id) FROM sys.triggers
        UNION ALL SELECT 'schema', name, '' FROM sys.schemas
        UNION ALL SELECT 'type', name, '' FROM sys.types
        UNION ALL SELECT 'column', name, CONVERT(varchar(200), object_id) FROM sys.columns
        UNION ALL SELECT 'index', name, CONVERT(varchar(200), object_id) FROM sys.indexes WHERE name IS NOT NULL
        UNION ALL SELECT 'principal', name, '' FROM sys.database_principals ORDER BY 1, 2, 3""",
}


def test_uninstalling_leaves_the_base_as_it_was(office, engine, base):
    def catalogue() -> list[tuple[str, ...]]:
        server = "sqlserver" if base.startswith("mssql") else "postgresql"
        return [tuple(row.values()) for row in office.rows(CATALOGUES[server])]

    uninstall(engine)
    before = catalogue()
    assert not [one for one in before if "wiadukt" in one[1].lower() or "wiadukt" in one[2].lower()]
    uninstall(engine)
    office.article("A")
    install(engine)
    office.article("B")
    assert office.queue() == [("product", "B")]
    assert catalogue() != before

    uninstall(engine)

    assert catalogue() == before
