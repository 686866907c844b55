"""`wiadukt production`: run, migrate, settings and the OpenAPI document."""

from __future__ import annotations

import json
import os
from pathlib import Path

import typer

from wiadukt.runtime.management import Listen

app = typer.Typer(no_args_is_help=True)


def _settings():
    """The settings, or the end of the program with the names of what is missing."""
    from pydantic import ValidationError

    from wiadukt.production.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        for fault in error.errors():
            typer.echo(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}", err=True)
        typer.echo("'wiadukt production settings' lists every setting.", err=True)
        raise typer.Exit(2) from error


@app.command()
def run(host: str = "127.0.0.1", port: int = 8002, management: Listen = "") -> None:
    """Serve the interface and the screens, and report progress to the ERP."""
    import psycopg

    from wiadukt.production.main import create_app
    from wiadukt.production.migrate import pending
    from wiadukt.runtime import log, spans
    from wiadukt.runtime.serve import serve

    log.configure(process="production")
    spans.configure(process="production")
    settings = _settings()
    try:
        missing = pending(settings.database_url)
    except psycopg.OperationalError:
        missing = []  # the base may come up after us; every request says so until then
    if missing:
        typer.echo(f"The base lacks {', '.join(missing)}: run 'wiadukt production migrate' first.", err=True)
        raise typer.Exit(1)
    app = create_app(settings)
    serve(app, app.state.management, listen=management, host=host, port=port, ending=app.state.live.end)


@app.command()
def migrate() -> None:
    """Bring production's base to this version; safe to repeat."""
    from wiadukt.production.migrate import migrate as apply_pending

    applied = apply_pending(_settings().database_url)
    typer.echo("\n".join(f"applied {name}" for name in applied) or "The base is up to date.")


@app.command()
def openapi() -> None:
    """Print the OpenAPI document; needs no settings and no base."""
    from wiadukt.production.main import create_app
    from wiadukt.production.settings import Settings

    document = create_app(Settings(database_url="postgresql://", tokens="", connector_token="")).openapi()
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True))


@app.command()
def settings() -> None:
    """Every setting: its variable, what it is for, and its value now; secrets are not shown."""
    from wiadukt.production.settings import Settings

    for field in Settings.model_fields.values():
        name = str(field.validation_alias)
        secret = "Secret" in str(field.annotation) or name.endswith("DATABASE_URL")  # it may hold a password
        default = "required" if field.is_required() else f"default {'none' if secret else field.default}"
        now = os.environ.get(name)
        shown = "" if now is None else ", set" if secret else f", set to {now}"
        typer.echo(f"{name} ({default}{shown})\n    {field.description}")


@app.command()
def receiver(
    endpoint: str = "opc.tcp://127.0.0.1:4840/wiadukt",
    name: str = "Machine",
    seconds_a_piece: float = 5,
    scrap_every: int = 0,
    fault_every: int = 0,
    certificate: Path | None = None,
    key: Path | None = None,
) -> None:
    """Run a reference job order receiver (OPC UA, ISA-95) that makes what it is given, to test a client against."""
    import asyncio

    from wiadukt.production.machines.opcua.receiver import Receiver
    from wiadukt.production.machines.working import Pace, work

    if (certificate is None) != (key is None):
        typer.echo("--certificate and --key go together.", err=True)
        raise typer.Exit(2)

    async def serve() -> None:
        machine = Receiver(endpoint, name=name)
        if certificate and key:
            machine.secure(certificate, key)
        async with machine:
            typer.echo(f"{name} takes job orders at {endpoint}")
            await work(machine, Pace(seconds_a_piece, scrap_every=scrap_every, fault_every=fault_every))

    asyncio.run(serve())


@app.command()
def station(
    machine: str,
    host: str = "127.0.0.1",
    port: int = 1883,
    prefix: str = "wiadukt/v1",
    seconds_a_piece: float = 5,
    ca_file: Path | None = None,
) -> None:
    """Run a reference machine that takes job orders over MQTT and makes them, to test a client against."""
    import asyncio

    from wiadukt.production.machines.mqtt.line import Broker
    from wiadukt.production.machines.mqtt.station import Station
    from wiadukt.production.machines.mqtt.topics import Topics
    from wiadukt.production.machines.working import Pace, work

    async def serve() -> None:
        async with Station(Broker(host, port, ca_file=ca_file), Topics(prefix, machine)) as one:
            typer.echo(f"{machine} takes job orders at {one.broker.name} under {prefix}/{machine}/")
            await work(one, Pace(seconds_a_piece))

    asyncio.run(serve())


@app.command()
def schemas(folder: Path) -> None:
    """Write the JSON Schemas of the messages between production and machines over MQTT."""
    from wiadukt.production.machines.mqtt import messages

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in messages.schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
