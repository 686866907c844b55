"""Every setting of production, each by one environment variable."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once, in `main.py` or `cli.py`. Secrets never show in `repr` nor in `wiadukt production settings`."""

    model_config = SettingsConfigDict(
        extra="ignore", hide_input_in_errors=True, validate_by_name=True, validate_by_alias=True
    )

    database_url: str = Field(
        validation_alias="PRODUCTION_DATABASE_URL",
        description="Production's own PostgreSQL, as a libpq URL: postgresql://user@host/production.",
    )
    tokens: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="PRODUCTION_TOKENS",
        description="Who may call /v1: name:token pairs, separated by commas. Empty: nobody.",
    )
    connector_url: str = Field(
        default="http://127.0.0.1:8001",
        validation_alias="CONNECTOR_URL",
        description="Where the connector beside the ERP answers; progress is reported there.",
    )
    connector_token: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="CONNECTOR_TOKEN",
        description="Production's own token at the connector.",
    )
    timezone: str = Field(
        default="Europe/Warsaw",
        validation_alias="PRODUCTION_TIMEZONE",
        description="The floor's time zone: it decides what 'today' and 'late' mean.",
    )
    report_poll_s: float = Field(
        default=0.5,
        gt=0,
        validation_alias="PRODUCTION_REPORT_POLL_S",
        description="How often reports whose time has come are looked for, in seconds.",
    )
    report_timeout_s: float = Field(
        default=10.0,
        gt=0,
        validation_alias="PRODUCTION_REPORT_TIMEOUT_S",
        description="How long one report may take before it counts as not answered, in seconds.",
    )
    report_lease_s: float = Field(
        default=30.0,
        gt=0,
        validation_alias="PRODUCTION_REPORT_LEASE_S",
        description="Seconds after which another process takes over a report that one claimed.",
    )
    machines_file: Path | None = Field(
        default=None,
        validation_alias="PRODUCTION_MACHINES",
        description="A TOML file that lists the machines; none: everything is made at terminals.",
    )
