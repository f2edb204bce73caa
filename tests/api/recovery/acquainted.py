"""A worker who lost his phone, his team, his enterprise, and the account he comes back with."""

from datetime import timedelta
from typing import Any

import httpx

from api.engagements.models import Engagement, State
from api.kit import clock
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.teams.models import Member
from api.workers.models import Worker
from tests.api.teams import people
from tests.api.workers.registering import declined, enter, photographed
from tests.cast import FIRM_A, Client
from tests.specimens import person

ZHANG = person(11)
OWN, VOUCHINGS = "/api/v1/me/recovery", "/api/v1/me/vouchings"
OFFICE = "/api/v1/enterprise/recoveries"
MATES = ("leader", "li", "wang")


async def world(client: Client) -> Worker:
    """Zhang, known by the specimen's number, in a team of yesterday, employed by firm A."""
    number = Personal.of(Kind.ID_NUMBER, ZHANG.number)
    zhang = await people.worker(client, "zhang", number=number, number_index=number.index)
    for name in MATES:
        await people.worker(client, name)
    team = await people.team(client)
    await people.joined(client, team["id"], "zhang", "li", "wang")
    await Member.all().update(joined_on=clock.today() - timedelta(days=1))
    await employed(zhang)
    await enter(client, "new", "13900009999")
    return zhang


async def employed(worker: Worker) -> None:
    """The worker is on a site of firm A."""
    await Engagement.create(
        worker_id=worker.id, project_id=new_id(), enterprise_id=FIRM_A, contractor_id=FIRM_A,
        region="510107", worker_code=worker.code, trade="020", state=State.ON_SITE.value,
        entered_on=clock.today(),
    )  # fmt: skip


async def applied(client: Client, name: str = "new", **changed: Any) -> None:
    """An account handed in Zhang's card and did not want its face compared."""
    await photographed(client, name, ZHANG)
    answer = await declined(client, name, ZHANG, **changed)
    assert answer.json()["status"] == "needs_review", answer.text


async def begun(client: Client, name: str = "new") -> str:
    """He asks those who know him; the recovery's id."""
    await applied(client, name)
    answer = await client.post(OWN, as_=name)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def said(client: Client, row: str, name: str, known: bool = True) -> httpx.Response:
    """A colleague's word."""
    return await client.post(f"{VOUCHINGS}/{row}", as_=name, json={"known": known})


async def decided(
    client: Client, row: str, number: str | None = ZHANG.number, by: str = "officer_a", **body: Any
) -> httpx.Response:
    """An officer's word; confirms unless told otherwise."""
    sent = {"decision": "confirm", "number": number, **body}
    return await client.post(f"{OFFICE}/{row}/decisions", as_=by, json=sent)
