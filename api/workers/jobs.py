"""What happens to workers' data by itself: faces go, terms end, counters move."""

from datetime import timedelta
from uuid import UUID

from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.logging import log
from api.kit.metrics import FACE_PERSONS
from api.kit.transaction import transaction
from api.workers import checking, endings, id_card, rules, takeovers
from api.workers.models import IdCardReading, Verification, Worker

__all__ = ["checking"]
BATCH = 200


@jobs.job("workers.face_withdrawn")
async def face_withdrawn(account_id: str) -> None:
    """Delete every stored selfie of an account; an open attempt goes on the other way."""
    owner = UUID(account_id)
    async with transaction():
        row = await Verification.filter(open_account_id=owner).select_for_update().first()
        if row is not None and row.selfie_file_id is not None:
            row.face_declined, row.selfie_file_id = True, None
            await row.save(update_fields=["face_declined", "selfie_file_id"])
        await files.delete(SYSTEM, await files.of_account(owner, FilePurpose.SELFIE))


@jobs.job("workers.id_card_withdrawn")
async def id_card_withdrawn(account_id: str) -> None:
    """End an open attempt, and delete every photo and reading of a card of an account."""
    owner = UUID(account_id)
    async with transaction():
        row = await Verification.filter(open_account_id=owner).select_for_update().first()
        if row is not None:
            await endings.withdraw(SYSTEM, row)
        for purpose in (FilePurpose.CARD_FRONT, FilePurpose.CARD_BACK):
            await files.delete(SYSTEM, await files.of_account(owner, purpose))
        await IdCardReading.filter(account_id=owner).delete()


@jobs.job("workers.complete_takeover")
async def complete_takeover(takeover_id: str) -> None:
    """Let a record go to its person's other account, unless somebody objected."""
    await takeovers.complete(UUID(takeover_id))


@jobs.regular("workers.count_faces", every=timedelta(minutes=10))
async def count_faces() -> None:
    """Measure how many persons have a stored face image, and warn before the law's line."""
    persons = await files.persons_with(FilePurpose.SELFIE)
    FACE_PERSONS.set(persons)
    passed = rules.face_line(persons)
    if passed is not None:
        log.warning("face.many_persons", count=persons, line=passed)


@jobs.regular("workers.forget_readings", every=timedelta(hours=1))
async def forget_readings() -> None:
    """Forget what was read from cards: an attempt has its own copy, the photos their own term."""
    await IdCardReading.filter(created_at__lt=clock.now() - id_card.LIFE).delete()


@jobs.regular("workers.index_births", every=timedelta(hours=1))
async def index_births() -> None:
    """Birthdays of records from before the index was kept are found by it too."""
    rows = Worker.filter(birth_index=None, birth__isnull=False).limit(BATCH)
    while found := await rows:
        for row in found:
            row.birth_index = row.birth.index
        await Worker.bulk_update(found, fields=["birth_index"])
