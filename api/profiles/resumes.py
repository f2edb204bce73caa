"""职业履历: a worker lets whom he likes read his career, as far and as long as he likes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.profiles import queries, reading
from api.profiles.errors import NoResume
from api.profiles.models import Resume
from api.profiles.rules import PERIODS, Part
from api.profiles.schemas import (
    CareerPeriodOut,
    OwnResumeOut,
    ResumeIn,
    ResumeLineOut,
    ResumeOut,
)
from api.settings import settings
from api.training.check_codes import is_code, new_code
from api.training.schemas import CertificateCheckOut
from api.workers import service as workers
from api.workers.models import Worker

LOOKS = Limit("resume_codes", 30, 300, by="ip")
"""How often one address may ask what is behind a code, by API and page together."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A résumé to print: what it says, under whose name, and where its code leads."""

    name: str
    resume: ResumeOut
    url: str


def address(code: str) -> str:
    """Where the QR of a résumé leads."""
    return f"{settings().public_url}/resumes/{code}"


async def own(actor: Actor) -> OwnResumeOut:
    """Whether one's résumé can be read now, and what of it."""
    row = await queries.resume_of(workers.id_of_account(actor.id)).first()
    if row is None:
        return OwnResumeOut(url=None, parts=list(Part), shown_at=None, expires_at=None)
    readable = row.code is not None and row.expires_at > clock.now()
    return OwnResumeOut(
        url=address(row.code) if row.code and readable else None,
        parts=[Part(each) for each in row.parts],
        shown_at=row.shown_at if readable else None,
        expires_at=row.expires_at if readable else None,
    )


async def show(actor: Actor, given: ResumeIn) -> OwnResumeOut:
    """Whoever has the new code reads these parts; the code of before is dead. NotVerified."""
    worker = await workers.worker_of(actor)
    now = clock.now()
    said = {
        "code": new_code(),
        "parts": [each.value for each in Part if each in given.parts],
        "shown_at": now,
        "expires_at": now + timedelta(days=given.days),
    }
    async with transaction():
        await Resume.bulk_create([Resume(worker_id=worker.id, **said)], ignore_conflicts=True)
        row = await queries.resume_of(worker.id).select_for_update().get()
        await row.update_from_dict(said).save(update_fields=list(said))
        audit.record(
            actor, Tag.RESUME_SHOWN, ("resume", row.id),
            parts=",".join(row.parts), days=given.days,
        )  # fmt: skip
    return await own(actor)


async def hide(actor: Actor) -> None:
    """Nobody reads it from this moment on; nothing happens when nobody could."""
    async with transaction():
        rows = queries.resume_of(workers.id_of_account(actor.id))
        row = await rows.select_for_update().first()
        if row is not None and row.code is not None:
            row.code = None
            await row.save(update_fields=["code"])
            audit.record(actor, Tag.RESUME_HIDDEN, ("resume", row.id))


async def of_code(code: str) -> ResumeOut:
    """What everybody reads under this code. NoResume."""
    row = await Resume.get_or_none(code=code) if is_code(code) else None
    if row is None or row.expires_at <= clock.now():
        raise NoResume
    worker = await workers.require(row.worker_id)
    return await _read(worker, [Part(each) for each in row.parts], row.expires_at)


async def printed(actor: Actor) -> Printed:
    """One's own résumé as it is shown now, with one's name, to be printed. NoResume.

    The look at the name stands in the audit.
    """
    row = await queries.resume_of(workers.id_of_account(actor.id)).first()
    if row is None or row.code is None or row.expires_at <= clock.now():
        raise NoResume
    worker = await workers.require(row.worker_id)
    async with transaction():
        name = audit.reveal(actor, worker.name, Purpose.SHOW_OWNER, ("worker", worker.id))
    found = await _read(worker, [Part(each) for each in row.parts], row.expires_at)
    return Printed(name, found, address(row.code))


async def _read(worker: Worker, parts: list[Part], expires_at: datetime) -> ResumeOut:
    skilled = await reading.qualifications(worker.id)
    lines = await _lines(worker.id, parts) if PERIODS & set(parts) else []
    certificates = skilled.certificates if Part.CERTIFICATES in parts else []
    return ResumeOut(
        worker=worker.name.masked,
        verified=workers.is_verified(worker),
        as_of=clock.today(),
        expires_at=expires_at,
        parts=parts,
        periods=lines,
        certificates=[_certificate(dict(each)) for each in certificates],
        year=skilled.year,
        hours=skilled.hours if Part.TRAINING in parts else [],
    )


def _certificate(whole: dict[str, object]) -> CertificateCheckOut:
    return CertificateCheckOut.model_validate(
        {name: whole[name] for name in CertificateCheckOut.model_fields}
    )


async def _lines(worker_id: UUID, parts: list[Part]) -> list[ResumeLineOut]:
    """The periods that began, as far as they are shown."""
    found = (await reading.career(worker_id)).work.periods
    return [_line(each, each.entered_on, parts) for each in found if each.entered_on]


def _line(row: CareerPeriodOut, entered_on: date, parts: list[Part]) -> ResumeLineOut:
    return ResumeLineOut(
        project=row.project.name if Part.PROJECTS in parts else "",
        enterprise=row.enterprise.name if Part.EMPLOYERS in parts else "",
        trade_name=row.trade_name if Part.TRADES in parts else "",
        entered_on=entered_on,
        left_on=row.left_on,
        days=row.days if Part.DAYS in parts else None,
    )
