"""The procedures by which we write must take the parameters we give, and must not want others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, text

from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.write.call import PARAMETERS

_INPUTS = text("""
SELECT r.routine_name, p.parameter_name, p.parameter_default IS NOT NULL AS optional
FROM information_schema.routines r
LEFT JOIN information_schema.parameters p ON p.specific_schema = r.specific_schema
    AND p.specific_name = r.specific_name AND p.parameter_mode <> 'OUT'
WHERE r.routine_schema = 'dbo' AND r.routine_name = ANY(:names)
""")


def check_procedures(conn: Connection, settings: Settings) -> Iterator[Finding]:
    there: dict[str, dict[str, bool]] = defaultdict(dict)
    for routine, parameter, optional in conn.execute(_INPUTS, {"names": list(PARAMETERS)}):
        there[routine][parameter] = optional
    for name, given in PARAMETERS.items():
        if name not in there:
            yield Finding(False, f"procedure {name} is missing", "Orders can't be written without it.")
            continue
        unknown = [parameter for parameter in given if parameter not in there[name]]
        wanted = [parameter for parameter, optional in there[name].items() if parameter not in given and not optional]
        what = f"procedure {name}"
        what += f" lacks {', '.join(unknown)}" if unknown else ""
        what += f" wants also {', '.join(wanted)}" if wanted else ""
        bad = bool(unknown or wanted)
        yield Finding(not bad, what, "This version of WAPRO is not known yet: orders can't be written." if bad else "")
