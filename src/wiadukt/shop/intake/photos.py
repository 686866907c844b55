"""Photos in bulk: each file finds its product by index or EAN, and what found none is told."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from oscar.core.loading import get_model
from PIL import Image, ImageOps, UnidentifiedImageError

from wiadukt.shop.intake.content import Difference, note
from wiadukt.shop.intake.work import Held, locked, refuse_if_held

NOBODYS = ("thumbs.db", "desktop.ini")
"""What a computer puts beside photos by itself."""
MOST_FILES, MOST_BYTES, MOST_PIXELS = 500, 30_000_000, 60_000_000
LONGEST_SIDE, QUALITY = 2000, 86
# ZAW-110_2.jpg, ZAW-110-2.jpg, ZAW-110 (2).jpg are the second photo of ZAW-110.
_NUMBERED = re.compile(r"^(?P<stem>.+?)(?:[-_ ]+(?P<n>\d{1,2})|\s*\((?P<m>\d{1,2})\))$")


class Unfit(ValueError):
    """A file that is no photo for the shop; its text says why."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    name: str
    product: Any = None
    problem: str = ""
    is_repeat: bool = False


def add_photos(files: Iterable[tuple[str, bytes]], user: Any) -> list[Outcome]:
    """Puts each photo on its product, in the order of the names; one that is there already is not put twice."""
    known = _Known()
    return [_added(name, content, known, user) for name, content in sorted(files, key=lambda one: _order(one[0]))]


def unpacked(name: str, file: Any) -> Iterator[tuple[str, bytes]]:
    """What somebody put into a ZIP, or the file itself. Raises Unfit when it is too much or can't be read."""
    if not name.lower().endswith(".zip"):
        yield name, file.read()
        return
    try:
        archive = zipfile.ZipFile(file)
        entries = [entry for entry in archive.infolist() if _is_somebodys(entry)]
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > 10 * MOST_BYTES:
            raise Unfit(_("%(name)s: at most 500 photos and 300 MB at once, divide it.") % {"name": name})
        for entry in entries:
            yield PurePath(entry.filename).name, archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Unfit(
            _("%(name)s can't be unpacked: make the ZIP again, without a password.") % {"name": name}
        ) from error


def as_webp(content: bytes) -> bytes:
    """The photo upright, at most 2000 pixels a side, without what the camera noted. Raises Unfit."""
    if len(content) > MOST_BYTES:
        raise Unfit(_("The file is larger than 30 MB."))
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unfit(_("The photo has more than 60 million pixels: save it smaller."))
            upright = ImageOps.exif_transpose(image).convert("RGBA" if "A" in image.getbands() else "RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, Unfit):
            raise
        raise Unfit(_("The file is no photo that can be read: use JPG, PNG or WebP.")) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()


def put_photo(product: Any, name: str, content: bytes, author: str) -> bool:
    """Adds the photo behind those that are there, as WebP; False when it is there. The caller holds the lock.

    The file is named by its content: a repeat is known by it, and nobody guesses the address. Raises Unfit.
    """
    digest = hashlib.sha256(content).hexdigest()[:40]
    if product.images.filter(original__contains=digest).exists():
        return False
    file = ContentFile(as_webp(content), name=f"{digest}.webp")
    ProductImage = get_model("catalogue", "ProductImage")
    place = (product.images.order_by("-display_order").values_list("display_order", flat=True).first() or 0) + 1
    first = not product.images.exists()
    ProductImage.objects.create(
        product=product, original=file, caption=product.title[:200], display_order=0 if first else place
    )
    note(product, [Difference("photo", "", name)], author)
    return True


class _Known:
    """Which product a file's name means: the index, else the EAN, else the index without its dashes and blanks."""

    def __init__(self) -> None:
        rows = list(get_model("catalogue", "Product").objects.values_list("pk", "upc", "ean"))
        self.by_index = {upc.casefold(): pk for pk, upc, _ean in rows if upc}
        self.by_ean: dict[str, list[int]] = {}
        self.by_letters: dict[str, list[int]] = {}
        for pk, upc, ean in rows:
            if ean:
                self.by_ean.setdefault(ean.casefold(), []).append(pk)
            self.by_letters.setdefault(_letters(upc or ""), []).append(pk)

    def find(self, stem: str) -> list[int]:
        exact = self.by_index.get(stem.casefold())
        if exact is not None:
            return [exact]
        return self.by_ean.get(stem.casefold()) or (self.by_letters.get(_letters(stem), []) if _letters(stem) else [])


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _order(name: str) -> tuple[str, int]:
    found = _NUMBERED.match(PurePath(name).stem)
    return (found["stem"].casefold(), int(found["n"] or found["m"])) if found else (PurePath(name).stem.casefold(), 0)


def _is_somebodys(entry: zipfile.ZipInfo) -> bool:
    """Also what is no photo: who put it there is told that it was not taken."""
    path = PurePath(entry.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not entry.is_dir() and not hidden and path.name.lower() not in NOBODYS


def _added(name: str, content: bytes, known: _Known, user: Any) -> Outcome:
    stem = PurePath(name).stem.strip()
    numbered = _NUMBERED.match(stem)
    keys = known.find(stem) or (known.find(numbered["stem"]) if numbered else [])
    if not keys:
        return Outcome(name, problem=_("No product has such an index or EAN: name the file by one of them."))
    if len(keys) > 1:
        return Outcome(name, problem=_("Several products fit: name the file by the whole index."))
    try:
        with transaction.atomic():
            product = locked(keys[0])
            refuse_if_held(product, user)
            return Outcome(name, product, is_repeat=not put_photo(product, name, content, user.email))
    except (Unfit, Held) as error:
        return Outcome(name, problem=str(error))
