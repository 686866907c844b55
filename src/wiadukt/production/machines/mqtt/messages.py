"""Job orders and job responses as JSON, by B2MML's names; `docs/schemas` holds their JSON Schemas, made from here.

Source of the names: B2MML 0700, `JobOrderType` and `JobResponseType`; a repeatable element is an array. Of the values
that B2MML leaves open, those here are fixed: states are its DispatchStatus words, results are `GoodQuantity` and
`ProducedQuantity` (OPC 40001-3), and `OrderVersion` and `ReturnStatus` say which message is answered, and how.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from wiadukt.production.machines.port import JobReport, MachineJob, MachineState

Text = Annotated[str, Field(max_length=2000)]
CommandWord = Literal["Start", "Pause", "Resume", "Abort", "Cancel"]
Status = Literal["Waiting", "Ready", "Running", "Held", "Completed", "Aborted", "Cancelled"]


def _as_other(unlisted: str) -> PlainSerializer:
    """A word that the standard does not list there goes as its `Other`."""
    return PlainSerializer(lambda word: {"$": "Other", "@OtherValue": word} if word == unlisted else word)


def _schema(words: tuple[str, ...], unlisted: str) -> WithJsonSchema:
    other = {
        "additionalProperties": False,
        "properties": {"$": {"const": "Other"}, "@OtherValue": {"const": unlisted}},
        "required": ["$", "@OtherValue"],
        "type": "object",
    }
    return WithJsonSchema({"anyOf": [{"enum": [word for word in words if word != unlisted]}, other]})


ResponseState = Annotated[Status, _as_other("Cancelled"), _schema(get_args(Status), "Cancelled")]
OrderCommand = Annotated[CommandWord, _as_other("Cancel"), _schema(get_args(CommandWord), "Cancel")]
"""Both are read plainly, too."""
STATES: dict[str, MachineState] = {
    "Waiting": MachineState.WAITING,
    "Ready": MachineState.ALLOWED,
    "Running": MachineState.RUNNING,
    "Held": MachineState.HELD,
    "Completed": MachineState.ENDED,
    "Aborted": MachineState.ABORTED,
}


NUMBERS = frozenset({"OrderVersion", "ReturnStatus", "GoodQuantity", "ProducedQuantity"})
REQUIRED_BY = "RequiredByRequestedSegmentResponse"
NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?")


class Element(BaseModel):
    """One type of B2MML: its names and no others. A leaf may be a scalar, or an object with its text under `$`.

    `passed_over` are names of the standard that may be there and that we make nothing of.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=lambda schema, one: one._say_names(schema))
    passed_over: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: _leaf(part) for name, part in value.items() if name not in cls.passed_over}

    @classmethod
    def _say_names(cls, schema: dict[str, Any]) -> None:
        schema["properties"] |= {name: {} for name in sorted(cls.passed_over)}

    def as_json(self) -> str:
        """What goes over the line: an element that is not there is left out, for the standard knows no null."""
        return self.model_dump_json(exclude_none=True)


def _leaf(value: Any) -> Any:
    if isinstance(value, list):
        return [_leaf(one) for one in value]
    if isinstance(value, dict) and "$" in value:
        return value.get("@OtherValue", value["$"])
    return value


class ValueElement(Element):
    """One value with its type and unit."""

    passed_over = frozenset({"Key"})

    ValueString: Text
    DataType: str = "string"
    UnitOfMeasure: str = ""


class Parameter(Element):
    """A named parameter, in or out."""

    passed_over = frozenset({"Description", "HierarchyScope", "ParameterChild", "SegmentDataChild"} | {REQUIRED_BY})

    ID: Annotated[str, Field(min_length=1, max_length=100)]
    Value: Annotated[tuple[ValueElement, ...], Field(max_length=50)] = ()


class QuantityElement(Element):
    """An amount and its unit."""

    QuantityString: Text
    UnitOfMeasure: str = ""


class Material(Element):
    """What is made."""

    ID: str = "1"
    MaterialDefinitionID: tuple[str, ...] = ()
    MaterialUse: str = "Produced"
    Quantity: tuple[QuantityElement, ...] = ()


class JobOrderMessage(Element):
    """What production wants of one job order. `Version` grows with every change; the same version again is a repeat."""

    ID: Annotated[str, Field(min_length=1, max_length=60)]
    Version: Annotated[int, Field(ge=1)] = 1
    Description: tuple[Text, ...] = ()
    WorkType: Literal["Production"] = "Production"
    EndTime: datetime | None = None
    Priority: int = 0
    Command: OrderCommand | None = None
    DispatchStatus: Status = "Waiting"
    JobOrderParameter: tuple[Parameter, ...] = ()
    MaterialRequirement: tuple[Material, ...] = ()

    def same_work(self, other: JobOrderMessage) -> bool:
        """Whether both describe the same work, whatever is commanded about it."""
        change = {"Version": 1, "Command": None, "DispatchStatus": "Waiting"}
        return self.model_copy(update=change) == other.model_copy(update=change)

    @property
    def planned(self) -> Decimal:
        """Pieces to make."""
        return Decimal(self.MaterialRequirement[0].Quantity[0].QuantityString)


class JobResponseMessage(Element):
    """What a machine says of one job order: all of it every time, so that one that comes twice does no harm."""

    passed_over = frozenset(
        [
            "Description",
            "HierarchyScope",
            "PublishedDate",
            "Version",
            "WorkType",
            REQUIRED_BY,
            "EquipmentActual",
            "MaterialActual",
            "PersonnelActual",
            "PhysicalAssetActual",
            "WorkDirective",
            "WorkDirectiveVersion",
            "WorkMasterID",
            "WorkMasterVersion",
            "WorkflowSpecificationID",
            "WorkflowSpecificationNodeID",
        ]
    )
    ID: str
    JobOrderID: Annotated[str, Field(min_length=1, max_length=60)]
    JobState: ResponseState
    StartTime: datetime | None = None
    EndTime: datetime | None = None
    JobResponseData: tuple[Parameter, ...] = ()

    @field_validator("JobResponseData")
    @classmethod
    def _numbers(cls, value: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        for one in value:
            if one.ID in NUMBERS and not (one.Value and NUMBER.fullmatch(one.Value[0].ValueString)):
                raise ValueError(f"{one.ID} is a number, such as 12 or 2.5")
        return value

    def number(self, name: str, default: int = 0) -> Decimal:
        """One of `NUMBERS`."""
        found = (one.Value[0].ValueString for one in self.JobResponseData if one.ID == name)
        return Decimal(next(found, default))

    def report(self) -> JobReport:
        good, made = self.number("GoodQuantity"), self.number("ProducedQuantity")
        scrap = max(made - good, Decimal(0))
        return JobReport(self.JobOrderID, STATES[self.JobState], good, scrap, self.StartTime, self.EndTime)


class StatusMessage(Element):
    """Whether the machine is there: retained, and its broker says `false` for it when it is cut off (last will)."""

    online: bool
    timestamp: int = 0


def schemas() -> dict[str, str]:
    """The JSON Schema of each message by the name of its file, for machine builders."""
    models = {"job-order": JobOrderMessage, "job-response": JobResponseMessage, "status": StatusMessage}
    return {
        f"{name}.schema.json": json.dumps(model.model_json_schema(), indent=2, sort_keys=True) + "\n"
        for name, model in models.items()
    }


def as_job_order(what: MachineJob) -> JobOrderMessage:
    """Our job order in these words; order and customer have the names that OPC 40001-3 fixed."""
    job = what.job
    head = {
        "OrderNumbers": what.order_numbers,
        "Customers": (what.customer_name,),
        "CustomerOrderNumbers": (what.customer_order_number,),
    }
    parameters = [
        Parameter(ID=name, Value=tuple(ValueElement(ValueString=one) for one in values if one))
        for name, values in head.items()
        if any(values)
    ]
    parameters += [
        Parameter(ID=one.id, Value=(ValueElement(ValueString=one.value, UnitOfMeasure=one.unit),))
        for one in job.parameters
    ]
    amount = QuantityElement(QuantityString=f"{job.quantity.normalize():f}", UnitOfMeasure=job.unit)
    return JobOrderMessage(
        ID=job.id,
        Description=(job.description,),
        EndTime=datetime.combine(what.due_on, time(23, 59), UTC) if what.due_on else None,
        Priority=what.priority,
        JobOrderParameter=tuple(parameters),
        MaterialRequirement=(Material(MaterialDefinitionID=(job.product_id,), Quantity=(amount,)),),
    )
