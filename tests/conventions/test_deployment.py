"""compose.yaml, the workflow, units and settings say only what there is; the package that is built holds all of it."""

from __future__ import annotations

import importlib
import re
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from wiadukt.cli import PARTS
from wiadukt.contract.errors import Misconfigured
from wiadukt.production.settings import Settings as ProductionSettings
from wiadukt.setup.files import Addresses, write_settings
from wiadukt.shop.settings.environment import Environment
from wiadukt.wapro.settings import Settings as ConnectorSettings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = {name: one for name, one in COMPOSE["services"].items() if one["image"] == "wiadukt"}
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def _names(settings: type) -> set[str]:
    return {str(field.validation_alias or name).upper() for name, field in settings.model_fields.items()}


COMMANDS = {name: one["command"] for name, one in OURS.items()} | {
    path.stem: re.search(r"^ExecStart=/opt/wiadukt/\w+/bin/wiadukt (.*)$", path.read_text(), re.MULTILINE)[1].split()
    for path in (ROOT / "deploy/systemd").glob("*.service")
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_service_runs_a_command_of_ours_with_options_it_has(name):
    part, command, *options = COMMANDS[name]
    known = get_command(importlib.import_module(PARTS[part][0]).app).commands[command]

    assert {one for one in options if one.startswith("--")} <= {opt for one in known.params for opt in one.opts}


def test_each_setting_is_read_by_somebody():
    known = _names(ConnectorSettings) | _names(Environment) | _names(ProductionSettings)

    given = {name for one in OURS.values() for name in one["environment"]}

    assert given - known == set()


def test_each_service_that_is_waited_for_and_each_file_is_there():
    for one in COMPOSE["services"].values():
        assert set(one.get("depends_on", {})) <= set(COMPOSE["services"])
        for volume in one.get("volumes", []):
            source = volume.split(":")[0]
            assert (ROOT / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_makes_targets_that_there_are(path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    asked = re.findall(r"\bmake ([a-z-]+)", path.read_text())

    assert asked
    assert set(asked) <= targets


def test_the_settings_of_a_new_installation_are_known_and_their_keys_agree(tmp_path):
    write_settings(tmp_path, Addresses("https://sklep.firma.pl", "https://l.firma.pl", "http://127.0.0.1:8002"))
    said = {part: _of_file(tmp_path / f"{part}.env") for part in ("connector", "shop", "production")}

    assert said["connector"].keys() <= _names(ConnectorSettings)
    assert said["shop"].keys() <= _names(Environment)
    assert said["production"].keys() <= _names(ProductionSettings)
    callers = dict(pair.split(":") for pair in said["connector"]["CONNECTOR_TOKENS"].split(","))
    assert callers == {name: said[name]["CONNECTOR_TOKEN"] for name in ("shop", "production")}
    assert said["production"]["PRODUCTION_TOKENS"] == "shop:" + said["shop"]["PRODUCTION_TOKEN"]
    assert said["shop"]["WEBHOOK_SECRETS"] == said["connector"]["WEBHOOK_SECRETS"]
    assert len(set(callers.values()) | {said["shop"]["PRODUCTION_TOKEN"], said["shop"]["SHOP_SECRET_KEY"]}) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_keys_that_may_be_in_use_are_not_written_over(tmp_path):
    (tmp_path / "production.env").write_text("mine")

    with pytest.raises(Misconfigured, match=r"production\.env"):
        write_settings(tmp_path, Addresses("https://a.pl", "https://b.pl", "https://c.pl"))

    assert [path.name for path in tmp_path.iterdir()] == ["production.env"]
    assert (tmp_path / "production.env").read_text() == "mine"


def test_no_address_is_said_by_its_option(tmp_path):
    with pytest.raises(Misconfigured, match="--shop"):
        write_settings(tmp_path, Addresses("sklep.firma.pl", "https://b.pl", "https://c.pl"))


def test_what_is_installed_on_a_server_holds_all_that_runs(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())

    source = ROOT / "src"
    wanted = {str(path.relative_to(source)) for path in (source / "wiadukt").rglob("*") if path.is_file()}
    assert {path for path in wanted if "__pycache__" not in path} - held == set()
    assert len([path for path in held if path.endswith(".mo")]) == len(list(source.glob("wiadukt/*/locale/*/*/*.po")))


def _of_file(path: Path) -> dict[str, str]:
    """As a shell reads it; systemd does the same."""
    show = ["env", "-i", "sh", "-c", f"set -a; . '{path}'; env -0"]
    pairs = subprocess.run(show, check=True, capture_output=True, text=True).stdout.split("\0")
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs if pair) if name != "PWD"}
