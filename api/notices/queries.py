"""Which notices."""

from tortoise.queryset import QuerySet

from api.kit.actor import Actor
from api.kit.scope import Scope, scope_of
from api.notices.models import Notice
from api.permissions import Permission


def own(actor: Actor, *, unread: bool = False) -> QuerySet[Notice]:
    """The actor's own notices, whatever else he may see."""
    scope = Scope(account_id=scope_of(actor, Permission.OWN_MESSAGES_READ).account_id)
    rows = Notice.filter(scope.rows(account="account_id"))
    return rows.filter(read_at=None) if unread else rows
