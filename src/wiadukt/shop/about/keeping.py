"""Changing the seller's card and the pages, with a record of who changed what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from wiadukt.shop.about.logo import mark_of
from wiadukt.shop.about.models import Card, Page, Version
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change, Origin

CARD, PAGE = "seller", "page"
ONLY = 1
"""There is one card."""


def card() -> Card:
    """As it stands; an empty one before anybody wrote it."""
    return Card.objects.defer("logo").filter(pk=ONLY).first() or Card(pk=ONLY)


def keep_card(values: dict[str, str], author: str, *, logo: bytes | None = None, without_logo: bool = False) -> None:
    """`logo`: a new one, None leaves the old, unless there is to be none."""
    with transaction.atomic():
        Card.objects.get_or_create(pk=ONLY)
        row = Card.objects.select_for_update().get(pk=ONLY)
        about = {"origin": Origin.STAFF, "author": author}
        changes = record.assign(CARD, row, values, **about)
        if logo or without_logo:
            changes += record.assign(CARD, row, {"logo_mark": mark_of(logo) if logo else ""}, **about)
            row.logo = logo
        row.save()
        record.save(changes)


def changes() -> Any:
    """Who changed what of the card and the pages, the last first."""
    return Change.objects.filter(kind__in=[CARD, PAGE]).order_by("-at", "-id")


def keep_page(page: Page, values: dict[str, Any], author: str) -> None:
    """A new page, or what is not a version's of one that is there."""
    with transaction.atomic():
        about = {"origin": Origin.STAFF, "author": author}
        if page.pk is None:
            for field, value in values.items():
                setattr(page, field, value)
            page.save()
            record.save([record.change(PAGE, page, record.CREATED, "", page.title, **about)])
            return
        changes = record.assign(PAGE, page, values, **about)
        page.save()
        record.save(changes)


def write(page: Page, text: str, text_en: str, valid_from: date, author: Any) -> Version:
    """A new version."""
    with transaction.atomic():
        version = Version.objects.create(
            page=page, text=text, text_en=text_en, valid_from=valid_from, author=author, written_at=timezone.now()
        )
        about = {"origin": Origin.STAFF, "author": author.email}
        record.save([record.change(PAGE, page, "version", "", version, **about)])
    return version


def withdraw(version: Version, author: str) -> bool:
    """Takes back one that is not in force yet; whether it was so."""
    with transaction.atomic():
        locked = Version.objects.select_for_update(of=("self",)).select_related("page").filter(pk=version.pk).first()
        if locked is None or locked.has_begun:
            return False
        about = {"origin": Origin.STAFF, "author": author}
        record.save([record.change(PAGE, locked.page, "version", locked, "", **about)])
        locked.delete()
    return True
