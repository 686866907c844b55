"""The procedures by which we write must take the parameters we give, and must not want others."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from wiadukt.contract.checkup import Finding
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.write.call import PARAMETERS, mismatch, signatures


def check_procedures(conn: Connection, settings: Settings) -> Iterator[Finding]:
    there = signatures(conn)
    for name in PARAMETERS:
        if name not in there:
            yield Finding(False, _("procedure {name} is missing", name=name), _("Orders can't be written without it."))
            continue
        trouble = mismatch(name, there[name])
        remedy = _("This version of WAPRO is not known yet: orders can't be written.") if trouble else ""
        yield Finding(not trouble, _("procedure {name} {trouble}", name=name, trouble=trouble).strip(), remedy)
