"""Workers of a region, masked; one of them, his history, and the look behind the mask."""

from dataclasses import dataclass, replace
from uuid import UUID

from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.rate_limit import Limit
from api.kit.schemas import Page
from api.permissions import Permission
from api.privacy import kept
from api.privacy.schemas import KeptIdentityOut, KeptOpeningIn
from api.workers import codes, listing, master
from api.workers.errors import OneSubject
from api.workers.office_schemas import (
    ChangeOut,
    CodeChangeIn,
    ReasonIn,
    RevealedOut,
    WorkerOut,
    WorkerQuery,
    WorkerSearchIn,
)
from h5.areas import regulator
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View
from h5.views.regulator.regions import Picker, picker

READ, UPDATE = Permission.REGULATOR_WORKERS_READ, Permission.REGULATOR_WORKERS_UPDATE
ONE = "/workers/<worker_id:uuid>"
LIST = "/regulator/workers"


@dataclass(frozen=True, slots=True)
class PeoplePage(View):
    """The workers of the region, and the search for one of them."""

    template = "regulator/people.html"
    title = "regulator.people.title"
    typed: Typed
    found: Page[WorkerOut]
    query: WorkerQuery
    regions: Picker


@dataclass(frozen=True, slots=True)
class PersonPage(View):
    """One worker, masked, with what happened to his record."""

    template = "regulator/person.html"
    title = "regulator.people.one"
    typed: Typed
    person: WorkerOut
    history: tuple[ChangeOut, ...]
    revealed: RevealedOut | None
    """His identity in plain text, for this one look."""
    kept: KeptIdentityOut | None = None
    """Who he was, once erased, for this one look."""


@page(regulator, "GET", "/workers", permission=READ)
async def people(actor: Actor, query: WorkerQuery, typed: Typed) -> PeoplePage:
    """The workers of the region."""
    found = await listing.overseen(actor, query)
    return PeoplePage(typed, found, query, picker(actor, READ, query.region))


@page(
    regulator, "POST", "/workers/search", permission=READ, again=people,
    limits=(Limit("worker_searches", 300, 3600),),
)  # fmt: skip
async def search(actor: Actor, form: WorkerSearchIn) -> See:
    """To the worker with this number or code; neither stands in an address."""
    if (form.id_number is None) is (form.verification_code is None):
        raise OneSubject(errors=(FieldError("id_number", "subject.one", OneSubject.detail),))
    code = codes.compact(form.verification_code) if form.verification_code else None
    row = await master.find(actor, number=form.id_number, code=code)
    return See(f"{LIST}/{row.id}")


@page(regulator, "GET", ONE, permission=READ, back=LIST)
async def person(actor: Actor, worker_id: UUID, typed: Typed) -> PersonPage:
    """One worker of the region."""
    return await _shown(actor, worker_id, typed, None)


async def _shown(
    actor: Actor, worker_id: UUID, typed: Typed, revealed: RevealedOut | None
) -> PersonPage:
    row = await master.one(actor, worker_id)
    history = tuple(ChangeOut.of(each) for each in await master.history(actor, worker_id))
    return PersonPage(typed, WorkerOut.of(row), history, revealed)


@page(
    regulator, "POST", f"{ONE}/reveal", permission=Permission.REGULATOR_WORKERS_REVEAL,
    again=person, sudo=True, limits=(Limit("worker_reveals", 60, 3600),),
)  # fmt: skip
async def reveal(actor: Actor, worker_id: UUID, form: ReasonIn) -> PersonPage:
    """His identity in plain text for this look; who looked and why is written down."""
    opened = await master.reveal(actor, worker_id, reason=form.reason)
    return await _shown(actor, worker_id, Typed(), RevealedOut.of(opened))


@page(
    regulator, "POST", f"{ONE}/kept", permission=Permission.REGULATOR_KEPT_IDENTITIES_OPEN,
    again=person, sudo=True, limits=(Limit("kept_identity_page", 30, 3600),),
)  # fmt: skip
async def open_kept(actor: Actor, worker_id: UUID, form: KeptOpeningIn) -> PersonPage:
    """Who an erased worker was, for this look; document and reason are written down."""
    opened = await kept.opened(actor, worker_id, form)
    return replace(await _shown(actor, worker_id, Typed(), None), kept=opened)


@page(regulator, "POST", f"{ONE}/code", permission=UPDATE, again=person)
async def change_code(actor: Actor, worker_id: UUID, form: CodeChangeIn) -> See:
    """Freeze, restore or annul the verification code."""
    await master.change_code(actor, worker_id, form.action, reason=form.reason)
    return See(f"{LIST}/{worker_id}", says="regulator.people.code_changed")
