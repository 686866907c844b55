"""The photos of one product: their order, what they show in words, and which goes."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from wiadukt.shop.intake.content import Difference, note

LONGEST_ALT = 200


def follow(product: Any, said: QueryDict, author: str) -> None:
    """Does what the product's page says of its photos; the caller holds the product's lock."""
    images = list(product.images.all())
    gone = [image for image in images if str(image.pk) in said.getlist("drop")]
    kept = [image for image in images if image not in gone]
    found = [Difference("photo", image.caption or "1", "") for image in gone]
    for image in gone:
        image.delete()
    for image in kept:
        words = said.get(f"alt_{image.pk}", image.caption).replace("\0", "").strip()[:LONGEST_ALT]
        if words != image.caption:
            found.append(Difference("alt_text", image.caption, words))
            image.caption = words
            image.save(update_fields=["caption"])
    main = said.get("main", "")
    if kept and main not in ("", str(kept[0].pk)):
        kept.sort(key=lambda image: str(image.pk) != main)
        found.append(Difference("main_photo", "", kept[0].caption))
    for place, image in enumerate(kept):
        if image.display_order != place:
            image.display_order = place
            image.save(update_fields=["display_order"])
    note(product, found, author)
