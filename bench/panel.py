"""`python -m bench.panel URL 1000000`: how long the pages of the panel take with so many messages and as many objects.

Prints JSON: by page the median and the 95th percentile in milliseconds of server time, and the number of queries. A
process of its own, on an empty base: it has Django's settings.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any
from urllib.parse import urlencode

ROUNDS = 20
# One in so many was refused, or waits: traffic of weeks with a bad morning in it.
REFUSED, WAITING = 500, 1000
_MESSAGES = """
INSERT INTO outbox_outboundmessage (destination, kind, key, order_key, payload, state, attempts, next_attempt_at,
    last_answer, refusal, created_at, delivered_at)
SELECT CASE WHEN n %% 4 = 0 THEN 'production' ELSE 'wapro' END,
    CASE WHEN n %% 4 = 0 THEN 'work_requested' ELSE 'order_placed' END, 'WD-' || n, 'wapro:WD-' || n,
    jsonb_build_object('number', 'WD-' || n, 'customer_id', n %% 900, 'payment_form', ''),
    state, 1, now(), CASE state WHEN 'rejected' THEN 'Artykuł FR-' || n || ' jest zablokowany w WAPRO.' ELSE 'ok' END,
    CASE state WHEN 'rejected' THEN jsonb_build_object('code', (ARRAY['product_not_allowed', 'too_long', 'no_product'])
        [1 + n %% 3], 'title', 'Artykuł FR-' || n %% 700 || ' jest zablokowany.', 'detail', 'Odblokuj go.') END,
    now() - (%(n)s - n) * interval '3 seconds',
    CASE state WHEN 'delivered' THEN now() - (%(n)s - n) * interval '3 seconds' END
FROM (SELECT n, CASE WHEN n %% %(refused)s = 0 THEN 'rejected' WHEN n %% %(waiting)s = 1 THEN 'waiting'
    ELSE 'delivered' END AS state FROM generate_series(1, %(n)s) n) made
"""
_OBJECTS = """
INSERT INTO sync_inboxobject (kind, object_id, asked, applied, state, quiet, claimed_asked, attempts, next_attempt_at,
    last_error, last_event_id, applied_digest, waits_for_customer, changed_at)
SELECT (ARRAY['product', 'product', 'order', 'invoice'])[1 + n %% 4], 'O-' || n, 1, 1, state, false, 1, 0, now(),
    CASE state WHEN 'rejected' THEN 'ValueError: O-' || n || ' is not there, so NAZWA is unknown' ELSE '' END, 'e', '',
    '', now() - (%(n)s - n) * interval '3 seconds'
FROM (SELECT n, CASE WHEN n %% %(refused)s = 0 THEN 'rejected' WHEN n %% %(waiting)s = 1 THEN 'waiting'
    ELSE 'applied' END AS state FROM generate_series(1, %(n)s) n) made
"""
_EVENTS = """
INSERT INTO sync_inboxevent (event_id, kind, object_id, time, received_at)
SELECT 'e' || n, (ARRAY['product', 'product', 'order', 'invoice'])[1 + n %% 4], 'O-' || n %% 50000, at, at
FROM (SELECT n, now() - (%(n)s - n) * interval '3 seconds' AS at FROM generate_series(1, %(n)s) n) made
"""


def main() -> None:
    url, count = sys.argv[1], int(sys.argv[2])
    os.environ |= {
        "SHOP_DATABASE_URL": url,
        "SHOP_SECRET_KEY": "bench",
        "SHOP_STAFF_SECOND_FACTOR": "false",
        "DJANGO_SETTINGS_MODULE": "wiadukt.shop.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        for statement in (_MESSAGES, _OBJECTS, _EVENTS):
            cursor.execute(statement, {"n": count, "refused": REFUSED, "waiting": WAITING})
        cursor.execute("VACUUM ANALYZE")
    told = {}
    for name, address in _pages(count).items():
        took, queries = _timed(address)
        told[name] = (round(_at(took, 0.5)), round(_at(took, 0.95)), queries)
    print(json.dumps(told))


def _pages(count: int) -> dict[str, str]:
    from datetime import timedelta

    from django.utils import timezone

    day_ago, hour_ago = (timezone.localtime() - timedelta(hours=h) for h in (25, 24))
    span = {"since": day_ago.strftime("%Y-%m-%dT%H:%M"), "until": hour_ago.strftime("%Y-%m-%dT%H:%M")}
    return {
        "overview": "sync/",
        "messages": "sync/messages/",
        "messages, in the middle": f"sync/messages/?older={count // 2}",
        "messages, rejected": "sync/messages/?state=rejected",
        "messages, of one kind, waiting": "sync/messages/?kind=order_placed&state=waiting",
        "messages, by number": "sync/messages/?q=WD-77",
        "messages, by a word of the answer": "sync/messages/?q=zablokowany",
        "messages, of an hour yesterday": f"sync/messages/?{urlencode(span)}",
        "messages, of one cause": "sync/messages/?state=rejected&code=too_long",
        "send again: preview": "sync/messages/again/?state=rejected",
        "rejected, by cause": "sync/causes/",
        "objects": "sync/incoming/",
        "objects, rejected": "sync/incoming/?state=rejected",
        "objects, by id": "sync/incoming/?q=O-77",
        "objects, of an hour yesterday": f"sync/incoming/?{urlencode(span)}",
        "replay of an hour: preview": f"sync/replay/?{urlencode(span | {'what': 'in'})}",
        "comparisons": "comparison/",
    }


def _timed(address: str) -> tuple[list[float], int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from wiadukt.shop.accounts.models import User

    root, _new = User.objects.get_or_create(email="root@bench.example", is_staff=True, is_superuser=True)
    browser: Any = Client()
    browser.force_login(root, backend="django.contrib.auth.backends.ModelBackend")
    took = []
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(f"/dashboard/{address}").status_code == 200, address
        asked = len(queries)
    for _ in range(ROUNDS):
        start = time.perf_counter()
        browser.get(f"/dashboard/{address}")
        took.append((time.perf_counter() - start) * 1000)
    return took, asked


def _at(took: list[float], share: float) -> float:
    return sorted(took)[min(len(took) - 1, int(share * len(took)))]


if __name__ == "__main__":
    main()
