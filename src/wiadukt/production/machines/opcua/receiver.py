"""A reference receiver: an OPC UA server with a machine's job control, against which clients can be tested.

`wiadukt production receiver` runs one; the tests and the demo's panel saw stand on it. It does what the standard says
and nothing else; what a real machine would do (begin, count, finish) is done by whoever holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from asyncua import Node, Server, ua
from asyncua.server.event_generator import EventGenerator

from wiadukt.production.machines.job_control import Command, ReturnStatus, State
from wiadukt.production.machines.job_list import Entry, JobList
from wiadukt.production.machines.opcua import standard as s
from wiadukt.production.machines.opcua.space import Space

MACHINE_NAMESPACE = "urn:wiadukt:machine"
SUCCESSFUL, UNSUCCESSFUL = 1, 2


class Receiver:
    """The server of one machine, as an async context. `jobs` is its list; after changing it by hand `publish()`."""

    def __init__(self, endpoint: str, *, name: str = "Machine", most: int = 50) -> None:
        self.endpoint, self.name = endpoint, name
        self.jobs = JobList(most, told=self._note)
        self.server = Server()
        self._certificate: tuple[Path, Path] | None = None
        self._changed: dict[str, Entry] = {}

    def secure(self, certificate: Path, key: Path) -> None:
        """Only signed and encrypted sessions from now on; call it before the start."""
        self._certificate = (certificate, key)

    async def __aenter__(self) -> Receiver:
        await self.server.init()
        self.server.set_endpoint(self.endpoint)
        self.server.set_server_name(f"Wiadukt reference receiver: {self.name}")
        await self._set_security()
        self.space = await Space.build(self.server)
        index = await self.server.register_namespace(MACHINE_NAMESPACE)
        machine = await self.server.nodes.objects.add_object(index, self.name)
        management = await machine.add_object(index, "JobManagement")
        await self._add_control(management, index)
        await self._add_results(management, index)
        await self.server.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.server.stop()

    async def publish(self) -> None:
        """Shows the list as it is and raises an event for each job order that changed."""
        changed, self._changed = self._changed, {}
        entries = list(self.jobs.entries.values())
        shown = [ua.ISA95JobOrderAndStateDataType(JobOrder=one.order, State=_state(one)) for one in entries]
        responses = [_response(one) for one in entries if one.has_response]
        await self._job_list.write_value(ua.Variant(shown, ua.VariantType.ExtensionObject, is_array=True))
        await self._responses.write_value(ua.Variant(responses, ua.VariantType.ExtensionObject, is_array=True))
        for entry in changed.values():
            event = self._events.event
            event.JobOrder, event.JobState, event.JobResponse = entry.order, _state(entry), _response(entry)
            await self._events.trigger(message=f"{entry.id}: {entry.state.text}")

    def _note(self, entry: Entry) -> None:
        self._changed[entry.id] = entry

    async def _set_security(self) -> None:
        policy = ua.SecurityPolicyType
        if self._certificate is None:
            self.server.set_security_policy([policy.NoSecurity])
            return
        certificate, key = self._certificate
        self.server.set_security_policy([policy.Basic256Sha256_SignAndEncrypt])
        await self.server.load_certificate(str(certificate))
        await self.server.load_private_key(str(key))

    async def _add_control(self, management: Node, index: int) -> None:
        control = await management.add_object(index, "JobOrderControl", objecttype=self.space.id(s.RECEIVER_TYPE))
        child = self._children(control)
        self._job_list = await child("JobOrderList")
        await (await child(s.MAX_DOWNLOADABLE[0])).write_value(self.jobs.most, ua.VariantType.UInt16)
        for command in Command:
            self.server.link_method(await child(command.text), self._handler(command))

    async def _add_results(self, management: Node, index: int) -> None:
        results = await management.add_object(index, "JobOrderResults", objecttype=self.space.id(s.PROVIDER_TYPE))
        child = self._children(results)
        self._responses = await child("JobOrderResponseList")
        self.server.link_method(await child("RequestJobResponseByJobOrderID"), self._response_by_id)
        self.server.link_method(await child("RequestJobResponseByJobOrderState"), self._responses_by_state)
        event_type = self.space.node(s.STATUS_EVENT_TYPE)
        self._events: EventGenerator = await self.server.get_event_generator(event_type, results)

    def _children(self, parent: Node) -> Callable[[str], Any]:
        return lambda name: parent.get_child(self.space.name(name))

    def _handler(self, command: Command) -> Callable[..., Any]:
        async def handle(_parent: ua.NodeId, what: ua.Variant, _comment: ua.Variant | None = None) -> list[ua.Variant]:
            status = self._do(command, what.Value)
            if status is ReturnStatus.NO_ERROR:
                await self.publish()
            return [_status(status)]

        return handle

    def _do(self, command: Command, what: Any) -> ReturnStatus:
        if not command.takes_order:
            return self.jobs.command(what or "", command)
        if what is None:
            return ReturnStatus.INVALID_REQUEST
        begun = State.ALLOWED_TO_START if command is Command.STORE_AND_START else State.NOT_ALLOWED_TO_START
        job_id, planned = what.JobOrderID or "", _planned(what)
        entry = Entry(job_id, what, begun, planned, priority=what.Priority or 0, wanted_from=what.StartTime)
        return self.jobs.update(entry) if command is Command.UPDATE else self.jobs.store(entry)

    async def _response_by_id(self, _parent: ua.NodeId, job_id: ua.Variant) -> list[ua.Variant]:
        entry = self.jobs.entries.get(job_id.Value or "")
        if entry is None or not entry.has_response:
            nothing = ua.ISA95JobResponseDataType(JobResponseID="", JobOrderID=job_id.Value or "", JobState=[])
            return [ua.Variant(nothing), _status(ReturnStatus.UNKNOWN_JOB)]
        return [ua.Variant(_response(entry)), _status(ReturnStatus.NO_ERROR)]

    async def _responses_by_state(self, _parent: ua.NodeId, states: ua.Variant) -> list[ua.Variant]:
        asked = {one.StateNumber for one in states.Value or []}
        found = [_response(one) for one in self.jobs.entries.values() if one.has_response and one.state in asked]
        return [
            ua.Variant(found, ua.VariantType.ExtensionObject, is_array=True),
            _status(ReturnStatus.NO_ERROR),
        ]


def _planned(order: Any) -> float:
    """Pieces to make: the standard's parameter, else the quantity of the produced material, else one run."""
    for one in order.JobOrderParameters or []:
        if one.ID == "PlannedOrderQuantity":
            value = one.Value.Value if isinstance(one.Value, ua.Variant) else one.Value
            return float(value)
    for material in order.MaterialRequirements or []:
        if material.Quantity:
            return float(material.Quantity)
    return 1.0


def _status(status: ReturnStatus) -> ua.Variant:
    # Good even for a refusal: an answer that ends Bad carries no values, and many clients give up on Uncertain.
    return ua.Variant(int(status), ua.VariantType.UInt64)


def _state(entry: Entry) -> list[Any]:
    """The top state alone: its path is null, as the standard wants of the first entry."""
    text = ua.LocalizedText(entry.state.text)
    return [ua.ISA95StateDataType(BrowsePath=ua.RelativePath(), StateText=text, StateNumber=int(entry.state))]


def _response(entry: Entry) -> Any:
    result = SUCCESSFUL if entry.state is State.ENDED else UNSUCCESSFUL if entry.state is State.ABORTED else 0
    data = {
        "GoodQuantity": ua.Variant(float(entry.good), ua.VariantType.Double),
        "ProducedQuantity": ua.Variant(float(entry.good + entry.scrap), ua.VariantType.Double),
        "JobResult": ua.Variant(result, ua.VariantType.Int32),
    }
    return ua.ISA95JobResponseDataType(
        JobResponseID=f"{entry.id}/1",
        JobOrderID=entry.id,
        StartTime=entry.started_at,
        EndTime=entry.ended_at,
        JobState=_state(entry),
        JobResponseData=[ua.ISA95ParameterDataType(ID=name, Value=value) for name, value in data.items()],
    )
