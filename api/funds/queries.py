"""Which accounts, lines and guarantees: always through a scope."""

from typing import TypeVar
from uuid import UUID

from tortoise.queryset import QuerySet

from api.funds.models import AccountEntry, Agreement, Guarantee, SpecialAccount
from api.funds.rules import AccountState
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.permissions import Permission

R = TypeVar("R", SpecialAccount, AccountEntry, Agreement, Guarantee)


def visible(kind: type[R], actor: Actor, permission: Permission) -> QuerySet[R]:
    """The rows of the actor's region, and of projects whose general contractor he acts for."""
    scope = scope_of(actor, permission)
    return kind.filter(scope.rows(tenant="contractor_id", region="region"))


def open_of(project_id: UUID) -> QuerySet[SpecialAccount]:
    """The project's account that is not closed; one at most."""
    return SpecialAccount.filter(project_id=project_id).exclude(state=AccountState.CLOSED)


def agreements_of(account_id: UUID) -> QuerySet[Agreement]:
    """The agreements of an account, newest first."""
    return Agreement.filter(special_account_id=account_id).order_by("-id")


def entries_of(account_id: UUID) -> QuerySet[AccountEntry]:
    """The ledger of an account."""
    return AccountEntry.filter(special_account_id=account_id)
