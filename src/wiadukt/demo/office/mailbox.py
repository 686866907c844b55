"""The demo's mail: an SMTP server that keeps every message in a folder, and the folder as a mailbox."""

from __future__ import annotations

import re
import time
import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from markupsafe import Markup, escape

_LINK = re.compile(r"https?://[^\s<]+")


class _Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        name = f"{time.time_ns()}-{uuid.uuid4().hex[:8]}"
        part = self.folder / f"{name}.part"
        part.write_bytes(envelope.content)
        part.rename(self.folder / f"{name}.eml")
        return "250 Kept"


def server(folder: Path, port: int) -> Controller:
    folder.mkdir(parents=True, exist_ok=True)
    return Controller(_Keeper(folder), hostname="127.0.0.1", port=port)


def listed(folder: Path, asked: str) -> list[dict[str, Any]]:
    """Newest first; `asked` narrows by recipient or subject."""
    found = []
    for path in sorted(folder.glob("*.eml"), reverse=True)[:300]:
        message = read(folder, path.stem)
        if asked.lower() in f"{message['to']} {message['subject']}".lower():
            found.append({"id": path.stem, "to": message["to"], "subject": message["subject"], "date": message["date"]})
    return found


def read(folder: Path, name: str) -> EmailMessage:
    """One message. Raises FileNotFoundError, also for a name that is none of ours."""
    if not re.fullmatch(r"[0-9a-f-]+", name):
        raise FileNotFoundError(name)
    content = (folder / f"{name}.eml").read_bytes()
    return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


def text_of(message: EmailMessage) -> Markup:
    """The plain text with its links to click."""
    body = message.get_body(preferencelist=("plain",))
    text = body.get_content() if body else ""
    return Markup(_LINK.sub(lambda m: f'<a href="{m.group()}">{m.group()}</a>', str(escape(text))))  # noqa: S704  (escaped first)
