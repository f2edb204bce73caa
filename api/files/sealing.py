"""Each file under a key of its own; that key is sealed by the keyring for the file's row."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.kit.crypto import NONCE_BYTES, SealBroken, keyring, new_data_key
from api.kit.fields import place

TABLE = "stored_file"


def seal(file_id: str, content: bytes) -> tuple[str, bytes]:
    """The sealed key and the encrypted bytes: nonce, ciphertext and tag (AES-256-GCM)."""
    key = new_data_key()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, _bound(file_id))
    return keyring().seal(key, place(TABLE, file_id, "sealed_key")), sealed


def open_sealed(file_id: str, sealed_key: str, sealed: bytes) -> bytes:
    """The plain bytes. SealBroken for another file's bytes or key, or a changed byte."""
    key = keyring().open(sealed_key, place(TABLE, file_id, "sealed_key"))
    try:
        nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, text, _bound(file_id))
    except (ValueError, InvalidTag) as error:
        raise SealBroken from error


def _bound(file_id: str) -> bytes:
    return f"file:{file_id}:content".encode()
