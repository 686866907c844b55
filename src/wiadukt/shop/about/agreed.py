"""What a buyer agrees to with an order: the versions in force of the pages that say so."""

from __future__ import annotations

from collections.abc import Iterable

from wiadukt.shop.about.models import Version, Versions


def agreed_with_orders() -> Versions:
    """In force now."""
    return Version.objects.in_force().filter(page__is_agreed=True)


def as_seen(versions: Iterable[Version]) -> str:
    """For a hidden field of the page: which ones its reader had before him."""
    return ",".join(str(one.pk) for one in versions)
