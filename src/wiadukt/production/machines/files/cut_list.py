"""A job order as the text that a machine reads, by a template: one of ours, or the administrator's own."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from wiadukt.production.machines.port import MachineJob

OWN = {"csv": "cut_list.csv", "xml": "cut_list.xml"}
FOLDER = Path(__file__).parent / "templates"


def as_text(what: MachineJob, template: str) -> str:
    """`template` is `csv`, `xml` or the path of a Jinja template whose name ends on the suffix of the files."""
    return _template(template).render(
        job=what.job,
        order_numbers=what.order_numbers,
        customer=what.customer_name,
        customer_order=what.customer_order_number,
        due_on=what.due_on,
        parameters={one.id: one.value for one in what.job.parameters},
    )


def suffix_of(template: str) -> str:
    """`.csv`, say."""
    return Path(OWN.get(template, template)).suffix


@cache
def _template(template: str):
    path = FOLDER / OWN[template] if template in OWN else Path(template)
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(path.parent),
        autoescape=path.suffix == ".xml",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(csv=_csv, number=lambda value: f"{Decimal(value).normalize():f}")
    return environment.get_template(path.name)


def _csv(value: object) -> str:
    """One field, in quotes where it needs them; a line break in a cut list would be another line."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="").writerow([" ".join(str(value).split())])
    return out.getvalue()
