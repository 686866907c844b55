"""Time on the base's own clock, in the words of the server it runs on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DateTime
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class now(FunctionElement[Any]):
    """The moment, with its zone."""

    type = DateTime(timezone=True)
    inherit_cache = True


class after(FunctionElement[Any]):
    """The moment so many seconds from now (before it, when negative). Takes one number."""

    type = DateTime(timezone=True)
    inherit_cache = True


@compiles(now, "postgresql")
def _now_postgresql(element: now, compiler: Any, **kw: Any) -> str:
    return "now()"


@compiles(now, "mssql")
def _now_sqlserver(element: now, compiler: Any, **kw: Any) -> str:
    return "SYSDATETIMEOFFSET()"


@compiles(after, "postgresql")
def _after_postgresql(element: after, compiler: Any, **kw: Any) -> str:
    return f"now() + make_interval(secs => {compiler.process(element.clauses, **kw)})"


@compiles(after, "mssql")
def _after_sqlserver(element: after, compiler: Any, **kw: Any) -> str:
    # DATEADD takes whole numbers that fit an int; milliseconds would end after 24 days.
    seconds = compiler.process(element.clauses, **kw)
    return f"DATEADD(second, CAST(CEILING({seconds}) AS int), SYSDATETIMEOFFSET())"
