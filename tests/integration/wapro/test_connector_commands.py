"""An administrator at the keyboard: what goes wrong is told in a line."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from wiadukt.wapro import install as steps
from wiadukt.wapro.cli import app

NOBODY = "postgresql://wiadukt@127.0.0.1:1/wapro"


@pytest.mark.parametrize("command", ["install", "install --dry-run", "upgrade", "uninstall"])
def test_a_base_that_does_not_answer_is_told_in_a_line(command):
    result = CliRunner().invoke(app, [*command.split(), "--url", NOBODY])

    assert result.exit_code == 1
    assert result.output.startswith("[!!] WAPRO's base: ")
    assert isinstance(result.exception, SystemExit)


def test_a_busy_table_stops_the_installation_which_says_so(base, office, monkeypatch):
    monkeypatch.setattr(steps, "DDL_LOCK_TIMEOUT_MS", 200)
    office.article("FR-1")
    with office.working():
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 1')
        result = CliRunner().invoke(app, ["install", "--url", base])

    assert (result.exit_code, result.output.startswith("[!!] WAPRO's base: ")) == (1, True), result.output
    assert isinstance(result.exception, SystemExit)


def test_a_base_without_wapros_tables_is_told_in_a_line(base, office):
    office.run('DROP TABLE dbo."ROZLICZENIE"')

    result = CliRunner().invoke(app, ["install", "--url", base])

    assert (result.exit_code, "the base has no table ROZLICZENIE" in result.output) == (1, True), result.output
