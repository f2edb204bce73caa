"""Whose conduct it is: whether he may be named, who is told for him, what he is called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from api.accounts import service as accounts
from api.conduct.errors import UnknownSubject
from api.conduct.models import ConductRecord, Evaluation
from api.conduct.rules import Subject
from api.engagements import service as engagements
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.scope import scope_of
from api.permissions import Permission
from api.projects import service as projects
from api.projects.service import Project
from api.teams import service as teams
from api.workers import service as workers

COLUMNS = {Subject.WORKER: "worker_id", Subject.TEAM: "team_id", Subject.ENTERPRISE: "firm_id"}
"""The column that holds each subject's id."""
ANSWERING_ROLES = ("enterprise_admin", "wage_officer")

Row = ConductRecord | Evaluation


def id_of(row: Row) -> UUID:
    """The id of whose conduct it is."""
    found: UUID = getattr(row, COLUMNS[row.subject])
    return found


async def tenant_on(actor: Actor, permission: Permission, project: Project) -> UUID:
    """For which of his enterprises the actor speaks on a project: the one that takes part there.

    UnknownSubject when none does today.
    """
    for tenant in scope_of(actor, permission).tenant_ids:
        if await projects.participates(tenant, project.id, clock.today()):
            return tenant
    raise unknown("project_id")


async def require(
    subject: Subject, subject_id: UUID, project: Project, tenant: UUID | None
) -> None:
    """It is or was on the project, and may be named by `tenant`; None: by the authority.

    An enterprise names its own people, as general contractor everybody's, and never itself.
    UnknownSubject.
    """
    if subject is Subject.ENTERPRISE:
        known = subject_id != tenant and await projects.participates(
            subject_id, project.id, clock.today()
        )
    else:
        periods = await _periods(subject, subject_id, project.id)
        known = any(
            tenant is None or tenant in (each.enterprise_id, each.contractor_id) for each in periods
        )
    if not known:
        raise unknown("subject_id")


async def _periods(
    subject: Subject, subject_id: UUID, project_id: UUID
) -> Sequence[engagements.Engagement]:
    if subject is Subject.TEAM:
        return await engagements.periods_of_team(subject_id, project_id)
    return (await engagements.periods_of([subject_id], project_id)).get(subject_id, [])


def unknown(path: str) -> UnknownSubject:
    """The problem with a field's name."""
    return UnknownSubject(errors=(FieldError(path, UnknownSubject.code, UnknownSubject.detail),))


async def accounts_of(row: Row) -> list[UUID]:
    """Who is told, and answers, for the subject: himself, the team's leaders, its officers."""
    if row.subject is Subject.ENTERPRISE:
        return await officers_of(id_of(row))
    people = {id_of(row)}
    if row.subject is Subject.TEAM:
        people = set(await teams.leaders_of(id_of(row)))
    return sorted((await workers.accounts_of(people)).values())


async def officers_of(enterprise_id: UUID) -> list[UUID]:
    """The accounts of those in an enterprise who answer for it."""
    holders = await accounts.holders(enterprise_id)
    return sorted({each.account.id for each in holders if each.role in ANSWERING_ROLES})


@dataclass(frozen=True, slots=True)
class Names:
    """What the subjects and places of some rows are called; workers masked."""

    workers: dict[UUID, str]
    teams: dict[UUID, str]
    enterprises: dict[UUID, str]
    projects: dict[UUID, str]

    def subject(self, row: Row) -> str:
        """Whose it is."""
        known = {
            Subject.WORKER: self.workers,
            Subject.TEAM: self.teams,
            Subject.ENTERPRISE: self.enterprises,
        }
        return known[row.subject].get(id_of(row), "")

    def project(self, row: Row) -> str:
        """Where it was."""
        return self.projects.get(row.project_id, "")

    def proposer(self, row: Row) -> str:
        """Which enterprise said so; empty for the authority."""
        return self.enterprises.get(row.enterprise_id, "") if row.enterprise_id else ""


async def names(rows: Iterable[Row]) -> Names:
    """The names that some rows point to, in one statement for each kind of name."""
    found = list(rows)
    people = {id_of(row) for row in found if row.subject is Subject.WORKER}
    gangs = {id_of(row) for row in found if row.subject is Subject.TEAM}
    firms = {id_of(row) for row in found if row.subject is Subject.ENTERPRISE}
    firms |= {row.enterprise_id for row in found if row.enterprise_id}
    return Names(
        workers=await workers.masked_names(people) if people else {},
        teams=await teams.names(gangs) if gangs else {},
        enterprises=dict(await enterprises.names_of(firms)) if firms else {},
        projects=await projects.names({row.project_id for row in found}) if found else {},
    )
