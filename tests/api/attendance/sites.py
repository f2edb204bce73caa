"""A site in the county 510107 with a fence, and workers who have entered it."""

import io
import secrets
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import httpx
from PIL import Image

from api.accounts import sessions
from api.accounts.models import Account
from api.engagements.models import Engagement, State
from api.kit import clock
from api.kit.actor import Origin
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.workers.models import CodeState, Worker, WorkerState
from tests.api.projects import sites
from tests.cast import FIRM_A, Client, Part
from verification.code import CodeKind, new_code

PUNCHES = "/api/v1/punches"
DAYS = "/api/v1/workdays"
OFFICE = "/api/v1/enterprise/workdays"
OVERSEEN = "/api/v1/regulator/workdays"
_serial = count(1)
CENTRE = (104.0658, 30.6574)
FAR_OFF = (104.0958, 30.6574)
POLICY = {
    "methods": ["fence", "automatic", "site_code", "manual"],
    "shift_start": "08:00",
    "shift_end": "18:00",
}


def at(day: str, time: str) -> datetime:
    """An instant by the clock on the site."""
    return datetime.fromisoformat(f"{day}T{time}:00").replace(tzinfo=clock.BEIJING)


def stop(moment: datetime) -> None:
    """Let the server's clock stand still there."""
    clock.set_clock(lambda: moment)


def at_noon() -> None:
    """Let it stand at noon: what is punched at night may belong to yesterday, and its policy."""
    stop(at(clock.today().isoformat(), "12:00"))


async def site(client: Client, **policy: Any) -> str:
    """A project of firm A with a fence around CENTRE, whose policy begins with it."""
    return await _furnished(client, await sites.project(client), **policy)


async def _furnished(client: Client, project: dict[str, Any], **policy: Any) -> str:
    path = f"{sites.OWN}/{project['id']}"
    body = {**POLICY, "effective_from": clock.today().isoformat(), **policy}
    for name, sent in (("attendance-policies", body), ("fences", sites.DRAWING)):
        answer = await client.post(f"{path}/{name}", as_="officer_a", json=sent)
        assert answer.status_code == 201, answer.text
    return str(project["id"])


async def second_site(client: Client) -> str:
    """Another project of firm A, at the same place and with the same policy."""
    return await _furnished(client, await sites.another(client, name="天府样例二期"))


async def worker_id(client: Client, name: str) -> UUID:
    """The worker that a member of the cast is."""
    return (await Worker.get(account_id=await client.cast.id(name))).id


async def verified(client: Client, name: str) -> UUID:
    """A member of the cast as a verified worker, who agreed to positions; his worker id."""
    number = Personal.of(Kind.ID_NUMBER, f"5101071990{next(_serial):08}")
    worker = await Worker.create(
        id=new_id(),
        account_id=await client.cast.id(name),
        state=WorkerState.VERIFIED,
        id_kind="id_card",
        number=number,
        number_index=number.index,
        name=Personal.of(Kind.NAME, "张样例"),
        region="510107",
        code=new_code(CodeKind.WORKER, "51", secrets.token_bytes).compact,
        code_state=CodeState.ACTIVE,
    )
    await client.agree(name, "location")
    return worker.id


async def entered(
    client: Client,
    name: str,
    project_id: str,
    *,
    team_id: UUID | None = None,
    enterprise_id: UUID = FIRM_A,
    since: date | None = None,
) -> UUID:
    """A verified worker on the site since a month ago; his worker id."""
    worker_id = await verified(client, name)
    await enter(worker_id, project_id, team_id=team_id, enterprise_id=enterprise_id, since=since)
    return worker_id


async def newcomer(client: Client, name: str, project_id: str, number: int) -> UUID:
    """One more worker beside the cast, on the site; his worker id."""
    await client.cast._enter(name, Part("worker", phone=f"1380000{number:04}"))
    return await entered(client, name, project_id)


async def enter(
    worker_id: UUID,
    project_id: str,
    *,
    team_id: UUID | None = None,
    enterprise_id: UUID = FIRM_A,
    since: date | None = None,
) -> None:
    """The worker has entered the site."""
    await Engagement.create(
        worker_id=worker_id,
        project_id=UUID(project_id),
        enterprise_id=enterprise_id,
        contractor_id=FIRM_A,
        region="510107",
        team_id=team_id,
        worker_code=new_code(CodeKind.WORKER, "51", secrets.token_bytes).compact,
        trade="010",
        state=State.ON_SITE,
        entered_on=since or clock.today() - timedelta(days=30),
    )


def position(place: tuple[float, float] = CENTRE, **changed: Any) -> dict[str, Any]:
    """A fresh fix there."""
    return {
        "lon": place[0],
        "lat": place[1],
        "datum": "wgs84",
        "accuracy_m": 18,
        "taken_at": clock.now().isoformat(),
        **changed,
    }


def punch(project_id: str, **changed: Any) -> dict[str, Any]:
    """A punch by the fence, from its middle."""
    return {
        "client_id": str(uuid4()),
        "project_id": project_id,
        "direction": None,
        "position": position(),
        "method": "fence",
        "device_id": "phone-1",
        **changed,
    }


def photo() -> bytes:
    """A picture as a phone takes one."""
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "gray").save(drawn, "JPEG")
    return drawn.getvalue()


async def punched(client: Client, who: str, body: dict[str, Any]) -> httpx.Response:
    return await client.post(PUNCHES, as_=who, json=body)


async def taken(client: Client, who: str, body: dict[str, Any]) -> dict[str, Any]:
    """The answer to a punch that is taken."""
    answer = await punched(client, who, body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def worked(
    client: Client, who: str, project_id: str, day: str, start: str = "08:00", end: str = "18:00"
) -> str:
    """A worker's day from the first punch to the last; its id. The clock stands at its end."""
    stop(at(day, start))
    await taken(client, who, punch(project_id, direction="in"))
    stop(at(day, end))
    answer = await taken(client, who, punch(project_id, direction="out"))
    return str(answer["workday_id"])


async def own(client: Client, workday_id: str, who: str = "zhang") -> dict[str, Any]:
    answer = await client.get(f"{DAYS}/{workday_id}", as_=who)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def log_in_again(client: Client, name: str) -> None:
    """A new session for a member of staff, whose old one a moved clock has ended."""
    account = await Account.get(id=await client.cast.id(name))
    async with transaction():
        opened = await sessions.open_session(
            account, method="test", origin=Origin(ip="127.0.0.1"), device=name, second_factor=True
        )
    client.cast._tokens[name] = opened.token


async def decided(
    client: Client, workday_id: str, decision: str, by: str = "officer_a", **more: Any
) -> dict[str, Any]:
    """What became of one decision."""
    await log_in_again(client, by)
    body = {"decisions": [{"workday_id": workday_id, "decision": decision, **more}]}
    answer = await client.post(f"{OFFICE}/decisions", as_=by, json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["items"][0])
