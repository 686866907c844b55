"""Values of parameters as people write them, in a form and in a spreadsheet alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

YES, NO = ("tak", "yes", "1", "true"), ("nie", "no", "0", "false")


def field_of(attribute: Any) -> forms.Field:
    """A field of texts; `parsed` makes a value of what it gives."""
    about = {"label": attribute.name, "required": False}
    if attribute.type == attribute.OPTION:
        words = [option.option for option in attribute.option_group.options.all()]
        return forms.ChoiceField(choices=[("", "–"), *((word, word) for word in words)], **about)
    if attribute.type == attribute.BOOLEAN:
        return forms.ChoiceField(choices=[("", "–"), (YES[0], _("yes")), (NO[0], _("no"))], **about)
    return forms.CharField(max_length=300, **about)


def parsed(attribute: Any, text: str) -> Any:
    """The text in the attribute's own type; None of an empty one. Raises ValidationError with what to write instead."""
    text = text.strip()
    if not text:
        return None
    try:
        return _READ.get(attribute.type, _as_text)(attribute, text)
    except ValueError as error:
        wanted = _EXAMPLES.get(attribute.type)
        hint = wanted() if wanted else _("Write another value.")
        raise forms.ValidationError(hint) from error


def text_of(attribute: Any, value: Any) -> str:
    """What `parsed` reads as the same."""
    if value is None:
        return ""
    if attribute.type == attribute.BOOLEAN:
        return (YES if value else NO)[0]
    if attribute.type == attribute.MULTI_OPTION:
        return "; ".join(str(option) for option in value)
    return str(value)


def _as_text(attribute: Any, text: str) -> str:
    return text


def _as_boolean(attribute: Any, text: str) -> bool:
    if text.lower() not in YES + NO:
        raise ValueError(text)
    return text.lower() in YES


def _as_option(attribute: Any, text: str) -> Any:
    for option in attribute.option_group.options.all():
        if option.option.casefold() == text.casefold():
            return option
    words = ", ".join(option.option for option in attribute.option_group.options.all())
    raise forms.ValidationError(_("Choose one of: %(words)s.") % {"words": words})


def _as_options(attribute: Any, text: str) -> list[Any]:
    return [_as_option(attribute, one.strip()) for one in text.split(";") if one.strip()]


_READ: dict[str, Any] = {
    "integer": lambda _attribute, text: int(text),
    "float": lambda _attribute, text: float(text.replace(",", ".")),
    "boolean": _as_boolean,
    "date": lambda _attribute, text: date.fromisoformat(text[:10]),
    "option": _as_option,
    "multi_option": _as_options,
}
_EXAMPLES: dict[str, Any] = {
    "integer": lambda: _("Write a whole number, for example 716."),
    "float": lambda: _("Write a number, for example 18.5."),
    "boolean": lambda: _("Write yes or no."),
    "date": lambda: _("Write a day, for example 2026-11-25."),
}
