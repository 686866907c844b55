"""Settings of the connector: readable ones only, each documented."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from wiadukt.contract.states import OrderState
from wiadukt.wapro.read.orders import state_of
from wiadukt.wapro.settings import Settings

DOCS = Path(__file__).parents[3] / "docs" / "wapro.md"
URL = "postgresql://localhost/wapro"


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_each_setting_has_a_sentence_and_a_row_in_the_docs(name):
    assert Settings.model_fields[name.lower()].description
    assert f"`{name}`" in DOCS.read_text()


@pytest.mark.parametrize(
    "wrong",
    [
        {"wapro_status_letters": "V:approved"},
        {"wapro_invoice_kinds": "FS:invoice"},
        {"wapro_warehouses": "one"},
        {"wapro_customer_flag": "POLE11=x"},
        {"wapro_customer_flag": "POLE3=it's"},
        {"wapro_customer_flag": "ID_GRUPY=a"},
        {"wapro_customer_flag": "UWAGI=x"},
        {"wapro_warehouses": "2", "wapro_order_warehouse": 1},
    ],
)
def test_what_cannot_be_read_stops_the_start(wrong):
    with pytest.raises(ValidationError):
        Settings(wapro_database_url=URL, **wrong)


@pytest.mark.parametrize(
    ("letter", "realisation", "state"),
    [
        ("", "N", OrderState.NEW),
        ("V", "N", OrderState.CONFIRMED),
        ("P", "N", OrderState.IN_PRODUCTION),
        ("G", "N", OrderState.READY),
        ("W", "N", OrderState.SHIPPED),
        ("A", "N", OrderState.CANCELLED),
        ("", "Z", OrderState.FINISHED),
        ("G", "Z", OrderState.FINISHED),
        ("W", "Z", OrderState.SHIPPED),
        ("A", "Z", OrderState.CANCELLED),
        ("X", "N", OrderState.CONFIRMED),
    ],
)
def test_the_letter_and_the_realisation_give_one_state(letter, realisation, state):
    assert state_of(letter, realisation, Settings(wapro_database_url=URL).states) is state
