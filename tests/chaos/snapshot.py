"""What stood in the shop before a scenario, to tell afterwards what changed in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.chaos.world import World

# By the timeline's kind: the shop's table and the fields whose every change must stand in history.
TRACKED: dict[str, tuple[str, tuple[str, ...]]] = {
    "product": ("catalogue_product", ("title", "in_shop", "erp_blocked", "is_public")),
    "organisation": ("organisations_organisation", ("street", "city", "discount_percent", "is_open")),
    "order": (
        "order_order",
        ("erp_number", "erp_state", "status_label", "tracking_number", "production_percent", "is_gone"),
    ),
    "invoice": ("invoices_invoice", ("due_on", "paid", "remaining")),
}  # fmt: skip


@dataclass
class Snapshot:
    """Tracked fields by kind and key; `last_change` and `last_comparison` are the newest of their kind."""

    values: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    last_change: int = 0
    last_comparison: int = 0
    taken_over: frozenset[int] = frozenset()

    @classmethod
    def take(cls, world: World) -> Snapshot:
        newest = "SELECT coalesce(max(id), 0) AS n FROM {}"
        made = cls(
            last_change=world.server.rows("shop", newest.format("history_change"))[0]["n"],
            last_comparison=world.server.rows("shop", newest.format("sync_reconciliation"))[0]["n"],
        )
        for kind, (table, fields) in TRACKED.items():
            found = world.server.rows("shop", f"SELECT id, {', '.join(fields)} FROM {table}")
            made.values[kind] = {row["id"]: row for row in found}
        quiet = world.server.rows("shop", "SELECT id FROM organisations_member WHERE invitation_held")
        made.taken_over = frozenset(row["id"] for row in quiet)
        return made
