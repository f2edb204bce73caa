"""Large files: sealed piece by piece, so that a part is opened without the rest.

Every piece holds `PIECE_BYTES` plain bytes, the last one fewer, and lies 16 bytes longer in the
store. Each is bound to its file, its place and the number of pieces: none can be left out, doubled
or put elsewhere. Their nonces are their places, since each file has a key of its own.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.files.errors import NoSuchFile
from api.files.models import FilePurpose, StoredFile
from api.files.sealing import TABLE
from api.integrations.adapters import outside
from api.integrations.storage import NoSuchFile as NotStored
from api.kit import clock
from api.kit.crypto import NONCE_BYTES, SealBroken, keyring, new_data_key
from api.kit.fields import place
from api.kit.ids import new_id
from api.kit.routes import Stored
from api.kit.transaction import transaction

PIECE_BYTES = 64 * 1024
TAG_BYTES = 16
AT_ONCE = 16
"""How many pieces are read from the store together: 1 MB."""


def seal(file_id: str, content: bytes) -> tuple[str, bytes]:
    """The sealed key, and the pieces one after another (AES-256-GCM)."""
    key = new_data_key()
    cipher, number = AESGCM(key), count(len(content), PIECE_BYTES)
    sealed = bytearray()
    for at in range(number):
        plain = content[at * PIECE_BYTES : (at + 1) * PIECE_BYTES]
        sealed += cipher.encrypt(_nonce(at), plain, _bound(file_id, at, number))
    return keyring().seal(key, place(TABLE, file_id, "sealed_key")), bytes(sealed)


def count(size: int, piece_bytes: int) -> int:
    """Into how many pieces a file of `size` bytes falls."""
    return -(-size // piece_bytes)


def _nonce(at: int) -> bytes:
    return at.to_bytes(NONCE_BYTES, "big")


def _bound(file_id: str, at: int, number: int) -> bytes:
    return f"file:{file_id}:piece:{at}:{number}".encode()


async def store(content: bytes, media_type: str, *, account_id: UUID, term: timedelta) -> UUID:
    """Keep courseware for `term` from now; the file's id. The row comes first, as with photos."""
    file_id = new_id()
    key, sealed = seal(str(file_id), content)
    async with transaction():
        await StoredFile.create(
            id=file_id,
            purpose=FilePurpose.COURSEWARE,
            account_id=account_id,
            media_type=media_type,
            size=len(content),
            digest=keyring().digest(content),
            sealed_key=key,
            piece_bytes=PIECE_BYTES,
            delete_after=clock.now() + term,
        )
    await outside().storage.put(str(file_id), sealed)
    return file_id


async def opened(file_id: UUID) -> Stored:
    """A file sealed in pieces, to be sent whole or in part. NoSuchFile.

    The caller has asked whether it may be seen.
    """
    row = await StoredFile.get_or_none(id=file_id, deleted_at=None)
    if row is None or row.piece_bytes is None:
        raise NoSuchFile

    def parts(start: int, end: int) -> AsyncIterator[bytes]:
        return _parts(row, start, end)

    return Stored(row.size, row.media_type, row.digest[:32], parts)


async def _parts(row: StoredFile, start: int, end: int) -> AsyncIterator[bytes]:
    length = row.piece_bytes or PIECE_BYTES
    first, last = start // length, (end - 1) // length
    for at in range(first, last + 1, AT_ONCE):
        until = min(at + AT_ONCE, last + 1)
        plain = await _plain(row, at, until)
        offset = at * length
        yield plain[max(0, start - offset) : min(len(plain), end - offset)]


async def _plain(row: StoredFile, first: int, until: int) -> bytes:
    """The plain bytes of the pieces from `first` up to `until`."""
    length, file_id = row.piece_bytes or PIECE_BYTES, str(row.id)
    step, number = length + TAG_BYTES, count(row.size, length)
    try:
        sealed = await outside().storage.part(file_id, first * step, (until - first) * step)
    except NotStored:
        raise NoSuchFile from None
    cipher = AESGCM(keyring().open(row.sealed_key, place(TABLE, file_id, "sealed_key")))
    found = bytearray()
    try:
        for at in range(first, until):
            piece = sealed[(at - first) * step : (at - first + 1) * step]
            found += cipher.decrypt(_nonce(at), piece, _bound(file_id, at, number))
    except (ValueError, InvalidTag) as error:
        raise SealBroken from error
    return bytes(found)
