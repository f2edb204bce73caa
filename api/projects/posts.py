"""任职: who holds which manager's post in a project, and from when to when."""

from datetime import date, timedelta
from uuid import UUID

from tortoise.expressions import Q

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction
from api.projects import queries
from api.projects.access import kept, participates
from api.projects.errors import (
    AlreadyEnded,
    EndBeforeStart,
    LastOfficer,
    NoSuchParticipation,
    NoSuchPost,
    OfficerOfContractor,
    PostHeld,
)
from api.projects.models import Post, Project, Status
from api.projects.periods import Period
from api.projects.rules import OFFICER_POST
from api.projects.unit_schemas import PostIn


async def give(actor: Actor, project_id: UUID, given: PostIn) -> Post:
    """The post, held from its first day on.

    EndBeforeStart, NoSuchParticipation for a unit that does not take part on that day, PostHeld,
    OfficerOfContractor for another unit's wage officer.
    """
    if given.ends_on and given.ends_on < given.starts_on:
        raise _end_before_start()
    async with transaction():
        project = await kept(actor, project_id)
        enterprise_id = given.enterprise_id or project.enterprise_id
        if given.post == OFFICER_POST and enterprise_id != project.enterprise_id:
            raise OfficerOfContractor
        if not await participates(enterprise_id, project.id, given.starts_on):
            raise NoSuchParticipation
        await _refuse_twice(project.id, given)
        row = await Post.create(
            project_id=project.id,
            enterprise_id=enterprise_id,
            region=project.region,
            post=given.post,
            name=given.name,
            phone=given.phone,
            phone_index=given.phone.index,
            starts_on=given.starts_on,
            ends_on=given.ends_on,
        )
        _note(actor, Tag.POST_GIVEN, project, row)
    return row


async def _refuse_twice(project_id: UUID, given: PostIn) -> None:
    wanted = Period(given.starts_on, given.ends_on)
    same = queries.posts(project_id).filter(post=given.post, phone_index=given.phone.index)
    if any(wanted.overlaps(Period(row.starts_on, row.ends_on)) for row in await same):
        raise PostHeld


async def end(actor: Actor, project_id: UUID, post_id: UUID, ends_on: date) -> Post:
    """The post, whose last day is `ends_on`; the same again changes nothing.

    NoSuchPost, EndBeforeStart, AlreadyEnded on another day, LastOfficer (L-06).
    """
    async with transaction():
        project = await kept(actor, project_id)
        row = await queries.posts(project.id).filter(id=post_id).first()
        if row is None:
            raise NoSuchPost
        if ends_on < row.starts_on:
            raise _end_before_start()
        if row.ends_on not in (None, ends_on):
            raise AlreadyEnded
        if row.ends_on is None:
            await _require_another_officer(project, row, ends_on)
            row.ends_on = ends_on
            await row.save(update_fields=["ends_on"])
            _note(actor, Tag.POST_ENDED, project, row)
    return row


async def _require_another_officer(project: Project, row: Post, ends_on: date) -> None:
    if row.post != OFFICER_POST or project.status != Status.BUILDING:
        return
    others = queries.posts(project.id).filter(post=OFFICER_POST).exclude(id=row.id)
    next_day = ends_on + timedelta(days=1)
    after = Q(ends_on=None) | Q(ends_on__gte=next_day)
    if not await others.filter(after, starts_on__lte=next_day).exists():
        raise LastOfficer


def _end_before_start() -> EndBeforeStart:
    fault = FieldError("ends_on", EndBeforeStart.code, EndBeforeStart.detail)
    return EndBeforeStart(errors=(fault,))


def _note(actor: Actor, tag: Tag, project: Project, row: Post) -> None:
    subject, tenant = ("post", row.id), project.enterprise_id
    audit.record(actor, tag, subject, tenant_id=tenant, project=str(project.id), post=row.post)
