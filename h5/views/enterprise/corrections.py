"""Corrections and disputes: the days on which worker and enterprise have to agree."""

from dataclasses import dataclass

from api.attendance import office_reading
from api.attendance.office_schemas import OfficeDayOut
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.permissions import Permission
from h5.areas import enterprise
from h5.pages import page
from h5.rendering import View, address

READ = Permission.ENTERPRISE_ATTENDANCE_READ
ARGUING = ("dispute", "contest", "reject")
"""Steps whose reasons the two sides read."""


@dataclass(frozen=True, slots=True)
class CorrectionsPage(View):
    """Each day with what its worker says."""

    template = "enterprise/corrections.html"
    title = "enterprise.corrections.title"
    days: tuple[OfficeDayOut, ...]
    arguing: tuple[str, ...]
    older: str
    may_decide: bool


@page(enterprise, "GET", "/corrections", permission=READ)
async def corrections(actor: Actor, query: PageQuery) -> CorrectionsPage:
    """The days with a correction that waits, and those in dispute."""
    found, cursor = await office_reading.argued(actor, query)
    return CorrectionsPage(
        days=tuple(OfficeDayOut.seen(actor, day) for day in found),
        arguing=ARGUING,
        older=address("/enterprise/corrections", query, cursor=cursor) if cursor else "",
        may_decide=actor.may(Permission.ENTERPRISE_ATTENDANCE_DECIDE),
    )
