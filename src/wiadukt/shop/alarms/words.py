"""A trouble as it is told outside the panel: the overview's own words, with addresses that lead there from anywhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from wiadukt.shop.health.advice import WORDS, advice
from wiadukt.shop.health.diagnosis import Trouble


def in_words(trouble: Trouble) -> dict[str, Any]:
    """In the language of the moment, ready to be kept."""
    said = advice(trouble, administers=True)
    return {
        "key": trouble.key,
        "rule": str(trouble.rule),
        "where": str(trouble.where),
        "word": trouble.word.code,
        "said": str(WORDS[trouble.word]),
        "size": trouble.size,
        "since": trouble.since.isoformat() if trouble.since else None,
        "what": str(said.what),
        "remedy": str(said.remedy),
        "detail": said.detail,
        "url": absolute(said.url or reverse("panel:sync")),
    }


def absolute(path: str) -> str:
    return settings.ENVIRONMENT.shop_public_url.rstrip("/") + path
