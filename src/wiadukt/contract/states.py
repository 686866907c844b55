"""Every state and every allowed step, as data. States are words, steps are pairs in one set."""

from __future__ import annotations

from enum import StrEnum


class OrderState(StrEnum):
    """Where an order stands, in the shop's words; the ERP's letters are mapped by configuration."""

    NEW = "new"
    CONFIRMED = "confirmed"
    IN_PRODUCTION = "in_production"
    READY = "ready"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class ProductionState(StrEnum):
    """Where production stands with an order as a whole."""

    WAITING = "waiting"
    IN_PRODUCTION = "in_production"
    READY = "ready"


class CancellationObstacle(StrEnum):
    """Why an order can't be cancelled any more by itself; a person may still agree on it."""

    IN_PRODUCTION = "in_production"
    AT_MACHINE = "at_machine"
    ON_ITS_WAY = "on_its_way"
    OFFICE = "office"


class QueueState(StrEnum):
    """The state of a row in the ERP's change queue."""

    ACCEPTED = "accepted"
    SENT = "sent"
    REJECTED = "rejected"


class JobState(StrEnum):
    """The state of a job order, by the names of B2MML's DispatchStatus."""

    WAITING = "Waiting"
    RUNNING = "Running"
    HELD = "Held"
    COMPLETED = "Completed"
    CANCELLED = "Cancelled"


JOB_STEPS: frozenset[tuple[JobState, JobState]] = frozenset(
    {
        (JobState.WAITING, JobState.RUNNING),
        (JobState.WAITING, JobState.HELD),
        (JobState.WAITING, JobState.CANCELLED),
        (JobState.RUNNING, JobState.HELD),
        (JobState.RUNNING, JobState.COMPLETED),
        (JobState.HELD, JobState.RUNNING),
        (JobState.HELD, JobState.WAITING),
        (JobState.HELD, JobState.CANCELLED),
    }
)
