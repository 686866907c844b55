"""What a machine asks of a process, on a port of its own: /metrics, /live and /ready.

Beside and not among the addresses that buyers and programs call: whoever may ask is said by the address it listens at,
and a process that serves nothing else (the shop's worker) answers the same way.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Annotated, TypeVar

import structlog
import typer
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from wiadukt.contract.errors import Misconfigured, WiaduktError

LISTEN = "MANAGEMENT_LISTEN"
Listen = Annotated[
    str,
    typer.Option(
        envvar=LISTEN,
        help="host:port of its own for /metrics, /live and /ready; none when empty. Only for who watches the process.",
    ),
]
"""The option of every command that runs a process."""
K = TypeVar("K", bound=tuple[str, ...])
log = structlog.get_logger()


@dataclass(frozen=True)
class Management:
    """What a process tells of itself.

    `lacking` names what keeps it from work, one sentence each: empty when it is ready. `gauges` are read when somebody
    asks; both may raise what a base that is away raises.
    """

    lacking: Callable[[], Sequence[str]]
    gauges: Callable[[], Iterable[Metric]]

    @contextmanager
    def serving(self, listen: str) -> Iterator[str]:
        """Answers at `listen` (host:port) until the block ends, and yields its address; empty serves nothing.

        Raises Misconfigured when it can't listen there.
        """
        if not listen:
            yield ""
            return
        server = _listening(listen, self)
        thread = threading.Thread(target=server.serve_forever, name="management", daemon=True)
        thread.start()
        try:
            yield f"http://{server.server_address[0]!s}:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def metrics(self) -> bytes:
        """In Prometheus' text form: what this process counted since it began, and the gauges as they are now."""
        registry = CollectorRegistry()
        registry.register(REGISTRY)
        registry.register(_Gauges(self.gauges))
        return generate_latest(registry)

    def missing(self) -> list[str]:
        try:
            return list(self.lacking())
        except WiaduktError as error:
            return [str(error)]
        except Exception as error:  # whatever a driver raises: not ready is the answer, and the log has the rest
            log.warning("not_ready", error=repr(error))
            return [f"The database can't be read ({type(error).__name__})."]


class _Gauges(Collector):
    """A base that is away takes its gauges with it and no others: it shows as `wiadukt_base_up 0`."""

    def __init__(self, read: Callable[[], Iterable[Metric]]) -> None:
        self.read = read

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("wiadukt_base_up", "1 when the gauges of this process's base could be read.")
        try:
            found = list(self.read())
        except Exception as error:  # as above
            log.warning("gauges_unread", error=repr(error))
            found = []
            up.add_metric([], 0)
        else:
            up.add_metric([], 1)
        yield from [up, *found]


def gauge(name: str, about: str, values: Mapping[K, float], labels: Sequence[str] = ()) -> Metric:
    """A gauge with one value for each tuple of label values."""
    family = GaugeMetricFamily(name, about, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family


def _listening(listen: str, management: Management) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/metrics":
                self._say(200, CONTENT_TYPE_PLAIN_0_0_4, management.metrics())
            elif path == "/live":
                self._say_json(200, {"status": "ok"})
            elif path == "/ready":
                missing = management.missing()
                status = "missing" if missing else "ok"
                self._say_json(503 if missing else 200, {"status": status, "missing": missing})
            else:
                self._say_json(404, {"status": "not found: /metrics, /live and /ready are here"})

        def _say_json(self, status: int, content: dict[str, object]) -> None:
            self._say(status, "application/json", json.dumps(content, ensure_ascii=False).encode())

        def _say(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Somebody asks every few seconds; that is no event."""

    host, _, port = listen.rpartition(":")
    try:
        return ThreadingHTTPServer((host.strip("[]") or "127.0.0.1", int(port)), Handler)
    except (ValueError, OverflowError, OSError) as error:
        remedy = "Give a free host:port, 127.0.0.1:9000 say, or nothing to serve none."
        raise Misconfigured(LISTEN, f"can't listen at '{listen}' ({error}).", remedy=remedy) from error
