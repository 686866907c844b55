"""Findings about rows that should not be there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select

from wiadukt.contract.checkup import Finding
from wiadukt.wapro.doctor.words import said as _


def count(conn: Connection, query: Select[Any]) -> int:
    return int(conn.execute(query).scalar_one())


def none_of(number: int, what: str, remedy: str, *, is_red: bool = True) -> Finding:
    """Well when there are none; else a fault, or advice when it is not red."""
    return Finding(not (number and is_red), _("{number} {what}", number=number, what=what), remedy if number else "")
