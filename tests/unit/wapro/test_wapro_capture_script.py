"""Capture watches every column that the readers read, or a change of it would be lost."""

from __future__ import annotations

import re

import pytest

from wiadukt.wapro.capture.triggers import postgresql, sqlserver
from wiadukt.wapro.capture.watched import WATCHED
from wiadukt.wapro.install.sqlserver import room
from wiadukt.wapro.settings import CardFlag

B2B = CardFlag("DOSTEPNY_W_B2B")
NOT_READ_BACK = {"DOSTAWA": {"ID_DOK_MAGAZYNOWEGO", "ID_FORMY_DOSTAWY", "ODEBRANO"}}


@pytest.mark.parametrize("server", [postgresql, sqlserver])
@pytest.mark.parametrize("watched", WATCHED, ids=lambda watched: watched.name)
def test_every_column_read_is_watched(server, watched):
    name = watched.table.name
    trigger = next(one for one in server.triggers(lambda table: None, B2B) if re.search(rf"ON dbo\.\W{name}\W\s", one))

    read = {column.name for column in watched.table.columns}

    assert read - NOT_READ_BACK.get(name, set()) <= set(re.findall(r"[A-Z][A-Z0-9_]+", trigger))


def test_a_column_that_a_version_lacks_is_not_watched():
    there = lambda table: {column.name for column in table.columns} - {"RODO_ZANONIMIZOWANY"}  # noqa: E731
    without = sqlserver.triggers(there, B2B)

    assert not any("RODO_ZANONIMIZOWANY" in statement for statement in without)


@pytest.mark.parametrize("server", [postgresql, sqlserver])
def test_the_column_that_chooses_the_buyers_is_watched(server):
    flag = CardFlag("POLE3", ("B2B",))
    triggers = "\n".join(server.triggers(lambda table: None, flag))

    assert triggers.count("POLE3") >= 3
    assert "= 'B2B'" in triggers


@pytest.mark.parametrize("server", [postgresql, sqlserver])
def test_the_column_that_chooses_the_goods_is_watched(server):
    def of_cards(**chosen):
        found = server.triggers(lambda table: None, B2B, **chosen)
        return "".join(one for one in found if re.search(r"ON dbo\.\WARTYKUL\W\s", one))

    assert "POLE4" in of_cards(goods="POLE4")
    assert "POLE4" not in of_cards()


TRIGGERS = [one for one in sqlserver.triggers(lambda table: None, B2B) if one.startswith("CREATE TRIGGER")]
FIRST_WORDS = {"SET", "IF", "RETURN", "DECLARE", "INSERT"}


def _without_comments(text: str) -> str:
    return re.sub(r"--[^\n]*", "", text)


@pytest.mark.parametrize("trigger", TRIGGERS, ids=lambda trigger: re.search(r"ON dbo\.\[(\w+)", trigger)[1])
def test_a_trigger_of_sql_server_only_adds_to_our_room(trigger):
    """It is silent, goes by sets and not by rows, answers nothing, reads without locks, ends nobody's transaction."""
    body = _without_comments(trigger).split("BEGIN", 1)[1]

    assert body.lstrip().startswith("SET NOCOUNT ON;")
    plain = re.sub(r"\bCASE\b.*?\bEND\b", "CASE", body)
    parts = re.split(r";|\b(?:BEGIN|END)(?: TRY| CATCH)?\b", plain)
    assert {part.split()[0] for part in parts if part.strip()} <= FIRST_WORDS
    assert not re.search(r"\b(WHILE|CURSOR|TOP|ROLLBACK|COMMIT|THROW|RAISERROR|PRINT|WAITFOR|EXEC)\b", body)
    assert set(re.findall(r"INSERT INTO ([\w.@]+)", body)) <= {"@ids", "@nowi", "wiadukt.kolejka", "wiadukt.luka"}
    assert all(
        hint == "WITH (NOLOCK)" for hint in re.findall(r"(?:FROM|JOIN) dbo\.\[\w+\] AS \w+ (WITH \(\w+\)|\w+)", body)
    )


def test_nothing_of_ours_draws_an_identity_or_wants_the_offices_session_so_or_so():
    """The office may ask for @@IDENTITY; a session with ANSI settings off can't write where an index is filtered or a
    column is computed (error 1934); and an index without page locks can't be reorganised (error 2552)."""
    text = _without_comments("\n".join(room()))

    assert "IDENTITY" not in text.upper()
    assert not re.search(r"CREATE INDEX [^;]*\bWHERE\b|\bPERSISTED\b|\n\s*\w+ AS \(|CREATE VIEW", text)
    assert "ALLOW_PAGE_LOCKS = OFF" not in text
    queue = text[text.index("CREATE TABLE wiadukt.kolejka (") : text.index("wiadukt.zamowienie_mapa")]
    assert "LOCK_ESCALATION = DISABLE" in queue


def test_every_object_of_ours_has_a_name_that_we_gave_it():
    """A name that the server invents is another one after each installation."""
    text = _without_comments("\n".join(room()))
    wanted = re.findall(r"\bDEFAULT\b|\bPRIMARY KEY\b|\bUNIQUE\b|\bCHECK\b|\bREFERENCES\b", text)

    assert wanted
    assert len(wanted) == len(re.findall(r"\bCONSTRAINT\s+\w+\s+(?:DEFAULT|PRIMARY|UNIQUE|CHECK|REFERENCES)\b", text))
