"""`wiadukt doctor`: looks at WAPRO's base and says what to mend."""

from __future__ import annotations

import typer
from sqlalchemy import Engine

from wiadukt.contract.errors import Misconfigured, WiaduktError
from wiadukt.wapro.doctor.backlog import check_backlog
from wiadukt.wapro.doctor.capture import check_capture
from wiadukt.wapro.doctor.check import Check, Finding
from wiadukt.wapro.doctor.columns import check_columns
from wiadukt.wapro.doctor.counts import check_counts
from wiadukt.wapro.doctor.dictionaries import check_dictionaries
from wiadukt.wapro.doctor.health import check_health
from wiadukt.wapro.doctor.known_unknowns import check_dates, check_other_versions, check_texts
from wiadukt.wapro.doctor.open_points import check_open_points
from wiadukt.wapro.doctor.prices import check_prices
from wiadukt.wapro.doctor.procedures import check_procedures
from wiadukt.wapro.doctor.server import check_server
from wiadukt.wapro.doctor.settlements import check_settlements
from wiadukt.wapro.doctor.version import check_version
from wiadukt.wapro.doctor.writing import check_writing
from wiadukt.wapro.engine import opened, reading
from wiadukt.wapro.settings import Settings

GROUPS: dict[str, tuple[Check, ...]] = {
    "Connection and version": (check_version, check_server),
    "Schema": (check_columns, check_texts, check_dates, check_other_versions, check_writing),
    "Procedures": (check_procedures,),
    "Dictionaries": (check_dictionaries,),
    "Flags and counts": (check_counts, check_open_points),
    "Prices": (check_prices,),
    "Settlements": (check_settlements,),
    "Health": (check_capture, check_backlog, check_health),
}
CHECKS: tuple[Check, ...] = tuple(check for checks in GROUPS.values() for check in checks)

app = typer.Typer(invoke_without_command=True)


@app.callback()
def doctor() -> None:
    """Check the connection to WAPRO; ends with 1 when something must be mended."""
    settings = Settings()
    red = False
    with opened(settings.wapro_database_url) as engine:
        for group, checks in GROUPS.items():
            typer.echo(f"\n{group}")
            for finding in (finding for check in checks for finding in _findings(check, engine, settings)):
                red = red or not finding.ok
                typer.echo(f"[{finding.sign}] {finding.what}" + (f" -> {finding.remedy}" if finding.remedy else ""))
    raise typer.Exit(1 if red else 0)


def _findings(check: Check, engine: Engine, settings: Settings) -> list[Finding]:
    """What one check saw. A base that does not answer ends the round; a table that is missing ends only this check."""
    try:
        with reading(engine) as conn:
            return list(check(conn, settings))
    except Misconfigured as error:
        return [Finding(False, error.cause, error.remedy)]
    except WiaduktError as error:
        typer.echo(f"[!!] {error}")
        raise typer.Exit(1) from error
