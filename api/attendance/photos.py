"""Photos that go with a punch or a correction."""

from datetime import timedelta
from uuid import UUID

from api.attendance.errors import PhotoMissing
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.routes import Upload

KEPT = timedelta(days=731)
"""Images of attendance are kept for two years (L-26)."""


async def add(actor: Actor, photo: Upload) -> UUID:
    """The id of the cleaned photo; unclaimed, it is gone after a day. BadPhoto."""
    content = await files.clean(actor, photo, field="photo")
    return await files.store(content, FilePurpose.EVIDENCE, account_id=actor.id)


async def claim(actor: Actor, photo_id: UUID) -> None:
    """The actor's photo is kept with what it proves. PhotoMissing when it is not his."""
    if photo_id not in await files.of_account(actor.id, FilePurpose.EVIDENCE):
        fault = FieldError("photo_id", PhotoMissing.code, PhotoMissing.detail)
        raise PhotoMissing(errors=(fault,))
    await files.keep_until([photo_id], clock.now() + KEPT)
