"""`wiadukt doctor` on the shop's machine: the whole round, with the connector's and production's checks in it."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from wiadukt.contract.checkup import Grade
from wiadukt.runtime.checkup import lines_of
from wiadukt.runtime.words import language_of_environment

app = typer.Typer(invoke_without_command=True)
Language = Annotated[str, typer.Option(help="pl or en; else what the terminal is set to.")]


@app.callback()
def doctor(language: Language = "") -> None:
    """Check the shop, WAPRO's side and production, and say what to mend; ends with 1 when something must be mended."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiadukt.shop.settings")
    django.setup()
    from django.utils import translation

    from wiadukt.shop.doctor.course import PARTS, run_round
    from wiadukt.shop.doctor.subject import Subject
    from wiadukt.shop.sync import client

    red, part = False, ""
    with translation.override(language or language_of_environment(dict(os.environ))):
        for step, report in run_round(Subject(client.connector(), client.production())):
            if step.part != part:
                part = step.part
                typer.echo(f"\n=== {PARTS[part]}")
            red = red or report.grade is Grade.FAULT
            typer.echo("\n".join(lines_of(report)))
    raise typer.Exit(1 if red else 0)
