"""A site of firm A with days to confirm, for the office pages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from api.attendance.models import Punch, PunchSignal, State, Workday
from api.kit import clock
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.workers.models import Worker, WorkerState
from tests.api.attendance import sites
from tests.cast import FIRM_A, Client
from tests.h5.visiting import Visitor


def today() -> date:
    """The world's own day: tests move the product's clock."""
    return clock.day_of(datetime.now(UTC))


async def site(client: Client) -> str:
    """A project of firm A with a fence and zhang on it."""
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    return made


def tomorrow(days: int = 1) -> str:
    return (today() + timedelta(days=days)).isoformat()


async def worked(client: Client, project_id: str, who: str = "zhang", days: int = 1) -> str:
    """A whole day of his that waits for the enterprise."""
    return await sites.worked(client, who, project_id, tomorrow(days))


async def enter(visitor: Visitor, client: Client, name: str) -> Visitor:
    """Be logged in anew as one of the staff: a moved clock has ended the old session."""
    await sites.log_in_again(client, name)
    return await visitor.enter(name)


async def copied_day(project_id: str, number: int) -> None:
    """One more worker's day with two punches, as it lies in the store after it was drawn."""
    worker_id, day_id = new_id(), uuid4()
    day = today() - timedelta(days=1 + number % 20)
    await _worker(worker_id)
    own: dict[str, Any] = {
        "worker_id": worker_id, "account_id": new_id(), "project_id": UUID(project_id),
        "engagement_id": new_id(), "enterprise_id": FIRM_A, "day": day,
    }  # fmt: skip
    for hour in (8, 18):
        await _punch(day_id, sites.at(day.isoformat(), f"{hour:02}:00"), own)
    await Workday.create(
        id=day_id, contractor_id=FIRM_A, region="510107", state=State.PENDING, evidence=2,
        units=Decimal("1.0"), found_units=Decimal("1.0"), hours=Decimal("10.0"), reasons=[],
        derived_at=clock.now(), open_since=clock.now(), **own,
    )  # fmt: skip


async def _worker(worker_id: UUID) -> None:
    number = Personal.of(Kind.ID_NUMBER, f"9{worker_id.int % 10**16:017}")
    await Worker.create(
        id=worker_id, state=WorkerState.VERIFIED, id_kind="id_card", number=number,
        number_index=number.index, name=Personal.of(Kind.NAME, "李样例"), region="510107",
    )  # fmt: skip


async def _punch(day_id: UUID, at: datetime, own: dict[str, Any]) -> None:
    row = await Punch.create(
        client_id=uuid4(), content="x", workday_id=day_id, method="fence", at=at, received_at=at,
        late_upload=False, verdict="inside", detail="-", distance_m=-20.0, device_id="phone-1",
        **own,
    )  # fmt: skip
    await PunchSignal.create(punch_id=row.id, workday_id=day_id, code="device_shared", value=4)


async def dispute_all() -> None:
    """Every day is one on which the two sides differ, as it lies in the store."""
    await Workday.all().update(state=State.DISPUTED)
