"""What may be done with a job order in a machine, and what the machine answers: ISA-95 job control, as data.

States, methods, steps and return statuses are those of OPC 10031-4 V2 (6.2 and annex B.2), with its numbers; machines
that speak MQTT or files are held to the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag

from wiadukt.production.machines.port import MachineState
from wiadukt.production.refusals import Refusal


class ReturnStatus(IntFlag):
    """What a method answers. Several bits may be set; those not named are reserved or the vendor's."""

    NO_ERROR = 1 << 0
    UNKNOWN_JOB = 1 << 1
    INVALID_STATE = 1 << 3
    UNABLE_TO_ACCEPT = 1 << 4
    INVALID_REQUEST = 1 << 32


class State(IntEnum):
    """The top state of a job order in a receiver's list, by the standard's number."""

    NOT_ALLOWED_TO_START = 1
    ALLOWED_TO_START = 2
    RUNNING = 3
    INTERRUPTED = 4
    ENDED = 5
    ABORTED = 6

    @property
    def text(self) -> str:
        """The standard's own name, e.g. `NotAllowedToStart`."""
        return "".join(word.capitalize() for word in self.name.split("_"))


NOT_BEGUN = frozenset({State.NOT_ALLOWED_TO_START, State.ALLOWED_TO_START})
OVER = frozenset({State.ENDED, State.ABORTED})


class Command(IntEnum):
    """A receiver's methods, by the number of their node. The first three take a job order, the others its id."""

    STORE = 7001
    STORE_AND_START = 7004
    UPDATE = 7009
    START = 7005
    STOP = 7006
    PAUSE = 7007
    RESUME = 7008
    ABORT = 7010
    CANCEL = 7011
    CLEAR = 7012
    REVOKE_START = 7013

    @property
    def text(self) -> str:
        """The method's name, e.g. `StoreAndStart`."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def takes_order(self) -> bool:
        return self in (Command.STORE, Command.STORE_AND_START, Command.UPDATE)


@dataclass(frozen=True)
class Transition:
    """One allowed step of the state machine; `cause` is None for what the machine does by itself."""

    number: int
    node: int
    source: State
    target: State
    cause: Command | None

    @property
    def text(self) -> str:
        return f"From{self.source.text}To{self.target.text}"


_S, _C = State, Command
TRANSITIONS = (
    Transition(1, 5041, _S.NOT_ALLOWED_TO_START, _S.NOT_ALLOWED_TO_START, _C.UPDATE),
    Transition(2, 5042, _S.NOT_ALLOWED_TO_START, _S.ALLOWED_TO_START, _C.START),
    Transition(3, 5043, _S.ALLOWED_TO_START, _S.NOT_ALLOWED_TO_START, _C.REVOKE_START),
    Transition(4, 5044, _S.ALLOWED_TO_START, _S.ALLOWED_TO_START, _C.UPDATE),
    Transition(5, 5045, _S.ALLOWED_TO_START, _S.RUNNING, None),
    Transition(6, 5046, _S.RUNNING, _S.INTERRUPTED, _C.PAUSE),
    Transition(7, 5047, _S.RUNNING, _S.ENDED, _C.STOP),
    Transition(8, 5048, _S.RUNNING, _S.ABORTED, _C.ABORT),
    Transition(9, 5049, _S.INTERRUPTED, _S.ABORTED, _C.ABORT),
    Transition(10, 5050, _S.INTERRUPTED, _S.RUNNING, _C.RESUME),
    Transition(11, 5051, _S.INTERRUPTED, _S.ENDED, _C.STOP),
    Transition(12, 5084, _S.NOT_ALLOWED_TO_START, _S.ABORTED, _C.ABORT),
    Transition(13, 5085, _S.ALLOWED_TO_START, _S.ABORTED, _C.ABORT),
)
STATE_NODES = {
    State.NOT_ALLOWED_TO_START: 5035,
    State.ALLOWED_TO_START: 5036,
    State.RUNNING: 5037,
    State.INTERRUPTED: 5038,
    State.ENDED: 5039,
    State.ABORTED: 5040,
}


def step(state: State, command: Command) -> State | None:
    """Where the command leads from this state; None when the standard allows no such step."""
    return next((one.target for one in TRANSITIONS if (one.source, one.cause) == (state, command)), None)


MACHINE_STATES = {
    State.NOT_ALLOWED_TO_START: MachineState.WAITING,
    State.ALLOWED_TO_START: MachineState.ALLOWED,
    State.RUNNING: MachineState.RUNNING,
    State.INTERRUPTED: MachineState.HELD,
    State.ENDED: MachineState.ENDED,
    State.ABORTED: MachineState.ABORTED,
}


def refusal_of(status: int, command: Command, job_id: str) -> Refusal:
    """A return status without `NO_ERROR`, in our words."""
    codes = {
        ReturnStatus.UNKNOWN_JOB: "machine_unknown_job",
        ReturnStatus.INVALID_STATE: "machine_invalid_state",
        ReturnStatus.UNABLE_TO_ACCEPT: "machine_unable",
    }
    code = next((word for bit, word in codes.items() if status & bit), "machine_refuses")
    return Refusal(code, object_id=job_id, job=job_id, command=command.text, status=f"{status:#x}")
