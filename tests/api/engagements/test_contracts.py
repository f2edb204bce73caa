"""Contracts: from the template, signed by the worker himself, his own copy, entered in time."""

import asyncio
import io
from hashlib import sha256
from typing import Any

import pytest
from PIL import Image, ImageDraw

from api.audit.models import AuditLine
from api.engagements.models import Contract
from api.files.models import StoredFile
from api.kit.crypto import keyring
from api.kit.personal import Kind, Personal
from tests.api.engagements import site
from tests.api.engagements.site import OFFICE, OVERSEEN, made, refusal, sign, today
from tests.api.printed import glyphs, pictures
from tests.api.teams import people
from tests.cast import Client

OWN = "/api/v1/me/contracts"


def strokes() -> bytes:
    """A drawn line on a transparent ground."""
    picture = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(20, 90), (120, 20), (260, 100)], fill="black", width=4)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


async def offered(client: Client, **changed: Any) -> tuple[site.Period, str]:
    row = await site.period(client, await site.project(client))
    return row, str(made(await row.offer(**changed))["id"])


async def copy_of(client: Client, contract_id: str, name: str = "zhang") -> dict[str, Any]:
    answer = await client.get(f"{OWN}/{contract_id}", as_=name)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_worker_reads_his_own_copy_in_its_exact_words(client: Client) -> None:
    row, contract_id = await offered(client)
    copy = await copy_of(client, contract_id)
    for part in (
        "张样例", "四川省成都市样例路9号", "每个工 320.00 元", "每月 20 日前", "钢筋工",
        "工作任务完成为止", "调解、仲裁", "12333", contract_id,
    ):  # fmt: skip
        assert part in copy["text"], part
    assert copy["sha256"] == sha256(copy["text"].encode()).hexdigest()
    assert copy["intact"] is True
    listed = (await client.get(OWN, as_="zhang")).json()["items"]
    assert [(each["id"], each["state"]) for each in listed] == [(contract_id, "offered")]
    assert "text" not in listed[0]
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    assert inbox[0]["kind"] == "contract.offered"
    assert row.worker.number.masked not in (await client.get(OWN, as_="zhang")).text


async def test_an_agreement_says_that_there_is_no_labour_relation(client: Client) -> None:
    _, contract_id = await offered(
        client, kind="work_agreement", pay_kind="month", ends_on="2030-12-31"
    )
    copy = await copy_of(client, contract_id)
    for part in ("用工书面协议", "不建立劳动关系", "每月 320.00 元", "到 2030 年 12 月 31 日 止"):
        assert part in copy["text"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("day", "每个工 320.00 元"), ("hour", "每小时 320.00 元"), ("piece", "计件单为准）320.00 元")],
)
async def test_every_way_to_count_a_wage_stands_in_it(
    client: Client, kind: str, words: str
) -> None:
    _, contract_id = await offered(client, pay_kind=kind)
    assert words in (await copy_of(client, contract_id))["text"]


async def test_signed_by_confirmation_it_opens_the_gate(client: Client) -> None:
    row, contract_id = await offered(client)
    assert "contract" in await row.missing()
    copy = await copy_of(client, contract_id)
    answer = await sign(client, contract_id, "zhang", sha256=copy["sha256"])
    assert (answer.status_code, answer.json()["state"]) == (200, "signed")
    assert answer.json()["drawn"] is False and answer.json()["signed_at"]
    assert "contract" not in await row.missing()
    inbox = (await client.get("/api/v1/me/messages", as_="officer_a")).json()["items"]
    assert inbox[0]["kind"] == "contract.signed"


async def test_signed_with_drawn_strokes_they_are_kept(client: Client) -> None:
    _, contract_id = await offered(client)
    files = {"strokes": ("strokes.png", strokes(), "image/png")}
    answer = await client.post(f"{OWN}/{contract_id}/signature", as_="zhang", files=files)
    assert (answer.status_code, answer.json()["drawn"]) == (200, True)
    row = await Contract.get(id=contract_id)
    kept = await StoredFile.get(id=row.strokes_file_id)
    assert kept.delete_after is not None and kept.delete_after.year >= row.signed_at.year + 9


async def test_what_is_no_picture_signs_nothing(client: Client) -> None:
    _, contract_id = await offered(client)
    files = {"strokes": ("strokes.png", b"not a picture", "image/png")}
    answer = await client.post(f"{OWN}/{contract_id}/signature", as_="zhang", files=files)
    assert answer.status_code == 422
    answer = await sign(client, contract_id, "zhang", confirmed="false")
    assert refusal(answer) == (422, "engagements.signature_missing")
    assert (await Contract.get(id=contract_id)).state == "offered"


async def test_another_text_is_not_signed(client: Client) -> None:
    _, contract_id = await offered(client)
    answer = await sign(client, contract_id, "zhang", sha256="0" * 64)
    assert refusal(answer) == (409, "engagements.other_text")
    row = await Contract.get(id=contract_id)
    row.text = Personal.of(Kind.TEXT, "每个工 1.00 元")
    await row.save(update_fields=["text"])
    assert (await copy_of(client, contract_id))["intact"] is False
    assert refusal(await sign(client, contract_id, "zhang")) == (409, "engagements.other_text")


async def test_signing_twice_at_once_signs_once(client: Client) -> None:
    _, contract_id = await offered(client)
    answers = await asyncio.gather(*(sign(client, contract_id, "zhang") for _ in range(6)))
    assert {each.status_code for each in answers} == {200}
    assert len({each.json()["signed_at"] for each in answers}) == 1


async def test_nobody_signs_or_reads_for_another(client: Client) -> None:
    _, contract_id = await offered(client)
    await people.worker(client, "li")
    for name, status in {None: 401, "li": 404, "wang": 404, "officer_a": 403}.items():
        path = f"{OWN}/{contract_id}"
        assert (await client.get(path, as_=name)).status_code == status
        answer = await client.post(
            f"{path}/signature", as_=name, files={"confirmed": (None, "true")}
        )
        assert answer.status_code == status, name
    assert (await Contract.get(id=contract_id)).state == "offered"


async def test_a_withdrawn_contract_is_not_signed_and_a_signed_one_not_withdrawn(
    client: Client,
) -> None:
    row, contract_id = await offered(client)
    path = f"{OFFICE}/projects/{row.project_id}/contracts"
    for _ in range(2):
        answer = await client.post(f"{path}/{contract_id}/withdraw", as_="officer_a")
        assert answer.json()["state"] == "withdrawn"
    assert refusal(await sign(client, contract_id, "zhang")) == (409, "engagements.contract_closed")
    second = made(await row.offer())["id"]
    await sign(client, second, "zhang")
    answer = await client.post(f"{path}/{second}/withdraw", as_="officer_a")
    assert refusal(answer) == (409, "engagements.contract_closed")
    answer = await client.post(f"{path}/{second}/withdraw", as_="officer_b")
    assert answer.status_code == 404


async def test_the_contractor_does_not_withdraw_a_subcontractors_contract(client: Client) -> None:
    project_id = await site.with_firm_b(client)
    row = await site.period(client, project_id, by="officer_b")
    contract_id = made(await row.offer())["id"]
    path = f"{OFFICE}/projects/{project_id}/contracts/{contract_id}/withdraw"
    answer = await client.post(path, as_="officer_a")
    assert refusal(answer) == (403, "engagements.not_employer")
    assert (await client.post(path, as_="officer_b")).json()["state"] == "withdrawn"


@pytest.mark.parametrize(("days", "late"), [(0, False), (15, False), (16, True)])
async def test_the_fifteenth_day_is_in_time(client: Client, days: int, late: bool) -> None:
    _, contract_id = await offered(client, paper_signed_on=today(-days))
    listed = (await client.get(f"{OVERSEEN}/contracts", as_="county")).json()["items"]
    assert [each["late"] for each in listed] == [late]
    path = f"{OVERSEEN}/contracts?late=true"
    found = (await client.get(path, as_="county")).json()["items"]
    assert len(found) == (1 if late else 0)
    assert "纸质合同" in (await copy_of(client, contract_id))["text"]


@pytest.mark.parametrize(
    "changed",
    [{"pay_fen": 0}, {"pay_fen": 1.5}, {"pay_day": 32}, {"kind": "friendly"}, {"pay_kind": "year"},
     {"ends_on": "2019-12-31"}, {"paper_signed_on": 1}, {"text": "别的"}],
)  # fmt: skip
async def test_terms_that_make_no_sense_are_refused(
    client: Client, changed: dict[str, Any]
) -> None:
    row = await site.period(client, await site.project(client))
    if "paper_signed_on" in changed:
        changed = {"paper_signed_on": today(changed["paper_signed_on"])}
    assert (await row.offer(**changed)).status_code == 422


async def test_a_contract_holds_from_its_first_day_to_its_last(client: Client) -> None:
    row = await site.period(client, await site.project(client))
    offer = made(await row.offer(starts_on=today(-5), ends_on=today(5)))
    await sign(client, offer["id"], "zhang")
    for days, there in ((-6, False), (-5, True), (5, True), (6, False)):
        assert ("contract" not in await row.missing(day=today(days))) is there, days


async def test_the_offices_lists_hold_no_text_and_keep_to_their_scope(client: Client) -> None:
    row, contract_id = await offered(client)
    for base, expected in (
        (OFFICE, {None: 401, "officer_a": 1, "manager_a": 1, "officer_b": 0, "zhang": 403}),
        (OVERSEEN, {None: 401, "county": 1, "city": 1, "neighbour": 0, "zhang": 403}),
    ):
        for name, wanted in expected.items():
            answer = await client.get(f"{base}/contracts", as_=name)
            if wanted in (401, 403):
                assert answer.status_code == wanted
            else:
                assert len(answer.json()["items"]) == wanted, name
            assert "张样例" not in answer.text
    stored = await Contract.get(id=contract_id)
    assert stored.digest != sha256(b"").hexdigest() and len(stored.digest) == 64
    text = (await copy_of(client, contract_id))["text"]
    assert keyring().digest(text.encode()) == stored.digest
    assert row.worker.name.masked == "张*例"


async def pdf_of(client: Client, path: str, as_: str) -> bytes:
    answer = await client.get(path, as_=as_)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.content


async def test_the_workers_copy_is_a_sheet_with_his_signature(client: Client) -> None:
    _, contract_id = await offered(client)
    path = f"{OWN}/{contract_id}/pdf"
    before = await pdf_of(client, path, "zhang")
    assert set("张样例四川省成都市样例路9号乙方还没有签字本合同未生效") <= glyphs(before)
    assert pictures(before) == 0
    files = {"strokes": ("strokes.png", strokes(), "image/png")}
    await client.post(f"{OWN}/{contract_id}/signature", as_="zhang", files=files)
    after = await pdf_of(client, path, "zhang")
    assert set("乙方本人手写签名如下北京时间") <= glyphs(after)
    assert pictures(after) == 1


async def test_a_changed_word_shows_on_the_sheet(client: Client) -> None:
    _, contract_id = await offered(client)
    row = await Contract.get(id=contract_id)
    row.text = Personal.of(Kind.TEXT, "每个工 1.00 元")
    await row.save(update_fields=["text"])
    sheet = await pdf_of(client, f"{OWN}/{contract_id}/pdf", "zhang")
    assert set("注意文字和当初的不一样") <= glyphs(sheet)


async def test_the_employer_has_his_copy_too_and_each_look_is_written_down(client: Client) -> None:
    row, contract_id = await offered(client)
    path = f"{OFFICE}/projects/{row.project_id}/contracts/{contract_id}/pdf"
    sheet = await pdf_of(client, path, "officer_a")
    assert set("张样例") <= glyphs(sheet)
    lines = await AuditLine.filter(
        tag="personal.revealed", subject="contract", account_id=await client.cast.id("officer_a")
    )
    assert "show_staff" in {line.facts["purpose"] for line in lines}


async def test_the_sheet_is_for_the_two_sides_alone(client: Client) -> None:
    project_id = await site.with_firm_b(client)
    row = await site.period(client, project_id, by="officer_b")
    contract_id = str(made(await row.offer())["id"])
    path = f"{OFFICE}/projects/{project_id}/contracts/{contract_id}/pdf"
    assert refusal(await client.get(path, as_="officer_a")) == (403, "engagements.not_employer")
    assert (await client.get(path, as_="officer_b")).status_code == 200
    assert (await client.get(f"{OWN}/{contract_id}/pdf", as_="li")).status_code == 404
    assert (await client.get(f"{OWN}/{contract_id}/pdf")).status_code == 401
