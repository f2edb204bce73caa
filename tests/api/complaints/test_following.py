"""Complaints follow their owner: a merged record; and each list stands on an index."""

from api.complaints import queries
from api.complaints.models import Complaint
from api.complaints.rules import Body, OfficeState, State
from api.kit import jobs
from api.kit.personal import Kind, Personal
from api.kit.transaction import is_sqlite
from api.workers.models import Worker, WorkerState
from tests.api.attendance import sites
from tests.api.complaints import filed
from tests.api.complaints.filed import Filed, fine
from tests.cast import FIRM_A, Client


async def merged_away(world: Filed) -> Worker:
    number = Personal.of(Kind.ID_NUMBER, "510107199912120012")
    kept = await Worker.create(
        state=WorkerState.COLLECTED, id_kind="01", number=number, number_index=number.index,
        name=Personal.of(Kind.NAME, "张样例"), region="510107",
    )  # fmt: skip
    path = f"/api/v1/regulator/workers/{world.zhang}/merge"
    body = {"into_id": str(kept.id), "reason": "同一个人"}
    fine(await world.client.post(path, as_="county", json=body))
    await jobs.drain()
    return kept


async def test_the_complaints_of_a_merged_record_are_the_kept_ones(client: Client) -> None:
    world = await filed.opened(client)
    one = (await world.file())["id"]
    kept = await merged_away(world)
    assert (await world.row(one)).worker_id == kept.id
    assert (await world.own(one))["id"] == one
    fine(await world.answer(one))
    assert "complaint.answered" in await filed.kinds_told(client, "zhang")


async def test_each_list_and_job_is_found_by_an_index(client: Client) -> None:
    if not is_sqlite():
        return  # PostgreSQL scans a table of three rows, rightly
    world = await filed.opened(client)
    asked = {
        "own": queries.own(world.zhang).order_by("-id"),
        "office": Complaint.filter(
            enterprise_id=FIRM_A, office_state=OfficeState.RECEIVED
        ).order_by("-id"),
        "queue": Complaint.filter(
            region="510107", holder=Body.AUTHORITY, state=State.RECEIVED
        ).order_by("-id"),
        "region": Complaint.filter(region__gte="510107", region__lte="510107"),
        "due": queries.due(sites.at("2026-12-01", "12:00").date()),
        "lagging": queries.lagging(),
    }  # fmt: skip
    for name, rows in asked.items():
        plan = str([tuple(row) for row in await rows.explain()])
        assert "USING INDEX" in plan or "USING COVERING INDEX" in plan, (name, plan)
