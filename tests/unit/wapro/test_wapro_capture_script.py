"""Capture watches every column that the readers read, or a change of it would be lost."""

from __future__ import annotations

import re

import pytest

from wiadukt.wapro.capture.triggers import postgresql, sqlserver
from wiadukt.wapro.capture.watched import WATCHED

NOT_READ_BACK = {"DOSTAWA": {"ID_DOK_MAGAZYNOWEGO", "ID_FORMY_DOSTAWY", "ODEBRANO"}}


@pytest.mark.parametrize("server", [postgresql, sqlserver])
@pytest.mark.parametrize("watched", WATCHED, ids=lambda watched: watched.table.name)
def test_every_column_read_is_watched(server, watched):
    name = watched.table.name
    trigger = next(one for one in server.triggers(lambda table: None) if re.search(rf"ON dbo\.\W{name}\W\s", one))

    read = {column.name for column in watched.table.columns}

    assert read - NOT_READ_BACK.get(name, set()) <= set(re.findall(r"[A-Z][A-Z0-9_]+", trigger))


def test_a_column_that_a_version_lacks_is_not_watched():
    without = sqlserver.triggers(lambda table: {column.name for column in table.columns} - {"RODO_ZANONIMIZOWANY"})

    assert not any("RODO_ZANONIMIZOWANY" in statement for statement in without)
