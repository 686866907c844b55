"""The triggers must be there and switched on: an update of WAPRO drops foreign ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

from wiadukt.wapro import install
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.settings import Settings

EVENTS = ("insert", "update", "delete")
_CAPTURED = re.compile(r"^\s+\('([A-Z_]+)', '(customer|product|order|invoice)'", re.MULTILINE)
_THERE = text("""
SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'dbo' AND t.tgname LIKE 'wiadukt\\_%' AND t.tgenabled IN ('O', 'A')
""")


def captured_tables() -> dict[str, str]:
    """The kind each captured table announces, read from the script that makes the triggers."""
    return dict(_CAPTURED.findall(install.script()))


def check_capture(conn: Connection, settings: Settings) -> Iterator[Finding]:
    there = {(table, trigger) for table, trigger in conn.execute(_THERE)}
    expected = {(table, f"wiadukt_{event}") for table in captured_tables() for event in EVENTS}
    expected.add(("KONTRAHENT", "wiadukt_nowy_w_sklepie"))
    lacking = sorted({table for table, _ in expected - there})
    if lacking:
        yield Finding(False, f"capture is missing on {', '.join(lacking)}", "Run 'wiadukt connector install'.")
    yield Finding(True, f"{len(expected & there)} of {len(expected)} capture triggers are on")
