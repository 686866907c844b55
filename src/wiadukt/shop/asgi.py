"""The shop's web process as an ASGI application."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from wiadukt.runtime.body_limit import BodyLimit

MAX_BODY_BYTES = 64_000_000
MAX_EVENTS_BYTES = 1_000_000

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiadukt.shop.settings")
# Photos come in bulk; events are thin.
application = BodyLimit(get_asgi_application(), MAX_BODY_BYTES, {"/sync/events": MAX_EVENTS_BYTES})
