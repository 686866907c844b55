"""Whether somebody else carries between this base and a shop: then an order may come twice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, column, func, select, table, text

from wiadukt.contract.checkup import Finding
from wiadukt.runtime import clock
from wiadukt.wapro import clarion
from wiadukt.wapro.capture.watched import TABLES
from wiadukt.wapro.doctor.columns import has_column
from wiadukt.wapro.doctor.counting import count, none_of
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.engine import is_sql_server
from wiadukt.wapro.settings import Settings

DAYS = 30
_internet = table("ZAMOWIENIE", column("ZAMOWIENIE_INTERNETOWE"), column("DATA"), schema="dbo")
# The vendor's own B2B leaves its tables in every base: this column tells whether it is in use.
_b2b = table("MAG_A4B_SYSTEMY", column("Aktywny"), schema="dbo")
FOREIGN_SQL_SERVER = text("""
SELECT OBJECT_NAME(parent_id) AS tabela, name FROM sys.triggers
WHERE parent_id <> 0 AND is_disabled = 0 AND name NOT LIKE 'wiadukt[_]%'
""")
# Change tracking of the stand-in is made of triggers; on a real server it has none.
FOREIGN_POSTGRESQL = text(r"""
SELECT c.relname AS tabela, t.tgname AS name
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND n.nspname = 'dbo'
  AND t.tgname NOT LIKE 'wiadukt\_%' AND t.tgname NOT LIKE 'tracked\_%'
""")


def check_integrators(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """Advice and no fault: WAPRO has other uses for each of these."""
    today = clarion.of_moment(clock.now())
    query = FOREIGN_SQL_SERVER if is_sql_server(conn) else FOREIGN_POSTGRESQL
    watched = set(TABLES)
    foreign = sorted(f"{row[0]}.{row[1]}" for row in conn.execute(query) if str(row[0]).upper() in watched)
    yield Finding(
        True,
        _("other triggers: {names}", names=", ".join(foreign) or _("none")),
        _("Is another integration at work? Then orders may double.") if foreign else "",
    )
    recent = select(func.count()).select_from(_internet)
    recent = recent.where(_internet.c.ZAMOWIENIE_INTERNETOWE == 1, _internet.c.DATA >= today - DAYS)
    yield none_of(
        count(conn, recent),
        _("orders of {days} days came from WAPRO's own internet modules", days=DAYS),
        _("Two integrations may make an order twice."),
        is_red=False,
    )
    if has_column(conn, _b2b.name, "Aktywny"):
        active = count(conn, select(func.count()).select_from(_b2b).where(_b2b.c.Aktywny != 0))
        yield none_of(
            active,
            _("systems of the vendor's B2B are active"),
            _("If it sells the same goods, switch it off: two integrations may make an order twice."),
            is_red=False,
        )
