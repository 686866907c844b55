"""Capture watches every column that the readers read, or a change of it would be lost."""

from __future__ import annotations

import re

import pytest

from wiadukt.wapro.capture.triggers import postgresql, sqlserver
from wiadukt.wapro.capture.watched import WATCHED
from wiadukt.wapro.settings import CustomerFlag

B2B = CustomerFlag("DOSTEPNY_W_B2B")
NOT_READ_BACK = {"DOSTAWA": {"ID_DOK_MAGAZYNOWEGO", "ID_FORMY_DOSTAWY", "ODEBRANO"}}


@pytest.mark.parametrize("server", [postgresql, sqlserver])
@pytest.mark.parametrize("watched", WATCHED, ids=lambda watched: watched.table.name)
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
    flag = CustomerFlag("POLE3", ("B2B",))
    triggers = "\n".join(server.triggers(lambda table: None, flag))

    assert triggers.count("POLE3") >= 3
    assert "= 'B2B'" in triggers
