"""Whom an office can name: the workers, teams and units of a project, as choices of a form."""

from dataclasses import dataclass
from uuid import UUID

from api.conduct import rules
from api.conduct.rules import Kind, Subject
from api.engagements import listing as engagements
from api.engagements.schemas import EngagementQuery
from api.engagements.service import State
from api.enterprises import service as enterprises
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.schemas import Query
from api.permissions import Permission
from api.projects import listing as projects
from api.projects import service as known

Options = tuple[tuple[str, str], ...]
MOST = 100


class ChoiceQuery(Query):
    """Where, whose kind, and perhaps already who."""

    project_id: UUID | None = None
    subject: Subject = Subject.WORKER
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """The projects; of the chosen one the subjects; and the kinds of conduct that fit."""

    projects: Options
    subjects: Options
    kinds: Options
    cut: bool
    """Whether there are more people than are shown."""


async def choices(
    actor: Actor, query: ChoiceQuery, *, projects_by: Permission, people_by: Permission, own: bool
) -> Choices:
    """What an office of an enterprise (`own`) or an authority can choose from."""
    places = await projects.names(actor, projects_by, MOST)
    people: Options = ()
    if query.project_id is not None:
        people = await _subjects(actor, query, query.project_id, projects_by, people_by)
    return Choices(
        projects=tuple((str(project_id), name) for project_id, name in places),
        subjects=people,
        kinds=tuple((kind.code, kind.name) for kind in rules.kinds() if _fits(kind, query, own)),
        cut=len(people) >= MOST,
    )


def _fits(kind: Kind, query: ChoiceQuery, own: bool) -> bool:
    """An enterprise names no bad conduct of another."""
    accuses = kind.subject is Subject.ENTERPRISE and not kind.good
    return kind.subject is query.subject and not (own and accuses)


async def _subjects(
    actor: Actor, query: ChoiceQuery, project_id: UUID, projects_by: Permission, by: Permission
) -> Options:
    if query.subject is Subject.TEAM:
        teams = await engagements.teams_on(actor, by, project_id)
        return tuple((str(team_id), name) for team_id, name in teams)
    if query.subject is Subject.ENTERPRISE:
        units = await projects.units(actor, projects_by, project_id, PageQuery(limit=MOST))
        found = {str(each.enterprise_id): each.name for each in units.items if each.enterprise_id}
        contractor = (await known.require(actor, projects_by, project_id)).enterprise_id
        name = (await enterprises.names_of({contractor})).get(contractor, "")
        return tuple({str(contractor): name, **found}.items())
    state = None if query.subject_id else State.ON_SITE
    asked = EngagementQuery(
        project_id=project_id, worker_id=query.subject_id, state=state, limit=MOST
    )
    periods = (await engagements.engagements(actor, by, asked)).items
    named = {str(each.worker_id): f"{each.worker} {each.worker_code}" for each in periods}
    return tuple(named.items())
