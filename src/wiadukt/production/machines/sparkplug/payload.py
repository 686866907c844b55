"""Sparkplug B's payload (Eclipse Sparkplug 3.0, chapter 6.4): bytes to metrics and back.

The fields below are the part of the published message that says what a metric is worth. Data sets, templates, metadata
and properties are passed over: nothing on a machine's card is made of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

Value = bool | int | float | str | None
BD_SEQ, REBIRTH = "bdSeq", "Node Control/Rebirth"
COMPRESSED = "SPBV1.0_COMPRESSED"


class DataType(IntEnum):
    """The types whose values we read, by the standard's number."""

    INT8 = 1
    INT16 = 2
    INT32 = 3
    INT64 = 4
    UINT8 = 5
    UINT16 = 6
    UINT32 = 7
    UINT64 = 8
    FLOAT = 9
    DOUBLE = 10
    BOOLEAN = 11
    STRING = 12
    DATE_TIME = 13
    TEXT = 14
    UUID = 15


SIGNED_BITS: dict[int, int] = {DataType.INT8: 8, DataType.INT16: 16, DataType.INT32: 32, DataType.INT64: 64}
FIELDS: dict[int, str] = {
    DataType.INT64: "long_value",
    DataType.UINT64: "long_value",
    DataType.DATE_TIME: "long_value",
    DataType.FLOAT: "float_value",
    DataType.DOUBLE: "double_value",
    DataType.BOOLEAN: "boolean_value",
    DataType.STRING: "string_value",
    DataType.TEXT: "string_value",
    DataType.UUID: "string_value",
}


class Unreadable(ValueError):
    """The text says why a payload can't be understood."""


@dataclass(frozen=True)
class Metric:
    """One metric of a message. In data `name` may be empty and `alias` say which one it is, and `datatype` be 0."""

    name: str
    value: Value = None
    datatype: int = 0
    alias: int | None = None
    is_historical: bool = False

    def typed(self, datatype: int) -> Value:
        """The value by the type that the birth gave it: negative numbers travel as their two's complement."""
        bits = SIGNED_BITS.get(datatype)
        if bits is None or not isinstance(self.value, int):
            return self.value
        low = self.value & ((1 << bits) - 1)
        return low - (1 << bits) if low >> (bits - 1) else low


@dataclass(frozen=True)
class Payload:
    """One message. `seq` is None where there is none, as in an NDEATH."""

    metrics: tuple[Metric, ...] = ()
    seq: int | None = None
    timestamp: int = 0

    def value_of(self, name: str) -> Value:
        """Of the metric of this name; None without one."""
        return next((one.typed(one.datatype) for one in self.metrics if one.name == name), None)


def decode(content: bytes) -> Payload:
    """Raises Unreadable."""
    try:
        message = _PAYLOAD.FromString(content)
    except DecodeError as error:
        raise Unreadable(f"no Sparkplug B payload: {error}") from error
    if message.uuid == COMPRESSED:
        raise Unreadable("compressed payloads are not taken: turn compression off at the edge node")
    metrics = tuple(_metric(one) for one in message.metrics)
    return Payload(metrics, message.seq if message.HasField("seq") else None, message.timestamp)


def encode(metrics: Iterable[Metric], *, timestamp: int, seq: int | None = None) -> bytes:
    """`seq` is left out where the standard has none."""
    message = _PAYLOAD(timestamp=timestamp)
    if seq is not None:
        message.seq = seq
    for one in metrics:
        made = message.metrics.add(timestamp=timestamp)
        if one.name:
            made.name = one.name
        if one.alias is not None:
            made.alias = one.alias
        if one.datatype:
            made.datatype = one.datatype
        if one.is_historical:
            made.is_historical = True
        if one.value is None:
            made.is_null = True
        else:
            setattr(made, FIELDS.get(one.datatype, "int_value"), _unsigned(one.value, one.datatype))
    return bytes(message.SerializeToString())


def _metric(message: Any) -> Metric:
    field = message.WhichOneof("value")
    return Metric(
        message.name,
        getattr(message, field) if field and not message.is_null else None,
        message.datatype,
        message.alias if message.HasField("alias") else None,
        is_historical=message.is_historical,
    )


def _unsigned(value: Value, datatype: int) -> Value:
    if isinstance(value, int) and not isinstance(value, bool) and value < 0:
        return value & ((1 << (64 if datatype == DataType.INT64 else 32)) - 1)
    return value


def _payload_class() -> Any:
    """The messages, made from the list of fields below: number, name, type, and whether there are several."""
    kinds = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="wiadukt/sparkplug_b.proto", package="wiadukt.sparkplug")
    shape: dict[str, tuple[tuple[int, str, int], ...]] = {
        "Metric": (
            (1, "name", kinds.TYPE_STRING),
            (2, "alias", kinds.TYPE_UINT64),
            (3, "timestamp", kinds.TYPE_UINT64),
            (4, "datatype", kinds.TYPE_UINT32),
            (5, "is_historical", kinds.TYPE_BOOL),
            (7, "is_null", kinds.TYPE_BOOL),
            (10, "int_value", kinds.TYPE_UINT32),
            (11, "long_value", kinds.TYPE_UINT64),
            (12, "float_value", kinds.TYPE_FLOAT),
            (13, "double_value", kinds.TYPE_DOUBLE),
            (14, "boolean_value", kinds.TYPE_BOOL),
            (15, "string_value", kinds.TYPE_STRING),
        ),
        "Payload": (
            (1, "timestamp", kinds.TYPE_UINT64),
            (2, "metrics", kinds.TYPE_MESSAGE),
            (3, "seq", kinds.TYPE_UINT64),
            (4, "uuid", kinds.TYPE_STRING),
        ),
    }
    for name, fields in shape.items():
        message = file.message_type.add(name=name)
        if name == "Metric":
            message.oneof_decl.add(name="value")
        for number, field, kind in fields:
            made = message.field.add(name=field, number=number, type=kind, label=kinds.LABEL_OPTIONAL)
            if kind == kinds.TYPE_MESSAGE:
                made.type_name, made.label = ".wiadukt.sparkplug.Metric", kinds.LABEL_REPEATED
            elif field.endswith("_value"):
                made.oneof_index = 0
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("wiadukt.sparkplug.Payload"))


_PAYLOAD = _payload_class()
