"""投诉 on pages, without scripts: the worker's, the enterprise's inbox, the authority's queue."""

import pytest

from api.complaints.models import Complaint
from api.complaints.rules import Body
from api.kit import jobs, memo
from tests.api.attendance import sites
from tests.api.complaints import filed
from tests.api.complaints.filed import Filed, fine
from tests.cast import Client
from tests.h5.counting import counted
from tests.h5.visiting import Seen, Visitor
from tests.specimens import sounds

LIST, NEW = "/h5/complaints", "/h5/complaints/new"
INBOX, QUEUE = "/enterprise/complaints", "/regulator/complaints"
MOST = 10
FILES = {
    "photo_1": ("a.jpg", sites.photo(), "image/jpeg"),
    "voice": ("v.m4a", sounds.mp4(6), "audio/x-m4a"),
}


@pytest.fixture
async def world(client: Client) -> Filed:
    return await filed.opened(client)


@pytest.fixture
async def zhang(world: Filed, visitor: Visitor) -> Visitor:
    return await visitor.enter("zhang")


async def test_the_door_leads_here_and_a_stranger_is_told_whom_to_call(
    world: Filed, visitor: Visitor
) -> None:
    await visitor.enter("li")
    assert LIST in (await visitor.get("/h5/")).links or LIST in (await visitor.get("/h5/")).html
    seen = await visitor.get(LIST)
    assert "tel:12333" in seen.links and NEW in seen.links
    nowhere = await visitor.get(NEW)
    assert "tel:12345" in nowhere.links and not any(f.action == NEW for f in nowhere.forms)


async def test_filed_by_a_form_with_photo_and_voice(world: Filed, zhang: Visitor) -> None:
    seen = await zhang.send(
        await zhang.get(NEW), NEW, FILES, topic="wages", text="没发钱", anonymous="true"
    )
    row = await Complaint.get()
    assert seen.path == f"{LIST}/{row.id}/receipt", seen.text
    assert row.number in seen.text and "提交好了" in seen.text and row.digest in seen.text
    assert (row.anonymous, row.voice_seconds, len(row.photo_ids)) == (True, 6, 1)
    one = await zhang.get(f"{LIST}/{row.id}")
    assert "没发钱" in one.text and "等" in one.text
    photo = next(link for link in one.links if link.startswith("/h5/files/"))
    shown = await zhang.http.get(photo)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    part = await zhang.http.get(f"{LIST}/{row.id}/voice", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, sounds.mp4(6)[:10])
    assert part.headers["content-type"] == "audio/mp4"
    kept = await zhang.get(f"{LIST}/{row.id}/evidence")
    assert "一模一样" in kept.text
    assert row.number not in (await zhang.get(LIST)).html
    assert f"{LIST}/{row.id}" in (await zhang.get(LIST)).links


async def test_a_fault_stays_beside_what_was_typed(world: Filed, zhang: Visitor) -> None:
    seen = await zhang.send(await zhang.get(NEW), NEW, topic="safety", text=None)
    assert seen.path == NEW and "还没有说是什么事" in seen.text
    assert seen.form(NEW).values["topic"] == ["safety"]
    files = {"voice": ("v.webm", b"RIFFxxxxWAVE", "audio/webm")}
    bad = await zhang.send(await zhang.get(NEW), NEW, files, topic="wages", text="<b>没发钱</b>")
    assert "不是录音" in bad.text and bad.form(NEW).values["text"] == ["<b>没发钱</b>"]
    assert "<b>没" not in bad.html
    assert await Complaint.all().count() == 0


async def test_two_taps_file_once(world: Filed, zhang: Visitor) -> None:
    page = await zhang.get(NEW)
    first = await zhang.send(page, NEW, topic="wages", text="没发钱")
    second = await zhang.send(page, NEW, topic="wages", text="没发钱")
    assert first.path == second.path and await Complaint.all().count() == 1


async def office(world: Filed, visitor: Visitor, name: str) -> Visitor:
    await filed.entered(world.client, name)
    return await visitor.enter(name)


async def test_the_enterprise_accepts_and_answers_and_he_escalates(
    world: Filed, zhang: Visitor
) -> None:
    one = (await world.file())["id"]
    firm = await office(world, zhang, "admin_a")
    listed = await firm.get(f"{INBOX}?state=received")
    assert f"{INBOX}/{one}" in listed.links and "还有 2 个工作日" in listed.text
    seen = await firm.send(await firm.get(f"{INBOX}/{one}"), f"{INBOX}/{one}/accept")
    assert "已受理" in seen.text and filed.TEXT in seen.text
    empty = await firm.send(seen, f"{INBOX}/{one}/answer", answer=None)
    assert empty.status == 422 and "必填" in empty.text
    done = await firm.send(empty, f"{INBOX}/{one}/answer", answer="本周五发放。")
    assert "已答复" in done.text and all("answer" not in form.action for form in done.forms)
    his = await (await zhang.enter("zhang")).get(f"{LIST}/{one}")
    assert "本周五发放。" in his.text
    gone = await zhang.send(his, f"{LIST}/{one}/say", decision="escalate")
    assert "已交给主管部门" in gone.text
    assert (await Complaint.get()).holder is Body.AUTHORITY


async def test_taken_back_with_a_reason(world: Filed, zhang: Visitor) -> None:
    one = (await world.file())["id"]
    page = await zhang.get(f"{LIST}/{one}")
    forms = [form for form in page.forms if form.values.get("decision") == ["withdraw"]]
    assert len(forms) == 1
    sent = {**forms[0].values, "note": "已经发了"}
    answer = await zhang.http.post(f"{LIST}/{one}/say", data=sent)
    assert "已撤回" in answer.text and "已经发了" in answer.text


async def test_the_queue_handles_transfers_and_answers(world: Filed, zhang: Visitor) -> None:
    one = (await world.file(addressee="authority"))["id"]
    county = await office(world, zhang, "county")
    path = f"{QUEUE}/{one}"
    assert path in (await county.get(f"{QUEUE}?holder=authority")).links
    seen = await county.send(await county.get(path), f"{path}/accept")
    assert "已受理" in seen.text
    seen = await county.send(seen, f"{path}/handle", note="已到工地核对。", extend="true")
    assert "已到工地核对。" in seen.text and "延长了期限" in seen.text
    bad = await county.send(
        seen, f"{path}/transfer", region="999999", reason="归那边管", office=None
    )
    assert bad.status == 422 and "没有能接手的部门" in bad.text
    assert bad.form(f"{path}/transfer").values["reason"] == ["归那边管"]
    seen = await county.send(bad, f"{path}/answer", answer="企业已补发。")
    done = await county.send(seen, f"{path}/close", last_word="办结。")
    assert "已办结" in done.text and len([f for f in done.forms if path in f.action]) == 0
    assert "一模一样" in (await county.get(f"{path}/evidence")).text
    other = (await world.file(addressee="authority"))["id"]
    moved = await county.send(
        await county.get(f"{QUEUE}/{other}"), f"{QUEUE}/{other}/transfer",
        region="510104", reason="归那边管",
    )  # fmt: skip
    assert moved.path == QUEUE and "已转出" in moved.text
    assert (await county.get(f"{QUEUE}/{other}")).status == 404


async def test_held_words_are_let_go(world: Filed, zhang: Visitor) -> None:
    one = (await world.file(text="再不发我就砍人"))["id"]
    firm = await office(world, zhang, "admin_a")
    assert "砍人" not in (await firm.get(f"{INBOX}/{one}")).text
    county = await office(world, zhang, "county")
    path = f"{QUEUE}/{one}"
    assert path in (await county.get(f"{QUEUE}?content=held")).links
    seen = await county.send(await county.get(path), f"{path}/content", decision="show")
    assert "企业能看了" in seen.text
    firm = await office(world, zhang, "admin_a")
    assert "砍人" in (await firm.get(f"{INBOX}/{one}")).text


async def page_of(visitor: Visitor, path: str) -> Seen:
    """The page, opened once before: what is kept for a minute is known."""
    await visitor.get(path)
    with counted() as statements:
        seen = await visitor.get(path)
    assert seen.status == 200
    assert len(statements) <= MOST, "\n".join(f"{path} {each[:110]}" for each in statements)
    return seen


async def test_no_page_asks_more_than_ten_statements_however_many_rows(
    world: Filed, zhang: Visitor
) -> None:
    memo.Channel.open = True  # as in a server that knows who is logged in
    rows = [await world.file(files=FILES) for _ in range(8)]
    one = rows[0]["id"]
    fine(await world.answer(one))
    fine(await world.say(one, "escalate", note="还没发"))
    fine(await world.act(one, "acceptance"))
    await jobs.drain()
    for path in (LIST, NEW, f"{LIST}/{one}", f"{LIST}/{one}/receipt", f"{LIST}/{one}/evidence"):
        await page_of(zhang, path)
    firm = await office(world, zhang, "admin_a")
    for path in (INBOX, f"{INBOX}/{one}"):
        await page_of(firm, path)
    county = await office(world, zhang, "county")
    for path in (QUEUE, f"{QUEUE}/{one}", f"{QUEUE}/{one}/evidence"):
        await page_of(county, path)
