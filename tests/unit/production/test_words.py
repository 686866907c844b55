"""Every sentence a person may read has its Polish words, and every refusal a remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import wiadukt.production as production
from wiadukt.contract.states import JobState, ProductionState
from wiadukt.production import translations
from wiadukt.production.refusals import CATALOGUE, Refusal
from wiadukt.production.screens.rendering import STATE_WORDS

ROOT = Path(production.__file__).parent
PO = ROOT / "locale" / "pl" / "LC_MESSAGES" / "production.po"
METHODS = [("**/templates/*.html", "jinja2"), ("**.py", "python")]
PLACES = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def polish():
    with PO.open("rb") as file:
        return read_po(file, locale="pl")


def test_every_message_of_the_code_has_polish_words(polish):
    options = {"**/templates/*.html": {"newstyle_gettext": "true", "trimmed": "true"}}

    used = {found[2] for found in extract_from_dir(ROOT, METHODS, options)}

    known = {message.id for message in polish if message.id and all(_texts(message.string))}
    assert used == known


def test_every_placeholder_is_kept_in_polish(polish):
    for message in polish:
        for text in _texts(message.string):
            source = message.id if isinstance(message.id, str) else message.id[0]
            assert set(PLACES.findall(text)) == set(PLACES.findall(source)), source


def _texts(string) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def test_every_state_has_a_word():
    assert {str(state) for state in (*JobState, *ProductionState)} <= set(STATE_WORDS)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_refusal_says_its_cause_and_its_remedy_in_polish(code, polish, tmp_path, monkeypatch):
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "production.mo").open("wb") as file:
        write_mo(file, polish)
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    status, cause, remedy = CATALOGUE[code]
    values = dict.fromkeys(PLACES.findall(cause + remedy), "Running")

    refusal = Refusal(code, **values)
    in_polish = refusal.in_language(translations.translations_of("pl").gettext)

    assert 400 <= status <= 503
    assert "%" not in refusal.cause + refusal.remedy
    assert (in_polish.cause, in_polish.remedy) != (refusal.cause, refusal.remedy)
    assert in_polish.remedy


def test_without_a_compiled_catalogue_messages_stay_english(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "FOLDER", tmp_path)

    assert translations.translations_of("pl").gettext("Board") == "Board"
