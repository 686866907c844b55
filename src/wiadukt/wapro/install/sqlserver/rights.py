"""The connector's login on SQL Server and what it may do: what stands here, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from wiadukt.contract.errors import Misconfigured
from wiadukt.contract.status import Writable
from wiadukt.wapro import tables as t
from wiadukt.wapro.capture.watched import TABLES
from wiadukt.wapro.write import addresses
from wiadukt.wapro.write.call import PARAMETERS

ROLE = "wiadukt_konektor"
READER_ROLE = "wiadukt_czytelnik"
PASSWORD_VARIABLE = "WAPRO_LOGIN_PASSWORD"  # noqa: S105 - its name, not a password
_THERE = text("SELECT SUSER_ID(:login)")
# A user whom we made is at home in our schema; one who was there before only loses the role.
MEMBERS = text("""
SELECT r.name AS rola, p.name, CASE WHEN p.default_schema_name = 'wiadukt' THEN 1 ELSE 0 END AS ours
FROM sys.database_role_members m JOIN sys.database_principals p ON p.principal_id = m.member_principal_id
JOIN sys.database_principals r ON r.principal_id = m.role_principal_id
WHERE r.name = :writer OR r.name = :reader
""")

# To the very columns that we write: of a contractor's card nothing but his addresses and his phone.
_WRITE_RIGHTS: dict[Writable, tuple[str, ...]] = {
    "addresses": (
        f"UPDATE ON dbo.[KONTRAHENT] ({', '.join(f'[{name}]' for name in addresses.CARD_COLUMNS)})",
        "SELECT, INSERT, UPDATE ON dbo.[ADRESY_KONTRAHENTA]",
    ),
    "places": ("INSERT, UPDATE ON dbo.[MIEJSCE_DOSTAWY]",),
}


@dataclass(frozen=True)
class Login:
    """Whom the connector comes as. One that is not there is made when there is a `password` for it.

    One that only reads can change nothing of WAPRO's: changes are noticed and objects read, but no order is written.
    """

    name: str
    password: str = ""
    only_reads: bool = False

    @property
    def role(self) -> str:
        return READER_ROLE if self.only_reads else ROLE

    @property
    def quoted(self) -> str:
        return "[" + self.name.replace("]", "]]") + "]"

    @property
    def literal(self) -> str:
        return _literal(self.name)


def _literal(value: str) -> str:
    return "N'" + value.replace("'", "''") + "'"


def made(conn: Connection, login: Login, *, shown: bool = False) -> list[str]:
    """What makes the login where the server has none of that name. A password is `shown` as sqlcmd's variable.

    Raises Misconfigured when there is neither a login nor a password for it.
    """
    if conn.execute(_THERE, {"login": login.name}).scalar() is not None:
        return []
    if not login.password and not shown:
        raise Misconfigured(
            "--login", f"the server has no login {login.name}.", remedy=f"Make it, or give {PASSWORD_VARIABLE}."
        )
    password = _literal(f"$({PASSWORD_VARIABLE})" if shown else login.password)
    return [f"CREATE LOGIN {login.quoted} WITH PASSWORD = {password};"]


def rights(login: Login, writes: Sequence[Writable] = (), *, tracks: bool = False) -> list[str]:
    """The login's role: to read and call what is listed, to work in our room, and where it `tracks`, to see which rows
    of the watched tables changed."""
    role = f"IF DATABASE_PRINCIPAL_ID(N'{login.role}') IS NULL CREATE ROLE {login.role};"
    user = f"IF DATABASE_PRINCIPAL_ID({login.literal}) IS NULL CREATE USER {login.quoted} FOR LOGIN {login.quoted}"
    user += f" WITH DEFAULT_SCHEMA = {t.OURS};"
    other = ROLE if login.only_reads else READER_ROLE
    leaves = f"IF IS_ROLEMEMBER(N'{other}', {login.literal}) = 1 ALTER ROLE {other} DROP MEMBER {login.quoted};"
    allowed = [*_to_read(tracks=tracks), *(() if login.only_reads else _to_write(writes)), *_at_home()]
    grants = [
        f"IF OBJECT_ID(N'{condition}') IS NOT NULL GRANT {right} TO {login.role};"
        if condition
        else f"GRANT {right} TO {login.role};"
        for right, condition in allowed
    ]
    return [role, *grants, user, leaves, f"ALTER ROLE {login.role} ADD MEMBER {login.quoted};"]


Right = tuple[str, str]
"""What is granted, and the object without which it is not, when not every version has it."""


def _to_read(*, tracks: bool) -> Iterator[Right]:
    for table in sorted(table.name for table in t.metadata.tables.values() if table.schema == "dbo"):
        yield f"SELECT ON dbo.[{table}]", ""
    for table in t.ASIDE:
        yield f"SELECT ON dbo.[{table}]", f"dbo.{table}"
    # To see whether the triggers are on and what the procedures take.
    yield "VIEW DEFINITION ON SCHEMA::dbo", ""
    if tracks:
        for table in sorted(TABLES):
            yield f"VIEW CHANGE TRACKING ON OBJECT::dbo.[{table}]", ""


def _to_write(writes: Sequence[Writable]) -> Iterator[Right]:
    yield f"INSERT ON dbo.[{t.delivery.name}]", ""
    for what in writes:
        for right in _WRITE_RIGHTS[what]:
            yield right, ""
    for procedure in sorted(PARAMETERS):
        yield f"EXECUTE ON dbo.[{procedure}]", f"dbo.{procedure}"


def _at_home() -> Iterator[Right]:
    for table in sorted(table.name for table in t.metadata.tables.values() if table.schema == t.OURS):
        yield f"SELECT, INSERT, UPDATE, DELETE ON {t.OURS}.[{table}]", ""
    yield f"UPDATE ON {t.OURS}.[kolejka_id]", ""  # to draw numbers


def taken_back(conn: Connection) -> list[str]:
    """What takes everybody out of our roles, and out of this base the users whom we made; their logins stay."""
    found = []
    for role, member, is_ours in conn.execute(MEMBERS, {"writer": ROLE, "reader": READER_ROLE}).all():
        name = "[" + str(member).replace("]", "]]") + "]"
        found += [f"ALTER ROLE {role} DROP MEMBER {name};", *([f"DROP USER {name};"] if is_ours else [])]
    return found


def roles_dropped() -> list[str]:
    """What takes the roles away, once nobody is in them."""
    return [f"IF DATABASE_PRINCIPAL_ID(N'{role}') IS NOT NULL DROP ROLE {role};" for role in (ROLE, READER_ROLE)]
