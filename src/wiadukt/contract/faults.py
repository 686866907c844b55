"""What is wrong with a text that is not of the contract, in the reader's language: the field, the fault, the remedy.

One catalogue for all three systems: whoever checks a text against a model of ours refuses it in the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

_NUMBER = (("is not a number", "nie jest liczbą"), ("write for example 12.50", "wpisz na przykład 12.50"))
_WHOLE = (("is not a whole number", "nie jest liczbą całkowitą"), ("write for example 12", "wpisz na przykład 12"))
_DAY = (("is not a day", "nie jest datą"), ("write for example 2026-11-30", "wpisz na przykład 2026-11-30"))
_MOMENT = (
    ("is not a moment", "nie jest chwilą"),
    ("write for example 2026-11-30T12:00:00+01:00", "wpisz na przykład 2026-11-30T12:00:00+01:00"),
)
_ZONE = (("has no time zone", "nie ma strefy czasowej"), _MOMENT[1])
_TEXT = (("is not a text", "nie jest tekstem"), ("put it in quotation marks", "ujmij w cudzysłów"))
_LIST = (("is not a list", "nie jest listą"), ("put it in square brackets", "ujmij w nawiasy kwadratowe"))
_OBJECT = (("is not an object", "nie jest obiektem"), ("put it in curly brackets", "ujmij w nawiasy klamrowe"))
_BOOL = (("is neither true nor false", "nie jest ani prawdą, ani fałszem"), ("write true or false",) * 2)
_CHOICE = (("is none of {expected}", "nie jest żadną z wartości: {expected}"), ("choose one", "wybierz jedną z nich"))
_MANY = (("has more than {max_length} entries", "ma ponad {max_length} pozycji"), ("send fewer", "wyślij mniej naraz"))
_FORM = (("has a form that is not allowed", "ma niedozwoloną postać"), ("write it otherwise", "zapisz inaczej"))
_OTHER = (("does not fit the contract", "nie zgadza się z kontraktem"), ("mend it", "popraw"))

_SHORTER = ("shorten it", "skróć")

# By pydantic's type of error: (fault, remedy), each in English and in Polish.
CATALOGUE: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "missing": (("is missing", "brak wartości"), ("write it", "dopisz")),
    "extra_forbidden": (("is not known", "nie jest znane"), ("take it out", "usuń")),
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "finite_number": _NUMBER,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "greater_than": (("is not more than {gt}", "nie jest większe niż {gt}"), ("write more", "wpisz więcej")),
    "greater_than_equal": (("is less than {ge}", "jest mniejsze niż {ge}"), ("write more", "wpisz więcej")),
    "less_than": (("is not less than {lt}", "nie jest mniejsze niż {lt}"), ("write less", "wpisz mniej")),
    "less_than_equal": (("is more than {le}", "jest większe niż {le}"), ("write less", "wpisz mniej")),
    "decimal_max_places": (
        ("has more than {decimal_places} decimals", "ma ponad {decimal_places} miejsc po przecinku"),
        ("round it", "zaokrąglij"),
    ),
    "decimal_max_digits": (
        ("has more than {max_digits} digits", "ma ponad {max_digits} cyfr"),
        _SHORTER,
    ),
    "decimal_whole_digits": (
        ("has more than {whole_digits} digits before the point", "ma ponad {whole_digits} cyfr przed kropką"),
        _SHORTER,
    ),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_long": (
        ("has more than {max_length} characters", "ma ponad {max_length} znaków"),
        _SHORTER,
    ),
    "string_too_short": (
        ("has fewer than {min_length} characters", "ma mniej niż {min_length} znaków"),
        ("complete it", "uzupełnij"),
    ),
    "string_pattern_mismatch": _FORM,
    "value_error": _FORM,
    "assertion_error": _FORM,
    "too_short": (("has fewer than {min_length} entries", "ma mniej niż {min_length} pozycji"), ("add one", "dodaj")),
    "too_long": _MANY,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "bool_type": _BOOL,
    "bool_parsing": _BOOL,
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _ZONE,
    "json_invalid": (("is not JSON", "nie jest poprawnym JSON-em"), ("mend the text", "popraw zapis")),
    "nul": (("has a sign that can't be kept", "ma znak, którego nie da się zapisać"), ("take it out", "usuń")),
}
_WHOLE_TEXT = ("the text", "treść")
_PLACES = ("body", "query", "path", "header")
"""What a web framework puts before the field."""


@dataclass(frozen=True)
class Fault:
    """`field` as a path with dots, empty for the whole text."""

    field: str
    cause: str
    remedy: str

    def sentence(self, language: str) -> str:
        """All of it, as a person reads it."""
        return f"{self.field or _WHOLE_TEXT[language == 'pl']}: {self.cause}; {self.remedy}."


def faults_of(errors: ValidationError | Sequence[Any], language: str) -> list[Fault]:
    """Faults in the order found, in Polish (`pl`) or English (any other); `errors` may be a framework's own list."""
    if isinstance(errors, ValidationError):
        return [_fault(error, [str(part) for part in error["loc"]], language) for error in errors.errors()]
    return [_fault(error, _below_place(error["loc"]), language) for error in errors]


def fault(kind: str, language: str, field: str = "", **context: Any) -> Fault:
    """One fault of the catalogue; one that stands there under no name is told without particulars."""
    cause, remedy = CATALOGUE.get(kind, _OTHER)
    place = language == "pl"
    return Fault(field, cause[place].format_map(_Told(context)), remedy[place])


class _Told(dict[str, Any]):
    """Particulars that pydantic did not give are left out."""

    def __missing__(self, key: str) -> str:
        return "?"


def _below_place(location: Sequence[Any]) -> list[str]:
    """Without the framework's own word for where a value stood."""
    path = [str(part) for part in location]
    return path[1:] if path and path[0] in _PLACES else path


def _fault(error: Any, path: list[str], language: str) -> Fault:
    if error["type"] == "json_invalid":
        path = []  # a framework puts the position of the sign there
    return fault(error["type"], language, ".".join(path), **error.get("ctx", {}))
