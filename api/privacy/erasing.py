"""注销: a person's wish to be erased, seven days to think it over, and the erasing itself.

Faces, card photos, the phone and the wage card go. What the law keeps, work and wage ledgers,
stays without a name; who it was lies apart, blocked for any other use (PIPL 47; 保障农民工工资支付
条例 15).
"""

from datetime import timedelta
from uuid import UUID

from api.accidents import forgetting as accidents
from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Tag
from api.complaints import forgetting as complaints
from api.engagements import releasing
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock, jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.holdings import Person
from api.kit.transaction import transaction
from api.notices import service as notices
from api.privacy import person, rules
from api.privacy.errors import ErasureUnderWay, NoErasure, NotNow
from api.privacy.models import Erasure, ErasureState, KeptIdentity
from api.privacy.register import HELD
from api.privacy.rules import Hindrance, Standing
from api.privacy.schemas import ErasureOut
from api.settings import settings
from api.teams import service as teams
from api.wages import forgetting as wages
from api.workers import service as workers

IDENTITY = (
    FilePurpose.CARD_FRONT, FilePurpose.CARD_BACK, FilePurpose.SELFIE, FilePurpose.EXPORT,
)  # fmt: skip
"""Files that go at once; others prove work and wages and go with their own terms."""
BATCH = 500


async def shown(actor: Actor) -> ErasureOut:
    """Where the actor's wish stands, and what would stand in its way."""
    row = await Erasure.filter(account_id=actor.id).order_by("-id").first()
    found = await _hindrances(await person.person_of(actor))
    return ErasureOut(
        state=row.state if row else None,
        due_at=row.due_at if row and row.state is ErasureState.WAITING else None,
        hindrances=[each.sentence for each in found],
        days=settings().erasure_days,
    )


async def ask(actor: Actor) -> None:
    """The wish stands from now on and is done when its days are over. NotNow, ErasureUnderWay."""
    who = await person.person_of(actor)
    found = await _hindrances(who)
    if found:
        raise NotNow("".join(each.sentence for each in found))
    due_at = clock.now() + timedelta(days=settings().erasure_days)
    worker_id = who.worker_ids[0] if who.worker_ids else None
    async with transaction():
        await accounts.hold(actor.id)
        if await _waiting(actor.id) is not None:
            raise ErasureUnderWay
        await Erasure.create(account_id=actor.id, worker_id=worker_id, due_at=due_at)
        audit.record(actor, Tag.ERASURE_ASKED, ("account", actor.id))
        notices.tell(
            actor, actor.id, "data.erasure_asked", {"date": clock.day_of(due_at).isoformat()}
        )


async def withdraw(actor: Actor) -> None:
    """The wish is taken back. NoErasure when there is none."""
    async with transaction():
        row = await _waiting(actor.id)
        if row is None:
            raise NoErasure
        await _end(row, ErasureState.WITHDRAWN)
        audit.record(actor, Tag.ERASURE_WITHDRAWN, ("account", actor.id))


async def _waiting(account_id: UUID) -> Erasure | None:
    rows = Erasure.filter(account_id=account_id, state=ErasureState.WAITING)
    return await rows.select_for_update().first()


async def _end(row: Erasure, state: ErasureState) -> None:
    row.state, row.ended_at = state, clock.now()
    await row.save(update_fields=["state", "ended_at", "rows"])


async def erase_due() -> None:
    """Let everybody be erased whose days are over, each by a job of his own.

    What stands in one's way for good, keeps nobody else waiting.
    """
    due = Erasure.filter(state=ErasureState.WAITING, due_at__lte=clock.now()).order_by("due_at")
    ids = await due.limit(BATCH).values_list("id", flat=True)
    async with transaction():
        for each in ids:
            jobs.enqueue("privacy.erase", once=f"privacy.erase:{each}", erasure_id=UUID(str(each)))


async def erase_one(erasure_id: UUID) -> None:
    """Erase one whose wish still waits, or say what came in between."""
    async with transaction():
        waiting = Erasure.filter(id=erasure_id, state=ErasureState.WAITING)
        row = await waiting.select_for_update().first()
        if row is None:
            return
        who = await person.behind(row.account_id)
        found = await _hindrances(who)
        if found:
            await _end(row, ErasureState.STOPPED)
            audit.record(SYSTEM, Tag.ERASURE_STOPPED, ("account", row.account_id))
            notices.tell(SYSTEM, row.account_id, "data.erasure_stopped")
            return
        row.rows = await erase(who)
        await _end(row, ErasureState.DONE)
        audit.record(SYSTEM, Tag.ERASURE_DONE, ("account", row.account_id), rows=row.rows)


async def erase(who: Person) -> int:
    """Do with every table what the register says, in the running transaction; how many rows."""
    await _keep_identity(who)
    for account_id in who.account_ids:
        await accounts.end_all(SYSTEM, account_id)
        await accounts.forget_account(account_id)
        workers.forget_standing(account_id)
        for purpose in IDENTITY:
            await files.delete(SYSTEM, await files.of_account(account_id, purpose))
    return sum([await holding.erase(who) for holding in HELD])


async def _keep_identity(who: Person) -> None:
    if not who.worker_ids or not await releasing.is_kept(who.worker_ids):
        return
    worker = await workers.require(who.worker_ids[0])
    await KeptIdentity.create(
        worker_id=worker.id,
        region=worker.region,
        id_kind=worker.id_kind,
        number=worker.number.opened(),
        name=worker.name.opened(),
    )


async def _hindrances(who: Person) -> tuple[Hindrance, ...]:
    account_id = who.account_ids[0]
    roles = (await accounts.roles_of([account_id])).get(account_id, [])
    return rules.hindrances(
        Standing(
            periods=await releasing.open_periods(who.worker_ids),
            teams=await teams.led_by(who.worker_ids),
            unpaid=await wages.unpaid(who.worker_ids),
            complaints=await complaints.unfinished(who.worker_ids),
            accidents=await accidents.unfinished(who.worker_ids),
            verifying=await workers.is_verifying(account_id),
            staff_roles=sum(1 for role in roles if role.tenant_id and role.ended_at is None),
        )
    )
