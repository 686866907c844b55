"""Finding goods as buyers write them: parts of indexes, without Polish letters, with a slip of the finger.

One column holds what a product is found by (`Product.search_text`, in small letters without Polish marks), and one
index of trigrams serves all of it.
"""

from __future__ import annotations

from functools import reduce
from operator import and_

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat, Lower

# Both cases: what a base takes for small letters depends on how it was made.
MARKED, PLAIN = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzacelnoszz"
_PLAIN = str.maketrans(MARKED, PLAIN)
MOST_WORDS = 8
NEAR = 0.4
SHORTEST_MISTAKEN = 4
"""In a shorter word a slip leaves nothing to know it by; a word with a digit is an index, and many are alike."""


def plain(text: str) -> str:
    """As the base's column has it."""
    return text.lower().translate(_PLAIN)


def searchable(*fields: str | Func) -> Func:
    """The same by the base, of several fields."""
    spaced = [part for field in fields for part in (Value(" ", TextField()), Cast(field, TextField()))][1:]
    return Func(Lower(Concat(*spaced)), Value(MARKED), Value(PLAIN), function="translate", output_field=TextField())


def squeezed(text: str) -> str:
    """An index without its dashes, blanks and points."""
    return "".join(sign for sign in plain(text) if sign.isalnum())


class Squeezed(Func):
    """The same by the base: an index may be asked for without its dashes."""

    function = "regexp_replace"
    template = "%(function)s(%(expressions)s, '[^[:alnum:]]', '', 'g')"
    output_field = TextField()


def words_of(asked: str) -> list[str]:
    return plain(asked).replace("\0", " ").split()[:MOST_WORDS]


def found(products: QuerySet, asked: str) -> QuerySet:
    """Products with every word of `asked`, most fitting first; where there is none, products with words much alike."""
    words = words_of(asked)
    if not words:
        return products.order_by("title", "id")
    exact = products.filter(reduce(and_, (Q(search_text__contains=word) for word in words)))
    if exact.exists():
        return exact.alias(fits=_fit(" ".join(words), words)).order_by("-fits", "title", "id")
    return _alike(products, words)


def _fit(whole: str, words: list[str]) -> Case:
    """How well: the very index or EAN, its beginning, a name that begins so, a word that begins so, any part."""
    very = Q(upc__iexact=whole) | Q(ean=whole) | Q(search_text__endswith=f" {squeezed(whole)}")
    steps = [very, Q(upc__istartswith=whole), Q(search_text__startswith=words[0])]
    steps.append(Q(search_text__contains=f" {words[0]}"))
    return Case(*(When(step, then=Value(len(steps) - n)) for n, step in enumerate(steps)), default=Value(0))


def _alike(products: QuerySet, words: list[str]) -> QuerySet:
    """Short words and indexes must be there; longer words may be mistaken."""
    guessed = [word for word in words if len(word) >= SHORTEST_MISTAKEN and word.isalpha()]
    sure = [Q(search_text__contains=word) for word in words if word not in guessed]
    if not guessed:
        return products.none()
    alike = products.filter(*sure)
    for word in guessed:
        alike = alike.filter(search_text__trigram_word_similar=word)
    likeness = sum((_likeness(word) for word in guessed[1:]), _likeness(guessed[0]))
    return alike.alias(likeness=likeness).order_by("-likeness", "title", "id")


def _likeness(word: str) -> TrigramWordSimilarity:
    return TrigramWordSimilarity(word, "search_text")


def near(products: QuerySet, index: str) -> QuerySet:
    """Goods whose index is much like a mistaken one, most alike first."""
    likeness = TrigramSimilarity("upc", index.replace("\0", " "))
    return products.alias(likeness=likeness).filter(likeness__gte=NEAR).order_by("-likeness", "upc")
