"""What a worker reads of himself, and everybody whom he shows a code; for routes and pages."""

from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.schemas import Page
from api.training import cards, queries, reading
from api.training.errors import NoSuchCheckCode
from api.training.schemas import (
    CertificateCheckOut,
    CertificateOut,
    RecordCheckOut,
    TrainingOut,
)
from api.workers import service as workers


async def trainings(actor: Actor, query: PageQuery) -> Page[TrainingOut]:
    """One's own trainings, newest first."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return Page(items=[], next_cursor=None)
    rows, cursor = await page(queries.of_worker(worker.id), query)
    return Page(items=await reading.trainings(rows), next_cursor=cursor)


async def certificates(actor: Actor, query: PageQuery) -> Page[CertificateOut]:
    """One's own special-operation certificates."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return Page(items=[], next_cursor=None)
    rows, cursor = await page(queries.certificates_of(worker.id), query)
    return Page(items=await reading.certificates(rows), next_cursor=cursor)


async def certificate(actor: Actor, certificate_id: UUID) -> CertificateOut:
    """One of them. NoSuchCheckCode for another's."""
    worker = await workers.of_account(actor.id)
    found = queries.certificates_of(worker.id).filter(id=certificate_id) if worker else None
    row = await found.first() if found is not None else None
    if row is None:
        raise NoSuchCheckCode
    return (await reading.certificates([row]))[0]


async def card(actor: Actor) -> str | None:
    """The code of one's training record; None before it was asked for."""
    worker = await workers.of_account(actor.id)
    return await cards.known_card(worker.id) if worker else None


async def certificate_check(code: str) -> CertificateCheckOut:
    """What everybody reads of the certificate with this code. NoSuchCheckCode."""
    row, name = await cards.certificate(code)
    return CertificateCheckOut.of(row, name)


async def record_check(code: str) -> RecordCheckOut:
    """What everybody reads of the training record with this code. NoSuchCheckCode."""
    return reading.record_check(await cards.record(code))
