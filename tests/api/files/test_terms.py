"""How files end: by term, by deletion, not while held; and swapped ones stay shut."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from api.audit.models import AuditLine
from api.files import jobs as file_jobs
from api.files import service
from api.files.errors import NoSuchFile
from api.files.models import FilePurpose, StoredFile
from api.integrations.adapters import outside
from api.integrations.storage import NoSuchFile as NotStored
from api.kit import clock, jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.crypto import SealBroken
from api.kit.transaction import transaction
from tests.api.files.uploads import CARD
from tests.cast import Client

DAY = timedelta(days=1)


@pytest.fixture
async def owner(client: Client) -> UUID:
    return await client.cast.id("zhang")


def _later(by: timedelta) -> None:
    moment = datetime.now(UTC) + by
    clock.set_clock(lambda: moment)


async def _stored(owner: UUID, purpose: FilePurpose = FilePurpose.CARD_FRONT) -> UUID:
    return await service.store(CARD, purpose, account_id=owner, term=DAY)


async def test_a_file_is_gone_after_its_term_with_its_bytes(owner: UUID) -> None:
    file_id = await _stored(owner)
    await file_jobs.end_terms()
    assert await service.read(file_id)
    _later(DAY + timedelta(minutes=1))
    await file_jobs.end_terms()
    await jobs.drain()
    with pytest.raises(NoSuchFile):
        await service.read(file_id)
    with pytest.raises(NotStored):
        await outside().storage.get(str(file_id))
    assert await AuditLine.filter(tag="photo.deleted", subject_id=file_id).count() == 1


async def test_many_may_change_the_same_files_at_once(owner: UUID) -> None:
    front, back = await _stored(owner), await _stored(owner)
    # The newer one lies before the older one now: an UPDATE of both takes them in that order.
    await StoredFile.filter(id=front).update(hold_reason="moved")

    async def keep(days: int) -> None:
        async with transaction():
            await service.keep_until([front, back], clock.now() + days * DAY)
            await service.hold([back, front], clock.now() + days * DAY, "review")

    for _ in range(5):
        await asyncio.gather(*(keep(days) for days in range(1, 20)))
    rows = await StoredFile.filter(id__in=[front, back])
    assert len({(row.delete_after, row.held_until) for row in rows}) == 1


async def test_deleting_twice_at_once_deletes_once(owner: UUID) -> None:
    file_id = await _stored(owner)
    gone = await asyncio.gather(*(service.delete(SYSTEM, [file_id]) for _ in range(8)))
    assert sorted(gone) == [0] * 7 + [1]
    assert await AuditLine.filter(tag="photo.deleted", subject_id=file_id).count() == 1


async def test_a_longer_term_counts(owner: UUID) -> None:
    file_id = await _stored(owner)
    await service.keep_until([file_id], clock.now() + 30 * DAY)
    _later(29 * DAY)
    await file_jobs.end_terms()
    assert await service.read(file_id) == CARD


async def test_a_held_file_stays_until_its_hold_ends(owner: UUID) -> None:
    file_id = await _stored(owner)
    await service.hold([file_id], clock.now() + 10 * DAY, "review")
    _later(9 * DAY)
    await file_jobs.end_terms()
    assert await service.read(file_id) == CARD
    _later(10 * DAY + timedelta(minutes=1))
    await file_jobs.end_terms()
    with pytest.raises(NoSuchFile):
        await service.read(file_id)


async def test_a_deleted_file_has_no_key_at_once(owner: UUID) -> None:
    file_id = await _stored(owner, FilePurpose.SELFIE)
    assert await service.delete(SYSTEM, [file_id, None]) == 1
    row = await StoredFile.get(id=file_id)
    assert row.sealed_key == "" and row.deleted_at is not None
    assert await service.delete(SYSTEM, [file_id]) == 0
    assert await AuditLine.filter(tag="face_image.deleted", subject_id=file_id).count() == 1


async def test_persons_with_a_face_are_counted_once(client: Client, owner: UUID) -> None:
    li = await client.cast.id("li")
    for account_id in (owner, owner, li):
        await _stored(account_id, FilePurpose.SELFIE)
    await _stored(owner)
    assert await service.persons_with(FilePurpose.SELFIE) == 2


async def test_one_files_bytes_or_key_do_not_open_for_another(owner: UUID) -> None:
    first, second = await _stored(owner), await _stored(owner)
    storage = outside().storage
    await storage.put(str(first), await storage.get(str(second)))
    with pytest.raises(SealBroken):
        await service.read(first)
    key = (await StoredFile.get(id=second)).sealed_key
    await StoredFile.filter(id=first).update(sealed_key=key)
    with pytest.raises(SealBroken):
        await service.read(first)


async def test_a_link_works_for_its_owner_and_minutes_only(client: Client, owner: UUID) -> None:
    file_id = await _stored(owner)
    link = service.link(Actor(account_id=owner), file_id)
    shown = await client.get(link, as_="zhang")
    assert shown.status_code == 200 and shown.content == CARD
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["content-disposition"].startswith("attachment")
    assert (await client.get(link)).status_code == 401
    assert (await client.get(link, as_="li")).status_code == 403
    later = link.replace("expires=", "expires=9")
    assert (await client.get(later, as_="zhang")).status_code == 403
    other = link.replace(str(file_id), str(await _stored(owner)))
    assert (await client.get(other, as_="zhang")).status_code == 403
    assert (await client.get(f"/api/v1/files/{file_id}", as_="zhang")).status_code == 422
    _later(timedelta(seconds=service.LINK_S + 1))
    assert (await client.get(link, as_="zhang")).status_code == 403


async def test_a_link_to_a_deleted_file_finds_nothing(client: Client, owner: UUID) -> None:
    file_id = await _stored(owner)
    link = service.link(Actor(account_id=owner), file_id)
    await service.delete(SYSTEM, [file_id])
    assert (await client.get(link, as_="zhang")).status_code == 404
