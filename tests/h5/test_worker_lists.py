"""The worker's lists ask at most ten questions of the database, however long they are."""

import itertools
import secrets
from typing import Any
from uuid import uuid4

import pytest

from api.attendance.models import PunchSettings
from api.collecting.models import WorkerLink
from api.engagements.models import Contract, Engagement
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.memo import MEMOS
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.notices import service as notices
from api.teams.models import Invitation, Member, Team
from api.workers.models import Worker
from tests.api.attendance import sites
from tests.api.teams import people
from tests.cast import FIRM_A, Client
from tests.h5.counting import counted
from tests.h5.visiting import Visitor

MOST, MANY = 10, 24
HOME = 13
"""Two of them are remembered for a minute: whose account it is, and who was merged."""
"""The home also asks how many payslips wait."""
_numbers = itertools.count(1)


@pytest.fixture
async def busy(visitor: Visitor, client: Client) -> Visitor:
    """Zhang, with many of everything."""
    worker = await people.worker(client, "zhang")
    for _ in range(MANY):
        await _period(worker)
        await _team(worker)
    await _told(visitor, MANY)
    return await visitor.enter("zhang")


async def _period(worker: Worker) -> None:
    shared: dict[str, Any] = {
        "worker_id": worker.id, "project_id": uuid4(), "enterprise_id": FIRM_A,
        "contractor_id": FIRM_A, "region": "510107",
    }  # fmt: skip
    await Engagement.create(
        **shared, worker_code=worker.code, trade="020", state="left", entered_on=clock.today(),
        left_on=clock.today(), settled=True,
    )  # fmt: skip
    await Contract.create(
        **shared, kind="labour", template="labour-1", text=Personal.of(Kind.TEXT, "x"),
        digest="x", pay_kind="day", pay_fen=1, pay_day=1, starts_on=clock.today(), late=False,
    )  # fmt: skip
    await WorkerLink.create(
        enterprise_id=uuid4(), worker_id=worker.id, trade="020", collected_by=uuid4()
    )


async def _team(worker: Worker) -> Team:
    number = next(_numbers)
    team = await Team.create(name=f"样例{number}班", trade="020", leader_id=worker.id)
    await Member.create(team_id=team.id, worker_id=worker.id, joined_on=clock.today())
    return team


async def _told(visitor: Visitor, times: int) -> None:
    account_id = await visitor.cast.id("zhang")
    async with transaction():
        for _ in range(times):
            params = {"enterprise": str(FIRM_A), "project": str(uuid4())}
            notices.tell(SYSTEM, account_id, "contract.offered", params)


@pytest.mark.parametrize(
    "path",
    ["/h5/more", "/h5/messages", "/h5/teams", "/h5/contracts", "/h5/engagements",
     "/h5/links", "/h5/settings/privacy", "/h5/me/devices"],
)  # fmt: skip
async def test_a_long_list_asks_little(busy: Visitor, path: str) -> None:
    with counted() as asked:
        seen = await busy.get(path)
    assert seen.status == 200
    assert len(asked) <= MOST, asked


@pytest.mark.parametrize("path", ["/h5/", "/h5/punch", "/h5/punch/manual"])
async def test_who_comes_cold_asks_little(client: Client, visitor: Visitor, path: str) -> None:
    # In the morning and switched on, the phone may punch by itself: then most is asked.
    sites.stop(sites.at("2026-06-03", "07:12"))
    project = await sites.site(client)
    await sites.entered(client, "zhang", project)
    await _told(visitor, MANY)
    await PunchSettings.create(account_id=await visitor.cast.id("zhang"), automatic=True)
    await visitor.enter("zhang")
    for memo in MEMOS.values():
        memo.drop_all()
    with counted() as asked:
        seen = await visitor.get(path)
    assert seen.status == 200 and "样例" in seen.text
    assert len(asked) <= (HOME if path == "/h5/" else MOST), asked


async def test_a_large_team_asks_little(busy: Visitor) -> None:
    worker = await Worker.get()
    team = await _team(worker)
    for _ in range(MANY):
        await Member.create(team_id=team.id, worker_id=uuid4(), joined_on=clock.today())
        await Invitation.create(
            team_id=team.id, code=secrets.token_hex(4).upper(), uses=5, made_by=worker.id,
            expires_at=clock.now().replace(year=2040),
        )  # fmt: skip
    for path in (f"/h5/teams/{team.id}", f"/h5/teams/{team.id}/invitations"):
        with counted() as asked:
            seen = await busy.get(path)
        assert seen.status == 200
        assert len(asked) <= MOST, (path, asked)


async def test_long_lists_go_on_on_another_page(busy: Visitor) -> None:
    for path in ("/h5/messages", "/h5/teams", "/h5/contracts", "/h5/engagements", "/h5/links"):
        seen = await busy.get(path)
        [older] = [link for link in seen.links if "cursor=" in link]
        assert (await busy.get(older)).status == 200
    assert (await busy.get("/h5/teams?cursor=x")).status == 422
