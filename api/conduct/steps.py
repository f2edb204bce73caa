"""Steps of a record: the one way in which its state changes, and whom it is told.

Everything here but `enclosed` runs within the transaction of the service that calls it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Tag
from api.conduct import rules, subjects
from api.conduct.errors import WrongStep
from api.conduct.models import ConductRecord, ConductStep
from api.conduct.rules import Act, Outcome, Side, State, Subject
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal
from api.kit.routes import Upload
from api.notices import service as notices
from api.workers import service as workers

KEPT = timedelta(days=5 * 366)
"""Photos outlive the longest term of a record, with time to contest it."""


async def enclosed(actor: Actor, photos: Mapping[str, Upload]) -> list[UUID]:
    """The photos made afresh and stored, all of them looked at before any is kept. BadPhoto."""
    clean = [await files.clean(actor, upload, field=name) for name, upload in photos.items()]
    return [await files.store(each, FilePurpose.EVIDENCE, account_id=actor.id) for each in clean]


async def move(
    actor: Actor,
    row: ConductRecord,
    act: Act,
    side: Side,
    *,
    note: str = "",
    photos: Sequence[UUID] = (),
    due_on: date | None = None,
) -> None:
    """The record goes on by `act`, its step and audit line are written. WrongStep.

    With it goes what stands on it: the public list and the black list.
    """
    state = rules.MOVES.get((row.state, act))
    if state is None:
        raise WrongStep
    row.state, row.due_on = state, due_on
    row.outcome = rules.OUTCOMES.get(act, Outcome.NONE)
    row.shown = state.counts and rules.is_public(row.subject, row.level)
    await _black_list(actor, row)
    await row.save()
    await add(actor, row, act, side, note=note, photos=photos)
    audit.record(
        actor, Tag.CONDUCT_MOVED, ("conduct", row.id),
        tenant_id=row.enterprise_id if side is Side.ENTERPRISE else None,
        act=act.value, state=state.value,
    )  # fmt: skip


async def add(
    actor: Actor,
    row: ConductRecord,
    act: Act,
    side: Side,
    *,
    note: str = "",
    photos: Sequence[UUID] = (),
) -> None:
    """The step alone, with its photos."""
    await files.keep_until(photos, clock.now() + KEPT)
    await ConductStep.create(
        record_id=row.id,
        act=act,
        side=side,
        note=Personal.of(Kind.TEXT, note) if note else None,
        photo_ids=[str(each) for each in photos],
        due_on=row.due_on,
        account_id=actor.account_id,
    )


async def _black_list(actor: Actor, row: ConductRecord) -> None:
    """The restriction begins once the decision is final, and ends with the record."""
    if row.state is State.ENDED and row.restriction_id is not None:
        await workers.lift(actor, row.restriction_id, reason=row.outcome.value)
    if row.state.counts and row.restricts and row.restriction_id is None:
        row.restriction_id = await workers.impose(
            actor,
            worker_id=row.worker_id,
            enterprise_id=row.firm_id,
            region=row.region,
            document=row.document,
            valid_to=row.valid_to,
        )


def within_term(row: ConductRecord, day: date) -> date:
    """`day`, or the last day of the record's term where that comes first."""
    return min(day, row.valid_to) if row.valid_to else day


def params_of(row: ConductRecord) -> dict[str, str]:
    """What a notice about it names: nothing personal."""
    return {"project": str(row.project_id), "date": row.happened_on.isoformat()}


async def tell_subject(actor: Actor, row: ConductRecord, kind: str) -> None:
    """Tell whoever answers for the subject."""
    page = "enterprise_conduct" if row.subject is Subject.ENTERPRISE else "conduct"
    for account_id in await subjects.accounts_of(row):
        notices.tell(actor, account_id, kind, params_of(row), about=(page, row.id))


async def tell_proposer(actor: Actor, row: ConductRecord, kind: str) -> None:
    """Tell the enterprise that proposed it; an authority sees its own queue."""
    if row.enterprise_id is None:
        return
    for account_id in await subjects.officers_of(row.enterprise_id):
        about = ("enterprise_conduct", row.id)
        notices.tell(actor, account_id, kind, params_of(row), about=about)


async def tell_region(actor: Actor, row: ConductRecord, kind: str, region: str = "") -> None:
    """Tell the officers nearest to its region, or to `region`."""
    for account_id in await accounts.overseers(region or row.region):
        notices.tell(actor, account_id, kind, params_of(row), about=("region_conduct", row.id))


async def of(record_id: UUID) -> list[ConductStep]:
    """All steps, oldest first."""
    return await ConductStep.filter(record_id=record_id).order_by("id")
