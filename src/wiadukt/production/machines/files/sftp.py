"""A machine's folder behind SFTP. The server is known by its key; nothing of this computer's own SSH set-up is used.

The folder's code waits in a thread, the connection lives in the event loop: each step goes over and comes back.
"""

from __future__ import annotations

import asyncio
import posixpath
import stat
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import asyncssh

from wiadukt.contract.errors import Unreachable
from wiadukt.production.machines.files.place import part_of
from wiadukt.production.refusals import Refusal

T = TypeVar("T")


@dataclass(frozen=True)
class SftpSettings:
    """`host_keys` are the server's public keys as OpenSSH writes them; any of them will do."""

    host: str
    user: str
    host_keys: tuple[str, ...]
    port: int = 22
    password_file: Path | None = None
    key_file: Path | None = None
    passphrase_file: Path | None = None
    timeout_s: float = 10.0

    @property
    def name(self) -> str:
        return f"sftp://{self.user}@{self.host}:{self.port}"


class SftpPlace:
    """Made by `open_place`; its methods are called from threads other than the event loop's."""

    def __init__(self, client: asyncssh.SFTPClient, settings: SftpSettings, root: str) -> None:
        self.client, self.settings, self.root = client, settings, root
        self.name = settings.name + root
        self._loop = asyncio.get_running_loop()

    def check(self) -> None:
        self._do(self.client.stat(self.root))

    def make(self, path: str) -> None:
        self._do(self.client.makedirs(self._at(path), exist_ok=True))

    def names(self, path: str) -> list[str]:
        every = self._do(self.client.readdir(self._at(path)))
        found = [one for one in every if not stat.S_ISDIR(one.attrs.permissions or 0)]
        found.sort(key=lambda one: (one.attrs.mtime or 0, one.attrs.mtime_ns or 0, one.filename))
        return [str(one.filename) for one in found]

    def exists(self, path: str) -> bool:
        return self._do(self.client.exists(self._at(path)))

    def read(self, path: str) -> bytes:
        async def read() -> bytes:
            async with self.client.open(self._at(path), "rb") as file:
                return bytes(await file.read())

        return self._do(read())

    def write(self, path: str, content: bytes) -> None:
        async def write() -> None:
            async with self.client.open(self._at(part_of(path)), "wb") as file:
                await file.write(content)

        self._do(write())
        self.move(part_of(path), path)

    def move(self, old: str, new: str) -> None:
        self._do(self._rename(self._at(old), self._at(new)))

    def remove(self, path: str) -> None:
        with suppress(FileNotFoundError):
            self._do(self.client.remove(self._at(path)))

    async def _rename(self, old: str, new: str) -> None:
        try:
            await self.client.posix_rename(old, new)
        except asyncssh.SFTPOpUnsupported:  # a server without OpenSSH's extension renames only to a free name
            with suppress(asyncssh.SFTPNoSuchFile):
                await self.client.remove(new)
            await self.client.rename(old, new)

    def _at(self, path: str) -> str:
        return posixpath.join(self.root, path)

    def _do(self, step: Coroutine[Any, Any, T]) -> T:
        async def in_time() -> T:
            async with asyncio.timeout(self.settings.timeout_s):
                return await step

        try:
            return asyncio.run_coroutine_threadsafe(in_time(), self._loop).result()
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath) as error:
            raise FileNotFoundError(error.reason) from error
        except asyncssh.Error as error:
            raise OSError(error.reason) from error


@asynccontextmanager
async def open_place(settings: SftpSettings, root: str) -> AsyncIterator[SftpPlace]:
    """Raises Unreachable; Refusal when the server is another one than we know, or does not let us in."""
    keys = [asyncssh.import_public_key(one) for one in settings.host_keys]
    try:
        connection = await asyncssh.connect(
            settings.host,
            settings.port,
            username=settings.user,
            known_hosts=(keys, [], []),
            password=_secret(settings.password_file),
            client_keys=[str(settings.key_file)] if settings.key_file else [],
            passphrase=_secret(settings.passphrase_file),
            agent_path=None,
            config=[],
            connect_timeout=settings.timeout_s,
            login_timeout=settings.timeout_s,
            keepalive_interval=15,
        )
    except asyncssh.HostKeyNotVerifiable as error:
        raise Refusal("sftp_other_server", server=settings.name) from error
    except asyncssh.PermissionDenied as error:
        raise Refusal("sftp_no_entry", server=settings.name) from error
    except (asyncssh.Error, OSError) as error:
        raise Unreachable(f"{settings.name}: {error}") from error
    async with connection:
        try:
            client = await connection.start_sftp_client()
        except (asyncssh.Error, OSError) as error:
            raise Unreachable(f"{settings.name}: {error}") from error
        yield SftpPlace(client, settings, root)


def readable_key(text: str) -> str:
    """The text itself. Raises ValueError when it is no public key."""
    try:
        asyncssh.import_public_key(text)
    except asyncssh.KeyImportError as error:
        raise ValueError(f"no public key such as 'ssh-ed25519 AAAA...': {error}") from error
    return text


def _secret(file: Path | None) -> str | None:
    return file.read_text(encoding="utf-8").strip() if file else None
