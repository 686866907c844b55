"""One program for everything an administrator does; each system brings its own commands.

A system is imported only when it is asked for: the ERP's server has no Django, the shop's has no SQLAlchemy.
"""

from __future__ import annotations

import importlib
import os
import sys

import typer

PARTS = {
    "demo": ("wiadukt.demo.cli", "Start, stop and reset the whole demo on one machine."),
    "shop": ("wiadukt.shop.cli", "The shop: web, worker, migrations, takeover."),
    "connector": ("wiadukt.wapro.cli", "The connector beside WAPRO Mag: install, run, settings."),
    "production": ("wiadukt.production.cli", "Production: job orders, terminals, machines."),
    "setup": ("wiadukt.setup.cli", "Write the settings of a new installation, with keys that agree."),
    "doctor": ("wiadukt.wapro.doctor.cli", "Check everything that can be seen from this machine and say what to mend."),
}
# On the shop's machine the round is the whole one: it asks the connector and production for theirs.
WHOLE_ROUND = "wiadukt.shop.doctor.cli"

app = typer.Typer(
    name="wiadukt", help="Wiadukt joins WAPRO Mag with an e-shop and with production.", no_args_is_help=True
)


def _load(name: str) -> None:
    try:
        part = importlib.import_module(_module_of(name))
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("wiadukt"):
            raise
        typer.echo(f"'{name}' needs the package '{error.name}': install wiadukt[{_extra(name)}].", err=True)
        raise SystemExit(2) from error
    app.add_typer(part.app, name=name, help=PARTS[name][1])


def _module_of(name: str) -> str:
    return WHOLE_ROUND if name == "doctor" and _is_shop() else PARTS[name][0]


def _is_shop() -> bool:
    return "SHOP_DATABASE_URL" in os.environ


def _extra(name: str) -> str:
    if name == "doctor":
        return "shop" if _is_shop() else "wapro"
    return "wapro" if name == "connector" else name


def main() -> None:
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    if asked in PARTS:
        _load(asked)
    else:
        for name, (_, help_text) in PARTS.items():
            app.add_typer(typer.Typer(), name=name, help=help_text)
    app()
