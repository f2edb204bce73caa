"""Zhang's data in the small world, and what is found of him anywhere."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from api.accidents.models import Accident
from api.accidents.rules import State as AccidentState
from api.complaints.models import Complaint
from api.complaints.rules import State as ComplaintState
from api.engagements.models import Engagement
from api.engagements.models import State as PeriodState
from api.kit import clock, jobs
from api.kit.fields import PersonalField
from api.privacy import erasing
from api.projects.models import Project, Status
from api.wages.models import WageLine
from api.wages.rules import PayState
from api.workers.models import Takeover
from tests.api import matrix_world
from tests.api.matrix_world import ZHANG, World
from tests.cast import PARTS, Client
from tests.guards.document import models

DATA = "/api/v1/me/data"
PLAIN = {ZHANG.name, ZHANG.number, ZHANG.phone, ZHANG.bank_card, ZHANG.address,
         PARTS["zhang"].phone or ""}  # fmt: skip


async def opened(client: Client) -> World:
    """The small world, Zhang on the site with a day, a contract, a complaint and more."""
    return await matrix_world.made(client)


async def gone_home(world: World, *, days_ago: int = 0, settled: bool = True) -> None:
    """Zhang has left the site, with his wages; his complaint and his accident are closed."""
    left = clock.today() - timedelta(days=days_ago)
    await Engagement.filter(worker_id=world.ids["worker_id"]).update(
        state=PeriodState.LEFT, left_on=left, settled=settled
    )
    await Complaint.filter(worker_id=world.ids["worker_id"]).update(state=ComplaintState.CLOSED)
    mine = WageLine.filter(worker_id=world.ids["worker_id"])
    await mine.update(pay_state=PayState.SUCCEEDED if settled else PayState.FAILED)
    await Takeover.filter(worker_id=world.ids["worker_id"]).delete()
    await Accident.filter(worker_id=world.ids["worker_id"]).update(state=AccidentState.CLOSED)


async def finished(world: World) -> None:
    """The project is finished today."""
    await Project.filter(id=world.ids["project_id"]).update(
        status=Status.FINISHED, status_on=clock.today()
    )


def later(**terms: float) -> datetime:
    """Move the clock; the instant that it shows."""
    moment = clock.now() + timedelta(**terms)
    clock.set_clock(lambda: moment)
    return moment


async def erased() -> None:
    """Whoever is due is erased, as the timetable and the outbox do it."""
    await erasing.erase_due()
    await jobs.drain()


async def traces(texts: set[str] = PLAIN) -> set[tuple[str, str]]:
    """Tables and columns in which a text of his is found, every seal opened."""
    found = set()
    for model in models():
        names = [n for n, f in model._meta.fields_map.items() if isinstance(f, PersonalField)]
        for row in await model.all():
            for name in names:
                value = getattr(row, name)
                plain = value.open_for_audit() if value else ""
                if any(text in plain for text in texts):
                    found.add((str(model._meta.db_table), name))
    return found


async def export(client: Client, who: str = "zhang") -> dict[str, Any]:
    """A copy, asked for, made and fetched: its JSON, with the names of its files."""
    await client.cast.sudo(who)
    asked = await client.post(f"{DATA}/exports", as_=who)
    assert asked.status_code == 201, asked.text
    await jobs.drain()
    return await fetched(client, asked.json()["id"], who)


async def fetched(client: Client, export_id: str, who: str = "zhang") -> dict[str, Any]:
    """The JSON of a copy, with the names of its files."""
    answer = await client.post(f"{DATA}/exports/{export_id}/file", as_=who)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        whole: dict[str, Any] = json.loads(archive.read("资料.json"))
        assert archive.read("资料.pdf").startswith(b"%PDF")
        return {**whole, "files": archive.namelist()}


async def account_of(client: Client, name: str) -> UUID:
    """The account of one of the cast."""
    return await client.cast.id(name)
