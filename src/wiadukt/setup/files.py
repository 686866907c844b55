"""One file of settings for each part, with keys that are new and agree with one another."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from wiadukt.contract.errors import Misconfigured
from wiadukt.runtime.signing import new_secret

PARTS = ("connector", "shop", "production")


@dataclass(frozen=True)
class Addresses:
    """Where each part will answer, without a slash at the end."""

    shop: str
    connector: str
    production: str


def write_settings(folder: Path, addresses: Addresses) -> list[Path]:
    """The three files, readable by their owner alone.

    Raises Misconfigured, and writes none, for what is no address and when one is there already: its keys may be in use.
    """
    paths = [folder / f"{part}.env" for part in PARTS]
    if there := [str(path) for path in paths if path.exists()]:
        raise Misconfigured(", ".join(there), "is there already.", remedy="Its keys may be in use: move it away first.")
    values = _values(addresses)
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        text = Template(files(__package__).joinpath(path.name).read_text(encoding="utf-8")).substitute(values)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    return paths


def _values(addresses: Addresses) -> dict[str, str]:
    for name, url in vars(addresses).items():
        told = urlsplit(url)
        if told.scheme not in ("http", "https") or not told.hostname or url.endswith("/"):
            example = "Say it like https://sklep.firma.pl, without a slash at the end."
            raise Misconfigured(f"--{name}", f"{url!r} is no address.", remedy=example)
    keys = ("shop_at_connector", "production_at_connector", "shop_at_production")
    return {
        "shop_url": addresses.shop,
        "shop_host": str(urlsplit(addresses.shop).hostname),
        "connector_url": addresses.connector,
        "production_url": addresses.production,
        "secret_key": secrets.token_urlsafe(48),
        "signature": new_secret(),
        **{key: secrets.token_urlsafe(32) for key in keys},
    }
