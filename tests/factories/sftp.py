"""A real SFTP server over a folder: logs in by password or key, can be cut off and come back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import asyncssh

from wiadukt.production.machines.files.sftp import SftpSettings

USER, PASSWORD = "wiadukt", "Jesion-i-orzech-77"


class _Old(asyncssh.SFTPServer):
    """Without OpenSSH's extension of renaming over a file."""

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        raise asyncssh.SFTPOpUnsupported("posix-rename")


class _Door(asyncssh.SSHServer):
    def __init__(self, server: SftpServer) -> None:
        self.server = server

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.server.lines.add(conn)

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self.server.passwords.append(password)
        return (username, password) == (USER, PASSWORD)


class SftpServer:
    """As an async context. `root` is what its users see as `/`; `passwords` are those it was shown."""

    def __init__(self, root: Path, *, is_old: bool = False) -> None:
        self.root, self.port = root, 0
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self.own_key = asyncssh.generate_private_key("ssh-ed25519")
        self.lines: set[asyncssh.SSHServerConnection] = set()
        self.passwords: list[str] = []
        self.secret = root / "secret"
        self.secret.write_text(PASSWORD + "\n")
        self._make = partial(_Old if is_old else asyncssh.SFTPServer, chroot=str(root).encode())

    @property
    def settings(self) -> SftpSettings:
        return SftpSettings("127.0.0.1", USER, (public(self.key),), self.port, self.secret, timeout_s=5)

    async def __aenter__(self) -> SftpServer:
        await self.on()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.off()

    async def on(self) -> None:
        self._listening = await asyncssh.listen(
            "127.0.0.1",
            self.port,
            server_host_keys=[self.key],
            server_factory=lambda: _Door(self),
            authorized_client_keys=asyncssh.import_authorized_keys(public(self.own_key)),
            sftp_factory=self._make,
            config=[],
        )
        self.port = self._listening.get_port()

    async def off(self) -> None:
        """Ends every line without a word."""
        self._listening.close()
        for line in self.lines:
            line.abort()
        self.lines.clear()
        await self._listening.wait_closed()


def public(key: asyncssh.SSHKey) -> str:
    """As OpenSSH writes it."""
    return key.export_public_key().decode().strip()
