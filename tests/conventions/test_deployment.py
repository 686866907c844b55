"""compose.yaml and the workflow say only what there is: commands, settings, targets, files."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from wiadukt.cli import PARTS
from wiadukt.production.settings import Settings as ProductionSettings
from wiadukt.shop.settings.environment import Environment
from wiadukt.wapro.settings import Settings as ConnectorSettings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = {name: one for name, one in COMPOSE["services"].items() if one["image"] == "wiadukt"}
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def _names(settings: type) -> set[str]:
    return {str(field.validation_alias or name).upper() for name, field in settings.model_fields.items()}


@pytest.mark.parametrize("name", OURS)
def test_a_service_runs_a_command_of_ours_with_options_it_has(name):
    part, command, *options = OURS[name]["command"]
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
