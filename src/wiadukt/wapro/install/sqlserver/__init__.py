"""Our room on Microsoft SQL Server 2016 and later, where a real WAPRO base lives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, text

from wiadukt.contract.status import Writable
from wiadukt.wapro import tables as t
from wiadukt.wapro.capture.watched import WATCHED
from wiadukt.wapro.write import addresses
from wiadukt.wapro.write.call import PARAMETERS

ROLE = "wiadukt_konektor"
# A trigger keeps the settings of the session that made it; under others it could not write everywhere.
SESSION = "SET ANSI_NULLS ON;\nSET QUOTED_IDENTIFIER ON;"
# A user whom we made is at home in our schema; one who was there before only loses the role.
_MEMBERS = text("""
SELECT p.name, CASE WHEN p.default_schema_name = 'wiadukt' THEN 1 ELSE 0 END AS ours
FROM sys.database_role_members m JOIN sys.database_principals p ON p.principal_id = m.member_principal_id
WHERE m.role_principal_id = DATABASE_PRINCIPAL_ID(:role)
""")


# To the very columns that we write: of a contractor's card nothing but his addresses and his phone.
_WRITE_RIGHTS: dict[Writable, tuple[str, ...]] = {
    "addresses": (
        f"UPDATE ON dbo.[KONTRAHENT] ({', '.join(f'[{name}]' for name in addresses.CARD_COLUMNS)})",
        "SELECT, INSERT, UPDATE ON dbo.[ADRESY_KONTRAHENTA]",
    ),
    "places": ("INSERT, UPDATE ON dbo.[MIEJSCE_DOSTAWY]",),
}


def room() -> list[str]:
    """Everything that makes or renews our schema, in order."""
    found = [SESSION]
    for path in sorted(Path(__file__).parent.glob("*.sql")):
        found += [batch.strip() for batch in path.read_text(encoding="utf-8").split("\nGO\n") if batch.strip()]
    return found


def rights(login: str, writes: Sequence[Writable] = (), *, tracks: bool = False) -> list[str]:
    """The role of the connector's login, which must exist: to read and call what is listed, to work in our room, and
    where it `tracks`, to see which rows of the watched tables changed."""
    name = login.replace("]", "]]")
    quoted_name = name.replace("'", "''")
    user = f"IF DATABASE_PRINCIPAL_ID(N'{quoted_name}') IS NULL CREATE USER [{name}] FOR LOGIN [{name}]"
    user += f" WITH DEFAULT_SCHEMA = {t.OURS};"
    role = f"IF DATABASE_PRINCIPAL_ID(N'{ROLE}') IS NULL CREATE ROLE {ROLE};"
    read = sorted(table.name for table in t.metadata.tables.values() if table.schema == "dbo")
    grants = [f"GRANT SELECT ON dbo.[{table}] TO {ROLE};" for table in read]
    grants += [
        f"IF OBJECT_ID(N'dbo.{table}') IS NOT NULL GRANT SELECT ON dbo.[{table}] TO {ROLE};" for table in t.ASIDE
    ]
    grants += [f"GRANT INSERT ON dbo.[{t.delivery.name}] TO {ROLE};"]
    grants += [f"GRANT {right} TO {ROLE};" for name in writes for right in _WRITE_RIGHTS[name]]
    grants += [
        f"IF OBJECT_ID(N'dbo.{procedure}') IS NOT NULL GRANT EXECUTE ON dbo.[{procedure}] TO {ROLE};"
        for procedure in sorted(PARAMETERS)
    ]
    if tracks:
        watched = sorted(watched.table.name for watched in WATCHED)
        grants += [f"GRANT VIEW CHANGE TRACKING ON OBJECT::dbo.[{table}] TO {ROLE};" for table in watched]
    tables = sorted(table.name for table in t.metadata.tables.values() if table.schema == t.OURS)
    grants += [f"GRANT SELECT, INSERT, UPDATE, DELETE ON {t.OURS}.[{table}] TO {ROLE};" for table in tables]
    # To draw numbers, and to see whether the triggers are on and what the procedures take.
    grants += [f"GRANT UPDATE ON {t.OURS}.[kolejka_id] TO {ROLE};", f"GRANT VIEW DEFINITION ON SCHEMA::dbo TO {ROLE};"]
    return [role, *grants, user, f"ALTER ROLE {ROLE} ADD MEMBER [{name}];"]


def removal(conn: Connection) -> list[str]:
    """What takes everything of ours out of this base; the server's login stays, for it is not the base's."""
    found = []
    for member, is_ours in conn.execute(_MEMBERS, {"role": ROLE}).all():
        name = str(member).replace("]", "]]")
        found += [f"ALTER ROLE {ROLE} DROP MEMBER [{name}];", *([f"DROP USER [{name}];"] if is_ours else [])]
    ours = [table.name for table in t.metadata.tables.values() if table.schema == t.OURS]
    found += [f"IF OBJECT_ID(N'{t.OURS}.{table}') IS NOT NULL DROP TABLE {t.OURS}.[{table}];" for table in ours]
    return [
        *found,
        "IF OBJECT_ID(N'wiadukt.kolejka_id') IS NOT NULL DROP SEQUENCE wiadukt.kolejka_id;",
        f"IF DATABASE_PRINCIPAL_ID(N'{ROLE}') IS NOT NULL DROP ROLE {ROLE};",
        "IF SCHEMA_ID(N'wiadukt') IS NOT NULL EXEC (N'DROP SCHEMA wiadukt');",
    ]
