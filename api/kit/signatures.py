"""Signatures that anybody checks: ECDSA over P-256 with SHA-256, for `openssl dgst -verify`.

The private key follows from the key file's signing secret and the purpose, so that no other key has
to be made, stored or handed on, and the public one stays the same as long as the key file does.
"""

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from api.kit.crypto import keyring

ALGORITHM = "ECDSA P-256, SHA-256"
ORDER = int("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16)
"""Of the group of P-256 (FIPS 186-5, SP 800-186)."""
BYTES = 48
"""More than the order has, so that the remainder is even (FIPS 186-5, A.2.1: 64 bits more)."""


def sign(purpose: str, content: bytes) -> bytes:
    """A DER signature over `content` by the key of the purpose."""
    return _private(purpose).sign(content, ec.ECDSA(hashes.SHA256()))


def public_pem(purpose: str) -> bytes:
    """The public key of the purpose, as a PEM file."""
    return _public(purpose, serialization.Encoding.PEM)


def fingerprint(purpose: str) -> str:
    """SHA-256 of the public key in DER, 64 hex digits: short enough to compare by eye."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(_public(purpose, serialization.Encoding.DER))
    return digest.finalize().hex()


def _public(purpose: str, encoding: serialization.Encoding) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return _private(purpose).public_key().public_bytes(encoding, form)


def _private(purpose: str) -> ec.EllipticCurvePrivateKey:
    info = b"signature:" + purpose.encode()
    stretched = HKDF(hashes.SHA256(), BYTES, salt=None, info=info).derive(keyring().secret.signing)
    value = int.from_bytes(stretched) % (ORDER - 1) + 1
    return ec.derive_private_key(value, ec.SECP256R1())
