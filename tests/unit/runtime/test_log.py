"""What a process logs, seen from outside: a line of JSON for machines, text for people."""

import json
import os
import subprocess
import sys

import pytest

PROGRAM = """
import logging, threading, structlog
from wiadukt.runtime import log, trace
log.configure(process="tried")
def work():
    with trace.going_on("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"):
        structlog.get_logger().info("happened", order="B-1")
        logging.getLogger("some.library").warning("it %s", "creaks")
        logging.getLogger("some.library").info("not told")
        try:
            1 / 0
        except ZeroDivisionError:
            structlog.get_logger().exception("broke")
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, timeout=60)


def test_machines_get_one_object_a_line_with_process_and_trace_from_us_and_from_libraries():
    lines = [json.loads(line) for line in run().stderr.splitlines()]

    assert [line["event"] for line in lines] == ["happened", "it creaks", "broke"]
    assert {line["trace_id"] for line in lines} == {"4bf92f3577b34da6a3ce929d0e0e4736"}
    assert {line["process"] for line in lines} == {"tried"}
    assert [line["level"] for line in lines] == ["info", "warning", "error"]
    assert lines[0]["order"] == "B-1"
    assert "ZeroDivisionError" in lines[2]["exception"]


def test_people_get_text():
    text = run(LOG_FORMAT="text").stderr

    assert "happened" in text
    assert "order" in text
    with pytest.raises(json.JSONDecodeError):
        json.loads(text.splitlines()[0])


def test_an_unknown_format_ends_the_start_with_the_setting_and_the_remedy():
    done = run(LOG_FORMAT="xml")

    assert done.returncode != 0
    assert "LOG_FORMAT: 'xml' is none of auto, json, text. Give one of them." in done.stderr
