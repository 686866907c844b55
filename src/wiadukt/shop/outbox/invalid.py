"""What is wrong with a text that is not of the contract, in the reader's language: the field, then the remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda context: _("is missing: write it."),
    "extra_forbidden": lambda context: _("is not known: take it out."),
    "decimal_parsing": lambda context: _("is not a number: write for example 12.50."),
    "decimal_type": lambda context: _("is not a number: write for example 12.50."),
    "int_parsing": lambda context: _("is not a whole number."),
    "greater_than": lambda context: _("must be more than %(gt)s.") % context,
    "greater_than_equal": lambda context: _("must be at least %(ge)s.") % context,
    "string_too_long": lambda context: _("has at most %(max_length)s characters: shorten it.") % context,
    "too_short": lambda context: _("needs at least %(min_length)s: add one.") % context,
    "decimal_max_places": lambda context: _("has at most %(decimal_places)s decimals.") % context,
    "date_from_datetime_parsing": lambda context: _("is not a day: write for example 2026-11-30."),
    "string_type": lambda context: _("must be a text in quotation marks."),
    "string_too_short": lambda context: _("needs at least %(min_length)s characters: write them.") % context,
    "tuple_type": lambda context: _("must be a list in square brackets."),
    "model_type": lambda context: _("must be an object in curly brackets."),
    "int_type": lambda context: _("is not a whole number."),
    "int_from_float": lambda context: _("is not a whole number."),
    "decimal_max_digits": lambda context: _("has at most %(max_digits)s digits.") % context,
    "decimal_whole_digits": lambda context: _("has at most %(whole_digits)s digits before the point.") % context,
    "finite_number": lambda context: _("is not a number: write for example 12.50."),
    "date_type": lambda context: _("is not a day: write for example 2026-11-30."),
    "date_from_datetime_inexact": lambda context: _("is not a day: write for example 2026-11-30."),
    "datetime_parsing": lambda context: _("is not a moment: write for example 2026-11-30T12:00:00+01:00."),
    "datetime_from_date_parsing": lambda context: _("is not a moment: write for example 2026-11-30T12:00:00+01:00."),
    "datetime_type": lambda context: _("is not a moment: write for example 2026-11-30T12:00:00+01:00."),
    "date_parsing": lambda context: _("is not a day: write for example 2026-11-30."),
}


def in_words(error: ValidationError) -> list[str]:
    """One sentence a fault, at most ten."""
    return [_sentence(fault) for fault in error.errors()[:10]]


def _sentence(fault: Any) -> str:
    if fault["type"] == "json_invalid":
        return _("This is not JSON: %(why)s.") % {"why": fault["ctx"]["error"]}
    field = ".".join(str(part) for part in fault["loc"]) or _("the text")
    say = WORDS.get(fault["type"])
    return f"{field}: {say(fault.get('ctx', {})) if say else fault['msg']}"
