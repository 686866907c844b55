"""Another reader of T-SQL, sqlglot, understands what we send, what we install and what the stand-in is made of.

It knows no control flow of procedures and triggers, so of these each statement is parsed by itself.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot.errors import ErrorLevel

from wiadukt.demo.erp.install import batches, scripts

HERE = Path(__file__).parent
FILES = [HERE / "statements.sql", HERE / "installed.sql", HERE / "tracked.sql", *scripts("sqlserver", "2019")]
# The words that lead a procedure's or a trigger's statements, and which sqlglot does not read.
FLOW = re.compile(
    r"^\s*(BEGIN|END|RETURN( [@\w]+)?|ELSE|AS|EXEC .*|RAISERROR.*|ROLLBACK TRANSACTION|IF .*)?;?\s*$", re.DOTALL
)
SETTING = re.compile(r"SET (NOCOUNT|TRANSACTION ISOLATION LEVEL|LOCK_TIMEOUT|XACT_ABORT) [^;]*;")
BODY = re.compile(r"^CREATE (?:PROCEDURE|TRIGGER)\b.*?\bAS\s*\n\s*BEGIN\b(.*)\bEND;?\s*$", re.DOTALL)
# sqlglot takes these as a whole, without looking into them.
OPAQUE = (
    "SET ",
    "ALTER DATABASE",
    "GRANT ",
    "CREATE TYPE",
    "CREATE FUNCTION",
    "EXEC ",
    "IF ",
    "ALTER ROLE",
    "ALTER TABLE",
    "DECLARE ",
)


def _without_comments(text: str) -> str:
    return re.sub(r"--[^\n]*", "", text)


def _statements(batch: str) -> list[str]:
    """A batch's statements; of a procedure or a trigger those of its body."""
    text = _without_comments(batch).strip()
    body = BODY.match(text)
    if not body:
        return [text]
    inner = re.sub(r"\b(BEGIN|END) (TRY|CATCH)\b", ";", body[1])
    inner = re.sub(r"\n\s*(BEGIN|END);?(?=\s*\n)", ";", inner)
    inner = re.sub(r"\n\s*IF [^;]*?(?=\n\s*;|\n\s*SELECT|\n\s*SET|\bRETURN\b)", "\n", inner)
    return [part.strip() for part in inner.split(";") if not FLOW.match(part)]


CASES = [
    pytest.param(statement, id=f"{file.parent.name}-{file.stem}-{number}")
    for file in FILES
    for number, statement in enumerate(
        statement for batch in batches(file.read_text(encoding="utf-8")) for statement in _statements(batch)
    )
]


@pytest.mark.parametrize("statement", CASES)
def test_it_parses(statement):
    text = re.sub(SETTING, "", statement)
    text = text.replace("CHANGETABLE(CHANGES dbo.", "CHANGETABLE(dbo.")  # the one word of it that sqlglot lacks
    text = re.sub(r"(INSERT INTO [\w.]+) WITH \(ROWLOCK\)", r"\1", text)  # nor has it a hint there
    text = re.sub(r":(\w+)", r"@\1", text).replace("(?)", "(@x)").replace("?", "@x")

    parsed = sqlglot.parse(text, dialect="tsql", error_level=ErrorLevel.RAISE)

    for one in filter(None, parsed):
        assert not isinstance(one, sqlglot.exp.Command) or text.lstrip().startswith(OPAQUE), text


SAID = "".join(file.read_text(encoding="utf-8") for file in FILES)


def test_whoever_passes_over_locked_rows_also_reads_by_locks():
    """Where READ_COMMITTED_SNAPSHOT is on, SQL Server refuses READPAST without READCOMMITTEDLOCK (error 650)."""
    hints = re.findall(r"WITH \(([^()]*\bREADPAST\b[^()]*)\)", SAID)

    assert hints
    assert [hint for hint in hints if "READCOMMITTEDLOCK" not in hint] == []


def test_whoever_changes_the_queue_locks_it_by_row():
    """A locked page would hold up the office's rows on it, and READPAST passes over rows only."""
    changes = re.findall(r"(?:INSERT INTO|UPDATE|DELETE FROM) wiadukt\.kolejka\b(?: WITH \(([^()]*)\))?", SAID)
    found = re.findall(r"\b(?:FROM|JOIN) wiadukt\.kolejka AS k WITH \(([^\n]*)\)", SAID)

    assert len(changes) > 20
    assert len(found) == 5
    assert [hint for hint in (*changes, *found) if "ROWLOCK" not in hint] == []
