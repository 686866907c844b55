"""`wiadukt doctor`: looks at WAPRO's base and says what to mend."""

from __future__ import annotations

import typer

from wiadukt.contract.errors import WiaduktError
from wiadukt.wapro.doctor.capture import check_capture
from wiadukt.wapro.doctor.check import Check
from wiadukt.wapro.doctor.columns import check_columns
from wiadukt.wapro.doctor.dictionaries import check_dictionaries
from wiadukt.wapro.doctor.procedures import check_procedures
from wiadukt.wapro.engine import make_engine, reading
from wiadukt.wapro.settings import Settings

CHECKS: tuple[Check, ...] = (check_columns, check_procedures, check_dictionaries, check_capture)

app = typer.Typer(invoke_without_command=True)


@app.callback()
def doctor() -> None:
    """Check the connection to WAPRO; ends with 1 when something must be mended."""
    settings = Settings()
    red = False
    for check in CHECKS:
        try:
            with reading(make_engine(settings.wapro_database_url)) as conn:
                findings = list(check(conn, settings))
        except WiaduktError as error:
            typer.echo(f"[!!] {error}")
            raise typer.Exit(1) from error
        for finding in findings:
            red = red or not finding.ok
            typer.echo(
                f"[{'ok' if finding.ok else '!!'}] {finding.what}" + (f" -> {finding.remedy}" if finding.remedy else "")
            )
    raise typer.Exit(1 if red else 0)
