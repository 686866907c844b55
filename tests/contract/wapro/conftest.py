"""A WAPRO base for each test. The same tests run on each server that a base may be on."""

from __future__ import annotations

from pathlib import Path

from factories.bases import MSSQL_URL
from factories.wapro_base import (  # noqa: F401
    bases_of_each_server,
    connectors_engine,
    connectors_settings,
    fresh_base,
    office_at_work,
)

# Only SQL Server can show these; `make test-mssql` runs them, and so does its workflow.
collect_ignore = [] if MSSQL_URL else [one.name for one in Path(__file__).parent.glob("test_sqlserver_*.py")]
