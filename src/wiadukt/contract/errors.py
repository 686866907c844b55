"""Errors by what the reader can do about them.

WiaduktError
├── Refused         the other side says no, for a reason that a repeat will not change
├── Unreachable     nobody answered, or not now: try again later
│   └── Busy        it answered: somebody there holds this one object just now
└── Misconfigured   a setting is wrong: an administrator mends it

Anything else that is raised is our own defect.
"""

from __future__ import annotations


class WiaduktError(Exception):
    """The root of every error with a name."""


class Refused(WiaduktError):
    """A reasoned refusal: `code` for programs, `cause` and `remedy` for people, `field` where one is at fault."""

    def __init__(self, code: str, cause: str, *, remedy: str, field: str = "", object_id: str = "") -> None:
        super().__init__(f"{cause} {remedy}".strip())
        self.code, self.cause, self.remedy, self.field, self.object_id = code, cause, remedy, field, object_id


class Unreachable(WiaduktError):
    """The other side did not answer, or could not now; nothing is known to be lost."""

    def __init__(self, cause: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(cause)
        self.cause, self.retry_after_s = cause, retry_after_s


class Busy(Unreachable):
    """The other side is there, and somebody works on this very object: come again in a while. Others go on."""


class Misconfigured(WiaduktError):
    """A setting makes the work impossible until an administrator changes it."""

    def __init__(self, setting: str, cause: str, *, remedy: str) -> None:
        super().__init__(f"{setting}: {cause} {remedy}".strip())
        self.setting, self.cause, self.remedy = setting, cause, remedy
