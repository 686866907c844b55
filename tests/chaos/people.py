"""Those who work in the shop in a scenario: buyers and an administrator by processes, staff by the panel's pages."""

from __future__ import annotations

import contextlib
import hashlib
import json
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.chaos.processes import ROOT

CSRF = "c" * 32
COMES_WITHIN_S = 240
"""Until a new person is there: no part of the scenario, and long on a busy machine."""


class Person:
    """A process that does one deed at a time. One who does not come back in time is shown out; another one comes."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self.env, self.log = env, log
        self.process: subprocess.Popen[str] | None = None

    def come(self) -> None:
        """Is there when this returns."""
        if self.process is not None and self.process.poll() is None:
            return
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.person"],
                env=self.env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self._line(COMES_WITHIN_S), f"nobody came: {self.log.read_text()[-2000:]}"

    def ask(self, *, within_s: float = 60, **asked: Any) -> dict[str, Any]:
        """The person's answer; `failed` in it says why there is none."""
        self.come()
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        line = self._line(within_s)
        if not line:
            self.leave()
            return {"failed": "no answer in time"}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _line(self, within_s: float) -> str:
        assert self.process is not None
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], within_s)
        return self.process.stdout.readline() if ready else ""

    def leave(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
            self.process = None


class Staff:
    """One at the shop's panel, with a browser's means and no others."""

    def __init__(self, base_url: str, session: str) -> None:
        cookies = {"sessionid": session, "csrftoken": CSRF}
        self.http = httpx.Client(base_url=base_url, cookies=cookies, timeout=20, trust_env=False)

    def press(self, path: str, **form: str) -> str:
        """Sends a form of the panel; what came of it in a word. Raises HTTPError when nobody answers."""
        answer = self.http.post(f"/dashboard/{path}", data={"csrfmiddlewaretoken": CSRF, **form})
        where = answer.headers.get("location", "")
        assert "login" not in where, "the session is not known"
        assert answer.status_code != httpx.codes.FORBIDDEN, answer.text[:300]
        return str(answer.status_code)

    def edit(self, message: dict[str, Any]) -> str:
        """Says the message otherwise: one piece more of its first line, and why."""
        payload = json.loads(json.dumps(message["payload"]))
        payload["lines"][0]["quantity"] = str(int(float(payload["lines"][0]["quantity"])) + 1)
        seen = hashlib.sha256(json.dumps(message["payload"], sort_keys=True).encode()).hexdigest()[:16]
        path = f"sync/messages/{message['id']}/edit/"
        return self.press(path, text=json.dumps(payload), reason="chaos", seen=seen)

    def close(self) -> None:
        self.http.close()
