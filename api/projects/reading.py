"""What an enterprise and an officer both read of a project: the same routes on two blueprints.

Each surface has its own permission, and with it its own scope.
"""

from uuid import UUID

from sanic import Blueprint

from api.files import service as files
from api.kit import clock, qr
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects import board, fences, listing, overview, policies, queries
from api.projects.access import require
from api.projects.board import Board, Proof
from api.projects.board_schemas import (
    AnnouncementOut,
    BoardOut,
    BoardQrOut,
    LineOut,
    PhotoOut,
)
from api.projects.errors import NoSuchFence, NoSuchProject
from api.projects.fence_schemas import FenceOut, FencesQuery, VersionOut
from api.projects.models import BoardPhoto, Project
from api.projects.policy_schemas import PoliciesOut, PolicyOut, RulesOut
from api.projects.schemas import (
    BriefOut,
    ProjectOut,
    ProjectQuery,
    StatusChangeOut,
    project_of,
)
from api.projects.unit_schemas import PostOut, UnitOut

ONE = "/<project_id:uuid>"


def add_reading(blueprint: Blueprint, permission: Permission) -> None:
    """Add every reading route to the blueprint, behind `permission`."""
    _add_projects(blueprint, permission)
    _add_people(blueprint, permission)
    _add_site(blueprint, permission)
    _add_board(blueprint, permission)


def _add_projects(blueprint: Blueprint, permission: Permission) -> None:
    @route(blueprint, "GET", "", permission=permission)
    async def list_projects(actor: Actor, query: ProjectQuery) -> Page[BriefOut]:
        """The projects one may see, with what each lacks; by status or name."""
        return await listing.briefs(actor, permission, query)

    @route(blueprint, "GET", ONE, permission=permission, errors=(NoSuchProject,))
    async def show_project(actor: Actor, project_id: UUID) -> ProjectOut:
        """A project with its permits and the key information it lacks."""
        return await listing.one(actor, permission, project_id)

    @route(
        blueprint, "GET", f"{ONE}/status-changes", permission=permission, errors=(NoSuchProject,)
    )
    async def list_status_changes(
        actor: Actor, project_id: UUID, query: PageQuery
    ) -> Page[StatusChangeOut]:
        """The steps of a project, newest first."""
        project = await require(actor, permission, project_id)
        rows, cursor = await page(queries.status_changes(project.id), query)
        return Page(items=[StatusChangeOut.of(row) for row in rows], next_cursor=cursor)


def _add_people(blueprint: Blueprint, permission: Permission) -> None:
    @route(blueprint, "GET", f"{ONE}/units", permission=permission, errors=(NoSuchProject,))
    async def list_units(actor: Actor, project_id: UUID, query: PageQuery) -> Page[UnitOut]:
        """The units that take or took part, with entry and exit, newest first."""
        return await listing.units(actor, permission, project_id, query)

    @route(blueprint, "GET", f"{ONE}/posts", permission=permission, errors=(NoSuchProject,))
    async def list_posts(actor: Actor, project_id: UUID, query: PageQuery) -> Page[PostOut]:
        """The managers' posts, held and past, persons masked, newest first."""
        return await listing.posts(actor, permission, project_id, query)


def _add_site(blueprint: Blueprint, permission: Permission) -> None:
    @route(
        blueprint,
        "GET",
        f"{ONE}/attendance-policies",
        permission=permission,
        errors=(NoSuchProject,),
    )
    async def list_policies(actor: Actor, project_id: UUID, query: PageQuery) -> PoliciesOut:
        """How attendance is taken today, and every policy written, newest first."""
        project = await require(actor, permission, project_id)
        today = await policies.policy_in_force(project.id, clock.today())
        rows, cursor = await policies.written(project.id, query)
        items = [PolicyOut.of(row) for row in rows]
        return PoliciesOut(today=RulesOut.of(today), items=items, next_cursor=cursor)

    @route(blueprint, "GET", f"{ONE}/fences", permission=permission, errors=(NoSuchProject,))
    async def list_fences(actor: Actor, project_id: UUID, query: FencesQuery) -> Page[FenceOut]:
        """The fences of a project, each with its newest shape in WGS-84."""
        project = await require(actor, permission, project_id)
        found = await fences.listed(project.id, ended=query.ended)
        return Page(items=[FenceOut.shown(*each) for each in found], next_cursor=None)

    @route(
        blueprint,
        "GET",
        f"{ONE}/fences/<fence_id:uuid>/versions",
        permission=permission,
        errors=(NoSuchProject, NoSuchFence),
    )
    async def list_fence_versions(
        actor: Actor, project_id: UUID, fence_id: UUID
    ) -> Page[VersionOut]:
        """Every shape a fence had and from when to when, newest first."""
        project = await require(actor, permission, project_id)
        rows = await fences.versions(project.id, fence_id)
        return Page(items=[VersionOut.of(row) for row in rows], next_cursor=None)


def _add_board(blueprint: Blueprint, permission: Permission) -> None:
    @route(blueprint, "GET", f"{ONE}/board", permission=permission, errors=(NoSuchProject,))
    async def show_board(actor: Actor, project_id: UUID) -> BoardOut:
        """The rights notice board as it reads today, persons masked, and what it lacks."""
        project = await require(actor, permission, project_id)
        made = await board.board(project)
        return board_out(made, await board.proof(project.id, made))

    @route(blueprint, "GET", f"{ONE}/board/photos", permission=permission, errors=(NoSuchProject,))
    async def list_board_photos(actor: Actor, project_id: UUID, query: PageQuery) -> Page[PhotoOut]:
        """The photos that prove the board hangs, newest first."""
        project = await require(actor, permission, project_id)
        rows, cursor = await page(queries.board_photos(project.id), query)
        return Page(items=[photo_out(actor, row) for row in rows], next_cursor=cursor)


def board_out(shown: Board, proof: Proof) -> BoardOut:
    """The board as a page shows it."""
    return BoardOut(
        title=board.TITLE,
        lines=[LineOut(label=label, text=text) for label, text in shown.lines],
        rights=list(board.RIGHTS),
        announcements=[
            AnnouncementOut(
                title=each.title,
                text=each.text,
                first=each.first,
                last=each.last,
                object_to=shown.object_to,
            )
            for each in shown.announcements
        ],
        missing=shown.missing,
        as_of=shown.as_of,
        qr=BoardQrOut(text=shown.address, svg=qr.svg(shown.address)),
        posted_at=proof.posted_at,
        proven=proof.current,
    )


async def shown(row: Project) -> ProjectOut:
    """The project that the actor just made or changed, as its own page shows it."""
    view = await overview.shown(row)
    return project_of(view.project, view.contractor, view.missing)


def photo_out(actor: Actor, row: BoardPhoto) -> PhotoOut:
    """The photo with an address for this actor."""
    url = files.link(actor, row.file_id)
    return PhotoOut(id=row.id, url=url, account_id=row.account_id, created_at=row.created_at)
