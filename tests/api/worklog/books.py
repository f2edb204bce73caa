"""A team on a site: the leader and Zhang in it, Li a stranger; and what is written of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from api.kit import clock
from api.teams.models import Member
from tests.api.attendance import sites
from tests.api.teams import people
from tests.cast import Client

OWN = "/api/v1/me/worklog"
ENTRIES = "/api/v1/worklog/entries"
LINES = "/api/v1/worklog/lines"
OFFICE = "/api/v1/enterprise/worklog-lines"


@dataclass(frozen=True, slots=True)
class Books:
    """The two books of one small world."""

    client: Client
    project_id: str
    team_id: str
    zhang: UUID
    leader: UUID
    member_id: str

    @property
    def team(self) -> str:
        return f"/api/v1/teams/{self.team_id}/worklog"

    def said(self, **changed: Any) -> dict[str, Any]:
        """One 工 of today, as it is written down."""
        body = {"kind": "time", "project_id": self.project_id, "day": str(clock.today())}
        return {**body, **(changed or {"units": "1"})}

    async def write(self, who: str = "zhang", **changed: Any) -> dict[str, Any]:
        """An entry of somebody's own book."""
        body = {**self.said(**changed), "team_id": self.team_id}
        return made(await self.client.post(f"{OWN}/entries", as_=who, json=body))

    async def write_of(self, *members: str, **changed: Any) -> httpx.Response:
        """An entry of the leader's book about these members, or Zhang."""
        body = {"member_ids": list(members) or [self.member_id], "entry": self.said(**changed)}
        return await self.client.post(f"{self.team}/entries", as_="leader", json=body)

    async def call(self, *marks: dict[str, Any], by: str = "leader", **more: Any) -> httpx.Response:
        """A roll-call of Zhang, or of these marks."""
        listed = list(marks) or [{"member_id": self.member_id}]
        body = {"project_id": self.project_id, "day": str(clock.today()), "marks": listed, **more}
        return await self.client.post(f"{self.team}/roll-calls", as_=by, json=body)

    async def lines(self, who: str = "zhang", **query: Any) -> list[dict[str, Any]]:
        answer = await self.client.get(f"{OWN}/lines", as_=who, params=query)
        return list(fine(answer)["items"])

    async def line(self, who: str = "zhang", **query: Any) -> dict[str, Any]:
        [found] = await self.lines(who, **query)
        return found

    async def decide(
        self, line: dict[str, Any], decision: str, who: str = "zhang", book: str = "worker"
    ) -> httpx.Response:
        body = {"book": book, "decision": decision}
        return await self.client.post(f"{LINES}/{line['id']}/decisions", as_=who, json=body)

    async def pay(self, who: str = "zhang", **said: Any) -> httpx.Response:
        """What one says of the pay: Zhang's own word, or the leader's about Zhang."""
        body = {"effective_from": str(clock.today()), "unit_hours": "8", **said}
        if who == "leader":
            path, body = f"{self.team}/templates", {**body, "member_ids": [self.member_id]}
        else:
            path = f"{OWN}/templates/{self.team_id}"
        return await self.client.put(path, as_=who, json=body)

    async def figures(self, who: str = "zhang", **query: Any) -> dict[str, Any]:
        return fine(await self.client.get(f"{OWN}/figures", as_=who, params=query))


async def opened(client: Client) -> Books:
    """The world, everybody on the site for a month and in the team for as long."""
    project_id = await sites.site(client)
    leader = await sites.verified(client, "leader")
    team = await people.team(client)
    zhang = await sites.verified(client, "zhang")
    await sites.verified(client, "li")
    await people.joined(client, team["id"], "zhang")
    await Member.filter(team_id=team["id"]).update(joined_on="2020-01-01")
    for worker_id in (leader, zhang):
        await sites.enter(worker_id, project_id, team_id=UUID(team["id"]))
    member = await people.member_id(client, team["id"])
    return Books(client, project_id, str(team["id"]), zhang, leader, member)


def made(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def fine(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
