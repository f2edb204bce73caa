"""The black list: from the final decision to the end of the record, read by the entry check."""

import pytest

from api.conduct.models import ConductRecord
from api.enterprises.models import Enterprise
from api.workers import service as workers
from api.workers.models import Restriction
from tests.api.conduct import held
from tests.api.conduct.held import Held, fine, refusal, told
from tests.api.projects import sites as projects
from tests.cast import FIRM_A, Client

CHECKS = "/api/v1/enterprise/restriction-checks"
DOCUMENT = "川建信〔2026〕7号"


@pytest.fixture
async def world(client: Client) -> Held:
    return await held.opened(client)


async def listed(world: Held, **asked: str) -> bool:
    """What an enterprise's system learns of a worker or enterprise."""
    answer = await world.client.post(CHECKS, as_="officer_a", json=asked)
    return bool(fine(answer)["restricted"])


async def is_restricted(world: Held) -> bool:
    """What the entry check knows of Zhang."""
    worker = await workers.require(world.zhang)
    return await workers.is_restricted_index(worker.number_index)


async def serious(world: Held) -> str:
    """Upheld as serious with the black list, in force since 15 December."""
    one = await world.upheld(level="serious", months=12, restrict=True, document=DOCUMENT)
    assert not await is_restricted(world)
    await world.go("2026-12-15")
    return one


async def test_it_begins_when_the_decision_is_final_and_ends_with_the_term(world: Held) -> None:
    one = await serious(world)
    assert await is_restricted(world)
    assert await world.queue(listed=True) == [one]
    row = await Restriction.get()
    assert (row.document, row.reason.value, str(row.valid_to)) == (
        DOCUMENT, "black_list", "2027-11-29",
    )  # fmt: skip
    assert (await world.own(one))["listed"]
    await world.go("2027-11-30")
    assert not await is_restricted(world)
    assert await world.queue(listed=True) == []
    assert (await Restriction.get()).ended_reason == "expired"


async def test_an_appeal_won_takes_it_away_and_says_so(world: Held) -> None:
    one = await serious(world)
    fine(await world.say(one, "appeal"))
    # Frozen in public; the list stands until the level above decided.
    assert await world.published() == [] and await is_restricted(world)
    fine(await world.rule(one, "appeal", True))
    assert not await is_restricted(world)
    assert (await told(world.client, "zhang"))[-1] == "conduct.appeal_won"


async def test_an_appeal_before_the_list_begins_keeps_him_off_it(world: Held) -> None:
    one = await world.upheld(level="serious", months=12, restrict=True, document=DOCUMENT)
    fine(await world.say(one, "appeal"))
    await world.go("2026-12-20")
    assert not await is_restricted(world)
    fine(await world.rule(one, "appeal", False))
    assert await is_restricted(world)


async def test_a_repair_ends_it(world: Held) -> None:
    one = await serious(world)
    await world.go((await world.own(one))["repair_from"])
    fine(await world.say(one, "repair"))
    assert await is_restricted(world)
    fine(await world.rule(one, "repair", True, who="county"))
    assert not await is_restricted(world)


async def test_an_enterprise_stands_on_it_by_its_credit_code(world: Held) -> None:
    one = await world.propose("county", kind="EB02", subject_id=FIRM_A)
    fine(await world.say(one, "answer", who="admin_a"))
    fine(await world.decide(one, who="city", restrict=True, document=DOCUMENT))
    firm = await Enterprise.get(id=FIRM_A)
    await world.go("2026-12-15")
    assert await listed(world, credit_code=firm.credit_code)
    # It takes part in no further project while it stands there.
    other = await projects.another(world.client, name="天府样例二期")
    unit = projects.unit(credit_code=firm.credit_code)
    entered = await projects.sent(world.client, f"{other['id']}/units", unit)
    assert refusal(entered) == (409, "projects.restricted_unit")
    assert (await ConductRecord.get(id=one)).restriction_id == (await Restriction.get()).id


async def test_one_that_an_officer_ended_by_hand_stays_ended(world: Held) -> None:
    one = await serious(world)
    row = await Restriction.get()
    path = f"/api/v1/regulator/restrictions/{row.id}/end"
    fine(await world.client.post(path, as_="county", json={"reason": "文书有误。"}))
    fine(await world.say(one, "appeal"))
    fine(await world.rule(one, "appeal", True))
    assert (await Restriction.get()).ended_reason == "文书有误。"
