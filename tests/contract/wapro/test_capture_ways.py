"""What every way of capture promises: each committed change of what the shop sees is announced, at least once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

import pytest
from factories.bases import SERVERS, PostgresBases, SqlServerBases, bases_of, tracks_changes
from factories.captured import CHANGES, MOVES, Cast, key_of, make_cast, subject
from factories.wapro import settings_for

from wiadukt.wapro import gaps, install, queue
from wiadukt.wapro.capture.watched import WATCHED
from wiadukt.wapro.engine import make_engine, reading, writing
from wiadukt.wapro.main import CAPTURES

WAYS = [(server, way) for server in SERVERS for way in CAPTURES if way != "change_tracking" or tracks_changes(server)]


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: "-".join(way))
def way(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def bases(way, postgres) -> Iterator[PostgresBases | SqlServerBases]:
    server, capture = way
    bases = bases_of(server, postgres, capture=capture)
    yield bases
    bases.close()


@pytest.fixture
def capture(base, way):
    """The worker, after a first step over an empty base."""
    settings = settings_for(base, wapro_capture=way[1], wapro_mend_capture=True, capture_check_s=0)
    engine = make_engine(base)
    worker = CAPTURES[way[1]](engine, settings, partial(install.install, engine, capture=way[1]))
    worker.step()
    yield worker
    engine.dispose()


@pytest.fixture
def told(capture, office) -> Callable[[], set[tuple[str, str]]]:
    """What has been announced since it was asked last."""

    def told() -> set[tuple[str, str]]:
        capture.step()
        found = set(office.queue())
        office.forget_queue()
        return found

    return told


@pytest.fixture
def cast(office, told) -> Cast:
    cast = make_cast(office)
    told()
    return cast


def test_the_changes_cover_every_watched_table():
    assert set(CHANGES) == {watched.table.name for watched in WATCHED}


@pytest.mark.parametrize("table", CHANGES)
def test_a_row_that_goes_comes_or_changes_announces_its_object(office, cast, told, table):
    key, (column, value) = key_of(office, table), CHANGES[table]
    row = office.rows(f'SELECT * FROM dbo."{table}" WHERE "{key}" = %s', cast[table])[0]

    office.run(f'DELETE FROM dbo."{table}" WHERE "{key}" = %s', cast[table])
    assert subject(table, cast) in told(), "gone"

    office.insert(table, **row)
    assert subject(table, cast) in told(), "come"

    office.run(f'UPDATE dbo."{table}" SET "{column}" = %s WHERE "{key}" = %s', value, cast[table])
    assert subject(table, cast) in told(), "changed"


@pytest.mark.parametrize("table", MOVES)
def test_a_row_that_moves_announces_the_old_owner_and_the_new(office, cast, told, table):
    column, kind, other = MOVES[table]

    office.run(f'UPDATE dbo."{table}" SET "{column}" = %s', cast[other])

    assert told() >= {subject(table, cast), (kind, str(cast[other]))}


def test_an_index_that_changes_announces_the_old_product_and_the_new(office, cast, told):
    office.run('UPDATE dbo."ARTYKUL" SET "INDEKS_KATALOGOWY" = \'FR-9\' WHERE "ID_ARTYKULU" = %s', cast["ARTYKUL"])

    assert told() >= {("product", "FR-1"), ("product", "FR-9")}


def test_a_line_of_a_note_that_went_to_another_invoice_belonged_to_the_later_one(office, cast, told):
    office.run('UPDATE dbo."DOKUMENT_MAGAZYNOWY" SET "ID_DOKUMENTU_HANDLOWEGO" = %s', cast["invoice"])
    told()

    office.run('DELETE FROM dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO"')

    assert ("invoice", str(cast["invoice"])) in told()


def test_one_statement_over_many_rows_announces_each_object(office, cast, told):
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" + 1')

    assert told() == {("product", "FR-1"), ("product", "FR-2")}


def test_a_change_that_the_office_takes_back_was_none(office, cast, told):
    with suppress(ZeroDivisionError), office.working():
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 0')
        office.run('DELETE FROM dbo."KONTAKT"')
        raise ZeroDivisionError

    assert told() == set()


def test_what_the_shop_does_not_see_announces_nothing(office, cast, told):
    office.order(cast["customer"], TYP=2)
    office.run('DELETE FROM dbo."ZAMOWIENIE" WHERE "TYP" = 2')
    for table in ("KONTRAHENT", "ARTYKUL", "ZAMOWIENIE", "DOKUMENT_HANDLOWY"):
        office.run(f'UPDATE dbo."{table}" SET "SEMAFOR" = 3000002, "FLAGA_STANU" = 1')

    assert told() == set()


def test_several_changes_of_one_object_are_one_event(office, cast, capture):
    for stock in (3, 4, 5):
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = %s WHERE "INDEKS_KATALOGOWY" = \'FR-1\'', stock)
        capture.step()

    with writing(capture.engine) as conn:
        claimed = queue.claim(conn, "dispatcher", 10)

    assert [one.object_id for one in claimed] == ["FR-1"]


def test_a_buyer_who_gets_the_flag_brings_his_documents(office, told):
    buyer, payer = office.contractor(DOSTEPNY_W_B2B=0), office.contractor()
    order = office.order(buyer)
    office.order(buyer, TYP=2)
    mine = [office.invoice(buyer), office.invoice(payer, ID_PLATNIKA=buyer), office.invoice(buyer, ID_PLATNIKA=payer)]
    told()

    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 1 WHERE "ID_KONTRAHENTA" = %s', buyer)

    found = told()
    assert found >= {("customer", str(buyer)), ("order", str(order)), ("invoice", str(mine[0]))}
    # Invoices that the payer's flag had shown already need no word.
    assert found <= {("customer", str(buyer)), ("order", str(order))} | {("invoice", str(one)) for one in mine}


CHOSEN = {
    "goods by a free field": ({"wapro_article_flag": "POLE3=sklep"}, "ARTYKUL", "POLE3", ("sklep", "")),
    "goods by another flag": ({"wapro_article_flag": "AKTYWNY_DLA_SYS_ZEW"}, "ARTYKUL", "AKTYWNY_DLA_SYS_ZEW", (0, 1)),
    "goods by a rule": ({"wapro_article_skip": "INDEKS_HANDLOWY=X*"}, "ARTYKUL", "INDEKS_HANDLOWY", ("X-1", "1")),
    "buyers by a free field": ({"wapro_customer_flag": "POLE3=B2B"}, "KONTRAHENT", "POLE3", ("B2B", "")),
    "buyers by their group": ({"wapro_customer_flag": "ID_GRUPY=5"}, "KONTRAHENT", "ID_GRUPY", (5, 2)),
    "number in KSeF": ({"wapro_ksef_number_column": "NUMER_KSEF"}, "DOKUMENT_HANDLOWY", "NUMER_KSEF", ("1-2", "")),
    "link in KSeF": ({"wapro_ksef_url_column": "SKROT_KSEF"}, "DOKUMENT_HANDLOWY", "SKROT_KSEF", ("a" * 64, "")),
}


@pytest.fixture
def told_by(office, base, way) -> Iterator[Callable[[dict[str, str]], Callable[[], set[tuple[str, str]]]]]:
    """The same as `told`, of a connector that is set in another way."""
    made = []

    def begun(chosen: dict[str, str]) -> Callable[[], set[tuple[str, str]]]:
        settings = settings_for(base, wapro_capture=way[1], capture_check_s=0, **chosen)
        made.append(make_engine(base))
        install.install(made[-1], capture=way[1], choices=install.Choices.of(settings))
        worker = CAPTURES[way[1]](made[-1], settings)
        worker.step()
        office.forget_queue()

        def told() -> set[tuple[str, str]]:
            worker.step()
            found = set(office.queue())
            office.forget_queue()
            return found

        return told

    yield begun
    for engine in made:
        engine.dispose()


@pytest.mark.parametrize("case", CHOSEN)
def test_a_column_that_a_setting_names_is_watched(office, told_by, case):
    chosen, table, column, values = CHOSEN[case]
    if "KSEF" in column:
        office.run(f'ALTER TABLE dbo."DOKUMENT_HANDLOWY" ADD "{column}" varchar(64)')
    cast = make_cast(office)
    told = told_by(chosen)

    for value in values:
        office.run(f'UPDATE dbo."{table}" SET "{column}" = %s WHERE "{key_of(office, table)}" = %s', value, cast[table])

        assert subject(table, cast) in told(), value


@pytest.mark.parametrize("case", [case for case in CHOSEN if case.startswith("buyers")])
def test_a_buyer_who_enters_by_such_a_column_brings_his_documents(office, told_by, case):
    chosen, _table, column, values = CHOSEN[case]
    buyer = office.contractor(DOSTEPNY_W_B2B=0)
    order, invoice = office.order(buyer), office.invoice(buyer)
    told = told_by(chosen)

    office.run(f'UPDATE dbo."KONTRAHENT" SET "{column}" = %s WHERE "ID_KONTRAHENTA" = %s', values[0], buyer)

    assert told() == {("customer", str(buyer)), ("order", str(order)), ("invoice", str(invoice))}


def test_what_may_have_been_missed_is_told_as_a_gap_and_what_follows_is_announced(office, cast, told, capture, way):
    with reading(capture.engine) as conn:
        before = gaps.last_ended_at(conn)
    if way[1] == "triggers":
        office.capture("ARTYKUL", "drop")
    elif way[1] == "change_tracking":
        office.tracking("ARTYKUL", "off")
    else:
        office.run("DELETE FROM wiadukt.zamiatanie")
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-2\'')

    capture.step()
    capture.step()

    with reading(capture.engine) as conn:
        assert gaps.last_ended_at(conn) != before
    assert capture.word == "on"
    office.forget_queue()
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 4 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')
    assert told() == {("product", "FR-1")}
