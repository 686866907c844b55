"""Every lock of organisations, by name. Transaction-scoped; taken before row locks of others, in the order of keys."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from django.db import connection

from wiadukt.shop.organisations.models import Organisation

CUSTOMER_LOCK = 7301


def lock_customers(erp_ids: Iterable[str]) -> None:
    """Keeps 'this buyer has no organisation', and what a snapshot may overwrite of his, true until the end of the
    transaction that acts on it.

    All at once and sorted by key, so that two batches with the same buyers wait in turn and never for each other.
    """
    keys = sorted({zlib.crc32(erp_id.encode()) - 2**31 for erp_id in erp_ids})
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CUSTOMER_LOCK, key])


def lock_organisation(pk: int) -> Organisation:
    """One change of people or branches at a time, until the end of the transaction: its last manager stays."""
    return Organisation.objects.select_for_update().get(pk=pk)
