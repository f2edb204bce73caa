"""个人信息: one record out of what the lower rooms know, in a fixed number of statements."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from api.attendance import service as attendance
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.cards import reading as cards
from api.codes import service as codes
from api.codes.service import Dictionary
from api.conduct import scoring
from api.conduct.rules import Subject
from api.engagements import service as engagements
from api.engagements.schemas import NamedOut
from api.engagements.service import Engagement
from api.enterprises import service as enterprises
from api.insurance import reading as insurance
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Personal
from api.kit.transaction import transaction
from api.profiles import rules
from api.profiles.schemas import (
    BasicOut,
    CareerPeriodOut,
    OwnIdentityOut,
    ProfileOut,
    QualificationsOut,
    WorkOut,
)
from api.projects import service as projects
from api.teams import service as teams
from api.teams.schemas import trade_name
from api.training import reading as trainings
from api.training import service as training
from api.training.schemas import HoursOut
from api.workers import service as workers
from api.workers.models import Worker
from api.workers.schemas import OwnWorkerOut

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Career:
    """What the platform knows of a worker's way: his periods as rows and as they are read."""

    rows: list[Engagement]
    work: WorkOut


async def own(actor: Actor) -> ProfileOut:
    """One's own record, masked; empty parts before one registered."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return ProfileOut(
            basic=None,
            qualifications=QualificationsOut(certificates=[], year=clock.today().year, hours=[]),
            work=_work([]),
            credit=None,
            insurance=await insurance.own(actor),
            cards=await cards.own(actor),
        )
    found = await career(worker.id)
    return ProfileOut(
        basic=_basic(worker, found.rows),
        qualifications=await qualifications(worker.id),
        work=found.work,
        credit=await scoring.of(Subject.WORKER, worker.id),
        insurance=await insurance.of_worker(worker.id, found.rows),
        cards=await cards.of_worker(worker.id),
    )


def _basic(worker: Worker, periods: list[Engagement]) -> BasicOut:
    shown = dict(OwnWorkerOut.of(worker))
    education = codes.lookup(Dictionary.EDUCATION, worker.education)
    return BasicOut(
        **{name: shown[name] for name in BasicOut.model_fields if name in shown},
        phone=worker.phone.masked if worker.phone else None,
        document_over=rules.is_over(worker.valid_to, clock.today()),
        education=worker.education,
        education_name=education.name if education else "",
        skill=worker.skill,
        skill_name=rules.skill_name(worker.skill),
        trade_name=trade_name(periods[0].trade) if periods else "",
    )


async def qualifications(worker_id: UUID) -> QualificationsOut:
    """His certificates and this year's hours."""
    year = clock.today().year
    found = await training.hours_by_kind(worker_id, year)
    return QualificationsOut(
        certificates=await trainings.certificates(await training.certificates(worker_id)),
        year=year,
        hours=[HoursOut(kind=kind, hours=hours) for kind, hours in found.items()],
    )


async def career(worker_id: UUID) -> Career:
    """His periods with names and the days that were confirmed. Six statements."""
    rows = await engagements.of_worker(worker_id)
    if not rows:
        return Career([], _work([]))
    sites = await projects.names({row.project_id for row in rows})
    firms = await enterprises.names_of({row.enterprise_id for row in rows})
    gangs = await teams.names({row.team_id for row in rows if row.team_id})
    worked = await attendance.worked(await workers.ids_of(worker_id))
    periods = [
        CareerPeriodOut(
            project=NamedOut(id=row.project_id, name=sites.get(row.project_id, "")),
            enterprise=NamedOut(id=row.enterprise_id, name=firms.get(row.enterprise_id, "")),
            team=NamedOut(id=row.team_id, name=gangs.get(row.team_id, "")) if row.team_id else None,
            trade_name=trade_name(row.trade),
            state=row.state,
            entered_on=row.entered_on,
            left_on=row.left_on,
            days=worked.get(row.id, (0, NOTHING))[0],
            units=worked.get(row.id, (0, NOTHING))[1],
        )
        for row in rows
    ]
    return Career(rows, _work(periods))


def _work(periods: list[CareerPeriodOut]) -> WorkOut:
    return WorkOut(
        periods=periods,
        projects=len({each.project.id for each in periods}),
        employers=len({each.enterprise.id for each in periods}),
        days=sum(each.days for each in periods),
        units=sum((each.units for each in periods), NOTHING),
    )


async def reveal_own(actor: Actor) -> OwnIdentityOut:
    """One's own identity in plain text; the look stands in the audit. NotVerified."""
    worker = await workers.worker_of(actor)
    subject = ("worker", worker.id)

    def plain(value: Personal | None) -> str | None:
        return audit.reveal(actor, value, Purpose.SHOW_OWNER, subject) if value else None

    async with transaction():
        audit.record(actor, Tag.PROFILE_REVEALED, subject)
        return OwnIdentityOut(
            name=plain(worker.name) or "",
            id_number=plain(worker.number) or "",
            phone=plain(worker.phone),
            address=plain(worker.address),
        )
