"""Proofs of payment: sealed, following a merged record, sealed anew, gone with the law's term."""

from datetime import date
from uuid import UUID

import pytest

from api.engagements.models import Engagement
from api.kit.personal import Kind, Personal
from api.payroll import forgetting, merging
from api.payroll.models import BatchLine, LeftOut
from api.workers.models import Worker, WorkerState
from tests.api.payroll import banked
from tests.api.payroll.banked import CARDS, Banked
from tests.cast import Client


@pytest.fixture
async def world(client: Client) -> Banked:
    made = await banked.opened(client)
    await made.release()
    return made


async def test_names_and_cards_are_sealed_where_they_lie(world: Banked) -> None:
    line = await BatchLine.get(worker_id=world.paid.zhang)
    assert line.card == Personal.of(Kind.BANK_CARD, CARDS["zhang"])
    [raw] = await BatchLine.filter(id=line.id).values("payee", "card")
    assert CARDS["zhang"] not in str(raw) and "张样例" not in str(raw)


async def test_they_may_be_sealed_anew(world: Banked) -> None:
    line = await BatchLine.get(worker_id=world.paid.zhang)
    before = [str(each) for each in await BatchLine.all().values_list("card", flat=True)]
    line.card, line.payee = line.card.opened(), line.payee.opened()
    await line.save(update_fields=["card", "payee"])
    assert (await BatchLine.get(id=line.id)).card.masked == "尾号 0004"
    assert len(before) == 2


async def test_they_follow_a_record_that_was_merged(world: Banked) -> None:
    zhang, li = world.paid.zhang, world.paid.li
    await Worker.filter(id=zhang).update(state=WorkerState.MERGED, merged_into_id=li)
    await merging.follow(zhang)
    assert await BatchLine.filter(worker_id=zhang).count() == 0
    assert await BatchLine.filter(worker_id=li).count() == 2


async def test_they_go_when_the_period_is_released_and_not_before(world: Banked) -> None:
    project_id = UUID(world.paid.project_id)
    with pytest.raises(Exception, match="append-only"):
        await forgetting.forget(world.paid.zhang, project_id)
    await Engagement.filter(worker_id=world.paid.zhang).update(released_on=date(2030, 1, 1))
    assert await forgetting.forget(world.paid.zhang, project_id) == 1
    assert await BatchLine.filter(worker_id=world.paid.li).count() == 1
    assert await LeftOut.all().count() == 0
