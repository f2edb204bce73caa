"""What other features ask of accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from api.accounts.consents import (
    ConsentPurpose,
    Decision,
    decisions,
    has_consent,
    require_consent,
)
from api.accounts.contact import (
    forget_former_phone,
    former_phone_of,
    hold,
    leave,
    openid_of,
    phone_of,
)
from api.accounts.grants import give, holders, move_role, overseers, roles_of, take
from api.accounts.models import Account
from api.accounts.sessions import actor_of, end_all, forget_account
from api.accounts.staff import create_staff, disable, reissue
from api.kit.actor import Actor

__all__ = [
    "AccountView",
    "ConsentPurpose",
    "Decision",
    "account_view",
    "actor_of",
    "create_staff",
    "decisions",
    "disable",
    "end_all",
    "forget_account",
    "forget_former_phone",
    "former_phone_of",
    "give",
    "has_consent",
    "hold",
    "holders",
    "leave",
    "move_role",
    "openid_of",
    "overseers",
    "phone_of",
    "reissue",
    "require_consent",
    "roles_of",
    "take",
    "usernames",
]


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as its owner sees it."""

    id: UUID
    kind: str
    roles: tuple[str, ...]
    phone_masked: str | None
    username: str | None
    second_factor_set: bool


async def account_view(actor: Actor) -> AccountView:
    """The actor's own account."""
    account = await Account.get(id=actor.id)
    return AccountView(
        id=account.id,
        kind=account.kind,
        roles=tuple(dict.fromkeys(g.role for g in actor.grants)),
        phone_masked=account.phone.masked if account.phone else None,
        username=account.username,
        second_factor_set=account.totp_confirmed,
    )


async def usernames(account_ids: Collection[UUID]) -> dict[UUID, str]:
    """The user names of staff, also of those who have left; nothing of who has none."""
    if not account_ids:
        return {}
    rows = Account.filter(id__in=list(account_ids)).exclude(username=None)
    return {UUID(str(key)): str(name) for key, name in await rows.values_list("id", "username")}
