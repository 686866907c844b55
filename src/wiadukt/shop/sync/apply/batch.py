"""What travels with the objects of one batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Batch:
    """`messages`: event id by object id, for history. `quiet`: ids about which no customer gets an e-mail.
    `read_at`: a moment of the shop's own clock before which nothing of this batch was read.

    An applier puts into `orphans` what it left out because the buyer has no organisation, or applied without the
    delivery place because the shop does not know it yet: object id -> buyer.
    """

    messages: dict[str, str]
    quiet: frozenset[str]
    read_at: datetime
    orphans: dict[str, str] = field(default_factory=dict)

    def about(self, object_id: str) -> dict[str, str]:
        return {"message_id": self.messages.get(object_id, "")}
