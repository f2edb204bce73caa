"""评价: an enterprise says how a worker or team did in a month; they read it and may contest it."""

from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.queryset import QuerySet

from api.audit import service as audit
from api.audit.tags import Tag
from api.conduct import queries, subjects
from api.conduct.errors import AlreadyEvaluated, NoSuchEvaluation, WrongStep
from api.conduct.models import Evaluation
from api.conduct.rules import EvaluationState
from api.conduct.schemas import EvaluationIn, SettlementIn
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission
from api.projects import service as projects

UPDATE = Permission.ENTERPRISE_CONDUCT_UPDATE


async def evaluate(actor: Actor, given: EvaluationIn) -> Evaluation:
    """The month's evaluation, of which there is one; the subject is told.

    NoSuchProject, UnknownSubject, AlreadyEvaluated.
    """
    project = await projects.require(actor, UPDATE, given.project_id)
    tenant = await subjects.tenant_on(actor, UPDATE, project)
    await subjects.require(given.subject, given.subject_id, project, tenant)
    row = Evaluation(
        **{subjects.COLUMNS[given.subject]: given.subject_id},
        subject=given.subject,
        project_id=project.id,
        enterprise_id=tenant,
        region=project.region,
        month=given.month,
        quality=given.quality,
        safety=given.safety,
        teamwork=given.teamwork,
        text=Personal.of(Kind.TEXT, given.text),
        made_by=actor.id,
    )
    try:
        async with transaction():
            await row.save(force_create=True)
            await _tell_subject(actor, row, "evaluation.given")
            _record(actor, Tag.EVALUATION_GIVEN, row, tenant)
    except IntegrityError:
        # The month's unique index: one evaluation that was not taken back.
        raise AlreadyEvaluated from None
    return row


async def contest(actor: Actor, evaluation_id: UUID, text: str) -> Evaluation:
    """The subject's words against it; until the enterprise answered it does not count. Once.

    NoSuchEvaluation, WrongStep.
    """
    async with transaction():
        row = await _locked(await queries.own_evaluations(actor), evaluation_id)
        if row.state is not EvaluationState.GIVEN:
            raise WrongStep
        row.state, row.said = EvaluationState.CONTESTED, Personal.of(Kind.TEXT, text)
        await row.save(update_fields=["state", "said"])
        for account_id in await subjects.officers_of(row.enterprise_id):
            params = {"project": str(row.project_id)}
            about = ("enterprise_evaluation", row.id)
            notices.tell(actor, account_id, "evaluation.contested_office", params, about=about)
        _record(actor, Tag.EVALUATION_CONTESTED, row, None)
    return row


async def settle(actor: Actor, evaluation_id: UUID, given: SettlementIn) -> Evaluation:
    """Kept against his words, or taken back at any time. NoSuchEvaluation, WrongStep."""
    keep = given.decision == "keep"
    async with transaction():
        row = await _locked(queries.evaluations_by(actor, UPDATE), evaluation_id)
        may = row.state is EvaluationState.CONTESTED if keep else row.state.stands
        if not may:
            raise WrongStep
        row.state = EvaluationState.KEPT if keep else EvaluationState.WITHDRAWN
        row.answer = Personal.of(Kind.TEXT, given.reason)
        await row.save(update_fields=["state", "answer"])
        await _tell_subject(actor, row, f"evaluation.{row.state.value}")
        _record(actor, Tag.EVALUATION_SETTLED, row, row.enterprise_id)
    return row


async def _locked(rows: QuerySet[Evaluation], evaluation_id: UUID) -> Evaluation:
    row = await rows.filter(id=evaluation_id).select_for_update().first()
    if row is None:
        raise NoSuchEvaluation
    return row


async def _tell_subject(actor: Actor, row: Evaluation, kind: str) -> None:
    params = {"project": str(row.project_id), "enterprise": str(row.enterprise_id)}
    for account_id in await subjects.accounts_of(row):
        notices.tell(actor, account_id, kind, params, about=("evaluation", row.id))


def _record(actor: Actor, tag: Tag, row: Evaluation, tenant: UUID | None) -> None:
    audit.record(
        actor, tag, ("evaluation", row.id), tenant_id=tenant, state=row.state.value, month=row.month
    )
