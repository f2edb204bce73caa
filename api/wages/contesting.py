"""异议: a worker says that his line is wrong; the employer answers within working days (BY-09).

An objection holds nobody else's wage back, nor what is not in dispute (L-16).
"""

from datetime import date
from typing import Any
from uuid import UUID

from api.audit.tags import Tag
from api.codes import workdays
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.permissions import Permission
from api.wages import access, queries, rules, steps, telling
from api.wages.errors import ContestClosed, ContestOpen, NoSuchContest, NotAdjusted
from api.wages.models import LineContest, WageLine, WageSheet
from api.wages.reckoning import ItemKind
from api.wages.rules import ContestState, LineState
from api.wages.schemas import ContestAnswerIn

UPDATE = Permission.ENTERPRISE_WAGES_UPDATE


async def contest(
    actor: Actor,
    line_id: UUID,
    words: str,
    *,
    day: date | None = None,
    item: ItemKind | None = None,
    photo_id: UUID | None = None,
) -> LineContest:
    """The worker's objection to his own line, or to one day or kind of item of it.

    A signature that he gave is void. NoSuchLine, ContestOpen while one waits.
    """
    async with transaction():
        line = await access.own_line(actor, line_id, lock=True)
        if line.state is LineState.CONTESTED:
            raise ContestOpen
        sheet = await WageSheet.get(id=line.sheet_id)
        row = await _new(actor, line, words, day=day, item=item, photo_id=photo_id)
        line.state, line.signed_version = LineState.CONTESTED, None
        await line.save(update_fields=["state", "signed_version"])
        params = {**telling.params_of(sheet), "date": row.due_on.isoformat()}
        for tenant_id in sorted({sheet.enterprise_id, sheet.contractor_id}):
            await telling.tell_office(
                actor, tenant_id, "wages.contested", params, ("wage_sheet", sheet.id)
            )
        steps.record_line(actor, Tag.WAGE_LINE_CONTESTED, line)
    return row


async def _new(actor: Actor, line: WageLine, words: str, **about: Any) -> LineContest:
    return await LineContest.create(
        line_id=line.id,
        sheet_id=line.sheet_id,
        worker_id=line.worker_id,
        project_id=line.project_id,
        enterprise_id=line.enterprise_id,
        contractor_id=line.contractor_id,
        region=line.region,
        line_version=line.version,
        words=Personal.of(Kind.TEXT, words),
        due_on=workdays.calendar().after(clock.today(), rules.ANSWER_DAYS),
        account_id=actor.account_id,
        **about,
    )


async def answer(actor: Actor, contest_id: UUID, given: ContestAnswerIn) -> LineContest:
    """The employer's or the contractor's answer; the worker reads it, and may sign then.

    NoSuchContest, ContestClosed, NotAdjusted when the line could have been changed and was not:
    what was audited is made good on another sheet.
    """
    async with transaction():
        rows = queries.visible(LineContest, actor, UPDATE).filter(id=contest_id)
        known = await rows.first()
        if known is None:
            raise NoSuchContest
        line = await WageLine.filter(id=known.line_id).select_for_update().get()
        row = await LineContest.filter(id=contest_id).select_for_update().get()
        if row.state is not ContestState.OPEN:
            raise ContestClosed
        sheet = await WageSheet.get(id=row.sheet_id)
        unchanged = line.version == row.line_version and sheet.state.corrected
        if given.state is ContestState.ADJUSTED and unchanged:
            raise NotAdjusted
        await _answered(actor, row, line, given)
        await telling.tell_workers(actor, [line], "wages.answered", telling.params_of(sheet))
    return row


async def _answered(actor: Actor, row: LineContest, line: WageLine, given: ContestAnswerIn) -> None:
    row.state, row.answered_by, row.answered_at = given.state, actor.id, clock.now()
    row.answer = Personal.of(Kind.TEXT, given.answer)
    await row.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    line.state = LineState(given.state.value)
    await line.save(update_fields=["state"])
    steps.record_line(actor, Tag.WAGE_LINE_ANSWERED, line)
