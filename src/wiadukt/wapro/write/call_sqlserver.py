"""WAPRO's procedures on SQL Server: OUTPUT parameters, the return code and result sets of one batch.

A procedure of WAPRO may refuse by a return code, by an error, or by ending the caller's transaction itself and going
on. So the batch also tells how many transactions were open before and after it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from wiadukt.contract.errors import Refused, Unreachable
from wiadukt.wapro.among import among
from wiadukt.wapro.engine import is_passing
from wiadukt.wapro.write.call import Parameter, Signature

# The base type of an alias type (T_ID_TYP) is named by its system type.
_PARAMETERS = """
SELECT o.name AS procedura, p.name AS parametr, TYPE_NAME(p.system_type_id) AS typ, p.max_length, p.precision, p.scale,
    p.is_output
FROM sys.objects o LEFT JOIN sys.parameters p ON p.object_id = o.object_id AND p.parameter_id > 0
WHERE o.schema_id = SCHEMA_ID('dbo') AND o.type = 'P' AND o.name IN ({marks})
ORDER BY o.name, p.parameter_id
"""
_DEFINITION = text("SELECT OBJECT_DEFINITION(OBJECT_ID(:name))")


def signatures(conn: Connection, names: Sequence[str]) -> dict[str, Signature]:
    """From sys.parameters. Whether a T-SQL parameter has a default stands only in the procedure's text: one whose text
    is encrypted is taken to want every parameter."""
    wanted = among(names)
    ours = {name.lower(): name for name in names}
    marks = ", ".join("?" for _ in wanted)
    found: dict[str, list[Parameter]] = defaultdict(list)
    defaults: dict[str, set[str]] = {}
    for row in conn.exec_driver_sql(_PARAMETERS.format(marks=marks), tuple(wanted)).mappings().all():
        name = ours[row["procedura"].lower()]
        found[name] += []
        if row["parametr"] is None:
            continue
        if name not in defaults:
            defaults[name] = with_default(conn.execute(_DEFINITION, {"name": f"dbo.{name}"}).scalar() or "")
        parameter = row["parametr"].lstrip("@")
        kind = declared(row["typ"], row["max_length"], row["precision"], row["scale"])
        optional = parameter.lower() in defaults[name]
        found[name].append(Parameter(parameter, kind, bool(row["is_output"]), optional))
    return {name: tuple(parameters) for name, parameters in found.items()}


def declared(kind: str, length: int, precision: int, scale: int) -> str:
    """A type as DECLARE wants it; lengths come in bytes, -1 for the longest."""
    if kind in ("decimal", "numeric"):
        return f"{kind}({precision}, {scale})"
    if kind in ("char", "varchar", "binary", "varbinary", "nchar", "nvarchar"):
        size = "max" if length < 0 else str(length // 2 if kind.startswith("n") else length)
        return f"{kind}({size})"
    return kind


_HEAD_ENDS = re.compile(r"\bAS\s*$|\bAS\s+BEGIN\b|\bAS\s+SET\b|\bAS\s+DECLARE\b", re.IGNORECASE | re.MULTILINE)
_WITH_DEFAULT = re.compile(r"@(\w+)\s+(?:AS\s+)?[\w.\[\]]+(?:\s*\([^)]*\))?\s*=", re.IGNORECASE)


def with_default(definition: str) -> set[str]:
    """The parameters, in small letters, that the head of the procedure's text gives a default."""
    head = _HEAD_ENDS.split(definition, maxsplit=1)[0]
    return {name.lower() for name in _WITH_DEFAULT.findall(head)}


def batch(procedure: str, signature: Signature, given: Sequence[str]) -> str:
    """The T-SQL of a call that gives these parameters, one `?` for each in their order."""
    outputs = [parameter for parameter in signature if parameter.is_output]
    declares = ["@rc int", "@przed int = @@TRANCOUNT", *(f"@wy_{p.name} {p.kind}" for p in outputs)]
    arguments = [f"@{name} = ?" for name in given] + [f"@{p.name} = @wy_{p.name} OUTPUT" for p in outputs]
    told = ["@rc AS rc", "@przed AS przed", "@@TRANCOUNT AS po", *(f"@wy_{p.name} AS [{p.name}]" for p in outputs)]
    return (
        f"SET NOCOUNT ON;\nDECLARE {', '.join(declares)};\n"
        f"EXEC @rc = dbo.[{procedure}] {', '.join(arguments)};\nSELECT {', '.join(told)};"
    )


def execute(conn: Connection, procedure: str, signature: Signature, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Raises Refused when the procedure raised an error or ended our transaction, Unreachable for a lock not had."""
    cursor = conn.connection.cursor()
    try:
        cursor.execute(batch(procedure, signature, list(values)), tuple(values.values()))
        results = list(_result_sets(cursor))
    except conn.dialect.loaded_dbapi.Error as error:
        if is_passing(error):
            raise Unreachable(f"WAPRO's base: {error}") from error
        raise _refusal(procedure, str(error)) from error
    finally:
        cursor.close()
    *answered, told = results
    if not told["po"] or told["po"] != told["przed"]:
        raise _refusal(procedure, f"zakończyła transakcję (kod {told['rc']})")
    first = next(iter(answered[0].values())) if answered else None
    return {**told, "wynik": first}


def execute_all(conn: Connection, calls: Sequence[tuple[str, Signature, Mapping[str, Any]]]) -> list[int]:
    """Return codes in the order of the calls; stops behind the first failure. One batch each: a procedure may end our
    transaction, and nothing may be done after that."""
    codes: list[int] = []
    for call in calls:
        codes.append(int(execute(conn, *call)["rc"] or 0))
        if codes[-1]:
            break
    return codes + [0] * (len(calls) - len(codes))


def _result_sets(cursor: Any) -> Any:
    """The first row of each result set, by column name."""
    while True:
        if cursor.description:
            row = cursor.fetchone()
            yield dict(zip([column[0] for column in cursor.description], row or (), strict=False))
        if not cursor.nextset():
            return


def _refusal(procedure: str, said: str) -> Refused:
    return Refused(
        "procedure_failed",
        f"Procedura {procedure}: {said}",
        remedy="Sprawdź zamówienie w WAPRO i uruchom 'wiadukt doctor'.",
    )
