"""What to do about an object of WAPRO's that the shop could not take, by the words of the failure."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The first that fits counts.
_REMEDIES = (
    (
        re.compile(r"is not there, so|ValidationError|InvalidOperation"),
        gettext_lazy("The card in WAPRO lacks a value or holds one that can't be: mend it there; it comes by itself."),
    ),
    (
        re.compile(r"not of our contract"),
        gettext_lazy("Connector and shop speak different versions: bring both to the same, then fetch again."),
    ),
    (
        re.compile(r"^\w*(Error|Exception|DoesNotExist)\b"),
        gettext_lazy("A fault of the shop: send these words to support; after the update fetch again."),
    ),
)


def remedy_of_failure(words: str) -> str:
    """A person's next step."""
    for pattern, remedy in _REMEDIES:
        if pattern.search(words):
            return str(remedy)
    return _("Mend what the cause names in WAPRO, then fetch again.")
