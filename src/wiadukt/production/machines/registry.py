"""The machines of this floor: read from a file, each with its driver."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from wiadukt.contract.errors import Misconfigured
from wiadukt.contract.job_order import JobOrder
from wiadukt.production.machines.files.client import FilesMachine, FilesSettings
from wiadukt.production.machines.files.results import STATES, Names
from wiadukt.production.machines.files.sftp import SftpSettings, readable_key
from wiadukt.production.machines.mqtt.client import MqttMachine
from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.mqtt.topics import Topics
from wiadukt.production.machines.opcua.client import OpcUaMachine, OpcUaSettings
from wiadukt.production.machines.opcua.parameters import WOODWORKING, Named
from wiadukt.production.machines.port import Machine
from wiadukt.production.machines.sparkplug.watch import Plant, Teller

SETTING = "PRODUCTION_MACHINES"


Id = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,30}$")]
HostKey = Annotated[str, AfterValidator(readable_key)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Name(_Strict):
    """What one of our parameters is called in this machine."""

    name: str
    number: bool = False
    unit: str = ""


class WorkCentre(_Strict):
    """A group of like machines. A job goes to the first one in the file whose rule fits: it has one of the
    `parameters`, and its product one of the patterns in `products` (`FF-*`); a rule that is not set always fits."""

    id: Id
    name: str
    parameters: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    def takes(self, job: JobOrder) -> bool:
        said = {parameter.id for parameter in job.parameters}
        is_ours = not self.products or any(fnmatchcase(job.product_id, pattern) for pattern in self.products)
        return is_ours and (not self.parameters or bool(said & set(self.parameters)))


class Entry(_Strict):
    """What every machine has. `automatic`: it takes the jobs of its work centre by itself, `holds` at a time."""

    id: Id
    name: str
    work_centre: str = ""
    automatic: bool = False
    holds: Annotated[int, Field(ge=1, le=500)] = 3


class OpcUaEntry(Entry):
    """A machine with OPC UA job control (OPC 10031-4 V2)."""

    driver: Literal["opcua"]
    url: Annotated[str, Field(pattern=r"^opc\.tcp://")]
    security: str = ""
    user: str = ""
    password_file: Path | None = None
    trade: Literal["", "woodworking"] = ""
    names: dict[str, Name] = Field(default_factory=dict)

    def connected(self) -> AbstractAsyncContextManager[Machine]:
        """A session with the machine for as long as the context lasts."""
        own = {ours: Named(one.name, is_number=one.number, unit=one.unit) for ours, one in self.names.items()}
        names = (WOODWORKING if self.trade else {}) | own
        return OpcUaMachine.connected(OpcUaSettings(self.url, self.security, self.user, self.password_file, names))


class BrokerFields(_Strict):
    """Where an MQTT broker is. With `ca_file` the line is TLS."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 1883
    user: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None
    certificate_file: Path | None = None
    key_file: Path | None = None
    timeout_s: Annotated[float, Field(gt=0)] = 5.0

    @property
    def broker(self) -> Broker:
        return Broker(**self.model_dump(include=set(Broker.__dataclass_fields__)))


class MqttEntry(Entry, BrokerFields):
    """A machine with ISA-95 job orders over MQTT."""

    driver: Literal["mqtt"]
    prefix: Annotated[str, Field(pattern=r"^[^+#\s]+[^+#/\s]$")] = "wiadukt/v1"

    def connected(self) -> AbstractAsyncContextManager[Machine]:
        """A line to its broker for as long as the context lasts."""
        return MqttMachine.connected(self.broker, Topics(self.prefix, self.id))


class FileNames(_Strict):
    """What the machine calls the columns or attributes of its results, and the states in them."""

    job: str = "job"
    state: str = "state"
    good: str = "good"
    scrap: str = "scrap"
    at: str = "at"
    states: dict[str, Literal["running", "held", "ended", "aborted"]] = Field(default_factory=dict)


class SftpFields(_Strict):
    """The server on which the folder lies. `host_keys` are its public keys; `ssh-keyscan` prints them."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 22
    user: str
    host_keys: Annotated[tuple[HostKey, ...], Field(min_length=1)]
    password_file: Path | None = None
    key_file: Path | None = None
    passphrase_file: Path | None = None
    timeout_s: Annotated[float, Field(gt=0)] = 10.0

    @model_validator(mode="after")
    def _has_a_way_in(self) -> SftpFields:
        if not (self.password_file or self.key_file):
            raise ValueError("it needs a password_file or a key_file")
        return self

    @property
    def settings(self) -> SftpSettings:
        return SftpSettings(**self.model_dump())


class FilesEntry(Entry):
    """A machine that reads cut lists from a folder, here or by SFTP. `template`: csv, xml or the path of one's own."""

    driver: Literal["files"]
    folder: Path
    sftp: SftpFields | None = None
    template: str = "csv"
    results: FileNames = FileNames()
    poll_s: Annotated[float, Field(gt=0)] = 1.0

    def connected(self) -> AbstractAsyncContextManager[Machine]:
        """The folder, as long as the context lasts."""
        said = self.results
        states = {word.lower(): STATES[state] for word, state in said.states.items()} or STATES
        names = Names(said.job, said.state, said.good, said.scrap, said.at, states)
        server = self.sftp.settings if self.sftp else None
        settings = FilesSettings(self.folder, self.template, names, poll_s=self.poll_s, sftp=server)
        return FilesMachine.connected(settings)


class TellerEntry(_Strict):
    """A machine that tells of itself by Sparkplug: one of `machine`, or one that takes no job orders, with a name.

    `source` is group/node or group/node/device; `state`, `good`, `scrap` and `shows` name its metrics.
    """

    id: Id
    name: str = ""
    work_centre: str = ""
    source: Annotated[str, Field(pattern=r"^[^+#/]+(/[^+#/]+){1,2}$")]
    state: str = ""
    states: dict[str, Literal["running", "idle", "held", "fault", "setup", "off"]] = Field(default_factory=dict)
    good: str = ""
    scrap: str = ""
    shows: tuple[str, ...] = ()

    @property
    def teller(self) -> Teller:
        group, node, *device = self.source.split("/")
        names = (self.state, self.states, self.good, self.scrap, self.shows)
        return Teller(self.id, group, node, "".join(device), *names)


class SparkplugEntry(BrokerFields):
    """A broker on which the plant speaks Sparkplug B. With a `host_id` we are its primary host."""

    host_id: Annotated[str, Field(pattern=r"^[^+#/]*$")] = ""
    machine: tuple[TellerEntry, ...] = ()

    @property
    def plant(self) -> Plant:
        return Plant(self.broker, [one.teller for one in self.machine], self.host_id)


AnyEntry = Annotated[OpcUaEntry | MqttEntry | FilesEntry, Field(discriminator="driver")]


class Floor(_Strict):
    """The file as a whole."""

    work_centre: tuple[WorkCentre, ...] = ()
    machine: tuple[AnyEntry, ...] = ()
    sparkplug: tuple[SparkplugEntry, ...] = ()

    @cached_property
    def tellers(self) -> Mapping[str, TellerEntry]:
        """By their id, those that take no job orders and only tell."""
        every = (one for plant in self.sparkplug for one in plant.machine)
        return {one.id: one for one in every if one.id not in self.machines}

    @cached_property
    def machines(self) -> Mapping[str, OpcUaEntry | MqttEntry | FilesEntry]:
        """By their id, in the file's order."""
        return {one.id: one for one in self.machine}

    @cached_property
    def centres(self) -> Mapping[str, WorkCentre]:
        """By their id, in the file's order."""
        return {one.id: one for one in self.work_centre}

    def centre_of(self, job: JobOrder) -> str:
        """Whose work the job is; empty when no work centre fits."""
        return next((one.id for one in self.work_centre if one.takes(job)), "")

    @model_validator(mode="after")
    def _fits(self) -> Floor:
        for many, word in ((self.machine, "machines"), (self.work_centre, "work centres")):
            if len({one.id for one in many}) < len(many):
                raise ValueError(f"two {word} have one id")
        told = [one.id for plant in self.sparkplug for one in plant.machine]
        if len(set(told)) < len(told):
            raise ValueError("a machine tells of itself at two places")
        nameless = next((one.id for one in self.tellers.values() if not one.name), None)
        if nameless:
            raise ValueError(f"machine {nameless} takes no job orders, so it needs a name under [[sparkplug.machine]]")
        for one in (*self.machine, *self.tellers.values()):
            if one.work_centre and one.work_centre not in self.centres:
                raise ValueError(f"machine {one.id} names work centre {one.work_centre}, which is not in the file")
        for one in self.machine:
            if one.automatic and not one.work_centre:
                raise ValueError(f"machine {one.id} is automatic and needs a work_centre")
        return self


def read_floor(path: Path | None) -> Floor:
    """What the file says; nothing without a file. Raises Misconfigured with the place."""
    if path is None:
        return Floor()
    try:
        return Floor.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Misconfigured(SETTING, f"{path} can't be read: {error.strerror}.", remedy="Name a file.") from error
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(SETTING, f"{path} is no TOML: {error}.", remedy="Mend the line.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Misconfigured(SETTING, f"{path}: {where}: {first['msg']}.", remedy="Mend the entry.") from error
