"""Envelope encryption at rest and keyed blind indexes.

A key-encryption key (KEK, from the key file) wraps data keys (DEK, in the database). A sealed
text is `v1.<data key id>.<nonce>.<ciphertext+tag>`, AES-256-GCM, with the place where it lies
(`table:row:field`) as associated data: moved elsewhere, it does not open.
"""

import base64
import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = "v1"
NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed text that does not open: another place, a changed byte, or a lost key."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the key file holds: KEKs by id, the current one, and one secret per purpose."""

    kek_id: str
    keks: dict[str, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    signing: bytes = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> "Secrets":
        """The secrets in the key file. ValueError when one is missing or short."""
        raw = json.loads(path.read_text())
        keks = {name: _key(text) for name, text in raw["keks"].items()}
        if raw["kek_id"] not in keks:
            raise ValueError("the key file's current KEK is missing")
        purposes = {name: _key(raw[name]) for name in ("index", "audit", "signing")}
        return cls(raw["kek_id"], keks, **purposes)

    @classmethod
    def fresh(cls) -> "Secrets":
        """New random secrets with one KEK."""
        make = secrets.token_bytes
        return cls("k1", {"k1": make(32)}, make(32), make(32), make(32))

    def with_new_kek(self) -> "Secrets":
        """The same secrets with one more KEK, which becomes the current one."""
        name = f"k{len(self.keks) + 1}"
        keks = {**self.keks, name: secrets.token_bytes(32)}
        return Secrets(name, keks, self.index, self.audit, self.signing)

    def write(self, path: Path) -> None:
        """Store as a file that only its owner can read, replacing an older one whole."""
        body = {
            "kek_id": self.kek_id,
            "keks": {name: _text(key) for name, key in self.keks.items()},
            "index": _text(self.index),
            "audit": _text(self.audit),
            "signing": _text(self.signing),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(body, file, indent=1)
        fresh.replace(path)


class Keyring:
    """Seals and opens. Data keys are given by `learn`; the newest one seals."""

    def __init__(self, secret: Secrets) -> None:
        self.secret = secret
        self._keys: dict[str, AESGCM] = {}
        self._newest = ""

    @property
    def newest(self) -> str:
        """The id of the data key that seals now; empty before the first."""
        return self._newest

    def learn(self, key_id: str, wrapped: str, *, seals: bool = True) -> None:
        """Unwrap a data key: it opens from now on and, when it is the newest that `seals`, seals.

        SealBroken when no KEK fits.
        """
        self._keys[key_id] = AESGCM(self.unwrap(key_id, wrapped))
        if seals:
            self._newest = max(self._newest, key_id)

    def wrap(self, key_id: str, key: bytes) -> str:
        """A data key wrapped by the current KEK: `<kek id>.<nonce>.<ciphertext>`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        kek = AESGCM(self.secret.keks[self.secret.kek_id])
        sealed = kek.encrypt(nonce, key, b"dek:" + key_id.encode())
        return ".".join((self.secret.kek_id, _text(nonce), _text(sealed)))

    def unwrap(self, key_id: str, wrapped: str) -> bytes:
        """The data key inside `wrapped`. SealBroken when its KEK is unknown or wrong."""
        try:
            kek_id, nonce, sealed = wrapped.split(".")
            kek = AESGCM(self.secret.keks[kek_id])
            return kek.decrypt(_bytes(nonce), _bytes(sealed), b"dek:" + key_id.encode())
        except (KeyError, ValueError, InvalidTag) as error:
            raise SealBroken from error

    def seal(self, plain: bytes, place: str) -> str:
        """`plain` sealed for `place` (table:row:field)."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._keys[self._newest].encrypt(nonce, plain, place.encode())
        return ".".join((VERSION, self._newest, _text(nonce), _text(sealed)))

    def open(self, sealed: str, place: str) -> bytes:
        """What was sealed for `place`. SealBroken for another place, key, or a changed byte."""
        try:
            version, key_id, nonce, text = sealed.split(".")
            if version != VERSION:
                raise SealBroken
            return self._keys[key_id].decrypt(_bytes(nonce), _bytes(text), place.encode())
        except (KeyError, ValueError, InvalidTag) as error:
            raise SealBroken from error

    def index(self, kind: str, value: str) -> str:
        """The keyed blind index of a normalised value: 16 bytes as 32 hex digits."""
        text = f"{kind}:{value}".encode()
        return hmac.digest(self.secret.index, text, "sha256").hex()[:32]

    def digest(self, body: bytes) -> str:
        """The keyed digest of a request body, 64 hex digits."""
        return hmac.digest(self.secret.index, body, "sha256").hex()

    def sign(self, purpose: str, message: str) -> str:
        """A keyed signature over `message`, bound to its purpose; URL-safe, 43 characters."""
        text = f"{purpose}:{message}".encode()
        return _text(hmac.digest(self.secret.signing, text, "sha256"))

    def signed(self, purpose: str, message: str, signature: str) -> bool:
        """Whether `signature` is ours for `message`; compared in constant time."""
        ours = self.sign(purpose, message)
        return hmac.compare_digest(ours.encode(), signature.encode(errors="replace"))


def key_id_of(sealed: str) -> str:
    """The id of the data key that sealed the text. SealBroken when it is no sealed text."""
    parts = sealed.split(".")
    if len(parts) != 4 or parts[0] != VERSION:
        raise SealBroken
    return parts[1]


def new_data_key() -> bytes:
    """A random AES-256 key."""
    return secrets.token_bytes(32)


def _key(text: str) -> bytes:
    key = _bytes(text)
    if len(key) != 32:
        raise ValueError("a key must have 32 bytes")
    return key


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_ring: Keyring | None = None


def use(ring: Keyring) -> None:
    """Make `ring` the process's keyring."""
    global _ring
    _ring = ring


def keyring() -> Keyring:
    """The process's keyring. RuntimeError before `use`."""
    if _ring is None:
        raise RuntimeError("no keyring in use")
    return _ring
