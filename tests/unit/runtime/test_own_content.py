"""Every answer tells the browser to run and load what is ours alone."""

from __future__ import annotations

import asyncio

from wiadukt.runtime.own_content import HEADERS, OwnContent


def answered(*headers: tuple[bytes, bytes]) -> dict[bytes, bytes]:
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": b"<p>"})

    async def send(message):
        sent.append(message)

    asyncio.run(OwnContent(app)({"type": "http"}, None, send))
    assert sent[1]["body"] == b"<p>"
    found = sent[0]["headers"]
    assert len(found) == len({name.lower() for name, _value in found})
    return {name.lower(): value for name, value in found}


def test_an_answer_says_it():
    said = answered((b"content-type", b"text/html"))

    assert said == dict(HEADERS) | {b"content-type": b"text/html"}
    policy = said[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "script-src" not in policy, "scripts have no exception"


def test_what_the_answer_says_itself_is_left():
    assert answered((b"Referrer-Policy", b"no-referrer"))[b"referrer-policy"] == b"no-referrer"
