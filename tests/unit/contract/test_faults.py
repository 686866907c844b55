"""A text that is not of the contract is refused in the reader's language, with field and remedy."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from wiadukt.contract.faults import CATALOGUE, fault, faults_of
from wiadukt.contract.job_order import WorkRequest
from wiadukt.contract.order import PlacedOrder

PARTICULARS = {
    "gt": 0, "ge": 1, "lt": 2, "le": 2, "max_length": 30, "min_length": 1, "decimal_places": 4, "max_digits": 16,
    "whole_digits": 12, "expected": "'a'",
}  # fmt: skip


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_fault_is_told_in_both_languages_with_its_particulars(kind):
    polish, english = fault(kind, "pl", "x", **PARTICULARS), fault(kind, "en", "x", **PARTICULARS)

    assert polish.cause != english.cause
    assert "?" not in polish.cause + english.cause
    assert "{" not in polish.cause + english.cause
    assert polish.remedy


def test_a_fault_of_no_known_name_is_polish_too():
    assert fault("something_new", "pl", "x").sentence("pl") == "x: nie zgadza się z kontraktem; popraw."


@pytest.mark.parametrize("model", [PlacedOrder, WorkRequest])
@pytest.mark.parametrize("text", ["", "{", "[]", "5", '{"lines": 1, "job_orders": [{}], "number": 5, "due_on": "x"}'])
def test_whatever_is_sent_nothing_english_is_answered(model, text):
    with pytest.raises(ValidationError) as caught:
        model.model_validate_json(text)

    told = " ".join(one.sentence("pl") for one in faults_of(caught.value, "pl"))

    english = ("Input", "should", "valid", "required", "Field", " is ", "expected")
    assert told
    assert not [word for word in english if word in told], told


def test_names_of_the_catalogue_are_pydantics_own():
    assert CATALOGUE.keys() - set(get_args(ErrorType)) == {"nul"}


def test_the_place_where_a_framework_found_it_is_no_field():
    found = [{"type": "missing", "loc": ("body", "lines", 0, "quantity")}, {"type": "json_invalid", "loc": ("body", 7)}]

    assert [one.field for one in faults_of(found, "pl")] == ["lines.0.quantity", ""]
