"""The thin event: which object changed and when. Nothing of business is in it; the receiver fetches."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from wiadukt.contract.base import ContractModel, Kind, Sign

EVENT_TYPE_PREFIX = "pl.wiadukt."
BATCH_MEDIA_TYPE = "application/cloudevents-batch+json"


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:  # the first and the last day that there are
        raise ValueError("no moment that can be said in UTC") from error


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""Any offset is understood and none is kept: a base takes fewer of them than the standard allows."""


class ThinEvent(ContractModel):
    """A CloudEvent 1.0 without data. `id` stays the same over every attempt to deliver it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: Sign = Field(min_length=1, max_length=100)
    source: Sign = Field(min_length=1, max_length=200)
    type: str = Field(pattern=r"^pl\.wiadukt\.(customer|product|order|invoice)\.changed$")
    subject: Sign = Field(min_length=1, max_length=100)
    time: Moment

    @property
    def kind(self) -> Kind:
        return Kind(self.type.split(".")[2])

    @classmethod
    def changed(cls, kind: Kind, object_id: str, *, event_id: str, source: str, time: datetime) -> ThinEvent:
        return cls(id=event_id, source=source, type=f"{EVENT_TYPE_PREFIX}{kind}.changed", subject=object_id, time=time)
