"""The demo's photos: drawn, one for each shape and colour of goods."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

Pen = ImageDraw.ImageDraw
SIZE, FINER = (800, 600), 2
"""Drawn twice as large and made smaller: edges come out smooth."""
STEEL, DARK, LIGHT, WOOD = "#aeb6ba", "#6f777b", "#dde2e4", "#9c8f7c"


def picture(shape: str, tint: str) -> bytes:
    """A JPEG of goods whose name begins with `shape`, in the colour `tint`."""
    drawn = Image.new("RGBA", (SIZE[0] * FINER, SIZE[1] * FINER), (0, 0, 0, 0))
    SHAPES.get(shape, _fitting)(ImageDraw.Draw(drawn), tint)
    goods = drawn.reduce(FINER)
    image = Image.new("RGB", SIZE, "#f3f1ec")
    shadow = goods.getchannel("A").point(lambda alpha: alpha // 4).filter(ImageFilter.GaussianBlur(9))
    image.paste("#282823", (7, 11), shadow)
    image.paste(goods, (0, 0), goods)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=88)
    return content.getvalue()


def _box(*corners: int) -> tuple[int, ...]:
    return tuple(corner * FINER for corner in corners)


def _shape(*points: tuple[int, int]) -> list[tuple[int, int]]:
    return [(x * FINER, y * FINER) for x, y in points]


def _front(pen: Pen, tint: str) -> None:
    pen.rounded_rectangle(_box(250, 50, 550, 550), 10, fill=tint, outline="#8a8578", width=4)
    pen.rectangle(_box(300, 100, 500, 500), outline="#8a8578", width=5)
    pen.line(_shape((304, 496), (304, 104), (496, 104)), fill="#fbf8f2", width=5)


def _board(pen: Pen, tint: str) -> None:
    pen.polygon(_shape((120, 350), (480, 150), (690, 230), (330, 450)), fill=tint, outline="#8a8578")
    pen.polygon(_shape((120, 350), (330, 450), (330, 478), (120, 378)), fill=WOOD)
    pen.polygon(_shape((330, 450), (690, 230), (690, 258), (330, 478)), fill="#b5a892")


def _edging(pen: Pen, tint: str) -> None:
    """A coil."""
    for inset in range(0, 120, 12):
        pen.ellipse(_box(250 + inset, 150 + inset, 550 - inset, 450 - inset), fill=tint, outline="#00000038", width=3)
    pen.ellipse(_box(370, 270, 430, 330), fill="#f3f1ec", outline="#00000038", width=3)
    pen.rectangle(_box(400, 432, 690, 450), fill=tint, outline="#00000038", width=3)


def _handle(pen: Pen, tint: str) -> None:
    for left in (235, 535):
        pen.rounded_rectangle(_box(left, 290, left + 30, 380), 12, fill=tint, outline="#00000050", width=3)
        pen.ellipse(_box(left - 8, 366, left + 38, 390), fill=tint, outline="#00000050", width=3)
    pen.rounded_rectangle(_box(180, 262, 620, 302), 40, fill=tint, outline="#00000050", width=4)
    pen.rounded_rectangle(_box(200, 270, 600, 278), 8, fill="#ffffff70")


def _leg(pen: Pen, _tint: str) -> None:
    pen.rounded_rectangle(_box(310, 130, 490, 160), 10, fill=DARK)
    for left in (330, 450):
        pen.ellipse(_box(left, 138, left + 20, 152), fill=LIGHT)
    pen.rectangle(_box(362, 160, 438, 400), fill=STEEL, outline=DARK, width=3)
    pen.rectangle(_box(374, 160, 388, 400), fill=LIGHT)
    for top in range(330, 400, 14):
        pen.line(_shape((362, top), (438, top + 6)), fill=DARK, width=3)
    pen.rounded_rectangle(_box(335, 400, 465, 446), 16, fill="#3c4144")


def _slide(pen: Pen, _tint: str) -> None:
    pen.rounded_rectangle(_box(110, 300, 560, 350), 8, fill=STEEL, outline=DARK, width=3)
    pen.rounded_rectangle(_box(250, 268, 690, 312), 8, fill=LIGHT, outline=DARK, width=3)
    for left in (290, 400, 510, 620):
        pen.ellipse(_box(left, 282, left + 18, 300), fill="#f3f1ec", outline=DARK, width=3)
    for left in (140, 210):
        pen.rounded_rectangle(_box(left, 318, left + 34, 332), 12, fill="#f3f1ec", outline=DARK, width=3)


def _hinge(pen: Pen, _tint: str) -> None:
    pen.ellipse(_box(170, 220, 330, 380), fill=LIGHT, outline=DARK, width=4)
    pen.ellipse(_box(200, 250, 300, 350), fill=STEEL, outline=DARK, width=3)
    for top in (200, 380):
        pen.ellipse(_box(236, top - 10, 264, top + 18), fill=DARK)
    pen.rounded_rectangle(_box(270, 264, 600, 336), 22, fill=STEEL, outline=DARK, width=4)
    pen.rounded_rectangle(_box(300, 276, 580, 288), 8, fill=LIGHT)
    for left in (420, 520):
        pen.ellipse(_box(left, 294, left + 26, 320), fill="#f3f1ec", outline=DARK, width=3)
        pen.line(_shape((left + 4, 307), (left + 22, 307)), fill=DARK, width=5)


def _fitting(pen: Pen, _tint: str) -> None:
    pen.rounded_rectangle(_box(230, 230, 570, 370), 48, fill=STEEL, outline=DARK, width=4)
    for left in (290, 450):
        pen.ellipse(_box(left, 270, left + 60, 330), fill=LIGHT, outline=DARK, width=3)


SHAPES: dict[str, Callable[[Pen, str], None]] = {
    "Front": _front, "Płyta": _board, "Obrzeże": _edging, "Uchwyt": _handle, "Nóżka": _leg, "Prowadnica": _slide,
    "Zawias": _hinge,
}  # fmt: skip
