"""Every setting of the shop, each with its default and a sentence; read once, from the environment."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from wiadukt.contract.customer import OverdueAction


class MailSecurity(StrEnum):
    """Encryption on the way to the mail server: none, asked for after the first words, or from the first byte on."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class Environment(BaseSettings):
    """The shop's settings. Names in the environment are the field names in upper case."""

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    shop_database_url: str = Field(description="libpq URL of the shop's own PostgreSQL.")
    shop_secret_key: str = Field(description="Django's secret key; keep it, sessions and links depend on it.")
    shop_public_url: str = Field("http://127.0.0.1:8000", description="Address under which buyers see the shop.")
    shop_internal_hosts: str = Field(
        "", description="Other names by which our own systems call the shop, comma-separated."
    )
    shop_debug: bool = Field(False, description="Django's debug pages; never on a public machine.")
    shop_name: str = Field("Wiadukt", description="Name shown in the header and in e-mails.")
    shop_seller_name: str = Field("", description="Who sells, as on invoices and transfers; empty: SHOP_NAME.")
    shop_seller_tax_id: str = Field("", description="NIP of who sells.")
    shop_seller_address: str = Field("", description="Address of who sells, on one line.")
    shop_email_from: str = Field("sklep@wiadukt.example", description="Sender of the shop's e-mails.")
    shop_media_root: Path = Field(Path(".media"), description="Folder of photos and attachments.")
    shop_worker_concurrency: int = Field(4, description="Jobs that one worker runs side by side.")
    shop_reconcile_at: str = Field(
        "03:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Local time of the daily comparison with WAPRO."
    )
    shop_credit_action: OverdueAction = Field(
        OverdueAction.WARN, description="An order above the credit limit: allow, warn, or hold (it can't be placed)."
    )
    shop_keep_days: int = Field(
        180, ge=1, description="Days for which delivered messages, attempts and counted events are kept; then pruned."
    )
    shop_agreed_s: float = Field(
        60, gt=0, description="Seconds within which a change arrives on the other side; later is late, twice an error."
    )
    shop_agreed_order_s: float = Field(
        120, gt=0, description="Seconds after which an order without a document in WAPRO is shown and told of."
    )
    shop_agreed_comparison_h: float = Field(
        26, gt=0, description="Hours after which the last whole comparison with WAPRO counts as late."
    )
    shop_lease_s: float = Field(60, description="Seconds after which another worker takes over what one claimed.")
    shop_worker_heartbeat_s: float = Field(
        10, description="How often a worker says that it lives, in seconds; three times that without a word is dead."
    )
    shop_staff_second_factor: bool = Field(
        True, description="Staff give a code from a phone at each login; without it only those who set one up."
    )
    shop_login_attempts: int = Field(
        10, ge=1, description="Wrong passwords for one login from one address after which both must wait."
    )
    shop_login_pause_min: int = Field(15, ge=1, description="Minutes they wait; an administrator may end it.")
    shop_session_days: int = Field(14, ge=1, description="Days after which a person logs in again.")
    shop_hsts_days: int = Field(
        0, ge=0, description="Days for which browsers are told to come by https only; 0 says nothing of it."
    )
    smtp_host: str = Field("127.0.0.1", description="Mail server.")
    smtp_port: int = Field(25, description="Port of the mail server.")
    smtp_security: MailSecurity = Field(
        MailSecurity.NONE,
        description="How the way to it is kept secret: none; starttls (mostly port 587); tls (mostly port 465).",
    )
    smtp_user: str = Field("", description="Our login at the mail server; empty where it asks for none.")
    smtp_password: SecretStr = Field(SecretStr(""), description="The password of that login, in ASCII.")
    connector_url: str = Field("http://127.0.0.1:8001", description="Address of the connector beside WAPRO.")
    connector_token: str = Field("", description="Bearer token that the connector gave the shop.")
    production_url: str = Field("http://127.0.0.1:8002", description="Address of production.")
    production_token: str = Field("", description="Bearer token that production gave the shop.")
    webhook_secrets: str = Field("", description="Comma list of keys; any of them verifies the connector's events.")

    @property
    def seller_name(self) -> str:
        return self.shop_seller_name or self.shop_name

    @field_validator("smtp_password")
    @classmethod
    def _can_be_said(cls, password: SecretStr) -> SecretStr:
        """Python's smtplib can't say any other, and would tell so only when the first letter goes."""
        if not password.get_secret_value().isascii():
            raise ValueError("has signs outside ASCII, which no mail server is sure to take: choose another password")
        return password
