"""Builds the standard's types in a server of ours, under the standard's own node ids."""

from __future__ import annotations

from asyncua import Node, Server, ua
from asyncua.common.manage_nodes import create_data_type, create_encoding
from asyncua.common.structures104 import new_struct_field

from wiadukt.production.machines.job_control import STATE_NODES, TRANSITIONS, Command
from wiadukt.production.machines.opcua import standard as s

OPTIONAL = False
FIRST_FREE = 100_000
EMPTY = {True: ua.VariantType.ExtensionObject, False: ua.VariantType.String}


class Space:
    """The standard's namespace in one server. `build` makes it, once, before the server starts."""

    def __init__(self, server: Server, index: int) -> None:
        self.server, self.index = server, index

    @classmethod
    async def build(cls, server: Server) -> Space:
        """The types of receiver, provider and status event; their structures become classes of `asyncua.ua`."""
        space = cls(server, await server.register_namespace(s.NAMESPACE))
        # What the standard leaves without a number of ours (arguments of methods) is numbered behind all of its own.
        server.iserver.aspace._nodeid_counter[space.index] = FIRST_FREE
        for name in s.STRUCTURES:
            await space._add_structure(name)
        await server.load_data_type_definitions()
        event = await space._add_event_type()
        await space._add_receiver_type(event)
        await space._add_provider_type(event)
        return space

    def node(self, number: int) -> Node:
        return self.server.get_node(self.id(number))

    def id(self, number: int) -> ua.NodeId:
        return ua.NodeId(number, self.index)

    def name(self, text: str) -> ua.QualifiedName:
        return ua.QualifiedName(text, self.index)

    def _type_of(self, word: str) -> ua.NodeId:
        if word in s.STRUCTURES:
            return self.id(s.STRUCTURES[word][0])
        return ua.NodeId(getattr(ua.ObjectIds, word))

    async def _add_structure(self, name: str) -> None:
        number, encoding, fields = s.STRUCTURES[name]
        base = self.server.nodes.base_structure_type
        data_type = await create_data_type(base, self.id(number), self.name(name))
        await create_encoding(data_type, self.id(encoding), ua.QualifiedName("Default Binary", 0))
        kind = ua.StructureType
        definition = ua.StructureDefinition(
            BaseDataType=base.nodeid,
            DefaultEncodingId=self.id(encoding),
            StructureType=kind.StructureWithOptionalFields if "?" in fields else kind.Structure,
            Fields=[self._field(word) for word in fields.split()],
        )
        await data_type.write_data_type_definition(definition)

    def _field(self, word: str) -> ua.StructureField:
        name, _colon, kind = word.partition(":")
        bare = kind.rstrip("?")
        field = new_struct_field(
            name, self._type_of(bare.removesuffix("[]")), array=bare.endswith("[]"), optional=kind.endswith("?")
        )
        if bare.endswith("[]"):
            field.ArrayDimensions = [0]
        return field

    async def _add_event_type(self) -> Node:
        base = self.server.get_node(ua.ObjectIds.BaseEventType)
        event = await base.add_object_type(self.id(s.STATUS_EVENT_TYPE), self.name("ISA95JobOrderStatusEventType"))
        await event.write_attribute(ua.AttributeIds.IsAbstract, ua.DataValue(ua.Variant(True)))
        for name, (number, kind) in s.EVENT_FIELDS.items():
            field = await event.add_property(self.id(number), self.name(name), *self._empty(kind))
            await self._shape(field, kind)
            await field.set_modelling_rule(True)
        return event

    async def _add_receiver_type(self, event: Node) -> None:
        machine = self.server.get_node(ua.ObjectIds.FiniteStateMachineType)
        receiver = await machine.add_object_type(self.id(s.RECEIVER_TYPE), self.name("ISA95JobOrderReceiverObjectType"))
        for name, (number, kind) in s.RECEIVER_VARIABLES.items():
            variable = await receiver.add_variable(self.id(number), self.name(name), *self._empty(kind))
            await self._shape(variable, kind)
            await variable.set_modelling_rule(True)
        name, number = s.MAX_DOWNLOADABLE
        most = await receiver.add_property(self.id(number), self.name(name), 0, ua.VariantType.UInt16)
        await most.set_modelling_rule(True)
        for command in Command:
            inputs = [self._order_argument() if command.takes_order else _argument("JobOrderID", ua.ObjectIds.String)]
            await self._add_method(receiver, command.text, command, [*inputs, _comment()], [_return_status()])
        await self._add_states(receiver, event)

    async def _add_states(self, receiver: Node, event: Node) -> None:
        for state, number in STATE_NODES.items():
            await self._add_numbered(receiver, number, state.text, ua.ObjectIds.StateType, ("StateNumber", state))
        for one in TRANSITIONS:
            transition = await self._add_numbered(
                receiver, one.node, one.text, ua.ObjectIds.TransitionType, ("TransitionNumber", one.number)
            )
            ids = ua.ObjectIds
            await transition.add_reference(self.id(STATE_NODES[one.source]), ids.FromState)
            await transition.add_reference(self.id(STATE_NODES[one.target]), ids.ToState)
            await transition.add_reference(event.nodeid, ids.HasEffect)
            if one.cause is not None:
                await transition.add_reference(self.id(one.cause), ids.HasCause)

    async def _add_numbered(self, parent: Node, number: int, name: str, kind: int, value: tuple[str, int]) -> Node:
        node = await parent.add_object(self.id(number), self.name(name), objecttype=ua.NodeId(kind))
        numbered = await node.get_child(value[0])
        await numbered.write_value(int(value[1]), ua.VariantType.UInt32)
        return node

    async def _add_provider_type(self, event: Node) -> None:
        base = self.server.get_node(ua.ObjectIds.BaseObjectType)
        provider = await base.add_object_type(self.id(s.PROVIDER_TYPE), self.name("ISA95JobResponseProviderObjectType"))
        await provider.add_reference(event.nodeid, ua.ObjectIds.GeneratesEvent)
        response, state = self._type_of("ISA95JobResponseDataType"), self._type_of("ISA95StateDataType")
        await self._add_method(
            provider,
            "RequestJobResponseByJobOrderID",
            s.RESPONSE_BY_ID,
            [_argument("JobOrderID", ua.ObjectIds.String)],
            [_argument("JobResponse", response), _return_status()],
        )
        await self._add_method(
            provider,
            "RequestJobResponseByJobOrderState",
            s.RESPONSE_BY_STATE,
            [_argument("JobOrderState", state, array=True)],
            [_argument("JobResponses", response, array=True), _return_status()],
        )
        kind = "ISA95JobResponseDataType[]"
        listed = await provider.add_variable(
            self.id(s.RESPONSE_LIST), self.name("JobOrderResponseList"), *self._empty(kind)
        )
        await self._shape(listed, kind)
        await listed.set_modelling_rule(OPTIONAL)

    async def _add_method(
        self, parent: Node, name: str, number: int, inputs: list[ua.Argument], outputs: list[ua.Argument]
    ) -> None:
        method = await parent.add_method(self.id(number), self.name(name), _nobody, inputs, outputs)
        # The standard lets a machine leave methods out; the two questions of the provider it does not.
        await method.set_modelling_rule(parent.nodeid == self.id(s.PROVIDER_TYPE))

    def _order_argument(self) -> ua.Argument:
        return _argument("JobOrder", self._type_of("ISA95JobOrderDataType"))

    def _empty(self, kind: str) -> tuple[ua.Variant, None, ua.NodeId]:
        bare = kind.removesuffix("[]")
        variant_type = EMPTY[bare in s.STRUCTURES]
        value = ua.Variant([], variant_type, is_array=True) if kind != bare else ua.Variant(None, variant_type)
        return value, None, self._type_of(bare)

    async def _shape(self, node: Node, kind: str) -> None:
        is_array = kind.endswith("[]")
        rank = ua.ValueRank.OneDimension if is_array else ua.ValueRank.Scalar
        await node.write_attribute(ua.AttributeIds.ValueRank, ua.DataValue(ua.Variant(rank, ua.VariantType.Int32)))
        if is_array:
            dimensions = ua.Variant([0], ua.VariantType.UInt32)
            await node.write_attribute(ua.AttributeIds.ArrayDimensions, ua.DataValue(dimensions))


def _argument(name: str, kind: ua.NodeId | int, *, array: bool = False) -> ua.Argument:
    data_type = kind if isinstance(kind, ua.NodeId) else ua.NodeId(kind)
    rank = ua.ValueRank.OneDimension if array else ua.ValueRank.Scalar
    return ua.Argument(Name=name, DataType=data_type, ValueRank=rank, ArrayDimensions=[0] if array else [])


def _comment() -> ua.Argument:
    return _argument("Comment", ua.ObjectIds.LocalizedText, array=True)


def _return_status() -> ua.Argument:
    return _argument("ReturnStatus", ua.ObjectIds.UInt64)


def _nobody(parent: ua.NodeId, *values: ua.Variant) -> ua.StatusCode:
    """A type's own method is never called; an instance links its own."""
    return ua.StatusCode(ua.StatusCodes.BadNotImplemented)
