"""What other features ask of projects."""

from datetime import date
from uuid import UUID

from tortoise.expressions import Subquery

from api.projects import queries, standards
from api.projects.access import NAMES, participates, require
from api.projects.board import Announcement, announce_by
from api.projects.fences import FenceInForce, fences_in_force
from api.projects.models import Post, Project, Status
from api.projects.policies import policies_about, policy_in_force
from api.projects.rules import AttendancePolicy, Method, PoliciesAbout

__all__ = [
    "Announcement",
    "AttendancePolicy",
    "FenceInForce",
    "Method",
    "PoliciesAbout",
    "Project",
    "Status",
    "announce_by",
    "fences_in_force",
    "find",
    "finished_before",
    "minimum_month_fen",
    "names",
    "participates",
    "policies_about",
    "policy_in_force",
    "posts_held",
    "require",
]


names = NAMES.of


def finished_before(day: date) -> Subquery:
    """The ids of projects that were finished before a day, to be asked for in another statement."""
    return Subquery(Project.filter(status=Status.FINISHED, status_on__lt=day).values("id"))


async def find(project_id: UUID) -> Project | None:
    """The project, without asking who wants it; for acts whose actor was admitted before."""
    return await Project.get_or_none(id=project_id)


async def posts_held(project_id: UUID, day: date) -> list[Post]:
    """Who holds a key post in the project on that day, in the order in which they were given."""
    return await queries.posts_on([project_id], day).order_by("id")


async def minimum_month_fen(region: str) -> int | None:
    """The minimum wage a month in a region today; None where none is published. One statement."""
    found = await standards.in_force(region)
    return found.minimum_month_fen if found else None
