"""Takes photos in, keeps them encrypted for a term, shows them by short-lived addresses."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pillow_heif import register_heif_opener

from api.audit import service as audit
from api.audit.tags import Tag
from api.files import sealing
from api.files.errors import BadPhoto, BadSound, LinkExpired, NoSuchFile
from api.files.models import FilePurpose, StoredFile
from api.integrations.adapters import outside
from api.integrations.storage import NoSuchFile as NotStored
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.crypto import keyring
from api.kit.errors import FieldError
from api.kit.ids import new_id
from api.kit.rate_limit import Limit, spend
from api.kit.routes import Stored, Upload
from api.kit.transaction import transaction
from verification import photo
from verification.reasons import Refused
from verification.sound import Sound, sound_of

# iPhones take photos as HEIF, and not every browser turns them into JPEG.
register_heif_opener()

QUOTA = Limit("file_uploads", 60, 86_400)
UNCLAIMED = timedelta(hours=24)
LINK_S = 300


async def clean(actor: Actor, upload: Upload, *, field: str) -> bytes:
    """The photo as a fresh JPEG without metadata. BadPhoto names `field`; counts on the quota.

    Decoding takes tens of milliseconds, so it runs in a thread.
    """
    await spend(QUOTA, str(actor.id))
    try:
        return await asyncio.to_thread(photo.clean, upload.content)
    except Refused as refused:
        fault = FieldError(field, refused.code, refused.code.sentence)
        raise BadPhoto(refused.code.sentence, errors=(fault,)) from None


async def listen(actor: Actor, upload: Upload, *, field: str) -> Sound:
    """What a recording is, by its bytes. BadSound names `field`; counts on the quota.

    It is kept as it came: it is played alone, as what it is, and by nothing but a player.
    """
    await spend(QUOTA, str(actor.id))
    try:
        return sound_of(upload.content)
    except Refused as refused:
        fault = FieldError(field, refused.code, refused.code.sentence)
        raise BadSound(refused.code.sentence, errors=(fault,)) from None


async def store(
    content: bytes,
    purpose: FilePurpose,
    *,
    account_id: UUID | None,
    term: timedelta = UNCLAIMED,
    media_type: str = "image/jpeg",
) -> UUID:
    """Keep cleaned bytes for `term` from now; the file's id.

    The row comes first, so that bytes never lie about unknown; unclaimed ones go by themselves.
    """
    file_id = new_id()
    key, sealed = sealing.seal(str(file_id), content)
    async with transaction():
        await StoredFile.create(
            id=file_id,
            purpose=purpose,
            account_id=account_id,
            media_type=media_type,
            size=len(content),
            digest=keyring().digest(content),
            sealed_key=key,
            delete_after=clock.now() + term,
        )
    await outside().storage.put(str(file_id), sealed)
    return file_id


async def read(file_id: UUID) -> bytes:
    """The plain bytes of a file. NoSuchFile once it is deleted. The caller has asked for scope."""
    row = await StoredFile.get_or_none(id=file_id, deleted_at=None)
    if row is None:
        raise NoSuchFile
    try:
        sealed = await outside().storage.get(str(file_id))
    except NotStored:
        raise NoSuchFile from None
    return sealing.open_sealed(str(file_id), row.sealed_key, sealed)


async def played(file_id: UUID) -> Stored:
    """A small file that is played, whole or in part. NoSuchFile. The caller has asked for scope."""
    row = await StoredFile.get_or_none(id=file_id, deleted_at=None)
    if row is None:
        raise NoSuchFile
    content = await read(file_id)

    async def parts(start: int, end: int) -> AsyncIterator[bytes]:
        yield content[start:end]

    return Stored(len(content), row.media_type, row.digest[:32], parts)


async def keep_until(file_ids: Iterable[UUID | None], end: datetime) -> None:
    """Let the files' term end at `end`."""
    async with transaction():
        await _change(file_ids, delete_after=end)


async def keep(file_ids: Iterable[UUID]) -> None:
    """Let the files stay until they are deleted."""
    async with transaction():
        await _change(file_ids, delete_after=None)


async def hold(file_ids: Iterable[UUID | None], until: datetime, reason: str) -> None:
    """Keep the files as evidence until then at most, for a reason given by a code."""
    async with transaction():
        await _change(file_ids, held_until=until, hold_reason=reason)


async def delete(actor: Actor, file_ids: Iterable[UUID | None]) -> int:
    """Delete files now: their keys are gone with the commit, their bytes soon after; how many."""
    async with transaction():
        rows = await _change(file_ids, deleted_at=clock.now(), sealed_key="")
        for row in rows:
            face = row.purpose is FilePurpose.SELFIE
            tag = Tag.FACE_IMAGE_DELETED if face else Tag.PHOTO_DELETED
            audit.record(actor, tag, ("file", row.id), purpose=row.purpose)
            jobs.enqueue("files.erase", file_id=row.id)
    return len(rows)


async def _change(file_ids: Iterable[UUID | None], **columns: Any) -> list[StoredFile]:
    """Set columns of those of the files that still exist; these, as they were.

    They are locked in the order of their ids: an UPDATE of several rows locks them as they happen
    to lie, and two of those over the same photos could wait for each other.
    """
    known = [file_id for file_id in file_ids if file_id]
    if not known:
        return []
    rows = await StoredFile.filter(id__in=known, deleted_at=None).order_by("id").select_for_update()
    if rows:
        await StoredFile.filter(id__in=[row.id for row in rows]).update(**columns)
    return rows


async def of_account(account_id: UUID, purpose: FilePurpose) -> list[UUID]:
    """The account's files of a purpose that still exist."""
    rows = StoredFile.filter(account_id=account_id, purpose=purpose, deleted_at=None)
    return [UUID(str(found)) for found in await rows.values_list("id", flat=True)]


async def persons_with(purpose: FilePurpose) -> int:
    """How many accounts have a stored file of the purpose."""
    rows = StoredFile.filter(purpose=purpose, deleted_at=None, account_id__isnull=False)
    return len(await rows.distinct().values_list("account_id", flat=True))


def link(actor: Actor, file_id: UUID) -> str:
    """An address of the file, for this actor alone, for five minutes."""
    expires = int(clock.now().timestamp()) + LINK_S
    signature = keyring().sign("file", _signed(actor, file_id, expires))
    return f"/api/v1/files/{file_id}?expires={expires}&signature={signature}"


async def fetch(actor: Actor, file_id: UUID, expires: int, signature: str) -> bytes:
    """The bytes behind a link. LinkExpired when it is not this actor's, or too old."""
    message = _signed(actor, file_id, expires)
    if expires < clock.now().timestamp() or not keyring().signed("file", message, signature):
        raise LinkExpired
    return await read(file_id)


def _signed(actor: Actor, file_id: UUID, expires: int) -> str:
    return f"{file_id}:{actor.id}:{expires}"
