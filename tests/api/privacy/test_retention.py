"""With the clock moved by one, two and three years, exactly what the table says is gone."""

from typing import Any

import asyncpg
import pytest
from tortoise.exceptions import BaseORMException

from api.accidents.models import Accident, AccidentStep
from api.attendance import forgetting
from api.attendance.models import Punch, Workday, WorkdayStep
from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.collecting.models import WorkerImportRow
from api.complaints.models import Complaint, ComplaintEvidence, ComplaintStep
from api.complaints.rules import State as ComplaintState
from api.engagements import releasing
from api.engagements.models import Contract, Engagement
from api.engagements.models import State as PeriodState
from api.kit import jobs
from api.kit.fields import Record
from api.notices.models import Digest, DigestBy, Notice
from api.payroll.models import BatchLine, LeftOut
from api.privacy import retention
from api.privacy.models import KeptIdentity
from api.teams.models import Invitation
from api.training.models import Visit
from api.wages.models import LineContest, WageItem, WageLine, WageTerms
from api.wages.rules import PayState
from api.worklog.models import LogChange, LogEntry
from tests.api.matrix_world import World
from tests.api.privacy import held
from tests.cast import Client
from tests.guards.document import models

WRITTEN = {"audit_line", "audit_head", "job"}
"""What a night's run writes itself."""
LEDGER: tuple[type[Record], ...] = (
    Punch, Workday, WorkdayStep, LogEntry, LogChange, Complaint, ComplaintStep, ComplaintEvidence,
    Contract, Accident, AccidentStep, WageTerms, WageLine, WageItem, LineContest, BatchLine,
    LeftOut,
)  # fmt: skip


@pytest.fixture
async def world(client: Client) -> World:
    return await held.opened(client)


async def counts() -> dict[str, int]:
    """How many rows each table has."""
    return {str(model._meta.db_table): await model.all().count() for model in models()}


async def night() -> dict[str, int]:
    """What a night's run takes away, by table."""
    before = await counts()
    await forgetting.round_positions()
    await retention.end_terms()
    async for pair in releasing.due():
        await retention.release(*pair)
    after = await counts()
    gone = {table: before[table] - after[table] for table in before}
    return {table: rows for table, rows in gone.items() if rows and table not in WRITTEN}


async def test_one_two_and_three_years(client: Client, world: World) -> None:
    account = await held.account_of(client, "zhang")
    await Digest.create(account_id=account, day="2026-11-01", count=3, by=DigestBy.SMS)
    notices, visits = await Notice.all().count(), await Visit.all().count()
    invitations = await Invitation.all().count()
    rows, ledger = await WorkerImportRow.all().count(), [await m.all().count() for m in LEDGER]
    assert notices and visits and rows and all(ledger)
    await held.gone_home(world)
    await held.finished(world)
    assert await night() == {}, "nothing is over on the first day"
    held.later(days=364)
    assert await night() == {"notice_digest": 1, "payslip_share": 1}, "of a day before, of a week"
    held.later(days=2)
    assert await night() == {"lesson_visit": visits, "data_export": 1, "worker_import_row": rows}
    held.later(days=30)
    assert await night() == {"team_invitation": invitations}, "it was valid for some days"
    held.later(days=335)
    assert await night() == {"notice": notices}
    held.later(days=364)
    assert await night() == {}, "three years less a day"
    held.later(days=2)
    third = await night()
    assert third.pop("log_line") == 1
    for table in ("conduct_evaluation", "conduct_score_review", "profile_correction"):
        assert third.pop(table) == 1
    assert third == {str(m._meta.db_table): rows for m, rows in zip(LEDGER, ledger, strict=True)}
    assert await AuditLine.filter(tag=Tag.LEDGER_RELEASED).count() == 1
    assert await Engagement.filter(worker_id=world.ids["worker_id"]).count() == 1, "his career"


@pytest.mark.parametrize("why", ["unpaid", "owed", "unfinished", "on_site", "complaining"])
async def test_what_the_law_still_asks_for_stays(client: Client, world: World, why: str) -> None:
    await held.gone_home(world, settled=why != "unpaid")
    if why != "unfinished":
        await held.finished(world)
    period, complaint = Engagement.all(), Complaint.all()
    if why == "owed":
        await WageLine.filter(worker_id=world.ids["worker_id"]).update(pay_state=PayState.FAILED)
    if why == "on_site":
        await period.update(state=PeriodState.ON_SITE)
    if why == "complaining":
        await complaint.update(state=ComplaintState.ANSWERED)
    held.later(days=4 * 366)
    await night()
    assert await Punch.all().count() and await Workday.all().count()


@pytest.mark.parametrize(
    "model",
    [
        Punch,
        WorkdayStep,
        LogChange,
        ComplaintStep,
        ComplaintEvidence,
        WageTerms,
        WageLine,
        BatchLine,
    ],
)
async def test_nothing_goes_without_a_release(
    client: Client, world: World, model: type[Record]
) -> None:
    with pytest.raises((BaseORMException, asyncpg.RaiseError), match="append-only"):
        await model.all().delete()
    await Engagement.all().update(released_on="2026-11-01")
    assert await model.all().delete()


async def come_back(world: World) -> None:
    """Zhang is on the same site again, for a second time."""
    row = await Engagement.filter(worker_id=world.ids["worker_id"]).first()
    assert row is not None
    again: dict[str, Any] = {
        name: getattr(row, name)
        for name in row._meta.db_fields
        if name not in {"id", "created_at", "released_on"}
    }
    await Engagement.create(**{**again, "state": PeriodState.ON_SITE})


async def test_coming_back_closes_the_door_again(client: Client, world: World) -> None:
    await Engagement.all().update(released_on="2026-11-01", state=PeriodState.LEFT)
    await come_back(world)
    with pytest.raises((BaseORMException, asyncpg.RaiseError), match="append-only"):
        await Punch.all().delete()


async def test_the_kept_identity_goes_with_the_last_ledger(client: Client, world: World) -> None:
    await held.gone_home(world)
    await held.finished(world)
    await client.cast.sudo("zhang")
    assert (await client.post(f"{held.DATA}/erasure", as_="zhang")).status_code == 201
    held.later(days=8)
    await held.erased()
    assert await KeptIdentity.all().count() == 1
    held.later(days=3 * 366)
    await retention.release_ledgers()
    await jobs.drain()
    assert await KeptIdentity.all().count() == 0
    assert await held.traces() == set()


async def test_who_came_back_meanwhile_keeps_everything(client: Client, world: World) -> None:
    await held.gone_home(world)
    await held.finished(world)
    held.later(days=3 * 366)
    await retention.release_ledgers()
    await come_back(world)
    await jobs.drain()
    assert await Punch.all().count() == 1
    assert not await Engagement.filter(released_on__isnull=False).exists()
