"""The queue must move: rejected changes need a person, and old waiting ones mean that the shop does not answer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.settings import Settings

STALE_MINUTES = 15
_STATE = text("""
SELECT count(*) FILTER (WHERE status = 'przyjety') AS waiting, count(*) FILTER (WHERE status = 'odrzucony') AS rejected,
    count(*) FILTER (WHERE status = 'przyjety' AND utworzono < now() - make_interval(mins => :minutes)) AS stale,
    max(ostatni_blad) FILTER (WHERE status = 'przyjety') AS cause
FROM wiadukt.kolejka
""")


def check_backlog(conn: Connection, settings: Settings) -> Iterator[Finding]:
    row = conn.execute(_STATE, {"minutes": STALE_MINUTES}).mappings().one()
    yield Finding(
        not row["stale"],
        f"{row['waiting']} changes wait, {row['stale']} of them longer than {STALE_MINUTES} minutes",
        f"Is the connector running, and the shop at {settings.shop_events_url}? {row['cause'] or ''}".strip()
        if row["stale"]
        else "",
    )
    if row["rejected"]:
        yield Finding(
            False, f"{row['rejected']} changes were rejected", "See ostatni_blad, then 'wiadukt connector queue retry'."
        )
