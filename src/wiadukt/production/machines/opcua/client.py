"""One machine with OPC UA job control, seen from production."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from asyncua import Client, Node, ua

from wiadukt.contract.errors import Unreachable
from wiadukt.production.machines.job_control import (
    MACHINE_STATES,
    NOT_BEGUN,
    OVER,
    Command,
    ReturnStatus,
    State,
    refusal_of,
)
from wiadukt.production.machines.opcua import standard as s
from wiadukt.production.machines.opcua.parameters import Named, as_job_order
from wiadukt.production.machines.port import JobReport, MachineJob, told_anew
from wiadukt.production.refusals import Refusal

T = TypeVar("T")
TIMEOUT_S = 4.0
PUBLISHING_MS = 200
LOOK_AGAIN_S = 30.0
"""A subscription may die without a word; so often everything is read anyway."""
DEPTH = 6


@dataclass(frozen=True)
class OpcUaSettings:
    """Where a machine is and how it is spoken to.

    `security` is asyncua's text, e.g. `Basic256Sha256,SignAndEncrypt,cert.pem,key.pem,machine.pem`; empty is none.
    """

    url: str
    security: str = ""
    user: str = ""
    password_file: Path | None = None
    names: Mapping[str, Named] = field(default_factory=dict)
    timeout_s: float = TIMEOUT_S


class OpcUaMachine:
    """A machine's receiver and provider, found by their types. Made by `connected`."""

    def __init__(self, client: Client, settings: OpcUaSettings, receiver: Node, provider: Node | None) -> None:
        self.client, self.settings = client, settings
        self.receiver, self.provider = receiver, provider
        self.index = receiver_index(receiver)

    @classmethod
    @asynccontextmanager
    async def connected(cls, settings: OpcUaSettings) -> AsyncIterator[OpcUaMachine]:
        """A session for as long as the context lasts. Raises Unreachable; Refusal when there is no job control."""
        client = Client(settings.url, timeout=settings.timeout_s, watchdog_intervall=settings.timeout_s)
        client.name = "Wiadukt production"
        with _translated(settings.url):
            await _prepare(client, settings)
            await client.connect()
        try:
            with _translated(settings.url):
                machine = await cls._found(client, settings)
            yield machine
        finally:
            await _quietly(client.disconnect())

    @classmethod
    async def _found(cls, client: Client, settings: OpcUaSettings) -> OpcUaMachine:
        if s.NAMESPACE not in await client.get_namespace_array():
            raise Refusal("no_job_control", object_id=settings.url, machine=settings.url)
        index = await client.get_namespace_index(s.NAMESPACE)
        await client.load_data_type_definitions()
        wanted = {ua.NodeId(s.RECEIVER_TYPE, index): "receiver", ua.NodeId(s.PROVIDER_TYPE, index): "provider"}
        found: dict[str, Node] = {}
        await _search(client.nodes.objects, wanted, found, DEPTH)
        if "receiver" not in found:
            raise Refusal("no_job_control", object_id=settings.url, machine=settings.url)
        machine = cls(client, settings, found["receiver"], found.get("provider"))
        machine.index = index
        return machine

    async def store(self, job: MachineJob) -> None:
        """Read first: the standard has no answer for 'already stored', and nothing may run twice."""
        order = as_job_order(job, self.settings.names)
        known = {one.JobOrder.JobOrderID: one for one in await self._list()}.get(job.job.id)
        if known is not None and _top(known.State) is State.ABORTED:
            await self.forget(job.job.id)
            known = None
        if known is None:
            await self._command(Command.STORE, order, job.job.id)
        elif known.JobOrder != order:
            if _top(known.State) not in NOT_BEGUN:
                raise Refusal("machine_has_begun", object_id=job.job.id, job=job.job.id)
            await self._command(Command.UPDATE, order, job.job.id)

    async def start(self, job_id: str) -> None:
        state = await self._state(job_id)
        if state in (State.ALLOWED_TO_START, State.RUNNING, State.ENDED):
            return
        await self._command(Command.RESUME if state is State.INTERRUPTED else Command.START, job_id, job_id)

    async def pause(self, job_id: str) -> None:
        if await self._state(job_id) is not State.INTERRUPTED:
            await self._command(Command.PAUSE, job_id, job_id)

    async def withdraw(self, job_id: str) -> None:
        state = await self._state(job_id)
        if state in NOT_BEGUN:
            await self._command(Command.CANCEL, job_id, job_id)
        elif state is not None and state not in OVER:
            await self._command(Command.ABORT, job_id, job_id)

    async def recall(self, job_id: str) -> bool:
        state = await self._state(job_id)
        if state is None:
            return False
        try:
            if state in NOT_BEGUN:
                await self._command(Command.CANCEL, job_id, job_id)
                return True
        except Refusal as refusal:
            if refusal.code == "machine_unknown_job":
                return False
            if refusal.code != "machine_invalid_state":
                raise
        raise Refusal("machine_has_begun", object_id=job_id, job=job_id)

    async def forget(self, job_id: str) -> None:
        if await self._state(job_id) in OVER:
            await self._command(Command.CLEAR, job_id, job_id)

    async def report(self) -> list[JobReport]:
        entries = await self._list()
        responses = await self._responses([one for one in entries if _top(one.State) not in NOT_BEGUN])
        return [_report(one, responses.get(one.JobOrder.JobOrderID)) for one in entries]

    async def reports(self) -> AsyncIterator[JobReport]:
        """A notice only wakes: what is told is what the machine says when asked, so a lost notice loses nothing."""
        wake = asyncio.Event()
        with _translated(self.settings.url):
            subscription = await self.client.create_subscription(PUBLISHING_MS, _Bell(wake))
            await subscription.subscribe_data_change(await self._watched())
        told: dict[str, JobReport] = {}
        try:
            while True:
                wake.clear()
                for one in told_anew(told, await self.report()):
                    yield one
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN_S):
                        await wake.wait()
        finally:
            await _quietly(subscription.delete())

    async def _watched(self) -> list[Node]:
        nodes = [await self._child(self.receiver, "JobOrderList")]
        listed = await self._response_list()
        return nodes + ([listed] if listed is not None else [])

    async def _response_list(self) -> Node | None:
        if self.provider is None:
            return None
        try:
            return await self._child(self.provider, "JobOrderResponseList")
        except ua.uaerrors.BadNoMatch:  # the standard lets a machine leave it out
            return None

    async def _child(self, parent: Node, name: str) -> Node:
        return await parent.get_child(ua.QualifiedName(name, self.index))

    async def _list(self) -> list[Any]:
        with _translated(self.settings.url):
            return await (await self._child(self.receiver, "JobOrderList")).read_value() or []

    async def _state(self, job_id: str) -> State | None:
        for one in await self._list():
            if one.JobOrder.JobOrderID == job_id:
                return _top(one.State)
        return None

    async def _responses(self, entries: list[Any]) -> dict[str, Any]:
        if self.provider is None or not entries:
            return {}
        with _translated(self.settings.url):
            listed = await self._response_list()
            if listed is not None:
                return {one.JobOrderID: one for one in await listed.read_value() or []}
            found = {}
            for one in entries:
                job_id = one.JobOrder.JobOrderID
                response, status = await self._call(
                    self.provider, "RequestJobResponseByJobOrderID", ua.Variant(job_id, ua.VariantType.String)
                )
                if status & ReturnStatus.NO_ERROR:
                    found[job_id] = response
            return found

    async def _command(self, command: Command, what: Any, job_id: str) -> None:
        comment = ua.Variant([], ua.VariantType.LocalizedText, is_array=True)
        with _translated(self.settings.url):
            try:
                (status,) = await self._call(self.receiver, command.text, ua.Variant(what), comment)
            except ua.uaerrors.BadNoMatch as error:  # every method is optional in the standard
                raise Refusal("machine_cannot", object_id=job_id, job=job_id, command=command.text) from error
        if not status & ReturnStatus.NO_ERROR:
            raise refusal_of(status, command, job_id)

    async def _call(self, parent: Node, method: str, *arguments: ua.Variant) -> list[Any]:
        """The values of an answer that ends Good or Uncertain; the library's own call gives up on Uncertain."""
        request = ua.CallMethodRequest(
            ObjectId=parent.nodeid,
            MethodId=(await self._child(parent, method)).nodeid,
            InputArguments=list(arguments),
        )
        (result,) = await self.client.uaclient.call([request])
        if result.StatusCode.is_bad():
            result.StatusCode.check()
        return [variant.Value for variant in result.OutputArguments]


def receiver_index(receiver: Node) -> int:
    return receiver.nodeid.NamespaceIndex


class _Bell:
    """Rings at every notice."""

    def __init__(self, wake: asyncio.Event) -> None:
        self.wake = wake

    def datachange_notification(self, _node: Node, _value: Any, _data: Any) -> None:
        self.wake.set()

    def status_change_notification(self, _status: Any) -> None:
        self.wake.set()


async def _prepare(client: Client, settings: OpcUaSettings) -> None:
    if settings.security:
        await client.set_security_string(settings.security)
    if settings.user:
        client.set_user(settings.user)
        client.set_password(settings.password_file.read_text().strip() if settings.password_file else "")


async def _search(node: Node, wanted: Mapping[ua.NodeId, str], found: dict[str, Node], depth: int) -> None:
    """By type, breadth left to the server's order; a machine may hang its job control wherever it likes."""
    for one in await node.get_references(ua.ObjectIds.HierarchicalReferences, ua.BrowseDirection.Forward):
        if one.NodeId.NamespaceIndex == 0 or one.NodeClass is not ua.NodeClass.Object:
            continue
        child = Node(node.session, one.NodeId)
        word = wanted.get(one.TypeDefinition)
        if word is not None:
            found.setdefault(word, child)
        elif depth and len(found) < len(wanted):
            await _search(child, wanted, found, depth - 1)


def _top(states: list[Any]) -> State:
    """The first entry is the top state, whatever substates follow."""
    return State(states[0].StateNumber)


def _report(entry: Any, response: Any) -> JobReport:
    job_id, state = entry.JobOrder.JobOrderID, MACHINE_STATES[_top(entry.State)]
    if response is None:
        return JobReport(job_id, state)
    data = {one.ID: _plain(one.Value) for one in response.JobResponseData or []}
    good = Decimal(str(data.get("GoodQuantity", 0)))
    made = Decimal(str(data.get("ProducedQuantity", good)))
    return JobReport(job_id, state, good, max(made - good, Decimal(0)), response.StartTime, response.EndTime)


def _plain(value: Any) -> Any:
    return value.Value if isinstance(value, ua.Variant) else value


@contextmanager
def _translated(url: str) -> Iterator[None]:
    try:
        yield
    except (OSError, TimeoutError, ua.UaError) as error:
        raise Unreachable(f"{url}: {type(error).__name__} {error}".strip()) from error


async def _quietly(ending: Awaitable[Any]) -> None:
    """Ends what may have ended by itself: a line that is down can't be closed properly."""
    try:
        async with asyncio.timeout(TIMEOUT_S):
            await ending
    except (OSError, TimeoutError, ua.UaError):
        return
