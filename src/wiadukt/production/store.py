"""Production's tables as SQLAlchemy Core data, and the engine. The DDL is in `migrations/`; a test compares both."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Engine,
    ForeignKey,
    Identity,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    create_engine,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()
_MOMENT = DateTime(timezone=True)
_QUANTITY = Numeric(16, 6)

work_request = Table(
    "work_request",
    metadata,
    Column("order_number", Text, primary_key=True),
    Column("customer_name", Text, nullable=False),
    Column("customer_order_number", Text, nullable=False, server_default=""),
    Column("due_on", Date),
    Column("content", JSONB, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("accepted_at", _MOMENT, nullable=False, server_default=func.now()),
    Column("traceparent", Text, nullable=False, server_default=""),
)

job_order = Table(
    "job_order",
    metadata,
    Column("id", Text, primary_key=True),
    Column("order_number", ForeignKey("work_request.order_number", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("product_id", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("quantity", _QUANTITY, nullable=False),
    Column("unit", Text, nullable=False),
    Column("parameters", JSONB, nullable=False, server_default=text("'[]'")),
    Column("state", Text, nullable=False, server_default="Waiting"),
    Column("good", _QUANTITY, nullable=False, server_default="0"),
    Column("scrap", _QUANTITY, nullable=False, server_default="0"),
    Column("started_at", _MOMENT),
    Column("completed_at", _MOMENT),
    Column("work_centre", Text, nullable=False, server_default=""),
    Column("planned_on", Date),
)

job_step = Table(
    "job_step",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("job_id", ForeignKey("job_order.id", ondelete="CASCADE"), nullable=False),
    Column("token", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("quantity", _QUANTITY, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=""),
    Column("at", _MOMENT, nullable=False, server_default=func.now()),
)

machine_job = Table(
    "machine_job",
    metadata,
    Column("job_id", ForeignKey("job_order.id", ondelete="CASCADE"), primary_key=True),
    Column("machine_id", Text, nullable=False),
    Column("next_machine_id", Text),
    Column("state", Text, nullable=False, server_default="to_send"),
    Column("by_rule", Boolean, nullable=False, server_default=text("false")),
    Column("refused_by", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("reason", JSONB(none_as_null=True)),
    Column("good", _QUANTITY, nullable=False, server_default="0"),
    Column("scrap", _QUANTITY, nullable=False, server_default="0"),
    Column("assigned_at", _MOMENT, nullable=False, server_default=func.now()),
    Column("offered_at", _MOMENT),
    Column("retry_at", _MOMENT),
    Column("sent_at", _MOMENT),
)

machine_remains = Table(
    "machine_remains",
    metadata,
    Column("machine_id", Text, primary_key=True),
    Column("job_id", Text, primary_key=True),
)

reinstated = Table(
    "reinstated",
    metadata,
    Column("order_number", Text, primary_key=True),
    Column("instead_of", Text, primary_key=True),
)

report = Table(
    "report",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("order_number", ForeignKey("work_request.order_number", ondelete="CASCADE"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", _MOMENT, nullable=False, server_default=func.now()),
    Column("claimed_until", _MOMENT),
    Column("answer", JSONB),
    Column("created_at", _MOMENT, nullable=False, server_default=func.now()),
    Column("settled_at", _MOMENT),
)


def engine_of(database_url: str) -> Engine:
    """An engine for a libpq URL; connects at the first use, and again by itself after the server restarted."""
    _, _, rest = database_url.partition("://")
    return create_engine(
        f"postgresql+psycopg://{rest}",
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=30,
        connect_args={"prepare_threshold": None},  # a plan made for an empty table would be kept for a full one
    )
