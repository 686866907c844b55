"""Data sheets and drawings of a product: added by staff, given out only with a product that its reader may see."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from wiadukt.shop.intake.content import Difference, note
from wiadukt.shop.intake.models import Attachment

KINDS = (".pdf", ".dwg", ".dxf", ".step", ".stp", ".xlsx", ".docx", ".zip", ".jpg", ".png")
MOST_BYTES = 20_000_000


def attach(product: Any, file: Any, author: str) -> Attachment:
    """Adds the file under its own name; the caller holds the product's lock."""
    title = PurePath(file.name).stem.replace("_", " ").strip()[:120] or "?"
    attachment = Attachment.objects.create(product=product, title=title, file=file)
    note(product, [Difference("attachment", "", attachment.file_name)], author)
    return attachment


def detach(attachment: Attachment, author: str) -> None:
    """Takes it off the product; the file stays, another product may have the same."""
    note(attachment.product, [Difference("attachment", attachment.file_name, "")], author)
    attachment.delete()
