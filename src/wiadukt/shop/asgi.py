"""The shop's web process as an ASGI application."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from typing import Any

from django.core.asgi import get_asgi_application
from django.urls import Resolver404, resolve

from wiadukt.runtime.body_limit import BodyLimit
from wiadukt.runtime.observed import Observed
from wiadukt.runtime.own_content import OwnContent

MAX_BODY_BYTES = 64_000_000
MAX_EVENTS_BYTES = 1_000_000

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiadukt.shop.settings")
# Photos come in bulk; events are thin.
limited = BodyLimit(get_asgi_application(), MAX_BODY_BYTES, {"/sync/events": MAX_EVENTS_BYTES})


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The pattern of Django's that the path fits."""
    try:
        return "/" + resolve(scope["path"]).route
    except Resolver404:
        return ""


application = Observed(OwnContent(limited), route_of)
