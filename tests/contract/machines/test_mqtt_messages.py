"""What goes over MQTT is what the published schemas say."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from pydantic import ValidationError

from wiadukt.production.machines.mqtt.messages import JobResponseMessage, as_job_order, schemas
from wiadukt.production.machines.mqtt.topics import Topics

FOLDER = Path(__file__).parents[3] / "docs" / "schemas"


@pytest.mark.parametrize("name", schemas())
def test_the_published_schemas_are_those_of_the_code(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == schemas()[name], "run 'make openapi'"


def test_a_job_order_keeps_to_the_schema_and_says_whose_it_is(job):
    message = as_job_order(job()).model_dump(mode="json")

    jsonschema_rs.validate(json.loads(schemas()["job-order.schema.json"]), message)
    said = {one["ID"]: one["Value"][0]["ValueString"] for one in message["JobOrderParameter"]}
    assert (said["OrderNumbers"], said["Customers"], said["CustomerOrderNumbers"]) == (
        "WD-1",
        "Stolarnia Bukowiec",
        "ZAM/77",
    )
    assert message["MaterialRequirement"][0]["Quantity"] == [{"QuantityString": "4", "UnitOfMeasure": "szt."}]


@pytest.mark.parametrize("count", ["many", "-1", "NaN", "1e400", ""])
def test_a_count_that_is_no_number_is_not_taken(count):
    response = {"ID": "1", "JobOrderID": "J-1", "JobState": "Running"}
    response["JobResponseData"] = [{"ID": "GoodQuantity", "Value": [{"ValueString": count}]}]

    with pytest.raises(ValidationError, match="GoodQuantity is a number"):
        JobResponseMessage.model_validate(response)


@pytest.mark.parametrize("job_id", ["WD-1-1", "a/b", "+", "#", "zażółć"])
def test_any_id_makes_a_topic_and_comes_back_from_it(job_id):
    topics = Topics("wiadukt/v1", "bander")

    topic = topics.of("job-order", job_id)

    assert topics.read(topic) == ("job-order", job_id)
    assert not set("+#") & set(topic)
