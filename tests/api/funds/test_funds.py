"""Special accounts: opened once, ready with an agreement, closed after a notice, to the fen."""

import asyncio
from datetime import date
from typing import Any

import httpx
import pytest

from api.audit.models import AuditLine
from api.funds import guarantees
from api.funds import service as funds
from api.funds.errors import EntryTwice, NotReady
from api.funds.models import AccountEntry, Guarantee, SpecialAccount
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.notices.models import Notice
from api.projects import board, board_print
from api.projects.models import Project
from tests.api import printed
from tests.api.projects.sites import STANDARD
from tests.api.projects.test_board import STANDARDS
from tests.api.wages import paid
from tests.api.wages.paid import FUNDS, Paid, days, fine, made, refusal
from tests.cast import Client
from tests.h5.counting import counted

REGION = "/api/v1/regulator/special-accounts"
NUMBER = "510501234567890123"


@pytest.fixture
async def world(client: Client) -> Paid:
    return await paid.opened(client)


async def enter(world: Paid, account: str, **said: Any) -> dict[str, Any]:
    answer = await _enter(world, account, **said)
    return made(answer)


async def _enter(world: Paid, account: str, **said: Any) -> Any:
    body = {"kind": "labour_cost_in", "amount_fen": "1000000", "on": "2026-11-02", **said}
    files = {"scan": paid.PHOTO}
    return await world.client.post(
        f"{FUNDS}/{account}/entries", as_="officer_a", data=body, files=files
    )


async def told(kind: str) -> int:
    return await Notice.filter(kind=kind).count()


async def test_a_project_has_one_account_and_its_number_stays_masked(world: Paid) -> None:
    account = await world.ready()
    seen = fine(await world.client.get(f"{FUNDS}/{account}", as_="admin_a"))
    assert (seen["number"], seen["state"], seen["ready"]) == ("尾号 0123", "active", True)
    assert seen["agreements"][0]["parties"] == ["样例总包", "样例银行"]
    path = f"/api/v1/enterprise/projects/{world.project_id}/special-account"
    body = {"bank_code": "105", "number": NUMBER, "opened_on": "2026-01-05"}
    again = await world.client.post(path, as_="officer_a", json=body)
    assert refusal(again) == (409, "funds.account_exists")
    assert (await world.client.get(f"{FUNDS}/{account}", as_="officer_b")).status_code == 404
    assert (await world.client.get(f"{REGION}/{account}", as_="county")).status_code == 200
    assert (await world.client.get(f"{REGION}/{account}", as_="neighbour")).status_code == 404
    for who, path in (("admin_a", f"{FUNDS}/{account}"), ("county", f"{REGION}/{account}")):
        assert NUMBER not in (await world.client.get(path, as_=who)).text


async def test_the_balance_is_the_sum_of_the_ledger(world: Paid) -> None:
    account = await world.ready()
    await enter(world, account, reference="IN-1")
    await enter(world, account, reference="IN-1")
    other = await _enter(world, account, reference="IN-1", amount_fen="999")
    assert refusal(other) == (409, "funds.entry_twice")
    await enter(world, account, kind="interest", amount_fen="123")
    wrong = await _enter(world, account, kind="non_wage_out", amount_fen="5")
    assert refusal(wrong) == (422, "funds.wrong_amount")
    by_hand = await _enter(world, account, kind="wage_out", amount_fen="-5")
    assert refusal(by_hand) == (422, "funds.wrong_amount")
    row = await enter(world, account, kind="non_wage_out", amount_fen="-5000")
    assert row["flagged"] and row["balance_fen"] == 995123
    assert await told("funds.non_wage") and await told("funds.non_wage_region")
    seen = fine(await world.client.get(f"{FUNDS}/{account}/entries", as_="officer_a"))["items"]
    assert (
        sum(each["amount_fen"] for each in seen)
        == 995123
        == (await SpecialAccount.get(id=account)).balance_fen
    )
    with pytest.raises(Exception, match="append-only"):
        await AccountEntry.filter(id=row["id"]).update(amount_fen=1)


@pytest.mark.parametrize(
    ("said", "code", "place"),
    [
        ({"on": "2026-11-04"}, "wrong_day", "on"),
        ({"on": "2026-01-04"}, "wrong_day", "on"),
        ({"kind": "correction", "amount_fen": "-5"}, "note_missing", "note"),
    ],
)
async def test_a_line_says_when_it_was_and_a_correction_why(
    world: Paid, said: dict[str, str], code: str, place: str
) -> None:
    account = await world.ready()
    answer = await _enter(world, account, **said)
    assert refusal(answer) == (422, f"funds.{code}")
    assert [each["path"] for each in answer.json()["errors"]] == [place]
    assert not await AccountEntry.exists()
    await enter(world, account, on="2026-01-05")
    await enter(
        world, account, kind="correction", amount_fen="-5", note="少了五分", on="2026-11-03"
    )


async def test_no_more_goes_out_than_there_is(world: Paid) -> None:
    account = await world.ready()
    await enter(world, account)
    out = {"kind": "non_wage_out", "reference": "OUT-1", "note": "误扣"}
    much = await _enter(world, account, **out, amount_fen="-1000001")
    assert refusal(much) == (409, "funds.not_enough") and "补记" in much.json()["detail"]
    row = await enter(world, account, **out, amount_fen="-1000000")
    assert row["balance_fen"] == 0
    again = await enter(world, account, **out, amount_fen="-1000000")
    assert again["id"] == row["id"], "sent again, it is the same line"


@pytest.mark.parametrize("changed", [{"note": "别的"}, {"on": "2026-11-01"}, {"scan": None}])
async def test_one_bank_reference_says_one_thing(world: Paid, changed: dict[str, Any]) -> None:
    account = await world.ready()
    said = {"reference": "IN-7", "note": "十月人工费"}
    row = await enter(world, account, **said)
    assert (await enter(world, account, **said))["id"] == row["id"]
    body = {"kind": "labour_cost_in", "amount_fen": "1000000", "on": "2026-11-02", **said}
    files = {} if "scan" in changed else {"scan": paid.PHOTO}
    body |= {name: text for name, text in changed.items() if text}
    other = await world.client.post(
        f"{FUNDS}/{account}/entries", as_="officer_a",
        files={**{name: (None, text) for name, text in body.items()}, **files},
    )  # fmt: skip
    assert refusal(other) == (409, "funds.entry_twice")
    assert await AccountEntry.all().count() == 1


async def test_payments_leave_once_for_each_reference(world: Paid) -> None:
    account = await world.ready()
    await enter(world, account)

    async def pay(reference: str, amount_fen: int = 1000) -> None:
        async with transaction():
            project_id = (await SpecialAccount.get(id=account)).project_id
            move = funds.WageMove(-amount_fen, reference, date(2026, 11, 3))
            # Said twice in one breath, it is the same payment.
            await funds.move_wages(SYSTEM, project_id, [move, move])

    done = await asyncio.gather(*(pay(f"B-{n % 4}") for n in range(16)), return_exceptions=True)
    assert done == [None] * 16
    assert (await SpecialAccount.get(id=account)).balance_fen == 996000
    with pytest.raises(EntryTwice):
        await pay("B-1", 999)


async def test_payments_move_the_account_together_and_each_has_its_line(world: Paid) -> None:
    account = await world.ready()
    await enter(world, account)
    project_id, on = (await SpecialAccount.get(id=account)).project_id, date(2026, 11, 3)

    async def moved(*given: tuple[int, str]) -> int:
        with counted() as sent:
            async with transaction():
                moves = [funds.WageMove(fen, reference, on) for fen, reference in given]
                await funds.move_wages(SYSTEM, project_id, moves)
        return len(sent)

    one = await moved((-100, "B-0"))
    many = await moved(*((-100, f"B-{n}") for n in range(100)), (100, "B-7"))
    assert many <= one
    rows = await AccountEntry.filter(reference__startswith="B-").order_by("id")
    assert [row.amount_fen for row in rows] == [-100] * 100 + [100]
    # Each line says what the account held after it.
    assert [row.balance_fen for row in rows] == [
        1000000 - 100 * (n + 1) for n in range(100)
    ] + [990100]  # fmt: skip
    assert (await SpecialAccount.get(id=account)).balance_fen == 990100
    made = AuditLine.filter(tag="special_account.entry_made", subject_id=account)
    assert await made.count() == 1 + 101
    with pytest.raises(EntryTwice):
        await moved((-100, "B-200"), (-99, "B-1"))
    assert not await AccountEntry.exists(reference="B-200")


async def test_an_account_closes_after_its_notice_with_every_wage_paid(world: Paid) -> None:
    account = await world.ready()
    path = f"{FUNDS}/{account}"
    early = await world.client.post(f"{path}/closure", as_="officer_a")
    assert refusal(early) == (409, "funds.notice_running")
    seen = fine(await world.client.post(f"{path}/closing", as_="officer_a"))
    assert (seen["state"], seen["notice_until"]) == ("closing", "2026-12-03")
    assert await told("funds.closing_region") == 1
    await world.go("2026-12-03")
    still = await world.client.post(f"{path}/closure", as_="officer_a")
    assert refusal(still) == (409, "funds.notice_running")
    await world.terms()
    await world.work(world.zhang, days("2026-10-09", 1))
    sheet = await world.make()
    await world.go("2026-12-04")
    owed = await world.client.post(f"{path}/closure", as_="officer_a")
    assert refusal(owed) == (409, "funds.wages_owed")
    fine(await world.act(sheet["id"], "voiding", reason="没有这笔"))
    assert fine(await world.client.post(f"{path}/closure", as_="officer_a"))["state"] == "closed"
    again = await world.client.post(f"{path}/closing", as_="officer_a")
    assert refusal(again) == (409, "funds.account_closed")
    with pytest.raises(NotReady):
        await funds.require_ready((await SpecialAccount.get(id=account)).project_id, clock.today())
    # A closed one makes room for another.
    assert await world.ready() != account


async def test_a_closing_stands_on_the_sites_board_while_it_runs(world: Paid) -> None:
    account = await world.ready()
    code = (await Project.get(id=world.project_id)).code
    assert await on_board(world, code) == []
    fine(await world.client.post(f"{FUNDS}/{account}/closing", as_="officer_a"))
    [seen] = await on_board(world, code)
    assert (seen["first"], seen["last"]) == ("2026-11-03", "2026-12-03")
    assert "销户" in seen["title"] and "12333" in seen["object_to"] and NUMBER not in str(seen)
    made(await world.client.post(STANDARDS, as_="city", json=STANDARD))
    [seen] = await on_board(world, code)
    assert STANDARD["labour_phone"] in seen["object_to"], "the region's own office, once known"
    await world.go("2026-12-03")
    assert len(await on_board(world, code)) == 1
    await world.go("2026-12-04")
    assert await on_board(world, code) == []


async def on_board(world: Paid, code: str) -> list[dict[str, Any]]:
    """The public notices on a site's board, as everybody reads it."""
    return list(fine(await world.client.get(f"/api/v1/boards/{code}"))["announcements"])


async def test_a_photo_of_the_board_outlives_a_public_notice(world: Paid) -> None:
    account = await world.ready()
    project = await Project.get(id=world.project_id)
    before = await board.board(project)
    fine(await world.client.post(f"{FUNDS}/{account}/closing", as_="officer_a"))
    after = await board.board(project)
    assert after.announcements and after.digest == before.digest
    shown = printed.glyphs(await board_print.pdf(after))
    assert "销" in shown - printed.glyphs(await board_print.pdf(before))


async def test_the_last_guarantee_stays_while_wages_are_owed(world: Paid) -> None:
    path = f"/api/v1/enterprise/projects/{world.project_id}/guarantees"
    body = {
        "kind": "deposit", "amount_fen": 5000000, "ratio": "1.5", "number": "BH-2026-1",
        "issued_by": "样例银行",
    }  # fmt: skip
    first, second = [
        made(await world.client.post(path, as_="officer_a", json=body))["id"] for _ in range(2)
    ]
    await world.terms()
    await world.work(world.zhang, days("2026-10-09", 1))
    sheet = await world.make()
    assert fine(await given_back(world, first))["state"] == "returned"
    assert await told("funds.guarantee_returned_region") == 1
    assert refusal(await given_back(world, second)) == (409, "funds.guarantee_needed")
    fine(await world.act(sheet["id"], "voiding", reason="没有这笔"))
    for _ in range(2):
        assert fine(await given_back(world, second))["state"] == "returned"
    assert await told("funds.guarantee_returned_region") == 2, "once each"
    assert await AuditLine.filter(tag="guarantee.returned").count() == 2


async def given_back(world: Paid, row_id: str) -> httpx.Response:
    return await world.client.post(
        f"/api/v1/enterprise/guarantees/{row_id}/return", as_="officer_a"
    )


@pytest.mark.parametrize(
    ("said", "place"), [({"ratio": "100.01"}, "ratio"), ({"valid_to": "2026-11-02"}, "valid_to")]
)
async def test_a_guarantee_is_of_a_share_and_still_stands(
    world: Paid, said: dict[str, str], place: str
) -> None:
    path = f"/api/v1/enterprise/projects/{world.project_id}/guarantees"
    body = {
        "kind": "deposit", "amount_fen": 5000000, "ratio": "100", "number": "BH-2026-2",
        "issued_by": "样例银行", "valid_to": "2026-11-03",
    }  # fmt: skip
    answer = await world.client.post(path, as_="officer_a", json=body | said)
    assert answer.status_code == 422
    assert [each["path"] for each in answer.json()["errors"]] == [place]
    assert made(await world.client.post(path, as_="officer_a", json=body))["ratio"] == "100"


async def test_a_guarantee_reminds_once_and_ends(world: Paid) -> None:
    path = f"/api/v1/enterprise/projects/{world.project_id}/guarantees"
    body = {
        "kind": "bank_guarantee", "amount_fen": 5000000, "ratio": "1.5", "number": "BH-2026-9",
        "issued_by": "样例银行", "valid_to": "2026-12-01",
    }  # fmt: skip
    row = made(await world.client.post(path, as_="officer_a", json=body))
    assert (row["ratio"], row["state"]) == ("1.5", "valid")
    assert await guarantees.watch() == 1 and await guarantees.watch() == 0
    assert await told("funds.guarantee_ending") == 4
    await world.go("2026-12-02")
    assert await guarantees.watch() == 1 and await guarantees.watch() == 0
    assert (await Guarantee.get(id=row["id"])).state == "expired"
    assert await told("funds.guarantee_ended_region") == 1
    back = f"/api/v1/enterprise/guarantees/{row['id']}/return"
    assert fine(await world.client.post(back, as_="officer_a"))["state"] == "returned"
    assert (await world.client.post(back, as_="officer_b")).status_code == 404


async def test_who_is_no_contractor_registers_nothing(world: Paid) -> None:
    path = f"/api/v1/enterprise/projects/{world.project_id}"
    body = {"bank_code": "105", "number": NUMBER, "opened_on": "2026-01-05"}
    answer = await world.client.post(f"{path}/special-account", as_="officer_b", json=body)
    assert answer.status_code in (404, 422)
    unknown = {**body, "bank_code": "000"}
    answer = await world.client.post(f"{path}/special-account", as_="officer_a", json=unknown)
    assert answer.status_code == 422
