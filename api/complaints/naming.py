"""What complaints point to by name, and the figures that all who read them share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose
from api.codes import service as codes
from api.codes import workdays
from api.complaints import steps
from api.complaints.answers import ComplaintStepOut, NamedOut
from api.complaints.models import Complaint, ComplaintStep
from api.complaints.rules import Body
from api.enterprises import service as enterprises
from api.files import service as files
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Personal
from api.projects import service as projects


@dataclass(frozen=True, slots=True)
class Names:
    """The names of projects and enterprises."""

    projects: Mapping[UUID, str]
    enterprises: Mapping[UUID, str]

    def project(self, row: Complaint) -> NamedOut:
        """Its project."""
        return NamedOut(id=row.project_id, name=self.projects.get(row.project_id, ""))

    def enterprise(self, row: Complaint) -> NamedOut:
        """The enterprise that it concerns."""
        return NamedOut(id=row.enterprise_id, name=self.enterprises.get(row.enterprise_id, ""))


async def names(rows: Sequence[Complaint]) -> Names:
    """The names that some complaints point to, in two statements."""
    if not rows:
        return Names({}, {})
    return Names(
        await projects.names({row.project_id for row in rows}),
        await enterprises.names_of({row.enterprise_id for row in rows}),
    )


def days_left(until: date | None) -> int | None:
    """Working days up to a deadline; None without one."""
    return None if until is None else workdays.calendar().left(clock.today(), until)


def place_of(region: str, office: str) -> str:
    """A region and, where one is named, an office in it."""
    return " ".join(part for part in (codes.region_name(region) or region, office) if part)


def figures(row: Complaint, found: Names) -> dict[str, Any]:
    """What the complainant and the authority see of it in a list."""
    enterprise = found.enterprise(row)
    held_by = row.holder is Body.AUTHORITY
    waiting = row.due_on if row.state.waits else None
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "topic": row.topic,
        "project": found.project(row),
        "enterprise": enterprise,
        "addressee": row.addressee,
        "holder": row.holder,
        "office": place_of(row.region, row.office) if held_by else enterprise.name,
        "anonymous": row.anonymous,
        "state": row.state,
        "outcome": row.outcome,
        "filed_at": row.created_at,
        "accept_by": row.accept_by,
        "answer_by": row.answer_by,
        "due_on": waiting,
        "days_left": days_left(waiting),
        "provisional": waiting is not None and workdays.calendar().is_provisional(waiting),
        "overdue": row.overdue,
    }


async def all_steps(actor: Actor, row: Complaint, purpose: Purpose) -> list[ComplaintStepOut]:
    """Every step, as the complainant and the authority see it. In a running transaction."""
    return [_step(each, opened(actor, row, each.note, purpose)) for each in await steps.of(row.id)]


def _step(row: ComplaintStep, note: str) -> ComplaintStepOut:
    return ComplaintStepOut(
        act=row.act,
        side=row.side,
        at=row.created_at,
        note=note,
        to=place_of(row.region, row.office) if row.region else "",
        due_on=row.due_on,
        by_itself=row.by_itself,
    )


def opened(actor: Actor, row: Complaint, text: Personal | None, purpose: Purpose) -> str:
    """A text of the complaint in plain, with a line of who read it. In a running transaction."""
    return audit.reveal(actor, text, purpose, ("complaint", row.id)) if text else ""


def photos(actor: Actor, row: Complaint) -> list[str]:
    """Addresses of its photos for this actor alone, for some minutes."""
    return [files.link(actor, UUID(each)) for each in row.photo_ids]
