"""What a region asks before entry: highest ages, hours of training. Parameters, not code."""

from datetime import date
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.codes import service as codes
from api.engagements import queries
from api.engagements.errors import OutsideRegion
from api.engagements.models import EntryRule
from api.engagements.rules import NATIONAL, Rules, bands_of
from api.engagements.schemas import EntryRuleIn
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.permissions import Permission
from api.training.service import TrainingKind

UPDATE = Permission.REGULATOR_ENTRY_RULES_UPDATE
COLUMNS = {
    TrainingKind.COMPANY: "company_hours",
    TrainingKind.TEAM: "team_hours",
    TrainingKind.YEARLY: "yearly_hours",
    TrainingKind.SPECIAL: "special_hours",
    TrainingKind.POST_CHANGE: "change_hours",
}


async def publish(actor: Actor, given: EntryRuleIn) -> EntryRule:
    """The region's rule, which holds from its day on. OutsideRegion for another's region."""
    scope = scope_of(actor, UPDATE)
    inside = any(codes.within(given.region, own) for own in scope.regions)
    if not (inside or scope.everything):
        raise OutsideRegion
    async with transaction():
        row = await EntryRule.create(
            region=given.region,
            effective_from=given.effective_from,
            training_hours=given.training_hours,
            company_hours=given.company_hours,
            team_hours=given.team_hours,
            yearly_hours=given.yearly_hours,
            special_hours=given.special_hours,
            change_hours=given.change_hours,
            bands=[band.model_dump(mode="json") for band in given.bands],
            source=given.source,
            account_id=actor.account_id,
        )
        audit.record(
            actor, Tag.ENTRY_RULE_SET, ("entry_rule", row.id), region=row.region,
            effective_from=row.effective_from.isoformat(),
        )  # fmt: skip
    return row


async def in_force(region: str, day: date) -> Rules:
    """What holds in a region on a day: its own rule, else its city's, its province's, the law."""
    levels = [region, f"{region[:4]}00", f"{region[:2]}0000"]
    rows = await queries.entry_rules().filter(region__in=levels, effective_from__lte=day)
    newest = sorted(rows, key=_newest, reverse=True)
    found = next((row for level in levels for row in newest if row.region == level), None)
    return _rules(found) if found else NATIONAL


async def all_in_force(day: date) -> list[Rules]:
    """The rules that hold in some region on a day, each region's newest."""
    rows = await queries.entry_rules().filter(effective_from__lte=day)
    newest = {row.region: row for row in sorted(rows, key=_newest)}
    return [_rules(row) for row in newest.values()]


def _rules(row: EntryRule) -> Rules:
    named = {kind: getattr(row, column) for kind, column in COLUMNS.items()}
    hours = {kind: hours for kind, hours in named.items() if hours is not None}
    return Rules(row.region, row.training_hours, bands_of(row.bands), row.source, hours)


def _newest(row: EntryRule) -> tuple[date, UUID]:
    return row.effective_from, row.id
