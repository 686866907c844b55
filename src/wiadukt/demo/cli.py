"""`wiadukt demo`: start, stop and reset the demo; the other commands are steps of its start."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import psutil
import typer

from wiadukt.demo import database
from wiadukt.demo.layout import DemoError, Layout, Ports
from wiadukt.demo.start import Supervisor

app = typer.Typer(no_args_is_help=True)
Folder = Annotated[Path, typer.Option("--folder", help="Where the demo keeps its state.")]
DEFAULT_FOLDER = Path(".demo")


def _running_pid(layout: Layout) -> int | None:
    try:
        pid = int(layout.pid_file.read_text())
        return pid if "wiadukt" in " ".join(psutil.Process(pid).cmdline()) else None
    except (FileNotFoundError, ValueError, psutil.Error):
        return None


def _fail(error: DemoError) -> None:
    typer.echo(str(error), err=True)
    raise typer.Exit(1)


@app.command()
def start(
    port_base: Annotated[int, typer.Option(help="The shop's port; the others follow it.")] = 8000,
    detach: Annotated[bool, typer.Option("--detach", help="Return when all is ready.")] = False,
    folder: Folder = DEFAULT_FOLDER,
) -> None:
    """Start everything, wait until each part answers, and say what runs where."""
    layout = Layout(folder.resolve())
    if (pid := _running_pid(layout)) is not None:
        _fail(DemoError(f"The demo runs already (process {pid}). 'make demo-stop' ends it."))
    try:
        if detach:
            _start_detached(layout, port_base)
        else:
            Supervisor(layout, Ports(port_base), say=lambda text: typer.echo(text)).run()
    except DemoError as error:
        _fail(error)


def _start_detached(layout: Layout, port_base: int) -> None:
    Ports(port_base).check_free()
    layout.make()
    layout.ready_file.unlink(missing_ok=True)
    log = layout.logs / "demo.log"
    words = [
        sys.executable,
        "-m",
        "wiadukt",
        "demo",
        "start",
        "--port-base",
        str(port_base),
        "--folder",
        str(layout.root),
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(words, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True)
    while not layout.ready_file.exists():
        if process.poll() is not None:
            raise DemoError(log.read_text(errors="replace"))
        time.sleep(0.2)
    typer.echo(layout.ready_file.read_text())


@app.command()
def stop(folder: Folder = DEFAULT_FOLDER) -> None:
    """End a running demo; its state stays."""
    layout = Layout(folder.resolve())
    pid = _running_pid(layout)
    if pid is None:
        typer.echo("The demo does not run.")
    else:
        os.kill(pid, signal.SIGTERM)
        psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=30)
        typer.echo("The demo has ended; its state stays in the folder.")
    database.stop(layout)


@app.command()
def reset(folder: Folder = DEFAULT_FOLDER) -> None:
    """End the demo and throw its data away."""
    stop(folder)
    shutil.rmtree(folder.resolve(), ignore_errors=True)
    typer.echo("The demo's data are gone; the next start makes a new world.")


@app.command()
def office(host: str = "127.0.0.1", port: int = 8003) -> None:
    """The office screen of the demo WAPRO, with the demo's mailbox."""
    import uvicorn

    uvicorn.run("wiadukt.demo.office.main:create_app", factory=True, host=host, port=port, log_level="warning")


@app.command()
def trouble(
    name: Annotated[str, typer.Argument(help="One of the list that the command gives without a name.")] = "",
    mend: Annotated[bool, typer.Option("--mend", help="Mend it as an administrator would.")] = False,
    folder: Folder = DEFAULT_FOLDER,
) -> None:
    """Stage a trouble in the running demo, or mend it: the overview must tell what it is."""
    from wiadukt.demo.troubles import TROUBLES
    from wiadukt.demo.troubles.stage import Stage

    if name not in TROUBLES:
        typer.echo("\n".join(f"{one:<28} {staged.what}" for one, staged in TROUBLES.items()))
        raise typer.Exit(1 if name else 0)
    try:
        stage = Stage.of(Layout(folder.resolve()))
    except DemoError as error:
        _fail(error)
    (TROUBLES[name].mend if mend else TROUBLES[name].stage)(stage)


@app.command()
def front(port_base: int = 8000, folder: Folder = DEFAULT_FOLDER) -> None:
    """TLS before the connector, where a trouble with it is staged."""
    import asyncio

    from wiadukt.demo.front import run

    ports = Ports(port_base)
    asyncio.run(run(ports.all["front"], ports.all["connector"], Layout(folder.resolve()).certificate))


@app.command()
def machines(
    port_base: int = 8000,
    folder: Folder = DEFAULT_FOLDER,
    refuses: Annotated[str, typer.Option(envvar="DEMO_MACHINE_REFUSES", help="A machine that takes no job.")] = "",
) -> None:
    """The simulated machines of the demo, with their broker."""
    import asyncio

    from wiadukt.demo.machines import run
    from wiadukt.runtime import log

    log.configure(process="machines")
    asyncio.run(run(Layout(folder.resolve()), Ports(port_base), refuses))


@app.command()
def seed() -> None:
    """Make the demo WAPRO's tables and its world (a step of the first start)."""
    from wiadukt.demo.erp.install import install, make_base
    from wiadukt.demo.world import seed as seed_world

    url = os.environ["WAPRO_DATABASE_URL"]
    if url.startswith("mssql"):
        make_base(url)
    install(url)
    seed_world(url)


@app.command()
def content() -> None:
    """Describe and publish most of the demo's goods in the shop (a step of the first start)."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiadukt.shop.settings")
    django.setup()
    from wiadukt.demo.shop_content import publish_demo

    publish_demo()
