"""Every lock of the synchronisation, by name. Transaction-scoped; taken before row locks."""

from __future__ import annotations

import zlib

from django.db import connection

CUSTOMER_LOCK = 7301


def lock_customer(erp_id: str) -> None:
    """Keeps 'this buyer has no organisation' true until the end of the transaction that acts on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CUSTOMER_LOCK, zlib.crc32(erp_id.encode()) - 2**31])
