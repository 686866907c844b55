"""`wiadukt connector doctor`: looks at WAPRO's base and says what to mend."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from wiadukt.contract.checkup import Grade
from wiadukt.runtime.checkup import lines_of
from wiadukt.runtime.words import language_of_environment, speaking
from wiadukt.wapro.doctor.checks import Doctor, Subject
from wiadukt.wapro.engine import opened
from wiadukt.wapro.settings import Settings

app = typer.Typer(invoke_without_command=True)
Language = Annotated[str, typer.Option(help="pl or en; else what the terminal is set to.")]


@app.callback()
def doctor(language: Language = "") -> None:
    """Check WAPRO's side and say what to mend; ends with 1 when something must be mended."""
    settings = Settings()
    red = False
    with opened(settings.wapro_database_url) as engine, speaking(language or language_of_environment(dict(os.environ))):
        for report in Doctor(Subject(engine, settings)).round():
            red = red or report.grade is Grade.FAULT
            typer.echo("\n".join(lines_of(report)))
    raise typer.Exit(1 if red else 0)
