"""What goes over MQTT is what the published schemas say."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import jsonschema_rs
import pytest
from pydantic import ValidationError

from wiadukt.production.machines.mqtt.messages import (
    CommandWord,
    JobOrderMessage,
    JobResponseMessage,
    Status,
    as_job_order,
    schemas,
)
from wiadukt.production.machines.mqtt.topics import Topics

FOLDER = Path(__file__).parents[3] / "docs" / "schemas"


@pytest.mark.parametrize("name", schemas())
def test_the_published_schemas_are_those_of_the_code(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == schemas()[name], "run 'make openapi'"


def test_a_job_order_keeps_to_the_schema_and_says_whose_it_is(job):
    message = as_job_order(job()).model_dump(mode="json", exclude_none=True)

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


OURS = {"JobOrderType": JobOrderMessage, "JobResponseType": JobResponseMessage}
JOB_ORDER_NAMES = {
    "Command",
    "CommandRule",
    "Description",
    "DispatchStatus",
    "EndTime",
    "EquipmentRequirement",
    "HierarchyScope",
    "ID",
    "JobOrderParameter",
    "MaterialRequirement",
    "PersonnelRequirement",
    "PhysicalAssetRequirement",
    "Priority",
    "PublishedDate",
    "SegmentRequirementID",
    "StartTime",
    "Version",
    "WorkMasterID",
    "WorkMasterVersion",
    "WorkType",
}
JOB_RESPONSE_NAMES = {
    "Description",
    "EndTime",
    "EquipmentActual",
    "HierarchyScope",
    "ID",
    "JobOrderID",
    "JobResponseData",
    "JobState",
    "MaterialActual",
    "PersonnelActual",
    "PhysicalAssetActual",
    "PublishedDate",
    "RequiredByRequestedSegmentResponse",
    "StartTime",
    "Version",
    "WorkDirective",
    "WorkDirectiveVersion",
    "WorkMasterID",
    "WorkMasterVersion",
    "WorkType",
    "WorkflowSpecificationID",
    "WorkflowSpecificationNodeID",
}
COMMANDS = {"Start", "Stop", "Hold", "Restart", "Abort", "Reset", "Pause", "Resume", "Other"}
DISPATCH_STATES = {
    "Waiting",
    "Pending",
    "Cancelled",
    "Dispatched",
    "Ready",
    "Running",
    "Completed",
    "Aborted",
    "Held",
    "Suspended",
    "Closed",
    "Other",
}
RESPONSE_STATES = {
    "Waiting",
    "Ready",
    "Running",
    "Completed",
    "Aborted",
    "Held",
    "Paused",
    "Suspended",
    "Closed",
    "Other",
}


def test_our_schemas_have_the_standards_names_and_words_and_no_others():
    order, response = JobOrderMessage.model_json_schema(), JobResponseMessage.model_json_schema()

    assert set(order["properties"]) <= JOB_ORDER_NAMES
    assert set(response["properties"]) == JOB_RESPONSE_NAMES, "what a machine may send is passed over, not refused"
    assert set(get_args(Status)) <= DISPATCH_STATES
    for listed, (plain, other, *_none) in (
        (COMMANDS, order["properties"]["Command"]["anyOf"]),
        (RESPONSE_STATES, response["properties"]["JobState"]["anyOf"]),
    ):
        assert set(plain["enum"]) <= listed
        assert other["properties"]["$"]["const"] in listed


def every_message(job) -> list[tuple[str, JobOrderMessage | JobResponseMessage]]:
    order = as_job_order(replace(job(), due_on=date(2026, 5, 4), priority=7))
    orders = [order.model_copy(update={"Command": word}) for word in (None, *get_args(CommandWord))]
    counts = [{"ID": "GoodQuantity", "Value": [{"ValueString": "2.5", "DataType": "double"}]}]
    said = {"ID": "J-1/1", "JobOrderID": "J-1", "StartTime": "2026-05-04T07:30:00Z", "JobResponseData": counts}
    responses = [JobResponseMessage.model_validate(said | {"JobState": word}) for word in get_args(Status)]
    return [("JobOrderType", one) for one in orders] + [("JobResponseType", one) for one in responses]


def test_what_we_send_keeps_to_our_schemas_and_comes_back_the_same(job):
    for kind, message in every_message(job):
        sent = json.loads(message.as_json())

        jsonschema_rs.validate(OURS[kind].model_json_schema(), sent)
        assert type(message).model_validate(sent) == message


if "B2MML_SCHEMA" in os.environ:  # MESA publishes it in no package, and CI takes no test that is skipped

    def test_what_we_send_keeps_to_the_schema_that_mesa_publishes(job):
        """Texts are put under `$`, where alone the published schema looks at the words that it lists."""
        published = json.loads(Path(os.environ["B2MML_SCHEMA"]).read_text(encoding="utf-8-sig"))
        head = {"$schema": published["$schema"], "$defs": published["$defs"]}

        def spelt_out(value: object) -> object:
            if isinstance(value, dict):
                return value if "$" in value else {name: spelt_out(part) for name, part in value.items()}
            if isinstance(value, list):
                return [spelt_out(one) for one in value]
            return {"$": value} if isinstance(value, str) else value

        for kind, message in every_message(job):
            validator = jsonschema_rs.validator_for(head | {"$ref": f"#/$defs/{kind}"})
            sent = json.loads(message.as_json())
            for form in (sent, spelt_out(sent)):
                assert [(error.instance_path, error.message) for error in validator.iter_errors(form)] == []


def test_a_machine_may_say_more_of_the_standard_and_put_texts_under_their_sign():
    response = {
        "ID": {"$": "J-1/1", "@schemeID": "saw"},
        "JobOrderID": "J-1",
        "JobState": {"$": "Other", "@OtherValue": "Cancelled"},
        "WorkType": "Production",
        "MaterialActual": [{"ID": "1"}],
        "JobResponseData": [
            {"ID": "GoodQuantity", "Description": ["good"], "Value": [{"ValueString": {"$": "2"}, "Key": "k"}]}
        ],
    }

    read = JobResponseMessage.model_validate(response)

    assert (read.ID, read.JobState, read.number("GoodQuantity")) == ("J-1/1", "Cancelled", 2)
    with pytest.raises(ValidationError, match="JobSate"):
        JobResponseMessage.model_validate(response | {"JobSate": "Running"})
