"""Engagements, their check, the ledger and a region's entry rules, as they come in and go out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.engagements.models import EntryRule, LedgerLine, Move, Mover, Override, State
from api.engagements.rules import Band, Effect, Finding, Item
from api.kit.pagination import PageQuery
from api.kit.schemas import DECIMAL_TEXT, Body, Line, Note, Out, Query, RegionCode
from api.projects.policy_schemas import RulesOut
from api.projects.schemas import known_region
from api.teams.schemas import Trade
from api.training.schemas import Day, WorkerCode

KnownRegion = Annotated[RegionCode, AfterValidator(known_region)]


class RegisterIn(Body):
    """A worker to come. enterprise_id: his employer; left out, the actor's own enterprise."""

    worker_code: WorkerCode
    trade: Trade
    team_id: UUID | None = None
    enterprise_id: UUID | None = None


class OverrideIn(Body):
    """Why somebody may enter although something is missing, and until when it is to be there."""

    reason: Note
    until: Day


class EntryIn(Body):
    """The day of entry, today when left out."""

    entered_on: Day | None = None
    override: OverrideIn | None = None


class ExitIn(Body):
    """The last day, today when left out; whether the wages are paid."""

    left_on: Day | None = None
    settled: bool
    reason: Note | None = None


class SettlementIn(Body):
    """Whether the wages of a period that ended are paid."""

    settled: bool


class TeamChangeIn(Body):
    """The team from now on; null for none."""

    team_id: UUID | None


class Narrowing(PageQuery):
    """What every list of this feature may be narrowed to."""

    project_id: UUID | None = None
    enterprise_id: UUID | None = None
    region: RegionCode | None = None


class EngagementQuery(Narrowing):
    """Engagements in one state, of one worker, team or trade; the trained or the untrained."""

    state: State | None = None
    worker_id: UUID | None = None
    team_id: UUID | None = None
    trade: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,4}$")] | None = None
    settled: bool | None = None
    trained: bool | None = None


class LedgerQuery(Narrowing):
    """Lines of workers or of teams, entries or exits."""

    mover: Mover | None = None
    move: Move | None = None
    worker_id: UUID | None = None
    team_id: UUID | None = None


class CheckQuery(Query):
    """The day of entry, today when left out."""

    day: Day | None = None


class CountQuery(Query):
    """Counted for a region; one's own when left out."""

    region: RegionCode | None = None


class NamedOut(Out):
    """Something with a name."""

    id: UUID
    name: str


class EngagementOut(Out):
    """A worker's period on a project, his name masked.

    elsewhere: he is on another site as well. override_until: he entered although something was
    missing, which was to be there by then. trained_on: since when he has had what entry teaches.
    """

    id: UUID
    worker_id: UUID
    worker: str
    worker_code: str
    project: NamedOut
    enterprise: NamedOut
    team: NamedOut | None
    region: str
    trade: str
    trade_name: str
    state: State
    entered_on: date | None
    left_on: date | None
    settled: bool | None
    left_reason: str
    elsewhere: bool
    override_until: date | None
    trained_on: date | None
    created_at: datetime


class MissingOut(Out):
    """One thing that is missing, with what to do."""

    item: Item
    words: str
    overridable: bool

    @classmethod
    def of(cls, item: Item) -> "MissingOut":
        """The item as shown."""
        return cls(item=item, words=item.words, overridable=item.overridable)


class CheckOut(Out):
    """The check before entry. `overridable`: a person in charge may let him in all the same.

    overridden: what he was let in without, until `override_until`; after it, it is missing again.
    """

    day: date
    ready: bool
    overridable: bool
    missing: list[MissingOut]
    overridden: list[MissingOut]
    override_until: date | None
    warnings: list[str]

    @classmethod
    def of(cls, found: Finding, day: date) -> "CheckOut":
        """The finding as shown."""
        return cls(
            day=day,
            ready=found.ready,
            overridable=found.overridable,
            missing=[MissingOut.of(item) for item in found.missing],
            overridden=[MissingOut.of(item) for item in found.overridden],
            override_until=found.override_until,
            warnings=list(found.warnings),
        )


class LedgerOut(Out):
    """One line of the ledger, the worker's name masked."""

    id: UUID
    mover: Mover
    move: Move
    on: date
    project: NamedOut
    enterprise: NamedOut
    team: NamedOut | None
    worker_id: UUID | None
    worker: str
    engagement_id: UUID | None
    account_id: UUID | None
    created_at: datetime

    @classmethod
    def of(cls, row: LedgerLine, **named: Any) -> "LedgerOut":
        """The line as shown, with the names that the caller looked up."""
        return cls(
            id=row.id,
            mover=Mover(row.mover),
            move=Move(row.move),
            on=row.on,
            worker_id=row.worker_id,
            engagement_id=row.engagement_id,
            account_id=row.account_id,
            created_at=row.created_at,
            **named,
        )


class OverrideOut(Out):
    """An entry although something was missing: what, by whom in which role, why, until when."""

    id: UUID
    engagement_id: UUID
    worker_id: UUID
    worker: str
    project: NamedOut
    enterprise: NamedOut
    items: list[MissingOut]
    reason: str
    until: date
    role: str
    account_id: UUID | None
    created_at: datetime

    @classmethod
    def of(cls, row: Override, **named: Any) -> "OverrideOut":
        """The override as shown, with the names that the caller looked up."""
        return cls(
            id=row.id,
            engagement_id=row.engagement_id,
            worker_id=row.worker_id,
            items=[MissingOut.of(Item(code)) for code in row.items],
            reason=row.reason,
            until=row.until,
            role=row.role,
            account_id=row.account_id,
            created_at=row.created_at,
            **named,
        )


class OwnFenceOut(Out):
    """A fence in force, in WGS-84."""

    id: UUID
    version: int
    geometry: dict[str, Any]
    radius_m: float | None
    buffer_m: float
    valid_from: datetime
    valid_to: datetime | None


class OwnEngagementOut(Out):
    """One's own period on a project; rules and fences as they hold now, while it lasts."""

    id: UUID
    project: NamedOut
    enterprise: NamedOut
    team: NamedOut | None
    state: State
    entered_on: date | None
    left_on: date | None
    settled: bool | None
    attendance_rules: RulesOut | None
    fences: list[OwnFenceOut]


class BandIn(Body):
    """Workers of a sex (null: all) older than `over` years, and what follows."""

    sex: Literal["male", "female"] | None = None
    over: Annotated[int, Field(ge=18, le=100)]
    effect: Effect


LeastHours = Annotated[Decimal, Field(ge=0, le=200, max_digits=4, decimal_places=1), DECIMAL_TEXT]


class EntryRuleIn(Body):
    """What a region asks before entry from a day on, and the document it stands in.

    training_hours: of entry training on the project. company_hours, team_hours: of the other two
    levels, asked before entry where they are given. yearly_hours, special_hours, change_hours: in a
    year. What is left out stays as the state has it.
    """

    region: KnownRegion
    effective_from: Day
    training_hours: LeastHours
    company_hours: LeastHours | None = None
    team_hours: LeastHours | None = None
    yearly_hours: LeastHours | None = None
    special_hours: LeastHours | None = None
    change_hours: LeastHours | None = None
    bands: Annotated[list[BandIn], Field(max_length=20)]
    source: Line


class EntryRuleQuery(PageQuery):
    """The rules of one region."""

    region: RegionCode | None = None


class BandOut(Out):
    """An age band."""

    sex: str | None
    over: int
    effect: Effect

    @classmethod
    def of(cls, band: Band) -> "BandOut":
        """The band as shown."""
        return cls(sex=band.sex, over=band.over, effect=band.effect)


class EntryRuleOut(Out):
    """What a region asks before entry."""

    id: UUID
    region: str
    effective_from: date
    training_hours: Decimal
    company_hours: Decimal | None
    team_hours: Decimal | None
    yearly_hours: Decimal | None
    special_hours: Decimal | None
    change_hours: Decimal | None
    bands: list[BandOut]
    source: str

    @classmethod
    def of(cls, row: EntryRule) -> "EntryRuleOut":
        """The rule as shown."""
        return cls(
            id=row.id,
            region=row.region,
            effective_from=row.effective_from,
            training_hours=row.training_hours,
            company_hours=row.company_hours,
            team_hours=row.team_hours,
            yearly_hours=row.yearly_hours,
            special_hours=row.special_hours,
            change_hours=row.change_hours,
            bands=[BandOut.model_validate(band) for band in row.bands],
            source=row.source,
        )


class CountOut(Out):
    """Entries, exits and how many are on site; `id` a region's code or a thing's id.

    prepared: how many of those on site entered with training and certificate. trained: how many of
    them have had, by now, the training that entry asks for.
    """

    id: str
    name: str
    entries: int
    exits: int
    on_site: int
    prepared: int
    trained: int


class WholeOut(CountOut):
    """A count with the share of the prepared, to four decimals, and what that means."""

    prepared_share: str | None
    prepared_means: str = "进场时培训和证书都齐的人 ÷ 在场的人。目标 90% 以上。"


class CountsOut(WholeOut):
    """The same for the parts one level below; they add up to the whole."""

    parts: list[CountOut]


class ProjectCountsOut(WholeOut):
    """The same for a project, by unit and by team.

    A worker who changed teams entered both, so the parts' entries may exceed the whole.
    """

    units: list[CountOut]
    teams: list[CountOut]
