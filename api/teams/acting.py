"""代班长: the leader names a verified member, who leads beside him for a term once he accepted.

It ends with the term, by the leader's word or his own, when he leaves, and with a hand-over.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import SYSTEM, Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction
from api.notices import service as notices
from api.teams import queries
from api.teams.access import led, member_of
from api.teams.errors import (
    ActingOpen,
    ActingTerm,
    MemberNotVerified,
    NoSuchActing,
    NoSuchMember,
    NotLeader,
)
from api.teams.models import ActingLeader, ActingState, Team
from api.teams.schemas import ActingIn
from api.workers import service as workers
from api.workers.models import Worker

LONGEST_TERM_DAYS = 92
BEFORE_DAYS = 31
"""How long before its first day a term may be agreed on."""


async def name(actor: Actor, team_id: UUID, given: ActingIn) -> ActingLeader:
    """The offer; the member is told.

    NoSuchTeam, NotLeader, NoSuchMember, MemberNotVerified, ActingOpen, ActingTerm.
    """
    _require_term(given)
    async with transaction():
        lead = await led(actor, team_id, lock=True, himself=True)
        team = lead.team
        member = await queries.members(team.id).filter(id=given.member_id).first()
        if member is None or member.worker_id == team.leader_id:
            raise NoSuchMember
        if not await workers.is_in_force(member.worker_id):
            raise MemberNotVerified
        await _end_lapsed(team)
        if await queries.open_acting(team.id).exists():
            raise ActingOpen
        row = await ActingLeader.create(
            team_id=team.id,
            worker_id=member.worker_id,
            named_by=lead.worker.id,
            from_on=given.from_on,
            to_on=given.to_on,
        )
        audit.record(
            actor, Tag.TEAM_ACTING_NAMED, ("team", team.id), worker=str(row.worker_id),
            from_on=row.from_on.isoformat(), to_on=row.to_on.isoformat(),
        )  # fmt: skip
        await _tell(actor, row, "team.acting_offered", {row.worker_id})
    return row


def _require_term(given: ActingIn) -> None:
    today = clock.today()
    if not today <= given.from_on <= today + timedelta(days=BEFORE_DAYS):
        raise ActingTerm(errors=(FieldError("from_on", ActingTerm.code, ActingTerm.detail),))
    if not given.from_on <= given.to_on < given.from_on + timedelta(days=LONGEST_TERM_DAYS):
        raise ActingTerm(errors=(FieldError("to_on", ActingTerm.code, ActingTerm.detail),))


async def open_one(actor: Actor, team_id: UUID) -> tuple[ActingLeader, Worker]:
    """Who is asked or leads for a term, and the actor, a member. NoSuchTeam, NoSuchActing."""
    team, worker = await member_of(actor, team_id)
    row = await current(team)
    if row is None:
        raise NoSuchActing
    return row, worker


async def current(team: Team) -> ActingLeader | None:
    """Who is asked or leads for a term that is not over; None without one."""
    return await queries.open_acting(team.id).filter(to_on__gte=clock.today()).first()


async def accept(actor: Actor, team_id: UUID, acting_id: UUID) -> ActingLeader:
    """The actor leads during the term; everybody in the team is told.

    NoSuchTeam, NotVerified, NoSuchActing for an offer to another.
    """
    async with transaction():
        team, _ = await member_of(actor, team_id, lock=True)
        worker = await workers.worker_of(actor)
        row = await _offered(team, acting_id, worker)
        await _decide(row, ActingState.ACCEPTED)
        audit.record(
            actor, Tag.TEAM_ACTING_ACCEPTED, ("team", team.id), worker=str(worker.id),
            from_on=row.from_on.isoformat(), to_on=row.to_on.isoformat(),
        )  # fmt: skip
        others = {each.worker_id for each in await queries.members(team.id)} - {worker.id}
        await _tell(actor, row, "team.acting_named", others)
    return row


async def decline(actor: Actor, team_id: UUID, acting_id: UUID) -> ActingLeader:
    """The offer is over; the leader is told. NoSuchTeam, NoSuchActing for an offer to another."""
    async with transaction():
        team, worker = await member_of(actor, team_id, lock=True)
        row = await _offered(team, acting_id, worker)
        await _decide(row, ActingState.DECLINED)
        await _tell(actor, row, "team.acting_declined", {team.leader_id})
    return row


async def end(actor: Actor, team_id: UUID, acting_id: UUID) -> None:
    """It is over from this moment, by the leader or by himself; the other is told.

    NoSuchTeam, NoSuchActing, NotLeader for anybody else.
    """
    async with transaction():
        team, worker = await member_of(actor, team_id, lock=True)
        row = await queries.open_acting(team.id).filter(id=acting_id).first()
        if row is None:
            raise NoSuchActing
        if worker.id not in {team.leader_id, row.worker_id}:
            raise NotLeader
        await _close(actor, row)


async def end_all(actor: Actor, team: Team, *, worker_id: UUID | None = None) -> None:
    """Nobody leads the locked team for a term any more, or this worker does not."""
    rows = queries.open_acting(team.id)
    for row in await (rows.filter(worker_id=worker_id) if worker_id else rows):
        await _close(actor, row)


async def end_terms() -> None:
    """Whose last day has passed leads no more; he and the leader are told."""
    over = ActingLeader.filter(state__in=queries.OPEN_ACTING, to_on__lt=clock.today())
    for team_id in sorted(set(await over.values_list("team_id", flat=True))):
        async with transaction():
            team = await Team.filter(id=team_id).select_for_update().first()
            if team is not None:
                await _end_lapsed(team)


async def _end_lapsed(team: Team) -> None:
    """The locked team's terms that are over by the calendar are closed."""
    for row in await queries.open_acting(team.id).filter(to_on__lt=clock.today()):
        await _close(SYSTEM, row)


async def _close(actor: Actor, row: ActingLeader) -> None:
    agreed = row.state is ActingState.ACCEPTED
    row.state = ActingState.ENDED if agreed else ActingState.WITHDRAWN
    row.ended_at = clock.now()
    await row.save(update_fields=["state", "ended_at"])
    audit.record(
        actor, Tag.TEAM_ACTING_ENDED, ("team", row.team_id), worker=str(row.worker_id),
        agreed=agreed,
    )  # fmt: skip
    if agreed:
        team = await Team.get(id=row.team_id)
        await _tell(actor, row, "team.acting_ended", {row.worker_id, team.leader_id})


async def _offered(team: Team, acting_id: UUID, worker: Worker) -> ActingLeader:
    rows = queries.open_acting(team.id).filter(id=acting_id, state=ActingState.OFFERED)
    row = await rows.filter(worker_id=worker.id, to_on__gte=clock.today()).first()
    if row is None:
        raise NoSuchActing
    return row


async def _decide(row: ActingLeader, state: ActingState) -> None:
    row.state, row.decided_at = state, clock.now()
    await row.save(update_fields=["state", "decided_at"])


async def _tell(actor: Actor, row: ActingLeader, kind: str, worker_ids: Iterable[UUID]) -> None:
    params = {"team": str(row.team_id), "from": row.from_on.isoformat()}
    params["to"] = row.to_on.isoformat()
    for account_id in (await workers.accounts_of(set(worker_ids))).values():
        if account_id != actor.account_id:
            notices.tell(actor, account_id, kind, params, about=("team", row.team_id))
