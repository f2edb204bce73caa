"""Whoever complains anonymously: nothing the enterprise can ask, read or time leads to him."""

from typing import Any

import pytest

from api.complaints import rules
from api.complaints.rules import masked
from api.kit.routes import OPERATIONS
from api.notices.models import Notice
from api.workers.models import Worker
from tests.api.attendance import sites
from tests.api.complaints import filed
from tests.api.complaints.filed import Filed, fine, kinds_told
from tests.cast import FIRM_A, PARTS, Client
from tests.specimens import sounds

PHONE = PARTS["zhang"].phone or ""
NUMBER = "510107199012123456"
WORDS = (
    f"我是张样例，电话 {PHONE}，微信号：zhangyl_88，"
    f"身份证 {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}，"
    f"卡号 6217-0000-1234-5678-901，一三九零零零零零零零一也是我。张 样 例留。"
)
STAFF = ("admin_a", "officer_a", "manager_a")


@pytest.fixture
async def world(client: Client) -> Filed:
    made = await filed.opened(client)
    await filed.entered(client, "manager_a")
    return made


async def asked(world: Filed, who: str) -> dict[str, str]:
    """What every reading address of the enterprise's surface answers to somebody of it."""
    ids = {"project_id": world.project_id, "enterprise_id": str(FIRM_A)}
    found = {}
    for name, operation in sorted(OPERATIONS.items()):
        path = operation.path
        for key, value in ids.items():
            path = path.replace(f"<{key}:uuid>", value)
        if operation.method == "GET" and "<" not in path and path.startswith("/api/v1"):
            answer = await world.client.get(path, as_=who)
            # A packed file tells the second in which it was made.
            if answer.status_code == 200 and "json" in answer.headers["content-type"]:
                found[name] = answer.text
    return found


async def canaries(world: Filed) -> set[str]:
    """Whatever leads to Zhang: his names, numbers and ids, in every form that is stored."""
    worker = await Worker.get(id=world.zhang)
    account = await world.client.cast.id("zhang")
    assert worker.code
    return {
        "张样例", "张*例", PHONE, "139****0001", NUMBER, "zhangyl_88", "6217", worker.code,
        str(worker.id), str(account), worker.id.hex, account.hex, "一三九零",
    }  # fmt: skip


async def file_anonymously(world: Filed) -> dict[str, Any]:
    files = {
        "photo_1": ("p.jpg", sites.photo(), "image/jpeg"),
        "voice": ("v.webm", sounds.webm(4), "audio/webm"),
    }
    return await world.file(anonymous="true", text=WORDS, files=files)


async def test_nothing_of_the_enterprises_changes_when_it_is_filed(world: Filed) -> None:
    before = {who: await asked(world, who) for who in STAFF}
    assert (
        len(before["admin_a"]) > 20
        and "complaint_office.list_office_complaints" in before["admin_a"]
    )
    one = (await file_anonymously(world))["id"]
    # Not even that there is one, before the next morning: the hour would tell who was free then.
    for who in STAFF:
        assert await asked(world, who) == before[who]
    assert await kinds_told(world.client, "admin_a") == []
    answer = await world.client.get(f"{filed.OFFICE}/{one}", as_="admin_a")
    assert answer.status_code == 404


async def test_no_canary_reaches_the_enterprise(world: Filed) -> None:
    one = (await file_anonymously(world))["id"]
    await world.night("2026-12-01")
    await filed.entered(world.client, "manager_a")
    marks = await canaries(world)
    shown = await world.office(one)
    assert shown["complainant"] == "" and shown["sealed"] == 2 and shown["photos"] == []
    assert "＊＊＊" in shown["text"] and shown["text"].startswith("我是＊＊＊")
    texts = [str(shown), str(await world.inbox())]
    texts += [(await world.client.get("/api/v1/me/messages", as_=who)).text for who in STAFF]
    rows = Notice.filter(kind__startswith="complaint.", kind__endswith="_office")
    texts += [f"{row.params} {row.about_id} {row.told_by}" for row in await rows]
    for text in texts:
        assert not {mark for mark in marks if mark in text}, text
    # The same texts would be found out if they did: his own view holds several of them.
    own = str(await world.own(one))
    assert PHONE in own and "张样例" in own


async def test_no_instant_of_his_is_shown(world: Filed) -> None:
    row = await file_anonymously(world)
    filed_at = (await world.own(row["id"]))["filed_at"]
    await world.night("2026-12-01")
    shown = str(await world.office(row["id"]))
    assert shown.count("2026-11-30") == 1 and filed_at[11:16] not in shown
    [notice] = await Notice.filter(kind="complaint.received_office").limit(1)
    assert notice.created_at == sites.at("2026-12-01", "08:00")
    # The id tells the day alone: that of a complaint filed at another hour begins alike.
    await world.go("2026-11-30", "21:40")
    late = await file_anonymously(world)
    assert late["id"][:13] == row["id"][:13]


async def test_what_he_does_later_is_shown_the_next_morning(world: Filed) -> None:
    one = (await file_anonymously(world))["id"]
    await world.night("2026-12-01")
    fine(await world.answer(one))
    await world.go("2026-12-01", "12:17")
    fine(await world.say(one, "escalate", note=f"我是{PHONE}"))
    same = await world.office(one)
    assert same["state"] == "answered" and [s["act"] for s in same["steps"]] == ["seen", "answered"]
    assert "complaint.escalated_office" not in await kinds_told(world.client, "admin_a")
    await world.night("2026-12-02")
    shown = await world.office(one)
    assert shown["state"] == "escalated"
    assert [(s["act"], s["on"], s["note"]) for s in shown["steps"]][-1] == (
        "escalated", "2026-12-01", "",
    )  # fmt: skip
    assert "complaint.escalated_office" in await kinds_told(world.client, "admin_a")


async def test_what_was_escalated_before_it_was_shown_is_never_shown(world: Filed) -> None:
    one = (await file_anonymously(world))["id"]
    fine(await world.say(one, "escalate"))
    await world.night("2026-12-01")
    assert await world.inbox() == []
    assert await kinds_told(world.client, "admin_a") == []
    assert [each["id"] for each in await world.queue(holder="authority")] == [one]


async def test_the_enterprise_may_act_on_what_it_sees(world: Filed) -> None:
    one = (await file_anonymously(world))["id"]
    await world.night("2026-12-01")
    await world.go("2026-12-01", "11:00")
    fine(await world.say(one, "escalate"))
    # It cannot know yet, and nothing in the answers tells.
    assert fine(await world.accept(one))["state"] == "accepted"
    assert fine(await world.answer(one))["state"] == "answered"
    row = await world.own(one)
    assert (row["holder"], row["state"]) == ("authority", "received")
    assert filed.acts(row) == ["filed", "escalated", "seen", "accepted", "answered"]
    await world.night("2026-12-02")
    assert (await world.office(one))["state"] == "escalated"


async def test_who_gives_his_name_is_seen_masked(world: Filed) -> None:
    files = {"photo_1": ("p.jpg", sites.photo(), "image/jpeg")}
    one = (await world.file(text=WORDS, files=files))["id"]
    shown = await world.office(one)
    assert (shown["complainant"], shown["sealed"]) == ("张*例", 0)
    photo = await world.client.get(shown["photos"][0], as_="admin_a")
    assert photo.status_code == 200
    for mark in (PHONE, NUMBER, "张样例"):
        assert mark not in str(shown)


@pytest.mark.parametrize(
    "text",
    ["13900000001", "139 0000 0001", "028-85551234",
     "１３９００００００01", "一三九零零零零零零零一",
     "6217000012345678901", "510107199001011234", "51010719900101123X", "微信 wx_abc123",
     "QQ：12345678", "1.3.9.0.0.0.0.0.0.0.1"],
)  # fmt: skip
def test_a_number_is_masked_however_it_is_written(text: str) -> None:
    assert masked(f"打{text}找我", []).count(rules.HIDDEN) == 1
    assert not any(sign in masked(f"打{text}找我", []) for sign in ("139", "6217", "abc", "一三"))


@pytest.mark.parametrize("text", ["2026-11-30 那天", "欠 12000 元", "3 个月，25 天", "十月十五号"])
def test_what_is_no_number_of_a_person_stays(text: str) -> None:
    assert masked(text, ["张三"]) == text
