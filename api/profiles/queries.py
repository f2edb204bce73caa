"""Which corrections and résumés."""

from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from api.kit.actor import Actor
from api.kit.scope import scope_of, within
from api.permissions import Permission
from api.profiles.models import ProfileCorrection, Resume
from api.profiles.schemas import CorrectionQuery


def own(worker_id: UUID | Subquery) -> QuerySet[ProfileCorrection]:
    """The corrections that a worker asked for."""
    return ProfileCorrection.filter(worker_id=worker_id)


def of_region(actor: Actor, permission: Permission) -> QuerySet[ProfileCorrection]:
    """Those of workers of the actor's region."""
    return ProfileCorrection.filter(scope_of(actor, permission).rows(region="region"))


def asked(rows: QuerySet[ProfileCorrection], query: CorrectionQuery) -> QuerySet[ProfileCorrection]:
    """Those that the query asks for."""
    if query.state:
        rows = rows.filter(state=query.state)
    return rows.filter(**within("region", query.region)) if query.region else rows


def resume_of(worker_id: UUID | Subquery) -> QuerySet[Resume]:
    """The one résumé of a worker."""
    return Resume.filter(worker_id=worker_id)
