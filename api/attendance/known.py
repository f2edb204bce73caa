"""What punching remembers for a moment, so that a punch asks the database for nothing else."""

from api.attendance.models import PunchSettings
from api.kit.actor import Actor
from api.kit.memo import Memo
from api.kit.transaction import transaction

_automatic: Memo[bool] = Memo("punch_settings", ttl_s=300.0)


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
        _automatic.forget_after_commit(str(actor.id))
    return row
