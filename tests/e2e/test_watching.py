"""Every process of the running demo as Prometheus sees it, and the example dashboard beside what is really served."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

DEPLOY = Path(__file__).parents[2] / "deploy"
LABELS = {"method", "route", "status", "destination", "outcome", "kind", "state", "machine"}
"""None of them can hold what a person is called, buys or pays."""


@pytest.fixture(scope="module")
def served(demo) -> dict[str, str]:
    return {where: httpx.get(f"{where}/metrics", trust_env=False).text for where in demo.management}


def test_every_process_lives_is_ready_and_reads_its_base(demo, served):
    assert len(served) == 4
    for where, text in served.items():
        for path in ("/live", "/ready"):
            answer = httpx.get(where + path, trust_env=False)
            assert answer.status_code == 200, answer.text
        assert "wiadukt_base_up 1.0" in text


@pytest.mark.parametrize("path", ["grafana/wiadukt.json", "alarms.yml"])
def test_what_the_examples_ask_for_is_served(served, path):
    text = (DEPLOY / path).read_text(encoding="utf-8")
    rules = yaml.safe_load(text)
    if "panels" in rules:
        json.loads(text)
    asked = set(re.findall(r"wiadukt_[a-z_]+", " ".join(_expressions(rules))))

    there = set()
    for family in (one for page in served.values() for one in text_string_to_metric_families(page)):
        suffixes = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",)}.get(family.type, ("",))
        there |= {family.name + suffix for suffix in suffixes}

    assert asked
    assert asked - there == set()


def test_the_dashboard_leaves_out_nothing_that_is_ours(served):
    asked = (DEPLOY / "grafana/wiadukt.json").read_text(encoding="utf-8")
    ours = {name for page in served.values() for name in re.findall(r"# TYPE (wiadukt_\w+?)(?:_total)? ", page)}
    ours = {name for name in ours if not name.endswith("_created")}

    assert {name for name in ours if name not in asked} == set()


def test_no_label_can_hold_personal_data(served):
    for page in served.values():
        for family in text_string_to_metric_families(page):
            for sample in family.samples:
                if sample.name.startswith("wiadukt"):
                    assert set(sample.labels) - {"le"} <= LABELS
        assert "@" not in page


def _expressions(node: object) -> list[str]:
    if isinstance(node, dict):
        here = [node["expr"]] if isinstance(node.get("expr"), str) else []
        return here + [one for child in node.values() for one in _expressions(child)]
    return [one for child in node for one in _expressions(child)] if isinstance(node, list) else []
