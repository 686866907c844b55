"""Capture watches every column that the readers read, or a change of it would be lost."""

from __future__ import annotations

import re

import pytest

from wiadukt.wapro import install, tables
from wiadukt.wapro.doctor.capture import captured_tables

NOT_READ_BACK = {"DOSTAWA": {"ID_DOK_MAGAZYNOWEGO", "ID_FORMY_DOSTAWY", "ODEBRANO"}}


def _watched(table: str) -> set[str]:
    entry = install.script().split(f"('{table}',", 1)[1].split("\n        ('", 1)[0].split(") AS opisy", 1)[0]
    return set(re.findall(r"[A-Z][A-Z0-9_]+", entry))


@pytest.mark.parametrize("table", sorted(captured_tables()))
def test_every_column_read_is_watched(table):
    read = {column.name for column in tables.metadata.tables[f"dbo.{table}"].columns}

    assert read - NOT_READ_BACK.get(table, set()) <= _watched(table)
