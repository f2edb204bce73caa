"""What a region's office publishes for the boards on site: minimum wage, whom to call."""

from datetime import date
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.codes import service as codes
from api.enterprises.errors import OutsideRegion
from api.kit import clock
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import queries
from api.projects.board_schemas import StandardIn
from api.projects.models import RegionStandard

UPDATE = Permission.REGULATOR_STANDARDS_UPDATE


async def publish(actor: Actor, given: StandardIn) -> RegionStandard:
    """The region's standard, which holds from its day on. OutsideRegion for another's region."""
    scope = scope_of(actor, UPDATE)
    inside = any(codes.within(given.region, own) for own in scope.regions)
    if not (inside or scope.everything):
        raise OutsideRegion
    async with transaction():
        row = await RegionStandard.create(**dict(given), account_id=actor.account_id)
        audit.record(
            actor, Tag.REGION_STANDARD_SET, ("region_standard", row.id), region=row.region,
            effective_from=row.effective_from.isoformat(),
        )  # fmt: skip
    return row


async def in_force(region: str) -> RegionStandard | None:
    """What holds in a region today: its own, else its city's, else its province's."""
    levels = [region, f"{region[:4]}00", f"{region[:2]}0000"]
    rows = await queries.standards().filter(
        region__in=levels, effective_from__lte=clock.today()
    )  # fmt: skip
    newest = sorted(rows, key=_newest, reverse=True)
    return next((row for level in levels for row in newest if row.region == level), None)


def _newest(row: RegionStandard) -> tuple[date, UUID]:
    return row.effective_from, row.id
