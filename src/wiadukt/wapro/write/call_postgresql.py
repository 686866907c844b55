"""WAPRO's procedures on the stand-in: functions that return one row, first of all `rc`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from wiadukt.wapro.write.call import Parameter, Signature

_PARAMETERS = text("""
SELECT r.routine_name, p.parameter_name, p.data_type, p.parameter_mode = 'OUT', p.parameter_default IS NOT NULL
FROM information_schema.routines r
LEFT JOIN information_schema.parameters p ON p.specific_schema = r.specific_schema AND p.specific_name = r.specific_name
WHERE r.routine_schema = 'dbo' AND r.routine_name = ANY(:names) ORDER BY r.routine_name, p.ordinal_position
""")


def signatures(conn: Connection, names: Sequence[str]) -> dict[str, Signature]:
    found: dict[str, list[Parameter]] = defaultdict(list)
    for routine, name, kind, is_output, is_optional in conn.execute(_PARAMETERS, {"names": list(names)}):
        found[routine].append(Parameter(name, kind, is_output, is_optional))
    return {routine: tuple(parameters) for routine, parameters in found.items()}


def execute(conn: Connection, procedure: str, signature: Signature, values: Mapping[str, Any]) -> Mapping[str, Any]:
    named = ", ".join(f'"{name}" => :{name}' for name in values)
    return dict(conn.execute(text(f'SELECT * FROM dbo."{procedure}"({named})'), dict(values)).mappings().one())


AT_ONCE = 40
"""Calls in one statement, which takes 65,535 parameters."""


def execute_all(conn: Connection, calls: Sequence[tuple[str, Signature, Mapping[str, Any]]]) -> list[int]:
    """Return codes in the order of the calls. The server makes them in that order, and each sees what the ones before
    it did, as functions do that are volatile."""
    codes: list[int] = []
    for start in range(0, len(calls), AT_ONCE):
        parts: list[str] = []
        values: dict[str, Any] = {}
        for n, (procedure, _signature, given) in enumerate(calls[start : start + AT_ONCE]):
            named = ", ".join(f'"{name}" => :{name}_{n}' for name in given)
            parts.append(f'SELECT {n} AS n, rc FROM dbo."{procedure}"({named})')
            values |= {f"{name}_{n}": value for name, value in given.items()}
        codes += [
            code for _n, code in sorted(tuple(row) for row in conn.execute(text(" UNION ALL ".join(parts)), values))
        ]
    return codes
