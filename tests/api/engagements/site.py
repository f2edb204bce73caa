"""A site of firm A, firm B as its subcontractor, and workers with everything entry asks for."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from api.kit import clock
from api.workers.models import Worker
from tests.api.projects import sites
from tests.api.projects.sites import OWN, made, refusal, today
from tests.api.teams import people
from tests.cast import Client

OFFICE = "/api/v1/enterprise"
OVERSEEN = "/api/v1/regulator"
CONTRACT = {
    "kind": "labour",
    "pay_kind": "day",
    "pay_fen": 32000,
    "pay_day": 20,
    "starts_on": "2020-01-01",
}

__all__ = ["OFFICE", "OVERSEEN", "made", "refusal", "today"]


async def project(client: Client, **changed: Any) -> str:
    """A project of firm A."""
    return str((await sites.project(client, **changed))["id"])


async def with_firm_b(client: Client) -> str:
    """A project of firm A in which firm B takes part."""
    project_id = await project(client)
    made(await client.post(f"{OWN}/{project_id}/units", as_="officer_a", json=sites.unit()))
    return project_id


async def register(
    client: Client, project_id: str, worker: Worker, by: str = "officer_a", **changed: Any
) -> httpx.Response:
    body = {"worker_code": worker.code, "trade": "020", **changed}
    return await client.post(f"{OWN}/{project_id}/engagements", as_=by, json=body)


@dataclass(frozen=True, slots=True)
class Period:
    """A worker's period on a project, and how its routes are called."""

    client: Client
    project_id: str
    id: str
    worker: Worker
    name: str
    by: str

    @property
    def path(self) -> str:
        return f"{OWN}/{self.project_id}/engagements/{self.id}"

    async def post(self, act: str, body: Any = None, by: str | None = None) -> httpx.Response:
        options = {} if body is None else {"json": body}
        return await self.client.post(f"{self.path}/{act}", as_=by or self.by, **options)

    async def put(self, act: str, body: Any, by: str | None = None) -> httpx.Response:
        return await self.client.put(f"{self.path}/{act}", as_=by or self.by, json=body)

    async def check(self, **query: str) -> dict[str, Any]:
        answer = await self.client.get(f"{self.path}/check", as_=self.by, params=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def missing(self, **query: str) -> list[str]:
        return [each["item"] for each in (await self.check(**query))["missing"]]

    async def enter(self, **body: Any) -> httpx.Response:
        return await self.post("entry", body)

    async def leave(self, **body: Any) -> httpx.Response:
        return await self.post("exit", {"settled": True, **body})

    async def offer(self, by: str | None = None, **changed: Any) -> httpx.Response:
        return await self.post("contracts", {**CONTRACT, **changed}, by)

    async def train(self, **changed: Any) -> httpx.Response:
        body = {
            "worker_code": self.worker.code,
            "kind": "entry",
            "held_on": today(),
            "hours": "15",
            **changed,
        }
        path = f"{OWN}/{self.project_id}/trainings"
        return await self.client.post(path, as_=self.by, json=body)

    async def prepare(self) -> "Period":
        """The contract is signed and the training recorded, both for days gone by too."""
        offered = made(await self.offer())
        assert (await sign(self.client, offered["id"], self.name)).status_code == 200
        held = (clock.today() - timedelta(days=31)).isoformat()
        made(await self.train(held_on=held))
        return self


async def sign(client: Client, contract_id: str, name: str, **form: str) -> httpx.Response:
    path = f"/api/v1/me/contracts/{contract_id}/signature"
    data = {"confirmed": "true", **form}
    return await client.post(path, as_=name, files={k: (None, v) for k, v in data.items()})


async def period(
    client: Client,
    project_id: str,
    name: str = "zhang",
    by: str = "officer_a",
    worker: Worker | None = None,
    **changed: Any,
) -> Period:
    """The worker, pre-registered."""
    known = worker or await people.worker(client, name)
    row = made(await register(client, project_id, known, by, **changed))
    return Period(client, project_id, row["id"], known, name, by)


async def ready(client: Client, project_id: str, name: str = "zhang", **changed: Any) -> Period:
    """The worker with nothing missing."""
    return await (await period(client, project_id, name, **changed)).prepare()


async def entered(client: Client, project_id: str, name: str = "zhang", **changed: Any) -> Period:
    """The worker on the site since today."""
    row = await ready(client, project_id, name, **changed)
    answer = await row.enter()
    assert answer.status_code == 200, answer.text
    return row


async def team_of(client: Client, *names: str, **changed: Any) -> tuple[str, dict[str, Worker]]:
    """A team of the cast's leader with these verified workers."""
    known = {name: await people.worker(client, name) for name in ("leader", *names)}
    team_id = str((await people.team(client, **changed))["id"])
    if names:
        await people.joined(client, team_id, *names)
    return team_id, known
