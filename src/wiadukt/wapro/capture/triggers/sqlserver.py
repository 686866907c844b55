"""Triggers on Microsoft SQL Server 2016 and later."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, text

from wiadukt.wapro import tables as t
from wiadukt.wapro.capture.watched import WATCHED, Watched, columns_of, quoted, watched_with
from wiadukt.wapro.engine import columns_there
from wiadukt.wapro.flag import in_trigger
from wiadukt.wapro.settings import CardFlag

_TRIGGERS = text("""
SELECT OBJECT_NAME(parent_id) AS tabela, name, is_disabled FROM sys.triggers
WHERE name LIKE 'wiadukt[_]%' AND parent_id <> 0
""")
_WRITTEN = text("""
SELECT OBJECT_NAME(g.parent_id) AS tabela, m.definition FROM sys.triggers g
JOIN sys.sql_modules m ON m.object_id = g.object_id
WHERE g.name LIKE 'wiadukt[_]%' AND g.parent_id <> 0 AND g.is_disabled = 0
""")
# Of the types text, ntext and image, which no trigger may read.
_LARGE = text("""
SELECT name FROM sys.columns
WHERE object_id = OBJECT_ID(:table) AND TYPE_NAME(system_type_id) IN ('text', 'ntext', 'image')
""")
_TRIGGER = """
CREATE TRIGGER dbo.[{name}] ON dbo.[{table}] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT {object_id}
        FROM (
            SELECT * FROM (SELECT {columns} FROM inserted EXCEPT SELECT {columns} FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT {columns} FROM deleted EXCEPT SELECT {columns} FROM inserted) AS stare
        ) AS r{joined}
        WHERE {condition}
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT '{kind}', id FROM @ids;{more}
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END"""
# NOLOCK: a trigger must not wait for another's row. What is read unfinished announces itself when it is finished.
_NEW_IN_SHOP = """
        -- A buyer who enters the shop brings his orders and invoices with him.
        DECLARE @nowi TABLE (id numeric(18, 0) NOT NULL);
        INSERT INTO @nowi (id)
        SELECT i.[ID_KONTRAHENTA] FROM inserted AS i JOIN deleted AS d ON d.[ID_KONTRAHENTA] = i.[ID_KONTRAHENTA]
        WHERE {new} AND CASE WHEN {old} THEN 1 ELSE 0 END = 0;
        IF EXISTS (SELECT 1 FROM @nowi)
        BEGIN
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu)
            SELECT 'order', CONVERT(varchar(40), z.[ID_ZAMOWIENIA]) FROM dbo.[ZAMOWIENIE] AS z WITH (NOLOCK)
            WHERE z.[TYP] = 1 AND z.[ID_KONTRAHENTA] IN (SELECT id FROM @nowi);
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu)
            SELECT 'invoice', CONVERT(varchar(40), f.[ID_DOKUMENTU_HANDLOWEGO])
            FROM dbo.[DOKUMENT_HANDLOWY] AS f WITH (NOLOCK)
            WHERE f.[ID_KONTRAHENTA] IN (SELECT id FROM @nowi) OR f.[ID_PLATNIKA] IN (SELECT id FROM @nowi);
        END"""


def readable(conn: Connection) -> Callable[[Table], set[str]]:
    """Tells which of our columns a table of this base has for a trigger to read. What it gives raises Misconfigured for
    a missing table."""
    there = columns_of(conn)

    def readable(table: Table) -> set[str]:
        large = conn.execute(_LARGE, {"table": f"{table.schema}.{table.name}"}).scalars().all()
        return there(table) - {str(name).upper() for name in large}

    return readable


def triggers(
    there: Callable[[Table], set[str] | None], flag: CardFlag, ksef: Sequence[str] = (), goods: str = ""
) -> list[str]:
    """Everything that makes or renews capture. `there` tells which columns a table of this base has."""
    found = []
    for watched in watched_with(flag, ksef, goods):
        name = _name(watched)
        body = _trigger(watched, there, flag)
        found += [f"IF OBJECT_ID(N'dbo.{name}') IS NOT NULL DROP TRIGGER dbo.[{name}];", body]
    return found


def _name(watched: Watched) -> str:
    return f"wiadukt_{watched.name}"


def _trigger(watched: Watched, there: Callable[[Table], set[str] | None], flag: CardFlag) -> str:
    is_text = (
        isinstance(watched.table.c[watched.object_id.removeprefix("r.")].type, t.Varchar)
        if (watched.object_id.startswith("r."))
        else watched.kind == "product"
    )
    named = quoted(watched.object_id, "[", "]")
    object_id = f"RTRIM({named})" if is_text else f"CONVERT(varchar(40), {named})"
    condition = f"{named} IS NOT NULL AND {object_id} NOT IN ('', '0')"
    if watched.condition:
        condition += f" AND {quoted(watched.condition, '[', ']')}"
    joined = ""
    if watched.joined:
        alias, table, by = watched.joined
        joined = f"\n        LEFT JOIN dbo.[{table}] AS {alias} WITH (NOLOCK) ON {quoted(by, '[', ']')}"
    return _TRIGGER.format(
        name=_name(watched),
        table=watched.table.name,
        kind=watched.kind,
        object_id=object_id,
        columns=_compared(watched, there(watched.table)),
        joined=joined,
        condition=condition,
        more=_entering(flag) if watched.table is t.contractor else "",
    ).strip()


def _entering(flag: CardFlag) -> str:
    new, old = (in_trigger(flag, row, "[", "]") for row in ("i", "d"))
    return _NEW_IN_SHOP.format(new=new, old=old)


def _compared(watched: Watched, there: set[str] | None) -> str:
    """Texts are compared byte by byte: for WAPRO's collation 'front' and 'Front' are the same, for a buyer not."""
    found = []
    for name in watched.columns(there):
        if not watched.is_text(name):
            found.append(f"[{name}]")
            continue
        if f"r.{name}" in (watched.object_id, watched.condition.split(" ")[0]):
            found.append(f"[{name}]")
        found.append(f"CONVERT(varbinary(8000), [{name}]) AS [b_{name}]")
    return ", ".join(found)


def expected() -> set[tuple[str, str]]:
    """(table, trigger) of all capture."""
    return {(watched.table.name, _name(watched)) for watched in WATCHED}


def switched_on(conn: Connection) -> set[tuple[str, str]]:
    """(table, trigger) of what is there and not disabled."""
    ours = {(table.upper(), trigger.upper()): (table, trigger) for table, trigger in expected()}
    there = {(str(row[0]).upper(), str(row[1]).upper()) for row in conn.execute(_TRIGGERS) if not row[2]}
    return {ours[one] for one in there if one in ours}


def outdated(conn: Connection) -> dict[str, list[str]]:
    """Tables with a trigger that names columns which are gone, and these columns. No TRY catches that: until it is
    renewed the office can save nothing there."""
    written: dict[str, str] = {}
    for table, body in conn.execute(_WRITTEN):
        written[str(table).upper()] = written.get(str(table).upper(), "") + (body or "")
    found = {}
    for table in dict.fromkeys(watched.table for watched in WATCHED):
        there = columns_there(conn, table)
        named = (column.name for column in table.columns if f"[{column.name}]" in written.get(table.name, ""))
        gone = [name for name in named if name not in there]
        if gone:
            found[table.name] = gone
    return found


def taken_out(conn: Connection) -> list[str]:
    """What takes capture out of this base."""
    return [f"DROP TRIGGER dbo.[{trigger}];" for _table, trigger, _off in conn.execute(_TRIGGERS)]
