"""Files that go with an order: drawings, lists, photos. What a file is its content says, not its name.

They are kept apart from what the shop shows (`PRIVATE`); the only doors ask whether the order may be seen.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wiadukt.shop.ordering.models import OrderFile

MOST_BYTES, MOST_FILES = 20_000_000, 10
HEAD = 512


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: how it begins, and by which names it goes."""

    media: str
    suffixes: tuple[str, ...]
    begins: tuple[bytes, ...]


KINDS = (
    Kind("application/pdf", (".pdf",), (b"%PDF-",)),
    Kind("image/png", (".png",), (b"\x89PNG\r\n\x1a\n",)),
    Kind("image/jpeg", (".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    Kind("image/webp", (".webp",), (b"RIFF",)),
    Kind("image/vnd.dwg", (".dwg",), (b"AC10",)),
    Kind("image/vnd.dxf", (".dxf",), (b"0SECTION", b"AutoCAD Binary DXF")),
    Kind("model/step", (".step", ".stp"), (b"ISO-10303-21;",)),
)


class Unfit(ValueError):
    """This file is not taken; its text says why and what to do."""


def kind_of(name: str, head: bytes) -> Kind:
    """What the file is. Raises Unfit when it is none of ours, or another one than its name says."""
    plain = b"".join(head.split()) if b"SECTION" in head[:64] else head  # a DXF begins with a 0 on a line of its own
    found = next((kind for kind in KINDS if plain.startswith(kind.begins)), None)
    if found is None or (found.media == "image/webp" and head[8:12] != b"WEBP"):
        known = ", ".join(suffix for kind in KINDS for suffix in kind.suffixes[:1])
        raise Unfit(
            _("%(name)s: such a file is not taken. Choose one of these: %(known)s.") % {"name": name, "known": known}
        )
    if PurePath(name).suffix.lower() not in found.suffixes:
        words = _("%(name)s: its content is another than its name says (%(suffix)s). Save it under the right name.")
        raise Unfit(words % {"name": name, "suffix": found.suffixes[0]})
    return found


@transaction.atomic
def add(basket: Any, upload: Any, author: str) -> OrderFile:
    """Puts a file to what is being ordered. Raises Unfit."""
    name = " ".join(PurePath(upload.name.replace("\\", "/").replace("\0", "")).name.split())[-120:]
    if upload.size > MOST_BYTES:
        raise Unfit(_("%(name)s is larger than 20 MB: make it smaller or send it in parts.") % {"name": name})
    if basket.files.count() >= MOST_FILES:
        raise Unfit(_("At most %(most)d files go with an order: remove one first.") % {"most": MOST_FILES})
    kind = kind_of(name, upload.read(HEAD))
    upload.seek(0)
    upload.name = f"{uuid.uuid4().hex}{kind.suffixes[0]}"
    return OrderFile.objects.create(
        basket=basket, name=name, media=kind.media, size=upload.size, file=upload, author=author
    )


def remove(file: OrderFile) -> None:
    """Of a basket: an order keeps what it was placed with."""
    transaction.on_commit(lambda: file.file.storage.delete(file.file.name))
    file.delete()


def take_along(basket: Any, order: Any) -> None:
    """What lay with the basket goes with its order, in the order's own transaction."""
    OrderFile.objects.filter(basket=basket).update(basket=None, order=order)
