"""`wiadukt connector`: prepare WAPRO's base, run beside it, look at the queue."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy import Engine

from wiadukt.contract.errors import WiaduktError
from wiadukt.runtime.management import Listen
from wiadukt.wapro.doctor import cli as doctor
from wiadukt.wapro.engine import opened, reading, writing
from wiadukt.wapro.settings import Settings

app = typer.Typer(no_args_is_help=True)
queue_app = typer.Typer(no_args_is_help=True, help="The change queue in WAPRO's base.")
app.add_typer(queue_app, name="queue")
app.add_typer(doctor.app, name="doctor", help="Check WAPRO's side and say what to mend.")


@contextmanager
def _base(url: str = "") -> Iterator[Engine]:
    """The base for one command. Its trouble is told in a line, and the command ends with 1."""
    try:
        with opened(url or Settings().wapro_database_url) as engine:
            yield engine
    except WiaduktError as error:
        typer.echo(f"[!!] {error}", err=True)
        raise typer.Exit(1) from error


@app.command()
def run(host: str = "127.0.0.1", port: int = 8001, management: Listen = "") -> None:
    """Answer the shop and production, and send WAPRO's events."""
    from wiadukt.runtime import log, spans
    from wiadukt.runtime.serve import serve
    from wiadukt.wapro.main import create_app

    log.configure(process="connector")
    spans.configure(process="connector")
    app = create_app()
    serve(app, app.state.management, listen=management, host=host, port=port)


Url = Annotated[
    str, typer.Option("--url", help="The base, as somebody who may make tables there; else WAPRO_DATABASE_URL.")
]
Capture = Annotated[str, typer.Option("--capture", help="triggers, change_tracking or sweep; else WAPRO_CAPTURE.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the SQL and do nothing.")]
LoginName = Annotated[str, typer.Option("--login", help="SQL Server: the login that gets the connector's rights.")]
Password = Annotated[
    str,
    typer.Option(
        envvar="WAPRO_LOGIN_PASSWORD", help="Makes the login with it when it is not there; better by the environment."
    ),
]
OnlyReads = Annotated[
    bool, typer.Option("--only-reads", help="That login may change nothing of WAPRO's: no order can be written.")
]


@app.command()
def install(
    url: Url = "",
    login: LoginName = "",
    *,
    login_password: Password = "",
    only_reads: OnlyReads = False,
    capture: Capture = "",
    dry_run: DryRun = False,
) -> None:
    """Make schema wiadukt and the capture in WAPRO's base; repeatable, all or nothing."""
    from wiadukt.wapro import install as steps
    from wiadukt.wapro.install.sqlserver.rights import Login

    how = capture or os.environ.get("WAPRO_CAPTURE", steps.TRIGGERS)
    if how not in steps.WAYS:
        typer.echo(f"--capture {how}: say {' or '.join(steps.WAYS)}.")
        raise typer.Exit(2)
    base = url or os.environ.get("WAPRO_DATABASE_URL", "")
    choices = steps.Choices.of(Settings(wapro_database_url=base))
    who = Login(login, login_password, only_reads) if login else None
    with _base(url) as engine:
        if dry_run:
            with reading(engine) as conn:
                typer.echo(steps.script(conn, who, capture=how, choices=choices))
            return
        steps.install(engine, who, capture=how, choices=choices)
    typer.echo("Schema wiadukt and capture are in place.")
    if not login and url.startswith("mssql"):
        typer.echo("The connector should have a login of its own: name it by --login.")


@app.command()
def upgrade(
    url: Url = "",
    login: LoginName = "",
    *,
    login_password: Password = "",
    only_reads: OnlyReads = False,
    capture: Capture = "",
    dry_run: DryRun = False,
) -> None:
    """Renew what is installed, after an update of WAPRO or of Wiadukt; the queue stays."""
    from wiadukt.wapro import gaps

    with _base(url) as engine, reading(engine) as conn:
        there = gaps.can_be_noted(conn)
    if not there:
        typer.echo("Nothing of ours is in this base yet: run 'wiadukt connector install'.")
        raise typer.Exit(1)
    install(url, login, login_password=login_password, only_reads=only_reads, capture=capture, dry_run=dry_run)


@app.command()
def uninstall(url: Url = "", dry_run: DryRun = False) -> None:
    """Take everything of ours out of WAPRO's base."""
    from wiadukt.wapro import install as steps

    with _base(url) as engine:
        if dry_run:
            with reading(engine) as conn:
                typer.echo(steps.removal(conn))
            return
        steps.uninstall(engine)
    typer.echo("WAPRO's base is as it was.")


@app.command()
def openapi() -> None:
    """The connector's OpenAPI document."""
    from wiadukt.wapro.main import create_app

    # Defaults only: the document is the same whatever the environment says.
    document = create_app(Settings.model_construct(wapro_database_url="postgresql://localhost/wapro")).openapi()
    typer.echo(json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False))


@app.command()
def settings() -> None:
    """Every setting with its default and what it means."""
    for name, field in Settings.model_fields.items():
        default = "required" if field.is_required() else repr(field.default)
        typer.echo(f"{name.upper():<24} {default:<34} {field.description}")


@queue_app.command()
def status() -> None:
    """How many changes are accepted, sent and rejected."""
    from wiadukt.wapro import queue

    with _base() as engine, writing(engine) as conn:
        for word, count in sorted(queue.counts(conn).items()):
            typer.echo(f"{word:<12} {count}")


@queue_app.command()
def retry(row: Annotated[int, typer.Option(help="One row; without it every rejected one.")] = 0) -> None:
    """Send rejected changes again."""
    from wiadukt.wapro import queue

    with _base() as engine, writing(engine) as conn:
        typer.echo(f"{queue.retry(conn, row or None)} rows wait again.")
