"""A site of firm A with Zhang and Li on it, their days of October, and who pays them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx

from api.accounts import sessions
from api.accounts.models import Account
from api.attendance.models import State, Workday
from api.engagements.models import Engagement
from api.kit import clock, jobs
from api.kit.actor import Actor, Origin
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.notices.models import Notice
from api.wages.models import WageLine
from api.wages.rules import Way
from api.wages.signing import sign
from api.worklog.models import LogLine
from api.worklog.rules import Kind
from tests.api.attendance import sites
from tests.api.teams import people
from tests.cast import FIRM_A, Client, Part

SHEETS = "/api/v1/enterprise/wage-sheets"
TERMS = "/api/v1/enterprise/wage-terms"
CONTESTS = "/api/v1/enterprise/wage-contests"
REGION = "/api/v1/regulator/wage-sheets"
FUNDS = "/api/v1/enterprise/special-accounts"
NOON = "2026-11-03"
STAFF = ("officer_a", "admin_a", "auditor_a", "checker_a", "officer_b", "county", "neighbour")
PHOTO = ("s.jpg", sites.photo(), "image/jpeg")


@dataclass(frozen=True, slots=True)
class Paid:
    """The small world of the tests."""

    client: Client
    project_id: str
    zhang: UUID
    li: UUID

    async def go(self, day: str) -> None:
        """It is that day's noon, and everybody logs in again."""
        sites.stop(sites.at(day, "12:00"))
        for name in STAFF:
            await entered(self.client, name)

    async def terms(self, worker_id: UUID | None = None, **changed: Any) -> dict[str, Any]:
        """Zhang is paid 300 yuan a 工, unless it is changed."""
        body = {
            "worker_id": str(worker_id or self.zhang), "project_id": self.project_id,
            "pay_kind": "day", "rate_fen": 30000, "effective_from": "2026-10-01", **changed,
        }  # fmt: skip
        return made(await self.client.post(TERMS, as_="officer_a", json=body))

    async def work(self, worker_id: UUID, days: Sequence[str], units: str = "1") -> None:
        """Confirmed days."""
        period = await Engagement.get(worker_id=worker_id)
        for day in days:
            await Workday.create(
                id=new_id(), worker_id=worker_id, account_id=uuid4(),
                project_id=UUID(self.project_id), engagement_id=period.id,
                enterprise_id=FIRM_A, contractor_id=FIRM_A, region="510107",
                day=date.fromisoformat(day), state=State.CONFIRMED, units=Decimal(units),
                found_units=Decimal(units), hours=Decimal(8), reasons=[], evidence=2,
                derived_at=clock.now(), decided_at=clock.now(),
            )  # fmt: skip

    async def book(
        self, worker_id: UUID, day: str, kind: Kind, difference: str = "same", **said: Any
    ) -> LogLine:
        """A line of both books: each says the same, unless one side's word is given alone."""
        sides: dict[str, Any] = {"worker_entries": 1, "leader_entries": 1}
        for name, value in said.items():
            if name.startswith(("worker_", "leader_", "unit")):
                sides[name] = value
            else:
                sides |= {f"worker_{name}": value, f"leader_{name}": value}
        return await LogLine.create(
            team_id=uuid4(), worker_id=worker_id, project_id=UUID(self.project_id),
            enterprise_id=FIRM_A, contractor_id=FIRM_A, day=date.fromisoformat(day), kind=kind,
            difference=difference, **sides,
        )  # fmt: skip

    async def make(self, who: str = "officer_a", **changed: Any) -> dict[str, Any]:
        """A sheet of October, drawn to its end."""
        row = made(await self.ask(who, **changed))
        await jobs.drain()
        return await self.sheet(row["id"])

    async def ask(self, who: str = "officer_a", **changed: Any) -> httpx.Response:
        body = {"project_id": self.project_id, "month": "2026-10", **changed}
        return await self.client.post(SHEETS, as_=who, json=body)

    async def sheet(self, sheet_id: str, who: str = "officer_a") -> dict[str, Any]:
        return fine(await self.client.get(f"{SHEETS}/{sheet_id}", as_=who))

    async def lines(self, sheet_id: str, **query: Any) -> list[dict[str, Any]]:
        path = f"{SHEETS}/{sheet_id}/lines"
        answer = await self.client.get(path, as_="officer_a", params=query)
        return list(fine(answer)["items"])

    async def line(self, sheet_id: str, worker_id: UUID | None = None) -> dict[str, Any]:
        """Zhang's line, or another's, with everything."""
        row = await WageLine.get(sheet_id=sheet_id, worker_id=worker_id or self.zhang)
        path = f"{SHEETS}/{sheet_id}/lines/{row.id}"
        return fine(await self.client.get(path, as_="officer_a"))

    async def act(
        self, sheet_id: str, what: str, who: str = "officer_a", **body: Any
    ) -> httpx.Response:
        """An act on a sheet; a release is made by somebody who just proved himself again."""
        if what == "release":
            await self.client.cast.sudo(who)
        given = {"json": body} if body or what == "audit" else {}
        return await self.client.post(f"{SHEETS}/{sheet_id}/{what}", as_=who, **given)

    async def correct(
        self, line: dict[str, Any], who: str = "officer_a", **body: Any
    ) -> httpx.Response:
        path = f"{SHEETS}/{line['sheet_id']}/lines/{line['id']}/corrections"
        given = {"reason": "核对后更正", **body}
        return await self.client.post(path, as_=who, json=given)

    async def bonus(
        self, line: dict[str, Any], yuan: int = 100, who: str = "officer_a"
    ) -> dict[str, Any]:
        added = {"kind": "bonus", "amount_fen": yuan * 100, "note": "高温补贴"}
        return fine(await self.correct(line, who, add=[added]))

    async def sign(self, sheet_id: str, who: str = "zhang") -> WageLine:
        """One of the cast signs his line as it stands."""
        actor = await people.actor(self.client, who)
        worker_id = self.zhang if who == "zhang" else self.li
        row = await WageLine.get(sheet_id=sheet_id, worker_id=worker_id)
        return await sign(actor, row.id, row.digest, Way.CONFIRM)

    async def to(self, state: str, **changed: Any) -> dict[str, Any]:
        """A sheet that stands there, signed where it must be."""
        sheet = await self.make(**changed)
        steps = {
            "submitted": ("submission", "officer_a"),
            "audited": ("audit", "auditor_a"),
            "rechecked": ("recheck", "checker_a"),
            "released": ("release", "auditor_a"),
        }
        for name, (what, who) in steps.items():
            if sheet["state"] == state:
                break
            if name == "released":
                await self.signed(sheet["id"])
            sheet = fine(await self.act(sheet["id"], what, who))
        assert sheet["state"] == state
        return sheet

    async def signed(self, sheet_id: str) -> None:
        """Everybody has signed."""
        for row in await WageLine.filter(sheet_id=sheet_id):
            await self.sign(sheet_id, "zhang" if row.worker_id == self.zhang else "li")

    async def ready(self, **agreement: Any) -> str:
        """The project's special account with an agreement in force; its id."""
        body = {"bank_code": "105", "number": "510501234567890123", "opened_on": "2026-01-05"}
        path = f"/api/v1/enterprise/projects/{self.project_id}/special-account"
        account = made(await self.client.post(path, as_="officer_a", json=body))
        await self.agreed(account["id"], **agreement)
        return str(account["id"])

    async def agreed(self, account_id: str, **changed: Any) -> httpx.Response:
        said = {
            "number": "DF-2026-01", "parties": "样例总包、样例银行", "starts_on": "2026-01-05",
            **changed,
        }  # fmt: skip
        answer = await self.client.post(
            f"{FUNDS}/{account_id}/agreements", as_="officer_a", data=said, files={"scan": PHOTO}
        )
        return answer


async def opened(client: Client) -> Paid:
    """The world on a day of November; both have been there since September."""
    sites.stop(sites.at("2026-09-01", "12:00"))
    project_id = await sites.site(client)
    await _staff(client)
    zhang = await sites.entered(client, "zhang", project_id)
    li = await sites.entered(client, "li", project_id)
    await client.agree("zhang", "bank_card")
    world = Paid(client, project_id, zhang, li)
    await world.go(NOON)
    for name in ("zhang", "li"):
        await entered(client, name)
    return world


async def _staff(client: Client) -> None:
    """Two more of firm A, so that three may look at a sheet."""
    for name, role in (("auditor_a", "wage_officer"), ("checker_a", "enterprise_admin")):
        await client.cast._enter(name, Part(role, tenant_id=FIRM_A))


async def entered(client: Client, name: str) -> None:
    """A session of this moment for one of the cast."""
    account = await Account.get(id=await client.cast.id(name))
    async with transaction():
        given = await sessions.open_session(
            account, method="test", origin=Origin(ip="127.0.0.1"), device=name, second_factor=True
        )
    client.cast._tokens[name] = given.token


def days(first: str, count: int) -> list[str]:
    """So many days in a row."""
    start = date.fromisoformat(first)
    return [(start + timedelta(days=each)).isoformat() for each in range(count)]


async def told(client: Client, who: str) -> list[str]:
    """What one of the cast was told of wages, in order."""
    rows = Notice.filter(account_id=await client.cast.id(who), kind__startswith="wages.")
    return [str(each) for each in await rows.order_by("id").values_list("kind", flat=True)]


async def at_once(acts: Sequence[Callable[[], Awaitable[Any]]]) -> list[Any]:
    """What became of acts that begin together: an answer or an exception each."""
    return list(await asyncio.gather(*(act() for act in acts), return_exceptions=True))


def sudo(actor: Actor) -> Actor:
    """The actor, who has just proved himself again."""
    return replace(actor, sudo_until=clock.in_seconds(300))


def made(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def fine(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
