"""Every statement that the connector can send to SQL Server stands in `statements.sql`, and sqlglot can read it.

The connector's work is done once on PostgreSQL, and each statement it builds is also said in T-SQL; what is written for
SQL Server by hand is added. `pytest --golden` writes the file anew: the difference is for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from factories.bases import PostgresBases, connect
from factories.captured import make_cast
from factories.wapro import Office, placed, settings_for
from sqlalchemy import Engine, Insert, TextClause, event
from sqlalchemy.dialects.mssql.mssqlpython import MSDialect_mssqlpython
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from wiadukt.contract.address_change import AddressChange, CardPart, CardValue, DeliveryPlaceChange
from wiadukt.contract.base import Kind
from wiadukt.contract.customer import Address, PlaceCard
from wiadukt.contract.erp_queue import QueueFilter, QueuePage, QueueRetry
from wiadukt.contract.errors import Refused
from wiadukt.contract.job_order import ProgressReport
from wiadukt.contract.order_status import StatusMeaning
from wiadukt.contract.states import OrderState, ProductionState, QueueState
from wiadukt.runtime import clock
from wiadukt.wapro import engine as engine_module
from wiadukt.wapro import gaps, queue
from wiadukt.wapro import tables as t
from wiadukt.wapro.capture import tracking, triggers
from wiadukt.wapro.capture.sweep import Sweeper
from wiadukt.wapro.capture.tracking import ChangeTracking
from wiadukt.wapro.capture.watched import TABLES, watched_with
from wiadukt.wapro.doctor import database as database_check
from wiadukt.wapro.doctor import integrators, server
from wiadukt.wapro.doctor import rights as rights_check
from wiadukt.wapro.doctor import writing as writing_check
from wiadukt.wapro.doctor.checks import LOOKS
from wiadukt.wapro.engine import make_engine, reading, writing
from wiadukt.wapro.install import TRACKING, install, removal, sqlserver
from wiadukt.wapro.install.sqlserver import rights
from wiadukt.wapro.read import product_digests, steady
from wiadukt.wapro.read.digests import READERS
from wiadukt.wapro.read.forms import read_delivery_forms, read_payment_forms
from wiadukt.wapro.read.ids import read_ids
from wiadukt.wapro.read.meanings import read_statuses
from wiadukt.wapro.settings import CardFlag
from wiadukt.wapro.write import call_postgresql, call_sqlserver, new_row, told
from wiadukt.wapro.write.addresses import write_address, write_place
from wiadukt.wapro.write.call import PARAMETERS, Parameter
from wiadukt.wapro.write.cancelling import cancel_order
from wiadukt.wapro.write.meanings import write_meaning
from wiadukt.wapro.write.orders import write_order
from wiadukt.wapro.write.statuses import write_progress

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
GOLDEN = Path(__file__).with_name("statements.sql")
DIALECT = MSDialect_mssqlpython()
# What PostgreSQL is told in words of its own, and where SQL Server's words for it are.
TWINS = {
    queue.CLAIM["postgresql"].text: queue.CLAIM["mssql"].text,
    engine_module.ADVISORY.text: engine_module.APPLOCK.text,
    call_postgresql._PARAMETERS.text: call_sqlserver._PARAMETERS,
    integrators.FOREIGN_POSTGRESQL.text: integrators.FOREIGN_SQL_SERVER.text,
    rights_check.TABLE_POSTGRESQL.text: rights_check.TABLE_SQL_SERVER.text,
    rights_check.PROCEDURE_POSTGRESQL.text: rights_check.TABLE_SQL_SERVER.text,
    database_check.SIZE_POSTGRESQL.text: database_check.DATA_FILES.text,
    triggers.postgresql._TRIGGERS.text: triggers.sqlserver._TRIGGERS.text,
    **{
        getattr(tracking.postgresql, name).text: getattr(tracking.sqlserver, name).text
        for name in ("CURRENT", "STATE", "BASE", "KEYS")
    },
}
# Primary keys that are not the first of the columns we read.
KEYS = {
    "CENA_ARTYKULU": ["ID_CENA_ARTYKULU"],
    "CENNIK_INDYWIDUALNY": ["ID_CENNIK_INDYWIDUALNY"],
    "PROGI_RABATOWE": ["ID_FIRMY", "PROG"],
    "CENA_GRUPY": ["ID_KATEGORII", "ID_GRUPY"],
}
for watched in watched_with(CardFlag("DOSTEPNY_W_B2B"), goods="DOSTEPNY_W_SKLEPIE_INTER"):
    key, columns = KEYS.get(watched.table.name, [watched.table.columns.keys()[0]]), watched.columns()
    TWINS |= {
        tracking.postgresql.changes(watched, key, columns): tracking.sqlserver.changes(watched, key, columns),
        tracking.postgresql.filling(watched, key): tracking.sqlserver.filling(watched, key),
    }

NUMBERING = ("okresnumeracji", "parametr1", "parametr2")


@pytest.fixture
def base(postgres) -> Iterator[str]:
    with PostgresBases(postgres).fresh() as url:
        yield url


@pytest.fixture
def office(base) -> Iterator[Office]:
    office = Office(connect(base))
    yield office
    office.close()


def _said(clause: Any) -> str:
    """The statement in T-SQL, with a `?` for each value and one for each list."""
    if isinstance(clause, TextClause):
        if clause.text in TWINS:
            return TWINS[clause.text]
        return clause.text
    text = str(clause.compile(dialect=DIALECT))
    return re.sub(r"\(__\[POSTCOMPILE_[^\]]*\]\)|__\[POSTCOMPILE_[^\]]*\]", "(?)", text)


def _with_values(clause: Any, many: Any, one: Any) -> Any:
    """An insert of many rows names its columns by the first of them."""
    first = many[0] if many else one
    return clause.values(first) if first and isinstance(clause, Insert) else clause


def _is_ours(clause: Any) -> bool:
    """Neither a procedure's call, which is said otherwise there, nor SQLAlchemy's own look at the catalogue."""
    if isinstance(clause, TextClause):
        return not re.match(r'SELECT (\*|0 AS n, rc) FROM dbo\."', clause.text)
    return not re.search(r"\bpg_|::OID|AS OID", str(clause.compile(dialect=PGDialect_psycopg())))


def _work(base: str, office: Office, seen: list[Any], flag: str) -> None:
    """Everything that the connector does with a base."""
    settings = settings_for(
        base, wapro_price_levels="2", wapro_write_addresses=True, wapro_write_places=True, wapro_customer_flag=flag
    )
    engine = make_engine(base)

    def note(conn: Any, clause: Any, many: Any, one: Any, options: Any) -> None:
        seen.append(_with_values(clause, many, one))

    event.listen(engine, "before_execute", note)
    buyer = office.contractor()
    place = office.place(buyer)
    office.article("FR-1", wholesale="10")
    correction = office.invoice(buyer, ID_TYPU=3, DOK_KOREKTY=1, ID_DOK_ORYGINALNEGO=office.invoice(buyer))
    for corrected in (0, office.invoice_line(1)):
        office.invoice_line(1, ID_DOK_HANDLOWEGO=correction, ID_POZ_ORYGINALNEJ=corrected)
    final = office.invoice(buyer, ID_FZAL_ORG=1)
    office.insert("MAG_SLOWNIK_STATUSOW_DOKUMENTOW", OPIS_STATUSU="wstrzymane", KOD_STATUSU="H")
    with reading(engine) as conn:
        for kind, read in READERS.items():
            read(conn, ["1", str(correction), str(final)] if kind is Kind.INVOICE else ["1"], settings)
            read_ids(conn, kind, settings, after="", limit=10)
            read_ids(conn, kind, settings, after="1", limit=10)
            queue.entries(conn, kind, ["1"])
            steady._youngest(conn, kind, ["1"])
        gaps.last_ended_at(conn)
        read_payment_forms(conn, settings)
        read_delivery_forms(conn, settings)
        read_statuses(conn, settings)
        for look in (look for looks in LOOKS.values() for look in looks):
            list(look(conn, settings))
    order = placed(buyer, {"product_id": "FR-1"}, delivery_place_id=str(place))
    report = ProgressReport(
        order_number=order.number, revision=1, state="in_production", planned=Decimal(2), good=Decimal(1)
    )
    with writing(engine) as conn:
        write_order(conn, order, settings)
        write_progress(conn, report, settings)
        write_progress(conn, report.model_copy(update={"revision": 2, "state": ProductionState.READY}), settings)
        cancel_order(conn, order.number, settings)
    changed = placed(buyer, {"product_id": "FR-1"}, number=f"{order.number}.2", replaces=order.number)
    with pytest.raises(Refused), writing(engine) as conn:
        write_order(conn, changed, settings)
    with writing(engine) as conn:
        _write_addresses(conn, str(buyer), str(place), settings)
    office.run("DELETE FROM wiadukt.zamowienie_mapa")
    with writing(engine) as conn:
        write_order(conn, order, settings)
    office.run('DELETE FROM dbo."ZAMOWIENIE"')
    with pytest.raises(Refused), writing(engine) as conn:
        write_order(conn, order, settings)
    with writing(engine) as conn:
        queue.accept(conn, Kind.ORDER, "1")
        claimed = queue.claim(conn, "who", 10)
        queue.mark_sent(conn, "whose lease went to who", claimed)
        queue.mark_sent(conn, "who", claimed[:1])
        queue.reject(conn, "who", claimed[1:2], "cause")
        queue.postpone(conn, "who", claimed[2:], "cause")
        queue.prune(conn, 30)
        queue.retry(conn)
        queue.retry(conn, 1)
        _looks(conn)
        for state in (OrderState.READY, None):
            write_meaning(conn, StatusMeaning(letter="H", state=state), settings)
        gaps.begin(conn)
        gaps.end(conn)
    _capture(engine, office, base)
    engine.dispose()


def _looks(conn: Any) -> None:
    """Every way of looking at the queue; with snapshots and, as by default on SQL Server, without."""
    for sees in (True, False):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(queue, "sees_one_moment", lambda conn, sees=sees: sees)
            conn.exec_driver_sql(
                "INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, status, ostatni_blad)"
                " VALUES ('order', '1', 'odrzucony', 'cause')"
            )
            queue.counts(conn)
            queue.standing(conn)
            queue.entries(conn, Kind.ORDER, ["1"])
            asked = {"kind": Kind.ORDER, "q": "1", "since": LONG_AGO, "until": clock.now()}
            queue.page(conn, QueuePage(state=QueueState.REJECTED, before=9, limit=10, **asked))
            queue.causes(conn, QueueFilter())
            queue.causes(conn, QueueFilter(cause="cause", **asked))
            queue.retry_some(conn, QueueRetry(cause="cause", up_to=2**40, **asked))


def _capture(engine: Engine, office: Office, base: str) -> None:
    """A change of each table, noticed by the two ways that ask for it."""
    sweeper, tracker = (make(engine, settings_for(base, wapro_capture=TRACKING)) for make in (Sweeper, ChangeTracking))
    install(engine, capture=TRACKING)
    for worker in (sweeper, tracker):
        worker.step()
    office.run('DELETE FROM dbo."ARTYKUL"')
    buyer = make_cast(office)["KONTRAHENT"]
    tracker.step()
    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 0 WHERE "ID_KONTRAHENTA" = %s', buyer)
    tracker.step()
    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 1 WHERE "ID_KONTRAHENTA" = %s', buyer)
    for worker in (sweeper, tracker):
        worker.step()
    with reading(engine) as conn:
        for look in (look for looks in LOOKS.values() for look in looks):
            list(look(conn, tracker.settings))
        removal(conn)


def _write_addresses(conn: Any, buyer: str, place: str, settings: Any) -> None:
    about: dict[str, Any] = {"customer_id": buyer, "changed_at": datetime(2026, 11, 23, tzinfo=UTC)}
    moved = Address(street="Leśna 7", postal_code="60-001", city="Poznań", country="DE")
    for revision, part in enumerate(CardPart, start=1):
        value = CardValue(address=moved, phone="1")
        write_address(conn, AddressChange(**about, part=part, revision=revision, value=value), settings)
    value = CardValue(address=moved.model_copy(update={"city": "Łódź"}))
    write_address(conn, AddressChange(**about, part=CardPart.ADDRESS, revision=9, value=value), settings)
    hall = PlaceCard(name="Hala 3", recipient="J", address=moved, phone="2", note="Brama")
    for revision, place_id in enumerate((place, None), start=1):
        change = DeliveryPlaceChange(**about, key=f"k{revision}", id=place_id, revision=revision, value=hall)
        write_place(conn, change, settings)
    told.forget_answers(conn, 30)


def _calls() -> list[str]:
    """Each procedure's batch, for the signature that the facts give."""
    numbering = tuple(
        Parameter(name, kind, True, False)
        for name, kind in [
            ("format_num", "varchar(50)"),
            ("okresnumeracji", "smallint"),
            ("parametr1", "smallint"),
            ("parametr2", "smallint"),
        ]
    )
    found = []
    for procedure, names in PARAMETERS.items():
        outputs = numbering if procedure.startswith("JL_PobierzFormat") else ()
        signature = (*(Parameter(name, "int", False, False) for name in names), *outputs)
        found.append(call_sqlserver.batch(procedure, signature, names))
    return found


@pytest.fixture
def statements(base, office, monkeypatch) -> list[str]:
    monkeypatch.setattr(product_digests, "can_digest", lambda conn: False)  # as on SQL Server
    seen: list[Any] = []
    _work(base, office, seen, "DOSTEPNY_W_B2B")
    said = {_said(clause) for clause in seen if _is_ours(clause)}
    by_hand = [
        *_calls(),
        engine_module.SNAPSHOT_ALLOWED.text,
        engine_module.COLUMNS.text,
        call_sqlserver._DEFINITION.text,
        new_row.batch(
            t.place, dict.fromkeys(column.name for column in t.place.columns if column.name != "ID_MIEJSCA_DOSTAWY")
        ),
        writing_check._NUMBERED.text,
        rights.MEMBERS.text,
        rights._THERE.text,
        *(getattr(triggers.sqlserver, name).text for name in ("_TRIGGERS", "_WRITTEN", "_LARGE")),
        *(getattr(server, name).text for name in ("_SERVER", "_BASE", "_NESTED", "_OUTPUT", "_IDENTITY")),
        rights_check.TABLE_SQL_SERVER.text,
        *(getattr(database_check, name).text for name in ("DATA_FILES", "MAY_SEE_DISKS", "DISKS")),
        engine_module.SESSION,
        engine_module.STILL_HELD.text,
        engine_module._session("SNAPSHOT", engine_module.READ_LOCK_TIMEOUT_MS),
        engine_module._session("READ COMMITTED", engine_module.READ_LOCK_TIMEOUT_MS),
        engine_module._session("READ COMMITTED", engine_module.WRITE_LOCK_TIMEOUT_MS),
    ]
    return sorted({re.sub(r"[ \t]+\n", "\n", one).strip() for one in [*said, *by_hand]})


def test_every_statement_is_in_the_golden_file(statements, request):
    text = "\nGO\n\n".join(statements) + "\nGO\n"
    if request.config.getoption("--golden"):
        GOLDEN.write_text(text, encoding="utf-8")

    assert text == GOLDEN.read_text(encoding="utf-8"), "Run pytest with --golden and read the difference."


# What is installed, by capture; of change tracking only what differs, and how it is taken out again.
INSTALLED = {
    "installed.sql": lambda: [
        *sqlserver.room(),
        *triggers.sqlserver.triggers(lambda table: None, CardFlag("DOSTEPNY_W_B2B")),
        *rights.rights(rights.Login("wiadukt"), ("addresses", "places")),
        *rights.rights(rights.Login("wiadukt_odczyt", only_reads=True)),
    ],
    "tracked.sql": lambda: [
        tracking.sqlserver.noted(tracking.BASE),
        tracking.sqlserver.switched_on(7),
        tracking.sqlserver.kept_for(7),
        *(tracking.sqlserver.enabled(table) for table in TABLES),
        *rights.rights(rights.Login("wiadukt"), tracks=True),
        *(tracking.sqlserver.disabled(table) for table in TABLES),
        tracking.sqlserver.switched_off(),
    ],
}


@pytest.mark.parametrize("name", INSTALLED)
def test_what_is_installed_is_in_the_golden_files_too(request, name):
    golden = GOLDEN.with_name(name)
    text = "\nGO\n".join(INSTALLED[name]()) + "\nGO\n"
    if request.config.getoption("--golden"):
        golden.write_text(text, encoding="utf-8")

    assert text == golden.read_text(encoding="utf-8"), "Run pytest with --golden and read the difference."
