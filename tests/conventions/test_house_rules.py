"""The rules of the house that no linter sees."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "wiadukt"
MODULES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
WAPRO_TABLES = re.compile(
    r"\b(KONTRAHENT|ARTYKUL|ZAMOWIENIE|POZYCJA_ZAMOWIENIA|DOKUMENT_HANDLOWY|ROZRACHUNEK|ROZLICZENIE|MIEJSCE_DOSTAWY)\b"
)
LONGEST_FILE = 500
LONGEST_FUNCTION = 60


def _name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_file_keeps_one_purpose_and_a_function_fits_a_screen(path):
    text = path.read_text()

    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, f"{node.name} is too long"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_the_names_of_wapros_tables_stay_in_their_room(path):
    if path.relative_to(SOURCE).parts[0] not in ("wapro", "demo"):
        assert not WAPRO_TABLES.search(path.read_text())


def test_locked_requirements_carry_hashes_and_name_no_host():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text, f"{path.name} names a host"


def test_nothing_is_loaded_from_outside_at_run_time():
    loads = re.compile(r"""(?:src|href)=["']https?://|@import\s+url\(["']?https?://|url\(["']?https?://""")
    for path in SOURCE.rglob("*"):
        if path.suffix in (".html", ".css"):
            for line in path.read_text().splitlines():
                found = loads.search(line)
                assert not found or "<a " in line, f"{_name(path)}: {line.strip()}"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.css")), ids=_name)
def test_a_style_sheet_closes_what_it_opens(path):
    """One brace too many, as after a merge, and every rule behind it is silently none."""
    depth = 0
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        opened = depth + line.count("{")
        depth = opened - line.count("}")
        assert depth >= 0, f"line {number} closes what nothing opened"
        assert depth <= 2, f"line {number} opens a third level: something above is not closed"
    assert depth == 0


def test_factories_have_one_name():
    """As `factories` and `tests.factories` they would be two modules, and count their numbers twice."""
    double = re.compile(r"^(?:from|import) tests\.factories", re.MULTILINE)

    assert [path.name for path in (ROOT / "tests").rglob("*.py") if double.search(path.read_text())] == []
