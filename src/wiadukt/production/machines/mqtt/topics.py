"""The topics of one machine. All are QoS 1 and retained, so whoever comes later sees how things stand."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

STATUS, ORDER, RESPONSE, ECHO = "status", "job-order", "job-response", "echo"


@dataclass(frozen=True)
class Topics:
    """`<prefix>/<machine>/...`; ids are percent-encoded, for MQTT forbids some signs."""

    prefix: str
    machine: str

    def of(self, kind: str, job_id: str = "") -> str:
        return "/".join((self.prefix, self.machine, kind, *([quote(job_id, safe="")] if job_id else [])))

    def every(self, kind: str) -> str:
        return self.of(kind) + "/#"

    def read(self, topic: str) -> tuple[str, str]:
        """Kind and id of a topic of this machine; empty strings for any other."""
        head = f"{self.prefix}/{self.machine}/"
        if not topic.startswith(head):
            return "", ""
        kind, _slash, rest = topic.removeprefix(head).partition("/")
        return kind, unquote(rest)
