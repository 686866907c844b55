"""`wiadukt setup`: the first step of an installation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wiadukt.contract.errors import Misconfigured
from wiadukt.setup.files import Addresses, write_settings

app = typer.Typer(context_settings={"allow_interspersed_args": True})


@app.callback(invoke_without_command=True)
def setup(
    folder: Annotated[Path, typer.Argument(help="Where the files go, for instance /etc/wiadukt.")],
    shop: Annotated[str, typer.Option(help="Address under which buyers see the shop.")],
    connector: Annotated[str, typer.Option(help="Address of the connector, as the shop and production reach it.")],
    production: Annotated[
        str, typer.Option(help="Address of production, as the shop reaches it.")
    ] = "http://127.0.0.1:8002",
) -> None:
    """Write the settings of a new installation: a file for each part, with new keys that agree with one another."""
    try:
        for path in write_settings(folder, Addresses(shop, connector, production)):
            typer.echo(path)
    except Misconfigured as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    typer.echo(
        "What is left to say stands in capitals: passwords of the bases, the server of WAPRO. Then docs/installing.md."
    )
