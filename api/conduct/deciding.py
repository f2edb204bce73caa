"""The authority: it upholds or refuses, hears appeals one level up, grants repairs."""

from uuid import UUID

from api.conduct import access, rules, steps
from api.conduct.errors import BadRestriction, BadTerm, SecondPerson, WrongStep
from api.conduct.models import ConductRecord
from api.conduct.rules import Act, Kind, Side, State
from api.conduct.schemas import DecisionIn, RulingIn
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.scope import scope_of, subtree
from api.kit.transaction import transaction
from api.permissions import Permission
from verification import region as regions

UPDATE = Permission.REGULATOR_CONDUCT_UPDATE


async def decide(actor: Actor, record_id: UUID, given: DecisionIn) -> ConductRecord:
    """Upheld with level and term, or refused; the subject is told why and how to appeal.

    Never before the subject answered or its term was over, never by who proposed it.
    NoSuchConduct, WrongStep, SecondPerson, BadTerm, BadRestriction.
    """
    async with transaction():
        row = await access.of_region(actor, UPDATE, record_id, lock=True)
        if row.state is not State.TO_DECIDE:
            raise WrongStep
        if row.proposed_by == actor.id:
            raise SecondPerson
        row.decided_by, row.decided_region = actor.id, _office(actor, row.region)
        if given.decision == "refuse":
            await steps.move(actor, row, Act.REFUSED, Side.AUTHORITY, note=given.reason)
            told = "conduct.refused"
        else:
            told = await _uphold(actor, row, given)
        await steps.tell_subject(actor, row, told)
        await steps.tell_proposer(actor, row, "conduct.decided_office")
    return row


def _office(actor: Actor, region: str) -> str:
    """As whose office the actor decides: the nearest of his regions that holds this one."""
    own = scope_of(actor, UPDATE).regions
    return max(
        (each for each in own if regions.within(region, each)), key=lambda r: len(subtree(r))
    )


async def _uphold(actor: Actor, row: ConductRecord, given: DecisionIn) -> str:
    """The decision's term begins today. What the subject is told of it."""
    kind = rules.kind_of(row.kind, row.version)
    months = _judged(row, given, kind)
    today = clock.today()
    row.valid_from, row.valid_to = today, rules.term(today, months)
    row.document, row.restricts = given.document, given.restrict
    if row.level.good:
        due = row.valid_to
        await steps.move(actor, row, Act.HONOURED, Side.AUTHORITY, note=given.reason, due_on=due)
        return "conduct.honoured"
    row.appeal_region = rules.above(row.decided_region)
    row.repair_from = rules.half_way(today, row.valid_to)
    due = steps.within_term(row, rules.working_days(today, rules.APPEAL_WITHIN))
    await steps.move(actor, row, Act.UPHELD, Side.AUTHORITY, note=given.reason, due_on=due)
    return "conduct.upheld"


def _judged(row: ConductRecord, given: DecisionIn, kind: Kind | None) -> int:
    """The record gets its level; the months of its term. BadTerm, BadRestriction."""
    level = given.level or row.level
    least, most = rules.months_of(level)
    usual = kind.months if kind and least <= kind.months <= most else least
    months = given.months or usual
    if level.good is not row.level.good or not least <= months <= most:
        raise BadTerm(errors=(FieldError("months", BadTerm.code, BadTerm.detail),))
    row.level = level
    if given.restrict and not (rules.may_restrict(row.subject, level) and given.document):
        fault = FieldError("document", BadRestriction.code, BadRestriction.detail)
        raise BadRestriction(errors=(fault,))
    return months


async def rule_on_appeal(actor: Actor, record_id: UUID, given: RulingIn) -> ConductRecord:
    """One level above the decision: it stands and is published, or falls with all it carried.

    NoSuchConduct, WrongStep, SecondPerson.
    """
    async with transaction():
        row = await access.to_hear(actor, UPDATE, record_id, lock=True)
        if row.state is not State.APPEALED:
            raise WrongStep
        if actor.id in (row.proposed_by, row.decided_by):
            raise SecondPerson
        act = Act.OVERTURNED if given.granted else Act.CONFIRMED
        due = None if given.granted else row.valid_to
        await steps.move(actor, row, act, Side.AUTHORITY, note=given.reason, due_on=due)
        told = "conduct.appeal_won" if given.granted else "conduct.appeal_lost"
        await steps.tell_subject(actor, row, told)
        await steps.tell_region(actor, row, "conduct.appeal_decided_region")
    return row


async def rule_on_repair(actor: Actor, record_id: UUID, given: RulingIn) -> ConductRecord:
    """It ends early, or goes on, and can be asked for again after thirty days.

    NoSuchConduct, WrongStep.
    """
    async with transaction():
        row = await access.of_region(actor, UPDATE, record_id, lock=True)
        if row.state is not State.REPAIRING:
            raise WrongStep
        if not given.granted:
            row.repair_from = clock.today() + rules.REPAIR_AGAIN
        act = Act.REPAIRED if given.granted else Act.KEPT
        due = None if given.granted else row.valid_to
        await steps.move(actor, row, act, Side.AUTHORITY, note=given.reason, due_on=due)
        told = "conduct.repaired" if given.granted else "conduct.repair_refused"
        await steps.tell_subject(actor, row, told)
    return row
