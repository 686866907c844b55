"""Every sentence of the connector and of what all systems share has its Polish words, with the same places in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import wiadukt

ROOT = Path(wiadukt.__file__).parent
CATALOGUES = {"wapro": "connector", "runtime": "runtime"}
PLACES = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("system", CATALOGUES)
def test_every_sentence_has_its_polish_words(system):
    folder = ROOT / system
    with (folder / "locale/pl/LC_MESSAGES" / f"{CATALOGUES[system]}.po").open("rb") as file:
        polish = {message.id: message.string for message in read_po(file, locale="pl") if message.id}

    used = {found[2] for found in extract_from_dir(folder, [("**.py", "python")])}

    assert used == set(polish)
    assert all(polish.values())
    for english, words in polish.items():
        assert sorted(PLACES.findall(words)) == sorted(PLACES.findall(english)), english
