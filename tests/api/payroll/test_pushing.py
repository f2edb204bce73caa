"""The bank pushes results: signed, once or often, in any order; polling says the same after it."""

import hashlib
import http.server
import json
import secrets
import threading
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.audit.models import AuditLine
from api.funds.models import AccountEntry
from api.integrations.adapters import Adapters
from api.integrations.bank.signing import signature, verify
from api.kit import clock
from api.payroll import drawing, sending
from api.payroll.models import BankBatch, BankException, BankReceipt, StrayResult
from api.payroll.rules import BatchState
from tests.api.payroll import banked
from tests.api.payroll.banked import CARDS, Banked
from tests.api.wages import paid
from tests.api.wages.paid import fine, refusal
from tests.cast import Client
from tests.emulators.bank import ACCESS_KEY, ACCESS_SECRET
from tests.emulators.fixtures import Emulators

PATH = "/api/v1/bank/results"
STRAYS = "/api/v1/platform/bank-strays"
WAGE_FEN = 5 * 30000


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


@pytest.fixture
async def world(client: Client, emulators: Emulators) -> Banked:
    return await banked.opened(client, emulators)


async def sent(world: Banked) -> BankBatch:
    """A batch that the bank took and has said nothing of yet."""
    sheet = await world.paid.to("released")
    await drawing.released(UUID(sheet["id"]))
    batch = await world.batch(sheet["id"])
    await sending.send(batch.id)
    return await BankBatch.get(id=batch.id)


async def deliver(world: Banked, push: dict[str, Any], **changed: str) -> httpx.Response:
    """One of the bank's pushes arrives; `changed`: what somebody did to it on the way."""
    headers = {**push["headers"], **changed}
    return await world.client.post(PATH, content=push["body"], headers=headers)


def pushes(world: Banked, number: str) -> list[dict[str, Any]]:
    assert world.bank is not None
    found = world.bank.control("GET", f"pushes?number={number}", vendor="bank")
    return list(found["items"])


def signed(items: list[dict[str, Any]], **changed: Any) -> dict[str, Any]:
    """A push that a test makes up, signed like the bank's."""
    body = json.dumps({"items": items})
    said = {"timestamp": str(int(clock.now().timestamp())), "nonce": secrets.token_hex(16)}
    said |= changed
    proof = signature(ACCESS_SECRET, method="POST", target=PATH, body=body.encode(), **said)
    return {
        "headers": {
            "Content-Type": "application/json", "X-Access-Key": ACCESS_KEY,
            "X-Timestamp": said["timestamp"], "X-Nonce": said["nonce"], "X-Signature": proof,
        },
        "body": body,
    }  # fmt: skip


def item(number: str, seq: int = 1, **changed: Any) -> dict[str, Any]:
    return {
        "position": 1, "batch": number, "seq": seq, "amount_fen": WAGE_FEN, "result": "SUCCESS",
        "reason": "", "reference": f"BK{seq}", "at": clock.now().isoformat(), **changed,
    }  # fmt: skip


async def test_a_push_pays_and_polling_after_it_changes_nothing(world: Banked) -> None:
    world.behave(cards={CARDS["li"]: "ACCOUNT_CLOSED"}, repeated=True, shuffled=True)
    batch = await sent(world)
    assert batch.state is BatchState.ACCEPTED
    for push in pushes(world, batch.number) + pushes(world, batch.number):
        answer = fine(await deliver(world, push))
        assert answer["code"] == "OK" and answer["exceptions"] == 0
    sheet_id = str(batch.sheet_id)
    assert await world.pay_states(sheet_id) == {"zhang": "succeeded", "li": "failed"}
    await sending.ask(batch.id)
    row = await BankBatch.get(id=batch.id)
    assert (row.state, row.arrived, row.failed) == (BatchState.DONE, 1, 1)
    assert row.place > 0, "the bank was asked, too"
    assert await AccountEntry.filter(kind="wage_out").count() == 1
    assert await BankReceipt.filter(batch_id=batch.id, applied__gt=0).count() == 1
    assert [kind for kind, _ in await banked.told(world.client, "zhang")] == ["payroll.arrived"]


async def test_a_return_that_comes_before_its_success_stands(world: Banked) -> None:
    batch = await sent(world)
    back = item(batch.number, result="RETURNED", reason="ACCOUNT_CLOSED", reference="BK9")
    for each in (back, item(batch.number)):
        fine(await deliver(world, signed([each])))
    rows = await world.payments(batch.id)
    assert [row["state"] for row in rows if row["seq"] == 1] == ["returned"]


async def test_what_fits_nothing_is_never_dropped(world: Banked) -> None:
    batch = await sent(world)
    odd = [
        item(batch.number, 99), item(batch.number, 2, amount_fen=1),
        item("PL2026010100000001"), item("PL2026010100000001"),
    ]  # fmt: skip
    for _ in range(2):
        answer = fine(await deliver(world, signed(odd)))
        assert (answer["applied"], answer["exceptions"]) == (0, 4)
    whys = await BankException.all().order_by("seq").values_list("why", flat=True)
    assert [str(each) for each in whys] == ["other_amount", "unknown_line"]
    stray = await StrayResult.get()
    assert (stray.number, stray.amount_fen) == ("PL2026010100000001", WAGE_FEN)
    await paid.entered(world.client, "platform_admin")
    [seen] = fine(await world.client.get(STRAYS, as_="platform_admin"))["items"]
    path = f"{STRAYS}/{seen['id']}/handling"
    note = {"note": "银行已更正"}
    done = fine(await world.client.post(path, as_="platform_admin", json=note))
    assert (done["state"], done["note"]) == ("handled", "银行已更正")
    again = await world.client.post(path, as_="platform_admin", json=note)
    assert refusal(again) == (409, "payroll.already_handled")
    assert await AuditLine.filter(tag="bank_stray.handled").count() == 1


async def test_a_batch_that_the_bank_cannot_have_is_listed_whole(world: Banked) -> None:
    batch = await sent(world)
    await BankBatch.filter(id=batch.id).update(state=BatchState.FAILED)
    answer = fine(await deliver(world, signed([item(batch.number)])))
    assert (answer["applied"], answer["exceptions"]) == (0, 1)
    assert (await BankException.get()).why == "not_sent"


async def test_a_bad_signature_is_refused_and_logged(
    world: Banked, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = await sent(world)
    items = [item(batch.number)]
    good = signed(items)
    late = str(int(clock.now().timestamp()) - 301)
    refused = {
        "signature_wrong": {**good, "body": good["body"].replace("150000", "150001")},
        "key_unknown": {**good, "headers": {**good["headers"], "X-Access-Key": "another"}},
        "clock_off": signed(items, timestamp=late),
        "nonce_used": signed(items, nonce="short"),
    }
    capsys.readouterr()
    for code, push in refused.items():
        assert refusal(await deliver(world, push)) == (401, "payroll.bad_bank_signature"), code
        said = capsys.readouterr()
        assert f'"code":"{code}"' in said.out + said.err, code
    assert refusal(await world.client.post(PATH, json={"items": []}))[0] == 401, "unsigned"
    fine(await deliver(world, good))
    assert refusal(await deliver(world, good))[0] == 401, "a replay, word for word"
    assert (await BankBatch.get(id=batch.id)).arrived == 1


async def test_a_signed_push_out_of_form_is_refused_whole(world: Banked) -> None:
    batch = await sent(world)
    for wrong in ({"amount_fen": 1.5}, {"result": "PAID"}, {"at": "2026-11-03T12:00:00"}, {"x": 1}):
        answer = await deliver(world, signed([item(batch.number), item(batch.number, 2, **wrong)]))
        assert answer.status_code == 422, wrong
    assert (await BankBatch.get(id=batch.id)).arrived == 0


def test_the_emulated_bank_pushes_by_itself(emulators: Emulators) -> None:
    """It signs what it sends to where it was told, and repeats and shuffles when told so."""
    caught: list[tuple[dict[str, str], bytes]] = []
    came = threading.Event()

    class Catcher(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            caught.append(({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()
            came.set()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Catcher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        there = f"http://127.0.0.1:{server.server_port}"
        told = {"pushes_to": there, "repeated": True, "shuffled": True, "delay_s": 0.2}
        emulators.control("POST", "behave", told, vendor="bank")
        submit(emulators)
        assert came.wait(10)
    finally:
        server.shutdown()
        server.server_close()
    [(headers, body)] = caught
    access = (ACCESS_KEY, ACCESS_SECRET)
    now = float(headers["x-timestamp"])
    assert verify(access, method="POST", target=PATH, headers=headers, body=body, now=now)
    assert [each["seq"] for each in json.loads(body)["items"]] == [2, 2, 1, 1]


def submit(emulators: Emulators) -> None:
    """A batch of two, as our client sends it."""
    number, account = "PL2026110300000001", "510501234567890123"
    lines = [
        {"seq": seq, "payee": "张样例", "card": f"621700000000000{seq}", "amount_fen": 1}
        for seq in (1, 2)
    ]
    texts = [f"{number},{account}"]
    texts += [f"{x['seq']},{x['payee']},{x['card']},{x['amount_fen']}" for x in lines]
    body = json.dumps({
        "number": number, "account": account, "count": 2, "total_fen": 2, "lines": lines,
        "digest": hashlib.sha256("\n".join(texts).encode()).hexdigest(),
    }).encode()  # fmt: skip
    stamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(16)
    proof = signature(
        ACCESS_SECRET, method="POST", target="/v1/batches", timestamp=stamp, nonce=nonce, body=body
    )
    answer = httpx.post(
        emulators.url("bank") + "/v1/batches", content=body, trust_env=False,
        headers={
            "X-Access-Key": ACCESS_KEY, "X-Timestamp": stamp, "X-Nonce": nonce,
            "X-Signature": proof, "Content-Type": "application/json",
        },
    )  # fmt: skip
    assert answer.json()["code"] == "OK", answer.text
