"""A site in 510107 with Zhang on it, what he files, and how the days go by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from api.accounts import sessions
from api.accounts.models import Account
from api.complaints import watching
from api.complaints.models import Complaint
from api.kit import jobs
from api.kit.actor import Origin
from api.kit.transaction import transaction
from api.notices.models import Notice
from tests.api.attendance import sites
from tests.cast import PARTS, Client

OWN = "/api/v1/me/complaints"
OFFICE = "/api/v1/enterprise/complaints"
REGION = "/api/v1/regulator/complaints"
MONDAY = "2026-11-30"
TEXT = "十月的工资还没有发，说好十五号发的。"
PEOPLE = ("zhang", "li", "officer_a", "admin_a", "admin_b", "county", "neighbour", "city")


@dataclass(frozen=True, slots=True)
class Filed:
    """The small world of the tests."""

    client: Client
    project_id: str
    zhang: UUID

    async def go(self, day: str, time: str = "10:00") -> None:
        """It is that day, everybody logs in again, and what is due happens."""
        sites.stop(sites.at(day, time))
        for name in PEOPLE:
            await entered(self.client, name)
        await jobs.drain()

    async def night(self, day: str, time: str = "08:00") -> None:
        """That day's morning: the clock's own acts and the round."""
        await self.go(day, time)
        await watching.watch()
        await watching.show_round()
        await jobs.drain()

    def said(self, **changed: Any) -> dict[str, str]:
        body = {
            "topic": "wages", "project_id": self.project_id, "addressee": "enterprise",
            "text": TEXT, **changed,
        }  # fmt: skip
        return {name: str(value) for name, value in body.items() if value is not None}

    async def send(
        self,
        who: str = "zhang",
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        headers: dict[str, str] | None = None,
        **changed: Any,
    ) -> httpx.Response:
        """The answer to a filing."""
        # A form without a file would not be sent in parts.
        parts: dict[str, Any] = {name: (None, text) for name, text in self.said(**changed).items()}
        return await self.client.post(
            OWN, as_=who, files={**parts, **(files or {})}, headers=headers or {}
        )

    async def file(self, **changed: Any) -> dict[str, Any]:
        """A complaint of Zhang's, its words looked at."""
        row = made(await self.send(**changed))
        await jobs.drain()
        return row

    async def own(self, complaint_id: str, who: str = "zhang") -> dict[str, Any]:
        return fine(await self.client.get(f"{OWN}/{complaint_id}", as_=who))

    async def office(self, complaint_id: str, who: str = "admin_a") -> dict[str, Any]:
        return fine(await self.client.get(f"{OFFICE}/{complaint_id}", as_=who))

    async def inbox(self, who: str = "admin_a", **query: Any) -> list[dict[str, Any]]:
        answer = await self.client.get(OFFICE, as_=who, params=query)
        return list(fine(answer)["items"])

    async def queue(self, who: str = "county", **query: Any) -> list[dict[str, Any]]:
        answer = await self.client.get(REGION, as_=who, params=query)
        return list(fine(answer)["items"])

    async def region(self, complaint_id: str, who: str = "county") -> dict[str, Any]:
        return fine(await self.client.get(f"{REGION}/{complaint_id}", as_=who))

    async def say(self, complaint_id: str, decision: str, **more: Any) -> httpx.Response:
        body = {"decision": decision, **more}
        return await self.client.post(f"{OWN}/{complaint_id}/decisions", as_="zhang", json=body)

    async def accept(self, complaint_id: str, who: str = "admin_a") -> httpx.Response:
        return await self.client.post(f"{OFFICE}/{complaint_id}/acceptance", as_=who)

    async def answer(self, complaint_id: str, who: str = "admin_a") -> httpx.Response:
        body = {"answer": "已经核对，本周五发放。"}
        return await self.client.post(f"{OFFICE}/{complaint_id}/answer", as_=who, json=body)

    async def act(
        self, complaint_id: str, what: str, who: str = "county", **body: Any
    ) -> httpx.Response:
        """An act of the authority."""
        path = f"{REGION}/{complaint_id}/{what}"
        return await self.client.post(path, as_=who, **({"json": body} if body else {}))

    async def row(self, complaint_id: str) -> Complaint:
        return await Complaint.get(id=complaint_id)


async def opened(client: Client, day: str = MONDAY) -> Filed:
    """The world on a Monday morning."""
    sites.stop(sites.at(day, "09:00"))
    project_id = await sites.site(client)
    zhang = await sites.entered(client, "zhang", project_id)
    await sites.verified(client, "li")
    world = Filed(client, project_id, zhang)
    await world.go(day)
    return world


async def entered(client: Client, name: str) -> None:
    """A session of this moment for one of the cast."""
    account = await Account.get(id=await client.cast.id(name))
    async with transaction():
        given = await sessions.open_session(
            account, method="test", origin=Origin(ip="127.0.0.1"), device=name,
            second_factor=PARTS[name].second_factor,
        )  # fmt: skip
    client.cast._tokens[name] = given.token


async def kinds_told(client: Client, who: str) -> list[str]:
    """What one of the cast was told of complaints, in order."""
    rows = Notice.filter(account_id=await client.cast.id(who), kind__startswith="complaint.")
    return [str(each) for each in await rows.order_by("id").values_list("kind", flat=True)]


def acts(row: dict[str, Any]) -> list[str]:
    return [each["act"] for each in row["steps"]]


def made(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def fine(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
