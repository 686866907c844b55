"""What is put into WAPRO's base comes whole or not at all, as it was shown before, and goes without a trace."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from factories.bases import SERVERS, connect, tracks_changes
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from wiadukt.demo.erp.install import batches
from wiadukt.wapro import install as steps
from wiadukt.wapro.cli import app
from wiadukt.wapro.engine import reading
from wiadukt.wapro.install import install, uninstall

# What a base is made of, by name and without the numbers that the server gives.
CATALOGUES = {
    "postgresql": [
        "SELECT relnamespace::regnamespace::text, relname, relkind FROM pg_class"
        " WHERE relnamespace::regnamespace::text <> 'pg_toast'",
        "SELECT pronamespace::regnamespace::text, proname, prosrc FROM pg_proc",
        "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT nspname, nspacl::text FROM pg_namespace",
        "SELECT typnamespace::regnamespace::text, typname FROM pg_type WHERE typname !~ '^_?pg_toast'",
        "SELECT attrelid::regclass::text, attname, atttypid::regtype::text, attnotnull FROM pg_attribute"
        " WHERE attnum > 0 AND attrelid::regclass::text ~ '^(dbo|wiadukt)'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint",
    ],
    "sqlserver": [
        "SELECT SCHEMA_NAME(schema_id) AS a, name, OBJECT_NAME(parent_object_id) AS b, type FROM sys.objects",
        "SELECT OBJECT_NAME(object_id) AS a, definition, uses_ansi_nulls, uses_quoted_identifier FROM sys.sql_modules",
        "SELECT OBJECT_NAME(parent_id) AS a, name, is_disabled FROM sys.triggers",
        "SELECT name, principal_id FROM sys.schemas",
        "SELECT SCHEMA_NAME(schema_id) AS a, name, max_length, precision, scale FROM sys.types",
        "SELECT OBJECT_NAME(object_id) AS a, name, TYPE_NAME(user_type_id) AS b, max_length, precision, scale,"
        " is_nullable, is_identity FROM sys.columns",
        "SELECT OBJECT_NAME(object_id) AS a, name, type, is_unique, is_primary_key, allow_page_locks FROM sys.indexes",
        "SELECT OBJECT_NAME(parent_object_id) AS a, name, definition FROM sys.default_constraints",
        "SELECT OBJECT_NAME(parent_object_id) AS a, name, definition FROM sys.check_constraints",
        "SELECT name, type, default_schema_name FROM sys.database_principals",
        "SELECT USER_NAME(role_principal_id) AS a, USER_NAME(member_principal_id) AS b FROM sys.database_role_members",
        "SELECT USER_NAME(grantee_principal_id) AS a, class, OBJECT_NAME(major_id) AS b, minor_id, permission_name,"
        " state FROM sys.database_permissions",
        "SELECT snapshot_isolation_state, is_recursive_triggers_on FROM sys.databases WHERE database_id = DB_ID()",
    ],
}
WAYS = [
    pytest.param(server, way, id=f"{server}-{way}")
    for server in SERVERS
    for way in steps.WAYS
    if way != "change_tracking" or tracks_changes(server)
]
Catalogue = Callable[[], list[list[str]]]


@pytest.fixture
def catalogue(office, base) -> Catalogue:
    queries = CATALOGUES["sqlserver" if base.startswith("mssql") else "postgresql"]
    return lambda: [sorted(str(tuple(row.values())) for row in office.rows(query)) for query in queries]


@pytest.fixture
def by_hand(base) -> Callable[[str], None]:
    """An administrator runs what was printed."""

    def run(text: str) -> None:
        if not base.startswith("mssql"):
            with psycopg.connect(base) as connection:
                connection.execute(text.encode())
            return
        line = connect(base)
        for batch in batches(text):
            line.run(batch)
        line.close()

    return run


def _is_ours(catalogue: list[list[str]]) -> bool:
    return any("wiadukt" in one.lower() for part in catalogue for one in part)


def _printed(*command: str, url: str) -> str:
    result = CliRunner().invoke(app, [*command, "--url", url, "--dry-run"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(("bases", "way"), WAYS, indirect=["bases"])
def test_the_base_is_as_it_was_when_everything_is_taken_out_again(office, engine, catalogue, way):
    uninstall(engine)
    before = catalogue()
    assert not _is_ours(before)
    uninstall(engine)
    office.article("A")
    install(engine, capture=way)
    office.article("B")
    assert _is_ours(catalogue())

    uninstall(engine)

    assert catalogue() == before


@pytest.mark.parametrize(("bases", "way"), WAYS, indirect=["bases"])
def test_what_is_printed_is_what_would_be_done(engine, base, catalogue, by_hand, way):
    uninstall(engine)
    before = catalogue()
    install(engine, capture=way)
    installed, to_remove = catalogue(), _printed("uninstall", url=base)
    uninstall(engine)

    by_hand(_printed("install", "--capture", way, url=base))

    assert catalogue() == installed
    by_hand(to_remove)
    assert catalogue() == before


@pytest.mark.parametrize(("bases", "way"), WAYS, indirect=["bases"])
def test_a_renewal_ends_where_a_new_installation_does_and_keeps_the_queue(office, engine, catalogue, way):
    uninstall(engine)
    install(engine, capture=way)
    installed = catalogue()
    office.announce("FR-1")

    for _ in range(2):
        install(engine, capture=way)

    assert catalogue() == installed
    assert office.queue() == [("product", "FR-1")]


if "sqlserver" in SERVERS:

    @pytest.mark.parametrize("bases", ["sqlserver"], indirect=True)
    def test_what_is_printed_stops_where_it_fails_and_leaves_nothing(base, engine, catalogue):
        """Whoever runs it goes on with the next batch whatever became of the last one, as sqlcmd does."""
        uninstall(engine)
        before = catalogue()
        script = batches(_printed("install", url=base))
        third = next(number for number, batch in enumerate(script) if "CREATE TRIGGER" in batch) + 2
        line = connect(base)

        failures = 0
        for batch in [*script[:third], "RAISERROR (N'Nie ma miejsca na dysku', 16, 1)", *script[third:]]:
            try:
                line.run(batch)
            except DBAPIError:
                failures += 1
        line.close()

        assert failures == 1
        assert catalogue() == before


def test_printing_changes_nothing(engine, base, catalogue):
    uninstall(engine)
    before = catalogue()

    _printed("install", url=base)
    _printed("uninstall", url=base)

    assert catalogue() == before


def test_an_installation_that_fails_leaves_nothing_and_can_be_repeated(office, engine, base, catalogue, monkeypatch):
    """The office works on the last of the tables, so that all the others have their triggers already."""
    monkeypatch.setattr(steps, "DDL_LOCK_TIMEOUT_MS", 200)
    uninstall(engine)
    before = catalogue()
    debt = office.receivable(office.invoice(office.contractor()), 1, "10")

    with office.working():
        office.pay(debt, "1")
        result = CliRunner().invoke(app, ["install", "--url", base])
    assert result.exit_code == 1, result.output

    assert catalogue() == before
    with reading(engine) as conn:
        assert steps.triggers.server(conn).switched_on(conn) == set()
    install(engine)
    office.article("FR-1")
    assert office.queue() == [("product", "FR-1")]
