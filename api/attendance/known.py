"""What punching remembers for a moment, so that a punch asks the database for nothing else."""

from uuid import UUID

from api.attendance.models import PunchSettings
from api.kit.actor import Actor
from api.kit.cache import cache
from api.kit.memo import Memo, forget
from api.kit.transaction import transaction, unit
from api.workers import service as workers

# As with sessions: a code that is frozen elsewhere stops punching within five seconds.
_workers: Memo[UUID] = Memo("punching_worker", ttl_s=5.0)
_automatic: Memo[bool] = Memo("punch_settings", ttl_s=300.0)


async def worker_id_of(actor: Actor) -> UUID:
    """The verified worker who acts. NotVerified otherwise."""

    async def load() -> UUID:
        return (await workers.worker_of(actor)).id

    return await _workers.get(str(actor.id), load)


async def is_automatic(actor: Actor) -> bool:
    """Whether the actor has switched automatic punching on."""

    async def load() -> bool:
        return (await settings_of(actor)).automatic

    return await _automatic.get(str(actor.id), load)


async def settings_of(actor: Actor) -> PunchSettings:
    """How the actor punches; off when he never said."""
    row = await PunchSettings.get_or_none(account_id=actor.id)
    return row or PunchSettings(account_id=actor.id)


async def set_automatic(actor: Actor, automatic: bool) -> PunchSettings:
    """The phone may punch by itself from now on, or no longer."""
    row = PunchSettings(account_id=actor.id, automatic=automatic)
    async with transaction():
        await PunchSettings.bulk_create(
            [row], on_conflict=["account_id"], update_fields=["automatic"]
        )
        unit().after_commit.append(lambda: forget(cache(), "punch_settings", str(actor.id)))
    return row
