"""What is asked of a tracked row, in words that both servers understand: whose it is, what else must be remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from wiadukt.wapro import tables as t
from wiadukt.wapro.capture.watched import Watched, quoted
from wiadukt.wapro.flag import in_trigger

IN_SHOP = "1"
"""Remembered of a contractor whom the flag chooses."""


@dataclass(frozen=True)
class Words:
    """A server's quotes round a name, and what joins two texts."""

    left: str
    right: str
    plus: str

    def q(self, expression: str) -> str:
        return quoted(expression, self.left, self.right)


@dataclass(frozen=True)
class Row:
    """A row that changed: its key, and whose it is now. A deleted row is nobody's."""

    key: str
    is_gone: bool
    object_id: str | None = None
    remembered: str | None = None


def read(conn: Connection, statement: str, since: int) -> list[Row]:
    """Each row that changed after version `since`, once."""
    found = conn.execute(text(statement), {"since": since})
    return [Row(str(key), bool(gone), object_id, remembered) for key, gone, object_id, remembered in found]


def key_of(alias: str, keys: Sequence[str], words: Words) -> str:
    """The key as one text."""
    between = f" {words.plus} '/' {words.plus} "
    return between.join(f"CAST({alias}.{words.left}{key}{words.right} AS varchar(40))" for key in keys)


def columns_of(watched: Watched, words: Words) -> tuple[str, str]:
    """The expressions of a row's object and of what is remembered; NULL where it has none."""
    if watched.is_shared:
        return "NULL", "NULL"
    object_id = _or_null(words.q(watched.object_id))
    if watched.condition:
        object_id = f"CASE WHEN {words.q(watched.condition)} THEN {object_id} END"
    return object_id, _remembered(watched, words)


def _remembered(watched: Watched, words: Words) -> str:
    """What must be known of a row once it is another or gone: the row it was joined to; whether a contractor is in the
    shop."""
    if watched.flag is not None:
        return f"CASE WHEN {in_trigger(watched.flag, 'r', words.left, words.right)} THEN '{IN_SHOP}' END"
    return _or_null(words.q(watched.parent)) if watched.parent else "NULL"


def joined(watched: Watched, words: Words) -> str:
    if not watched.joined or watched.is_shared:
        return ""
    alias, table, condition = watched.joined
    return f" LEFT JOIN dbo.{words.q(table)} AS {alias} ON {words.q(condition)}"


def filling(watched: Watched, keys: Sequence[str], words: Words) -> str:
    """Notes whose each row of a table is."""
    object_id, remembered = columns_of(watched, words)
    return (
        f"INSERT INTO {t.OURS}.{t.owner.name} (tabela, klucz, id_obiektu, pamietane)\n"
        f"SELECT '{watched.name}', klucz, id_obiektu, pamietane FROM (\n"
        f"    SELECT {key_of('r', keys, words)} AS klucz, {object_id} AS id_obiektu, {remembered} AS pamietane\n"
        f"    FROM dbo.{words.q(watched.table.name)} AS r{joined(watched, words)}\n"
        ") AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL"
    )


def _or_null(expression: str) -> str:
    """As text; 0 and an empty text mean none."""
    return f"NULLIF(NULLIF(RTRIM(CAST({expression} AS varchar(40))), ''), '0')"
