"""A certificate for `localhost`, and an authority that the shop trusts, both of the demo's own making."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

HOST = "localhost"


def write_certificate(path: Path, *, valid_for: timedelta) -> Path:
    """Certificate and key go to `path`; what comes back is the file of the authority, the same every time.

    It was made a year before it ends, so that one which ended yesterday was good until then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    authority = path.with_name("authority.pem")
    key_file = path.with_name("authority.key")
    if not key_file.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        key_file.touch(0o600)
        key_file.write_bytes(_private(key))
        authority.write_bytes(_certificate("Wiadukt demo", key, "Wiadukt demo", key, timedelta(days=3650), is_ca=True))
    signer = load_pem_private_key(key_file.read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    own = ec.generate_private_key(ec.SECP256R1())
    fresh = path.with_suffix(".part")
    fresh.touch(0o600)
    fresh.write_bytes(_certificate(HOST, own, "Wiadukt demo", signer, valid_for, is_ca=False) + _private(own))
    fresh.replace(path)
    return authority


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, signer: ec.EllipticCurvePrivateKey, valid_for: timedelta,
    *, is_ca: bool,
) -> bytes:  # fmt: skip
    ends = datetime.now(UTC) + valid_for
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(min(ends, datetime.now(UTC)) - timedelta(days=365))
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name.replace(" ", "-"))]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if is_ca:
        made = made.add_extension(
            x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
                key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )  # fmt: skip
    return made.sign(signer, hashes.SHA256()).public_bytes(Encoding.PEM)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
