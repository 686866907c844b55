"""Every sentence of the shop has its Polish words in every form, with the same places in it; no words are left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import oscar
import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import wiadukt.shop

ROOT = Path(wiadukt.shop.__file__).parent
PO = "locale/pl/LC_MESSAGES/django.po"
WORDS_OF_DJANGO = {"gettext_lazy": None, "gettext_noop": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
KEYWORDS: Any = DEFAULT_KEYWORDS | WORDS_OF_DJANGO
PLACES = re.compile(r"%\((\w+)\)[sd]")
Sentence = tuple[str | None, str]
"""Its context and its English words."""


@pytest.fixture(scope="module")
def polish() -> dict[Sentence, tuple[str, ...]]:
    return _catalogue(ROOT / PO)


def test_every_sentence_of_the_shop_has_its_polish_words_and_none_are_left_over(polish):
    of_oscar = set(_catalogue(Path(oscar.__file__).parent / PO))

    used = dict(_sentences())

    assert {sentence: where for sentence, where in used.items() if sentence not in {*polish, *of_oscar}} == {}
    assert set(polish) - set(used) == set()
    assert [sentence for sentence, forms in polish.items() if not all(forms)] == []


def test_every_place_is_kept_in_polish():
    """Of a plural's forms each may leave out what its number makes clear, and all together have every place."""
    with (ROOT / PO).open("rb") as file:
        for row in read_po(file, locale="pl"):
            assert _places(row.string) == _places(row.id), row.id


def _catalogue(path: Path) -> dict[Sentence, tuple[str, ...]]:
    with path.open("rb") as file:
        rows = [row for row in read_po(file, locale="pl") if row.id]
    return {(row.context, _first(row.id)): (row.string,) if isinstance(row.string, str) else row.string for row in rows}


def _sentences() -> Iterator[tuple[Sentence, str]]:
    """Each with a place where it is said."""
    code = (path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)
    for path in (*code, *(path for path in (ROOT / "templates").rglob("*") if path.is_file())):
        text = path.read_text()
        if path.suffix != ".py":
            # Django makes something like Python of a template, but for its margins.
            text = "\n".join(line.strip() for line in templatize(text, str(path)).splitlines())
        for line, words, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
            yield (context, _first(words)), f"{path.relative_to(ROOT)}:{line}"


def _first(words: Any) -> str:
    """Of the forms of a plural the first."""
    return words if isinstance(words, str) else words[0]


def _places(words: Any) -> set[str]:
    return set(PLACES.findall(words if isinstance(words, str) else " ".join(words)))
