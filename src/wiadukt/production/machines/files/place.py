"""Where a machine's folder lies: on a disk or a share of ours, or behind SFTP (`sftp.py`)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol


class Place(Protocol):
    """One folder. Paths are relative to it, with slashes. Every method raises OSError when it is away."""

    name: str

    def check(self) -> None:
        """Raises when the folder is not there; a share that is not mounted, say."""

    def make(self, path: str) -> None:
        """A folder, with those above it. Repeatable."""

    def names(self, path: str) -> list[str]:
        """The files in a folder, the oldest first."""

    def exists(self, path: str) -> bool: ...

    def read(self, path: str) -> bytes: ...

    def write(self, path: str, content: bytes) -> None:
        """Under another name first, then renamed: nobody ever reads half of it."""

    def move(self, old: str, new: str) -> None:
        """In one step, over whatever has that name."""

    def remove(self, path: str) -> None:
        """Repeatable."""


def part_of(path: str) -> str:
    """The name under which a file is written before it is renamed."""
    return path + ".part"


class LocalPlace:
    """A folder of this computer's file system."""

    def __init__(self, root: Path) -> None:
        self.root, self.name = root, str(root)

    def check(self) -> None:
        self.root.stat()

    def make(self, path: str) -> None:
        (self.root / path).mkdir(parents=True, exist_ok=True)

    def names(self, path: str) -> list[str]:
        found = [one for one in (self.root / path).iterdir() if one.is_file()]
        return [one.name for one in sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name))]

    def exists(self, path: str) -> bool:
        return (self.root / path).exists()

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def write(self, path: str, content: bytes) -> None:
        part = self.root / part_of(path)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.root / path)

    def move(self, old: str, new: str) -> None:
        (self.root / old).replace(self.root / new)

    def remove(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)
