"""E-mails go through a mail server as providers run them: over TLS, with a login. Each fault has words of its own."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.core.mail import send_mail
from factories.ports import free_port
from pydantic import ValidationError

from wiadukt.demo.troubles.certificates import HOST, write_certificate
from wiadukt.shop.doctor.mail import look_at_mail
from wiadukt.shop.settings.environment import Environment

LOGIN, PASSWORD = "sklep@meble.example", "Zielona-brama-7"
SECURE = ["starttls", "tls"]


@dataclass
class Provider:
    """A mail server that takes nothing without the right login."""

    port: int
    taken: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(f"{session.auth_data}: {envelope.rcpt_tos[0]}")
        return "250 Taken"

    def knows(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        is_right = (data.login.decode(), data.password.decode()) == (LOGIN, PASSWORD)
        return AuthResult(success=is_right, handled=False, auth_data=data.login.decode())


class OverTls(Controller):
    """TLS from the first byte. The login may come in clear words then, which aiosmtpd sees only after STARTTLS."""

    def factory(self) -> Any:
        made = super().factory()
        made._auth_require_tls = False
        return made


@contextmanager
def running(security: str, certificate: Path) -> Iterator[Provider]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    provider = Provider(free_port())
    asked = {"hostname": HOST, "port": provider.port, "authenticator": provider.knows, "auth_required": True}
    if security == "tls":
        server: Controller = OverTls(provider, **asked, ssl_context=context)
    else:
        server = Controller(provider, **asked, tls_context=context, require_starttls=True)
    server.start()
    try:
        yield provider
    finally:
        server.stop()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mail.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(write_certificate(path, valid_for=timedelta(days=1))))
    return path


@pytest.fixture
def configured(settings):
    """The shop that sends through a server at that port."""

    def configure(port: int, security: str, password: str = PASSWORD) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = LOGIN, password
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = security == "starttls", security == "tls"

    return configure


@pytest.mark.parametrize("security", SECURE)
def test_a_letter_goes_by_the_providers_login_over_tls(configured, certificate, security):
    with running(security, certificate) as provider:
        configured(provider.port, security)

        send_mail("Zamówienie", "przyjęte", None, ["ewa@example.com"])

        assert provider.taken == [f"{LOGIN}: ewa@example.com"]
        (finding,) = look_at_mail(None)
        assert finding.ok
        assert not finding.remedy


@pytest.mark.parametrize("security", SECURE)
def test_a_wrong_password_is_told_as_such(configured, certificate, security):
    with running(security, certificate) as provider:
        configured(provider.port, security, password="stare")

        (finding,) = look_at_mail(None)

        assert not finding.ok
        assert "SMTP_PASSWORD" in finding.remedy
        assert "stare" not in finding.what + finding.remedy


@pytest.mark.parametrize("security", SECURE)
def test_a_certificate_that_nobody_trusts_stops_the_password(configured, certificate, monkeypatch, security):
    monkeypatch.delenv("SSL_CERT_FILE")
    with running(security, certificate) as provider:
        configured(provider.port, security)

        (finding,) = look_at_mail(None)

        assert not finding.ok
        assert "SMTP_SECURITY" in finding.remedy
        assert provider.taken == []


def test_a_password_in_clear_is_advised_against(configured):
    provider = Provider(free_port())
    server = Controller(
        provider, hostname=HOST, port=provider.port, authenticator=provider.knows, auth_require_tls=False
    )
    server.start()
    configured(provider.port, "none")

    (finding,) = look_at_mail(None)

    assert finding.ok
    assert "SMTP_SECURITY" in finding.remedy
    server.stop()


@pytest.mark.parametrize(("security", "told"), [("starttls", "True False"), ("tls", "False True")])
def test_the_environment_says_how(security, told):
    said = {"SMTP_SECURITY": security, "SMTP_USER": LOGIN, "SMTP_PASSWORD": PASSWORD}
    show = "from wiadukt.shop import settings as s; "
    show += "print(s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD)"

    shown = subprocess.run(
        [sys.executable, "-c", show], env=os.environ | said, capture_output=True, text=True, timeout=60
    )

    assert shown.stdout == f"{told} {LOGIN} {PASSWORD}\n"


@pytest.mark.parametrize(
    ("name", "text", "why"), [("SECURITY", "ssl", "'none', 'starttls' or 'tls'"), ("PASSWORD", "gęś", "outside ASCII")]
)
def test_what_cannot_work_is_refused_at_the_start_and_no_secret_told(monkeypatch, name, text, why):
    monkeypatch.setenv(f"SMTP_{name}", text)

    with pytest.raises(ValidationError) as refused:
        Environment()

    told = str(refused.value)
    assert f"smtp_{name.lower()}" in told
    assert why in told
    assert text not in told
