"""Every lock of organisations, by name. Whoever changes people or branches takes it first and reads again behind it."""

from __future__ import annotations

from wiadukt.shop.organisations.models import Organisation


def lock_organisation(pk: int) -> Organisation:
    """One change of people or branches at a time, until the end of the transaction: its last manager stays."""
    return Organisation.objects.select_for_update().get(pk=pk)
