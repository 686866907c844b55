"""The committed OpenAPI document is what the code serves, whatever the environment says."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from wiadukt.wapro.cli import app

DOCUMENT = Path(__file__).parents[3] / "docs" / "openapi" / "connector.json"


@pytest.mark.parametrize("environment", [{}, {"WAPRO_WAREHOUSES": "7", "CONNECTOR_TOKENS": "shop:secret"}])
def test_the_committed_document_says_what_the_code_does(environment):
    printed = CliRunner().invoke(app, ["openapi"], env=environment, catch_exceptions=False)

    assert printed.output == DOCUMENT.read_text(), "run 'make openapi' and commit the result"
