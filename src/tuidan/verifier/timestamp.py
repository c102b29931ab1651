"""An RFC 3161 time stamp: that these bytes existed at this time, said by an authority whose certificate is checked.

The token is a CMS message (RFC 5652): the signature covers the signed attributes, these cover the statement, and the
statement covers the bytes. Everything is read strictly; what is not understood is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from tuidan.verifier.der import (
    CONTEXT_0,
    GENERAL_TIME,
    INTEGER,
    KEY_IDENTIFIER,
    OCTETS,
    SEQUENCE,
    SET,
    Node,
    read_only,
)
from tuidan.verifier.finding import Refused

SIGNED_DATA, STATEMENT = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATES = {  # which certificate signed, by its hash: RFC 5816, and RFC 2634 with SHA-1
    "1.2.840.113549.1.9.16.2.47": "sha256",
    "1.2.840.113549.1.9.16.2.12": "sha1",
}
HASHES: dict[str, tuple[str, Callable[[], hashes.HashAlgorithm]]] = {
    "2.16.840.1.101.3.4.2.1": ("sha256", hashes.SHA256),
    "2.16.840.1.101.3.4.2.2": ("sha384", hashes.SHA384),
    "2.16.840.1.101.3.4.2.3": ("sha512", hashes.SHA512),
}
SIGNATURES: dict[
    type, dict[str, str]
] = {  # by which names each kind of key signs, and over which hash ("": any)
    rsa.RSAPublicKey: {
        "1.2.840.113549.1.1.1": "",
        "1.2.840.113549.1.1.11": "sha256",
        "1.2.840.113549.1.1.12": "sha384",
        "1.2.840.113549.1.1.13": "sha512",
    },
    ec.EllipticCurvePublicKey: {
        "1.2.840.10045.4.3.2": "sha256",
        "1.2.840.10045.4.3.3": "sha384",
        "1.2.840.10045.4.3.4": "sha512",
    },
    ed25519.Ed25519PublicKey: {"1.3.101.112": ""},
}
CHAIN_MAX = 6


@dataclass(frozen=True)
class Stamp:
    """What a token says and who signed it."""

    at: datetime
    signer: str


def check_stamp(response: bytes, stamped: bytes, roots: Sequence[x509.Certificate]) -> Stamp:
    """The time of the token over these bytes, whose signer one of the roots vouches for. Raises Refused."""
    try:
        return _checked(response, stamped, roots)
    except Refused:
        raise
    except Exception:  # whatever a hostile token makes the readers of DER and certificates say
        raise Refused("bad_token") from None


def _checked(response: bytes, stamped: bytes, roots: Sequence[x509.Certificate]) -> Stamp:
    status, *rest = read_only(response).children()
    granted = status.children()[0]
    if granted.tag != INTEGER or granted.content not in (b"\0", b"\1") or len(rest) != 1:
        raise Refused("token_not_granted")
    kind, message = rest[0].children()
    _must(kind.oid() == SIGNED_DATA)
    (signed,) = message.children(CONTEXT_0)
    version, algorithms, content, *others = signed.children()
    _must(version.whole == b"\2\1\3")
    kind, wrapped = content.children()
    (statement,) = wrapped.children(CONTEXT_0)
    _must(kind.oid() == STATEMENT and statement.tag == OCTETS)
    at = _read_statement(statement.content, stamped)
    certificates = [
        x509.load_der_x509_certificate(one.whole)
        for part in others
        if part.tag == CONTEXT_0
        for one in part.children(CONTEXT_0)
        if one.tag == SEQUENCE
    ]
    (told,) = others[-1].children(SET)
    signer = _check_signer(told, statement.content, certificates)
    _must(told.children()[2].whole in [one.whole for one in algorithms.children(SET)])
    _check_issuers(signer, certificates, roots, at)
    return Stamp(at, signer.subject.rfc4514_string())


def _must(right: bool) -> None:
    if not right:
        raise Refused("bad_token")


def _read_statement(told: bytes, stamped: bytes) -> datetime:
    """The time that the statement names, for exactly these bytes."""
    _, _, imprint, serial, moment, *_ = read_only(told).children()
    algorithm, digest = imprint.children()
    name = HASHES[algorithm.children()[0].oid()][0]
    if hashlib.new(name, stamped).digest() != digest.content:
        raise Refused("token_of_other_bytes")
    _must(serial.tag == INTEGER and moment.tag == GENERAL_TIME)
    text = moment.content.decode("ascii")
    _must(text.endswith("Z"))
    whole, _, fraction = text[:-1].partition(".")
    at = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return at.replace(microsecond=int((fraction + "000000")[:6]) if fraction else 0)


def _check_signer(told: Node, statement: bytes, certificates: list[x509.Certificate]) -> x509.Certificate:
    """The certificate whose key signed the statement."""
    version, who, digest_algorithm, signed, signature_algorithm, signature, *_ = told.children()
    _must(signature.tag == OCTETS)
    attributes = {}
    for attribute in signed.children(CONTEXT_0):
        kind, values = attribute.children()
        _must(kind.oid() not in attributes)
        (attributes[kind.oid()],) = values.children(SET)
    name, algorithm = HASHES[digest_algorithm.children()[0].oid()]
    _must(attributes[CONTENT_TYPE].oid() == STATEMENT)
    if attributes[DIGEST].content != hashlib.new(name, statement).digest():
        raise Refused("token_changed")
    signer = _named(attributes, certificates)
    _must(_is_told(version, who, signer))
    told_parts = b"\x31" + signed.whole[1:]  # the signature is over the SET, not over its tag in the message
    try:
        _verify(signer, signature_algorithm, algorithm(), signature.content, told_parts)
    except InvalidSignature:
        raise Refused("token_changed") from None
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise Refused("token_signer_unfit")
    return signer


def _named(attributes: dict[str, Node], certificates: list[x509.Certificate]) -> x509.Certificate:
    """The certificate that the signed attributes name by its hash."""
    for oid, usual in SIGNING_CERTIFICATES.items():
        if oid not in attributes:
            continue
        name, parts = usual, attributes[oid].children()[0].children()[0].children()
        if parts[0].tag == SEQUENCE:  # another hash than the usual one is named first
            name, parts = HASHES[parts[0].children()[0].oid()][0], parts[1:]
        for certificate in certificates:
            encoded = certificate.public_bytes(Encoding.DER)
            if hashlib.new(name, encoded).digest() == parts[0].content:
                return certificate
    raise Refused("token_signer_missing")


def _is_told(version: Node, who: Node, signer: x509.Certificate) -> bool:
    """Whether the signer is who the message says: by issuer and number, or by the identifier of its key."""
    if version.whole == b"\2\1\1":
        issuer, number = who.children()
        named = int.from_bytes(number.content, "big") == signer.serial_number and number.tag == INTEGER
        return named and issuer.whole == signer.issuer.public_bytes()
    identifier = signer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    return version.whole == b"\2\1\3" and who.tag == KEY_IDENTIFIER and who.content == identifier.value.digest


def _verify(
    signer: x509.Certificate, algorithm: Node, digest: hashes.HashAlgorithm, signature: bytes, told: bytes
) -> None:
    """Raises InvalidSignature, or Refused for a kind of key that nobody uses for time stamps."""
    key = signer.public_key()
    named = algorithm.children()[0].oid()
    over = next((names.get(named) for kind, names in SIGNATURES.items() if isinstance(key, kind)), None)
    if over not in ("", digest.name):
        raise Refused("token_signer_unfit")
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, told, padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, told, ec.ECDSA(digest))
    elif isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, told)


def _check_issuers(
    signer: x509.Certificate, known: list[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> None:
    """Walk from the signer to one of the roots; all valid at the time of the stamp. Raises Refused."""
    current = signer
    for _ in range(CHAIN_MAX):
        if not current.not_valid_before_utc <= at <= current.not_valid_after_utc:
            raise Refused("token_signer_expired", at=at.isoformat())
        if current in roots:
            return
        issuer = next((one for one in (*roots, *known) if _issued(one, current)), None)
        if issuer is None:
            break
        current = issuer
    raise Refused("token_signer_unknown")


def _issued(issuer: x509.Certificate, issued: x509.Certificate) -> bool:
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints)
        issued.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return constraints.value.ca
