"""合同 and periods on pages: read, sign, keep a copy; where one worked; who collected one."""

import io

import pytest
from PIL import Image

from api.collecting.models import LinkState, WorkerLink
from api.engagements.models import Contract
from api.files.models import StoredFile
from tests.api.engagements import site
from tests.api.engagements.site import made
from tests.cast import FIRM_A, Client
from tests.h5.visiting import Visitor

CONTRACTS = "/h5/contracts"


@pytest.fixture
async def offered(client: Client) -> str:
    """The address of a contract that waits for Zhang's signature."""
    period = await site.period(client, await site.project(client))
    return f"{CONTRACTS}/{made(await period.offer())['id']}"


def drawn() -> tuple[str, bytes, str]:
    """A signature as the pad makes it."""
    picture = io.BytesIO()
    Image.new("RGB", (600, 360), "white").save(picture, "PNG")
    return ("signature.png", picture.getvalue(), "image/png")


async def test_a_contract_is_read_and_signed_by_a_tick(visitor: Visitor, offered: str) -> None:
    await visitor.enter("zhang")
    listed = await visitor.get(CONTRACTS)
    assert offered in listed.links and "待您签字" in listed.text
    seen = await visitor.get(offered)
    assert "12348" in seen.text and "15 天" in seen.text and "每个工 ¥320.00" in seen.text
    missing = await visitor.send(seen, f"{offered}/signature")
    assert missing.status == 422
    signed = await visitor.send(missing, f"{offered}/signature", confirmed="true")
    assert signed.path == offered and "签好了" in signed.text and "勾选同意" in signed.text
    assert not [form for form in signed.forms if form.action.endswith("/signature")]
    again = await visitor.send(seen, f"{offered}/signature", confirmed="true")
    assert again.path == offered


async def test_a_drawn_signature_is_kept(visitor: Visitor, offered: str) -> None:
    await visitor.enter("zhang")
    page = await visitor.get(offered)
    signed = await visitor.send(
        page, f"{offered}/signature", {"strokes": drawn()}, confirmed="true"
    )
    assert "手写签名" in signed.text
    row = await Contract.get()
    assert await StoredFile.exists(id=row.strokes_file_id)


async def test_a_bad_picture_is_no_signature(visitor: Visitor, offered: str) -> None:
    await visitor.enter("zhang")
    page = await visitor.get(offered)
    bad = {"strokes": ("x.png", b"nothing", "image/png")}
    seen = await visitor.send(page, f"{offered}/signature", bad, confirmed="true")
    assert seen.status == 422
    assert (await Contract.get()).signed_at is None


async def test_other_words_are_not_signed(visitor: Visitor, offered: str) -> None:
    await visitor.enter("zhang")
    page = await visitor.get(offered)
    seen = await visitor.send(
        page, f"{offered}/signature", confirmed="true", sha256="0" * 64
    )  # fmt: skip
    assert seen.status == 409
    assert (await Contract.get()).signed_at is None


async def test_the_own_copy_is_a_file(visitor: Visitor, offered: str) -> None:
    await visitor.enter("zhang")
    answer = await visitor.http.get(f"{offered}/copy")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"%PDF")


async def test_a_stranger_finds_no_contract(visitor: Visitor, offered: str) -> None:
    await visitor.enter("li")
    assert (await visitor.get(offered)).status == 404
    assert (await visitor.get(f"{offered}/copy")).status == 404
    assert "还没有合同" in (await visitor.get(CONTRACTS)).text
    visitor.http.cookies.clear()
    await visitor.enter("officer_a")
    assert (await visitor.get(offered)).status == 403


async def test_the_sites_where_one_worked_stand_with_their_days(
    visitor: Visitor, client: Client
) -> None:
    period = await site.entered(client, await site.project(client))
    assert (await period.leave(settled=False)).status_code == 200
    await visitor.enter("zhang")
    seen = await visitor.get("/h5/engagements")
    assert "已离场" in seen.text and "工资还没结清" in seen.text
    visitor.http.cookies.clear()
    await visitor.enter("li")
    assert "还没有进场记录" in (await visitor.get("/h5/engagements")).text


async def test_a_worker_confirms_or_denies_who_collected_him(
    visitor: Visitor, client: Client
) -> None:
    period = await site.period(client, await site.project(client))
    link = await WorkerLink.create(
        enterprise_id=FIRM_A, worker_id=period.worker.id, trade="020",
        collected_by=await client.cast.id("officer_a"),
    )  # fmt: skip
    await visitor.enter("zhang")
    seen = await visitor.get("/h5/links")
    path = f"/h5/links/{link.id}"
    confirmed = await visitor.send(seen, path, decision="confirm")
    assert "已确认" in confirmed.text
    denied = await visitor.send(confirmed, path, decision="deny")
    assert "已否认" in denied.text
    assert (await WorkerLink.get()).state is LinkState.DENIED
    visitor.http.cookies.clear()
    await visitor.enter("li")
    other = await visitor.get("/h5/more")
    answer = await visitor.http.post(path, data={**other.forms[0].values, "decision": "confirm"})
    assert answer.status_code in {404, 422}
