"""Where the demo lives: its folder, ports, databases and secrets."""

from __future__ import annotations

import json
import os
import secrets
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from wiadukt.runtime.signing import new_secret

DATABASES = ("wapro", "shop", "production")


class DemoError(Exception):
    """Something a person must mend before the demo can start; the text says what."""


MANAGED = ("shop", "worker", "connector", "production")
"""Parts with an address for machines: metrics, and whether they live and are ready."""


@dataclass(frozen=True)
class Ports:
    """All ports follow from one base, so that one option moves them."""

    base: int = 8000

    @property
    def all(self) -> dict[str, int]:
        return {
            "shop": self.base,
            "connector": self.base + 1,
            "production": self.base + 2,
            "office": self.base + 3,
            "mail": self.base + 25,
            "opcua": self.base + 40,
            "mqtt": self.base + 41,
            "front": self.base + 42,
            **{f"{part}-management": self.base + 60 + place for place, part in enumerate(MANAGED)},
        }

    def management(self, part: str) -> str:
        """Where a process tells of itself, as host:port; empty for one that does not."""
        port = self.all.get(f"{part}-management")
        return f"127.0.0.1:{port}" if port else ""

    def url(self, part: str) -> str:
        return f"http://127.0.0.1:{self.all[part]}"

    def check_free(self) -> None:
        """Raises DemoError that names each occupied port and the option that moves them."""
        taken = [f"{port} ({part})" for part, port in self.all.items() if not _is_free(port)]
        if taken:
            raise DemoError(
                f"Occupied: port {', '.join(taken)}. End what uses it, or move the demo: "
                f"make demo ARGS='--port-base {self.base + 1000}'"
            )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@dataclass(frozen=True)
class Layout:
    """The demo's folder; everything the demo keeps is in it."""

    root: Path

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def mail(self) -> Path:
        return self.root / "mail"

    @property
    def media(self) -> Path:
        return self.root / "media"

    @property
    def machines(self) -> Path:
        return self.root / "machines"

    @property
    def machines_file(self) -> Path:
        """What production reads its machines from."""
        return self.machines / "machines.toml"

    @property
    def pid_file(self) -> Path:
        return self.root / "demo.pid"

    @property
    def ready_file(self) -> Path:
        """Written when everything answers: the table that is shown to the person."""
        return self.root / "ready.txt"

    @property
    def running_file(self) -> Path:
        """Of the demo that runs: its ports and bases, for commands that do something with it."""
        return self.root / "running.json"

    @property
    def staged_file(self) -> Path:
        """What runs otherwise than usual; see `staging`."""
        return self.root / "staged.json"

    @property
    def certificate(self) -> Path:
        """Of the front, with its key."""
        return self.root / "tls" / "front.pem"

    @property
    def world_file(self) -> Path:
        """Its presence says that the first set-up ended; a set-up that was cut short is done again."""
        return self.root / "world.json"

    def make(self) -> None:
        for folder in (self.root, self.logs, self.mail, self.media, self.machines):
            folder.mkdir(parents=True, exist_ok=True)

    def note_world(self, stand_in: str) -> None:
        """The first set-up has ended, with the stand-in of WAPRO of this fingerprint."""
        self.world_file.write_text(json.dumps({"made_at": time.time(), "stand_in": stand_in}))

    def check_world(self, stand_in: str) -> None:
        """Raises DemoError when the folder's WAPRO is another version's: no ERP is upgraded by us."""
        if not self.world_file.exists():
            return
        if json.loads(self.world_file.read_text()).get("stand_in") != stand_in:
            raise DemoError(
                f"The demo in {self.root} was made by another version, whose stand-in of WAPRO has other tables. "
                "'make demo-reset' throws its data away; then start it again."
            )

    def note_running(self, ports: Ports, databases: dict[str, str]) -> None:
        """This demo runs; nothing in it is otherwise than usual."""
        self.staged_file.unlink(missing_ok=True)
        self.running_file.touch(0o600)
        self.running_file.write_text(json.dumps({"port_base": ports.base, "databases": databases}))

    def running(self) -> tuple[Ports, dict[str, str]]:
        """Raises DemoError when none runs."""
        if not self.ready_file.exists():
            raise DemoError("The demo does not run: start it by 'make demo ARGS=--detach'.")
        held = json.loads(self.running_file.read_text())
        return Ports(held["port_base"]), held["databases"]

    def secrets(self) -> dict[str, str]:
        """Keys and tokens made at the first start and kept since."""
        path = self.root / "secrets.json"
        if not path.exists():
            names = ("connector_shop", "connector_production", "production_shop", "shop_secret_key")
            made = {name: secrets.token_urlsafe(32) for name in names} | {"webhook": new_secret()}
            part = path.with_suffix(".part")
            part.write_text(json.dumps(made, indent=1))
            part.chmod(0o600)
            part.replace(path)
        loaded: dict[str, str] = json.loads(path.read_text())
        return loaded


def environment(layout: Layout, ports: Ports, databases: dict[str, str]) -> dict[str, str]:
    """The settings of every part, by the names that each part documents."""
    keys = layout.secrets()
    return {
        **os.environ,
        "WAPRO_DATABASE_URL": databases["wapro"],
        "SHOP_DATABASE_URL": databases["shop"],
        "PRODUCTION_DATABASE_URL": databases["production"],
        "WEBHOOK_SECRETS": keys["webhook"],
        "SHOP_EVENTS_URL": ports.url("shop") + "/sync/events",
        "SHOP_PUBLIC_URL": ports.url("shop"),
        "SHOP_SECRET_KEY": keys["shop_secret_key"],
        "SHOP_STAFF_SECOND_FACTOR": os.environ.get("SHOP_STAFF_SECOND_FACTOR", "false"),
        "SHOP_MEDIA_ROOT": str(layout.media),
        "SHOP_SELLER_NAME": "Fronty Wiadukt sp. z o.o.",
        "SHOP_SELLER_TAX_ID": "7792369887",
        "CONNECTOR_URL": ports.url("connector"),
        "CONNECTOR_TOKENS": f"shop:{keys['connector_shop']},production:{keys['connector_production']}",
        "PRODUCTION_URL": ports.url("production"),
        "PRODUCTION_TOKENS": f"shop:{keys['production_shop']}",
        "PRODUCTION_TOKEN": keys["production_shop"],
        "PRODUCTION_MACHINES": str(layout.machines_file),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(ports.all["mail"]),
        "OFFICE_MAIL_DIR": str(layout.mail),
        "OFFICE_SMTP_PORT": str(ports.all["mail"]),
        "WAPRO_COMPANY_ID": "1",
        "WAPRO_WAREHOUSES": "1,2",
        "WAPRO_ORDER_WAREHOUSE": "1",
        "WAPRO_USER_ID": "3000001",
        "WAPRO_BLOCKING": "0:allow,1:warn,2:hold",
        "WAPRO_PROMOTION_PERCENT_COLUMN": "PROMOCJA_RABAT",
        "WAPRO_SALESMAN_EMAIL_FIELD": "POLE1",
        "WAPRO_WRITE_ADDRESSES": "true",
        "WAPRO_WRITE_PLACES": "true",
    }


def token_for(part: str, layout: Layout) -> dict[str, str]:
    """The connector's token differs by caller, under one name."""
    keys = layout.secrets()
    return {"CONNECTOR_TOKEN": keys["connector_production" if part == "production" else "connector_shop"]}
