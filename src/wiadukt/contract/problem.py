"""A refusal as it travels over HTTP (RFC 9457, `application/problem+json`)."""

from __future__ import annotations

from typing import Any

from wiadukt.contract.base import ContractModel
from wiadukt.contract.errors import Refused

PROBLEM_MEDIA_TYPE = "application/problem+json"


class Problem(ContractModel):
    """`title` is the cause, `detail` the remedy, both for people; `code` is for programs."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str
    field: str = ""
    object_id: str = ""

    @classmethod
    def of(cls, refusal: Refused, *, status: int = 422) -> Problem:
        return cls(
            title=refusal.cause,
            status=status,
            detail=refusal.remedy,
            code=refusal.code,
            field=refusal.field,
            object_id=refusal.object_id,
        )

    def as_refusal(self) -> Refused:
        return Refused(self.code, self.title, remedy=self.detail, field=self.field, object_id=self.object_id)


def documented(description: str) -> dict[str, Any]:
    """How an OpenAPI document says that an operation may answer with a Problem."""
    return {"description": description, "content": {PROBLEM_MEDIA_TYPE: {"schema": Problem.model_json_schema()}}}
