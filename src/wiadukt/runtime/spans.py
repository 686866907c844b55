"""What was done in each trace, to an OpenTelemetry collector (OTLP over HTTP): only for who asks for it.

Off unless OTEL_EXPORTER_OTLP_ENDPOINT (or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) says where; the extra `otel` brings what
it takes, and the standard's other variables hold as well. Names are routes and kinds, attributes are ids and codes.
Spans are sent in batches beside the work; a collector that is away costs spans and nothing else.
"""

from __future__ import annotations

import atexit
import os

from wiadukt.contract.errors import Misconfigured
from wiadukt.runtime import trace
from wiadukt.runtime.trace import Step

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
ASKED = (ENDPOINT, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


def configure(*, process: str) -> None:
    """Once at the start of a process. Raises Misconfigured when somebody asks for it and it is not installed."""
    if not any(os.environ.get(name) for name in ASKED):
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import ReadableSpan
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags
    except ImportError as error:
        cause = "the exporter of spans is not installed."
        raise Misconfigured(ENDPOINT, cause, remedy="Install 'wiadukt[otel]', or leave it empty.") from error

    resource = Resource.create({"service.name": f"wiadukt-{process}"})
    sending = BatchSpanProcessor(OTLPSpanExporter())

    def context(trace_id: str, span_id: str, *, is_remote: bool) -> SpanContext:
        return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote, TraceFlags(TraceFlags.SAMPLED))

    def told(step: Step) -> None:
        parent = context(step.trace_id, step.parent_id, is_remote=True) if step.parent_id else None
        span = ReadableSpan(
            name=step.name or "step",
            context=context(step.trace_id, step.span_id, is_remote=False),
            parent=parent,
            resource=resource,
            attributes={f"wiadukt.{name}": value for name, value in step.about.items()},
            kind=SpanKind.SERVER if step.answers else SpanKind.INTERNAL,
            status=Status(StatusCode.ERROR if step.failed else StatusCode.UNSET),
            start_time=step.began_ns,
            end_time=step.ended_ns,
        )
        sending.on_end(span)

    trace.listen(told)
    atexit.register(sending.shutdown)
