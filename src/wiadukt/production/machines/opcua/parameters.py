"""Our job order in the standard's words, so that a machine's screen says whose order it works on.

Names: OPC 40001-3 (Machinery Jobs) 7.2, 9.2 and 10.1: exact strings. Parameters of the trade (sizes of a panel, say)
are named by configuration, since machines differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from asyncua import ua

from wiadukt.contract.order import Parameter
from wiadukt.production.machines.port import MachineJob

PRODUCED = "Produced"
UNITS = {"mm": "MMT", "m": "MTR", "szt.": "C62", "kg": "KGM", "m2": "MTK"}
"""Our units and their codes of UN/CEFACT recommendation 20."""
UNIT_NAMESPACE = "http://www.opcfoundation.org/UA/units/un/cefact"


@dataclass(frozen=True)
class Named:
    """What one of our parameters is called in a machine; `is_number` sends a Double and not a text. `unit` is that of
    a parameter that comes without one."""

    name: str
    is_number: bool = False
    unit: str = ""


WOODWORKING = {
    **dict.fromkeys(("width", "width_mm"), Named("WwWidth", is_number=True, unit="mm")),
    **dict.fromkeys(("height", "height_mm", "length", "length_mm"), Named("WwLength", is_number=True, unit="mm")),
    "program": Named("WwProductionDatasetId"),
}
"""OPC 40550-1 7.20.2, for machines that understand it; others are configured."""


def as_job_order(what: MachineJob, names: Mapping[str, Named]) -> Any:
    """An `ISA95JobOrderDataType`. Needs the server's structures loaded into `asyncua.ua`."""
    job = what.job
    parameters = [
        _parameter("OrderNumbers", ua.Variant(list(what.order_numbers), ua.VariantType.String, is_array=True)),
        _parameter("Customers", ua.Variant([what.customer_name], ua.VariantType.String, is_array=True)),
        _parameter(
            "CustomerOrderNumbers", ua.Variant([what.customer_order_number], ua.VariantType.String, is_array=True)
        ),
        _parameter("PlannedOrderQuantity", ua.Variant(float(job.quantity), ua.VariantType.Double), job.unit),
        _parameter("RunsPlanned", ua.Variant(_runs(job.quantity), ua.VariantType.UInt32)),
        *(_of_trade(one, names) for one in job.parameters),
    ]
    made = ua.ISA95MaterialDataType(
        MaterialDefinitionID=job.product_id,
        MaterialUse=PRODUCED,
        Quantity=f"{job.quantity.normalize():f}",
        EngineeringUnits=_unit(job.unit),
    )
    return ua.ISA95JobOrderDataType(
        JobOrderID=job.id,
        Description=[ua.LocalizedText(job.description)],
        Priority=what.priority,
        EndTime=datetime.combine(what.due_on, time(23, 59), UTC) if what.due_on else None,
        JobOrderParameters=parameters,
        MaterialRequirements=[made],
    )


def _runs(quantity: Decimal) -> int:
    """Whole pieces; 0 is the standard's 'unknown', for what is not counted in pieces."""
    return int(quantity) if quantity == quantity.to_integral_value() else 0


def _of_trade(one: Parameter, names: Mapping[str, Named]) -> Any:
    named = names.get(one.id, Named(one.id))
    value = ua.Variant(one.value, ua.VariantType.String)
    if named.is_number:
        # What is no number is told as the buyer wrote it; the machine refuses it in its own words.
        with suppress(InvalidOperation):
            value = ua.Variant(float(Decimal(one.value.replace(",", "."))), ua.VariantType.Double)
    return _parameter(named.name, value, one.unit or named.unit)


def _parameter(name: str, value: ua.Variant, unit: str = "") -> Any:
    return ua.ISA95ParameterDataType(ID=name, Value=value, EngineeringUnits=_unit(unit))


def _unit(unit: str) -> ua.EUInformation | None:
    code = UNITS.get(unit)
    if code is None:
        return None
    number = int.from_bytes(code.encode(), "big")
    return ua.EUInformation(NamespaceUri=UNIT_NAMESPACE, UnitId=number, DisplayName=ua.LocalizedText(unit))
