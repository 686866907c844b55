"""What the shop may change on WAPRO's own tables: that the columns are there, number themselves and are long enough."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.engine import columns_there, is_sql_server
from wiadukt.wapro.limits import limits
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.write.addresses import SWITCHES, table_of

_NUMBERED = text("SELECT COUNT(*) FROM sys.identity_columns WHERE object_id = OBJECT_ID(:table)")
SHORT = 20


def check_writing(conn: Connection, settings: Settings) -> Iterator[Finding]:
    for what, setting in SWITCHES.items():
        named = {"addresses": _("addresses"), "places": _("delivery places")}[what]
        if what not in settings.writes:
            yield Finding(
                True,
                _("{named} of the shop are not written", named=named),
                _("To let buyers change them set {setting}.", setting=setting),
            )
            continue
        yield Finding(True, _("{named} of the shop are written", named=named))
        for table in table_of(what):
            wanted = {column.name for column in table.columns} - t.NOT_EVERYWHERE
            lacking = sorted(wanted - columns_there(conn, table))
            if lacking:
                yield Finding(
                    False,
                    _("{name} lacks {names}", name=table.name, names=", ".join(lacking)),
                    _("Unset {setting}: not known yet.", setting=setting),
                )
            elif is_sql_server(conn) and table is not t.card:
                numbered = conn.execute(_NUMBERED, {"table": f"dbo.{table.name}"}).scalar_one() == 1
                yield Finding(
                    numbered,
                    _("{name} numbers its rows itself", name=table.name)
                    if numbered
                    else _("{name} does not number its rows itself", name=table.name),
                    ""
                    if numbered
                    else _("Unset {setting}: a new row would have no number of its own.", setting=setting),
                )
    short = {field: most for field, most in limits(conn).items() if most < SHORT and not field.endswith("country")}
    told = ", ".join(f"{field} {most}" for field, most in short.items()) or _("long enough")
    yield Finding(True, _("texts of addresses: {told}", told=told))
