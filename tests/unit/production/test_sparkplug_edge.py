"""What an edge node's messages mean, one by one: sequence, aliases, deaths of other sessions, rebirths."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wiadukt.production.machines.sparkplug.edge import NODE, REORDER, Edge
from wiadukt.production.machines.sparkplug.payload import (
    BD_SEQ,
    DataType,
    Metric,
    Payload,
    Unreadable,
    Value,
    decode,
    encode,
)

NOW = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
GOOD = Metric("Good", 10, DataType.INT32, alias=7)


def born(*, bd_seq: int = 3, devices: tuple[str, ...] = ("press",)) -> Edge:
    edge = Edge()
    edge.take("NBIRTH", "", Payload((Metric(BD_SEQ, bd_seq, DataType.INT64),), seq=0), NOW)
    for seq, device in enumerate(devices, start=1):
        edge.take("DBIRTH", device, Payload((GOOD,), seq=seq), NOW)
    return edge


def data(seq: int, value: Value, **more: object) -> Payload:
    return Payload((Metric("", value, alias=7, **more),), seq=seq)


def test_data_that_overtook_each_other_are_taken_in_their_sequence():
    edge = born()

    edge.take("DDATA", "press", data(3, 12), NOW)
    assert edge.sources["press"].values["Good"] == 10
    edge.take("DDATA", "press", data(2, 11), NOW)

    assert edge.sources["press"].values["Good"] == 12
    assert not edge.wants_rebirth


def test_what_is_missing_too_long_is_asked_for_and_until_then_data_do_not_count():
    edge = born()
    edge.take("DDATA", "press", data(3, 12), NOW)

    edge.look(NOW + REORDER)
    assert not edge.wants_rebirth
    edge.look(NOW + REORDER + timedelta(seconds=1))

    assert edge.wants_rebirth
    edge.take("DDATA", "press", data(2, 11), NOW)
    assert edge.sources["press"].values["Good"] == 10


def test_the_sequence_goes_round_after_255():
    edge = born()
    for seq in range(2, 256):
        edge.take("DDATA", "press", data(seq, seq), NOW)
    edge.take("DDATA", "press", data(0, 1000), NOW)

    assert edge.sources["press"].values["Good"] == 1000
    assert not edge.wants_rebirth


@pytest.mark.parametrize(
    ("kind", "device", "payload"),
    [
        ("DDATA", "lathe", data(2, 1)),
        ("DDATA", "press", Payload((Metric("", 1, alias=99),), seq=2)),
        ("DDATA", "press", Payload((Metric("Unheard", 1, DataType.INT32),), seq=2)),
        ("NDATA", "", Payload((Metric("", 1, alias=99),), seq=2)),
        ("DDATA", "press", Payload((Metric("", 1, alias=7),))),
    ],
)
def test_what_was_never_born_is_asked_for(kind, device, payload):
    edge = born()

    edge.take(kind, device, payload, NOW)

    assert edge.wants_rebirth


def test_the_will_of_an_earlier_session_kills_nobody():
    edge = born(bd_seq=4)

    edge.take("NDEATH", "", Payload((Metric(BD_SEQ, 3, DataType.INT64),)), NOW)
    assert edge.sources["press"].is_alive
    edge.take("NDEATH", "", Payload((Metric(BD_SEQ, 4, DataType.INT64),)), NOW)

    assert [edge.sources[one].is_alive for one in (NODE, "press")] == [False, False]


def test_a_death_before_any_birth_is_believed():
    edge = Edge()

    edge.take("NDEATH", "", Payload((Metric(BD_SEQ, 9, DataType.INT64),)), NOW)

    assert edge.sources[NODE].is_alive is False


def test_after_a_nodes_birth_a_device_is_unknown_until_its_own_and_its_aliases_are_the_new_ones():
    edge = born()

    edge.take("NBIRTH", "", Payload((Metric(BD_SEQ, 4, DataType.INT64),), seq=0), NOW)
    assert edge.sources["press"].is_alive is None
    renamed = (Metric("Good", 20, DataType.INT32, alias=8), Metric("Scrap", 2, DataType.INT32, alias=7))
    edge.take("DBIRTH", "press", Payload(renamed, seq=1), NOW)
    edge.take("DDATA", "press", data(2, 3), NOW)

    assert edge.sources["press"].values == {"Good": 20, "Scrap": 3}


def test_history_changes_nothing_and_a_null_is_no_number():
    edge = born()

    edge.take("DDATA", "press", data(2, 5, is_historical=True), NOW)
    assert edge.sources["press"].values["Good"] == 10
    edge.take("DDATA", "press", data(3, None), NOW)

    assert edge.sources["press"].values["Good"] is None


@pytest.mark.parametrize(
    ("datatype", "value"),
    [
        (DataType.INT8, -128),
        (DataType.INT16, -2),
        (DataType.INT32, -2_000_000_000),
        (DataType.INT64, -(2**62)),
        (DataType.UINT8, 255),
        (DataType.UINT32, 4_000_000_000),
        (DataType.UINT64, 2**63 + 5),
        (DataType.FLOAT, 2.5),
        (DataType.DOUBLE, -0.125),
        (DataType.BOOLEAN, False),
        (DataType.STRING, "zażółć"),
        (DataType.DATE_TIME, 1_777_900_000_000),
    ],
)
def test_a_value_of_each_type_comes_through(datatype, value):
    (metric,) = decode(encode([Metric("x", value, datatype)], timestamp=1, seq=0)).metrics

    assert metric.typed(datatype) == value


def test_a_payload_as_another_implementation_writes_it():
    """Timestamp 1; a metric Good, alias 7, Int32, int_value 2**32 - 1; seq 5: field by field by the standard."""
    content = bytes.fromhex("080112100a04476f6f641007200350ffffffff0f1805")

    payload = decode(content)

    assert (payload.seq, payload.metrics[0].typed(DataType.INT32)) == (5, -1)
    assert (payload.metrics[0].name, payload.metrics[0].alias) == ("Good", 7)


@pytest.mark.parametrize("content", [b"\xff\xff\xff", encode([], timestamp=1) + b"\x22\x12SPBV1.0_COMPRESSED"])
def test_what_can_not_be_read_is_said(content):
    with pytest.raises(Unreadable):
        decode(content)
