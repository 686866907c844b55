"""The seller's sign: whatever picture staff has, made as large as the header needs it."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MOST_BYTES = 4_000_000
MOST_PX = (480, 120)
"""Twice what is shown, for sharp screens."""


def as_png(upload: Any) -> bytes:
    """A PNG of at most MOST_PX, without what the file told besides its picture. Raises ValidationError."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The file is above 4 MB: choose a smaller picture."))
    try:
        with Image.open(upload) as picture:
            picture.thumbnail(MOST_PX)
            made = io.BytesIO()
            picture.convert("RGBA").save(made, "PNG", optimize=True)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This file is no picture that can be read: choose a PNG, JPEG or WebP.")) from error
    return made.getvalue()


def mark_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
