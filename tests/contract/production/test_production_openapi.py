"""The committed OpenAPI document is what the code serves."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from wiadukt.production.cli import app

DOCUMENT = Path(__file__).parents[3] / "docs" / "openapi" / "production.json"


def test_the_committed_document_says_what_the_code_does():
    printed = CliRunner().invoke(app, ["openapi"], catch_exceptions=False)

    assert printed.output == DOCUMENT.read_text(), "run 'make openapi' and commit the result"
