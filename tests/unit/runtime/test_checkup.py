"""A check always ends with a report, a report carries no secret, and the road to another system is told in steps."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from wiadukt.contract.checkup import CheckReport, Finding, Grade
from wiadukt.contract.errors import Misconfigured, Unreachable
from wiadukt.runtime.checkup import Check, Examiner, lines_of
from wiadukt.runtime.looks import judge_clocks, look_at_address, look_at_certificate, look_at_port
from wiadukt.runtime.redact import Redactor, password_of
from wiadukt.runtime.words import Words, speaking

SECRET = "p4ss-w0rd-of-ours"


def examined(look) -> CheckReport:
    check = Check("price", "Prices", "They are wrong.", "Buyers.", look)
    return Examiner(str, Redactor([SECRET])).examine(check, None)


def raising(error: Exception):
    def look(_subject: None) -> Iterator[Finding]:
        yield Finding(True, "began")
        raise error

    return look


@pytest.mark.parametrize(
    ("error", "what", "remedy"),
    [
        (Misconfigured("X", "X is wrong.", remedy="Mend X."), "X is wrong.", "Mend X."),
        (Unreachable("Nobody answers."), "Nobody answers.", "See that it runs and can be reached from here"),
        (ZeroDivisionError("by zero"), "ZeroDivisionError: by zero", "This is a defect of ours"),
    ],
)
def test_whatever_a_check_raises_is_its_finding_beside_what_it_saw_before(error, what, remedy):
    report = examined(raising(error))

    assert [one.what for one in report.findings] == ["began", what]
    assert report.findings[-1].remedy.startswith(remedy)
    assert report.grade is Grade.FAULT


@pytest.mark.parametrize(
    ("findings", "grade"),
    [
        ([], Grade.OK),
        ([Finding(True, "a")], Grade.OK),
        ([Finding(True, "a"), Finding(True, "b", "perhaps")], Grade.ADVICE),
        ([Finding(True, "b", "perhaps"), Finding(False, "c", "mend")], Grade.FAULT),
    ],
)
def test_a_report_is_as_bad_as_its_worst_finding(findings, grade):
    assert examined(lambda _subject: findings).grade is grade


def test_a_fault_says_what_it_means_and_whom_it_touches():
    lines = lines_of(examined(lambda _subject: [Finding(False, "two of them", "Take one away.")]))

    assert "[!!] two of them -> Take one away." in lines
    assert [line.strip() for line in lines[-2:]] == ["They are wrong.", "Buyers."]


def test_a_report_travels_and_stays_the_same():
    report = examined(lambda _subject: [Finding(False, "two", "mend")])

    assert CheckReport.model_validate_json(report.model_dump_json()) == report


@pytest.mark.parametrize(
    "text",
    [
        f"refused: {SECRET}",
        "postgresql://wiadukt:hunter2@db/shop does not answer",
        "Login failed; PWD=hunter2; SERVER=db",
        'password = "hunter2"',
        "Authorization: Bearer hunter2hunter2",
        "key whsec_aHVudGVyMg== refused",
    ],
)
def test_no_secret_leaves_with_a_report(text):
    report = examined(lambda _subject: [Finding(False, text, text)])

    told = report.model_dump_json()
    assert SECRET not in told
    assert "hunter2" not in told
    assert "aHVudGVyMg" not in told


def test_a_password_in_a_url_is_known_as_written_and_as_meant():
    assert password_of("postgresql://u:a%40b@h/d") == ["a%40b", "a@b"]
    assert password_of("postgresql://u@h/d") == []


@pytest.mark.parametrize(("seconds", "is_ok"), [(0, True), (59, True), (-61, False), (600, False)])
def test_clocks_may_differ_by_a_minute(seconds, is_ok):
    assert judge_clocks(timedelta(seconds=seconds), "both").ok is is_ok


@pytest.mark.parametrize("url", ["", "connector:8001", "ftp://x", "http://:80", "http://h:port"])
def test_what_is_no_address_is_told_with_its_setting(url):
    (finding,) = look_at_address(url, "CONNECTOR_URL")

    assert not finding.ok
    assert "CONNECTOR_URL" in finding.what + finding.remedy


def test_a_name_that_leads_nowhere_and_a_port_where_nobody_listens_are_told():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

        assert not next(iter(look_at_address("http://no-such-host.invalid", "X"))).ok
        assert not next(iter(look_at_port(f"http://127.0.0.1:{port}"))).ok


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """Makes a certificate of localhost that ends in so many days."""

    def make(days: int) -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp("tls")
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        built = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=30))
            .not_valid_after(now + timedelta(days=days, hours=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        )
        certificate, secret = folder / "certificate.pem", folder / "key.pem"
        certificate.write_bytes(built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
        secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return certificate, secret

    return make


@pytest.fixture
def listening():
    """A TLS server on a port of its own; takes as many callers as come."""
    servers = []

    def start(certificate, key) -> str:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def answer() -> None:
            while True:
                try:
                    plain, _address = server.accept()
                except OSError:
                    return
                with plain:
                    try:
                        context.wrap_socket(plain, server_side=True).close()
                    except OSError:
                        continue

        threading.Thread(target=answer, daemon=True).start()
        return f"https://localhost:{server.getsockname()[1]}"

    yield start
    for server in servers:
        server.close()


@pytest.mark.parametrize(("days", "is_ok", "advises"), [(400, True, False), (5, True, True), (-1, False, True)])
def test_a_certificate_is_good_ends_soon_or_has_ended(certificates, listening, monkeypatch, days, is_ok, advises):
    certificate, key = certificates(days)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    (finding,) = look_at_certificate(listening(certificate, key))

    assert (finding.ok, bool(finding.remedy)) == (is_ok, advises), finding
    if not is_ok:
        assert "expired" in finding.what


def test_a_certificate_of_an_unknown_issuer_is_refused(certificates, listening):
    (finding,) = look_at_certificate(listening(*certificates(400)))

    assert not finding.ok


def test_words_are_of_the_language_of_the_moment(tmp_path):
    words = Words("none", tmp_path)

    with speaking("pl"):
        assert words("{n} rows", n=3) == "3 rows"
