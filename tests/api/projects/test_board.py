"""维权告示牌: from live data, printed with an embedded font, proven by a photo."""

import io
import re
from datetime import UTC, datetime, timedelta

from PIL import Image

from api.audit.models import AuditLine
from api.files.models import StoredFile
from api.settings import settings
from tests.api.printed import glyphs, pictures
from tests.api.projects.sites import (
    OVERSEEN,
    OWN,
    STANDARD,
    made,
    post,
    project,
    refusal,
    sent,
    today,
    unit,
)
from tests.cast import Client

STANDARDS = "/api/v1/regulator/region-standards"


async def _board(client: Client, project_id: str) -> dict[str, str]:
    board = (await client.get(f"{OWN}/{project_id}/board", as_="officer_a")).json()
    lines = {line["label"]: line["text"] for line in board["lines"]}
    assert board["missing"] == [label for label, text in lines.items() if not text]
    return lines


def _photo() -> bytes:
    picture, made = Image.new("RGB", (800, 600), (230, 220, 200)), io.BytesIO()
    picture.save(made, "JPEG")
    return made.getvalue()


async def _posted(client: Client, project_id: str, by: str | None = "officer_a") -> int:
    files = {"photo": ("board.jpg", _photo(), "image/jpeg")}
    answer = await client.post(f"{OWN}/{project_id}/board/photos", as_=by, files=files)
    return answer.status_code


async def test_the_board_reads_what_is_true_today(client: Client) -> None:
    row = await project(client, pay_day=15, address="样例大道1号")
    assert (await _board(client, row["id"]))["建设单位"] == ""
    made(await sent(client, f"{row['id']}/units", unit(930, "008", name="样例置业公司")))
    made(await sent(client, f"{row['id']}/units", unit()))
    made(await sent(client, f"{row['id']}/units", unit(931, "001", left_on=today(-1))))
    made(await sent(client, f"{row['id']}/posts", post()))
    lines = await _board(client, row["id"])
    assert lines["建设单位"] == "样例置业公司"
    assert lines["总承包单位"] == "样例劳务有限公司901"
    assert lines["分包单位"] == "样例劳务有限公司902"
    assert lines["劳资专管员"] == "孙*例 139****0077"
    assert lines["工资支付日"] == "每月 15 日"
    assert lines["项目部地址"] == "样例大道1号"
    for number in ("12333", "12345", "12348"):
        assert number in lines["全国热线"]


async def test_the_nearest_regions_standard_counts(client: Client) -> None:
    row = await project(client)
    assert (await _board(client, row["id"]))["当地最低工资标准"] == ""
    for region, fen in (("510000", 210000), ("510100", 233000)):
        body = {**STANDARD, "region": region, "minimum_month_fen": fen}
        assert (await client.post(STANDARDS, as_="province", json=body)).status_code == 201
    other = {**STANDARD, "region": "510104", "minimum_month_fen": 1}
    assert (await client.post(STANDARDS, as_="neighbour", json=other)).status_code == 201
    later = {**STANDARD, "effective_from": today(1), "minimum_month_fen": 999900}
    assert (await client.post(STANDARDS, as_="city", json=later)).status_code == 201
    lines = await _board(client, row["id"])
    assert lines["当地最低工资标准"] == "每月 2,330.00 元（样例文件〔2025〕1号）"
    assert lines["行业主管部门"] == "样例市住房和城乡建设局 028-00000000"


async def test_the_print_shows_names_in_an_embedded_font(client: Client) -> None:
    row = await project(client, pay_day=15)
    made(await sent(client, f"{row['id']}/posts", post()))
    answer = await client.post(f"{OWN}/{row['id']}/board/print", as_="manager_a")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    sheet = answer.content
    assert sheet.startswith(b"%PDF-")
    assert b"/FontFile3" in sheet or b"/FontFile2" in sheet
    assert re.search(rb"/BaseFont /[A-Z]{6}\+NotoSansSC", sheet)
    assert len(sheet) < 200_000
    assert set("农民工工资维权告示牌孙样例每月日待填") <= glyphs(sheet)
    assert sheet.count(b"/Type /Page\n") == 1
    assert await AuditLine.filter(tag="personal.revealed", subject="project").count() == 2


async def test_who_prints_the_board(client: Client) -> None:
    row = await project(client)
    path = f"{OWN}/{row['id']}/board/print"
    expected = {None: 401, "zhang": 403, "county": 403, "officer_b": 404, "admin_a": 200}
    for name, status in expected.items():
        assert (await client.post(path, as_=name)).status_code == status


async def test_a_photo_proves_that_the_board_hangs(client: Client) -> None:
    row = await project(client)
    path = f"{row['id']}/board"
    assert (await client.get(f"{OWN}/{path}", as_="officer_a")).json()["posted_at"] is None
    assert await _posted(client, row["id"]) == 201
    seen = (await client.get(f"{OVERSEEN}/{path}", as_="county")).json()
    assert seen["posted_at"] is not None
    (photo,) = (await client.get(f"{OVERSEEN}/{path}/photos", as_="county")).json()["items"]
    picture = await client.get(photo["url"], as_="county")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert (await client.get(photo["url"], as_="neighbour")).status_code == 403
    kept = (await StoredFile.get()).delete_after
    assert kept > datetime.now(UTC) + timedelta(days=3 * 365)
    assert await AuditLine.filter(tag="board.posted").count() == 1


async def test_who_posts_a_photo(client: Client) -> None:
    row = await project(client)
    for name, status in ((None, 401), ("zhang", 403), ("county", 403), ("officer_b", 404)):
        assert await _posted(client, row["id"], by=name) == status
    made(await sent(client, f"{row['id']}/units", unit()))
    assert await _posted(client, row["id"], by="officer_b") == 403
    assert await StoredFile.all().count() == 0


async def test_what_is_no_photo_is_refused(client: Client) -> None:
    row = await project(client)
    path = f"{OWN}/{row['id']}/board/photos"
    files = {"photo": ("board.jpg", b"<svg/>", "image/jpeg")}
    answer = await client.post(path, as_="officer_a", files=files)
    assert refusal(answer) == (422, "files.bad_photo")
    answer = await client.post(path, as_="officer_a", data={"photo": "text"})
    assert answer.status_code in (415, 422)
    assert (await client.post(path, as_="officer_a", json={})).status_code == 415


async def test_the_qr_leads_everybody_to_what_the_board_says_today(client: Client) -> None:
    row = await project(client, pay_day=15)
    seen = (await client.get(f"{OWN}/{row['id']}/board", as_="officer_a")).json()
    code = row["code"].replace("-", "")
    assert seen["qr"]["text"] == f"{settings().public_url}/boards/{code}"
    assert seen["qr"]["svg"].startswith("<svg")
    for written in (code, row["code"], code.lower()):
        answer = await client.get(f"/api/v1/boards/{written}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["lines"] == seen["lines"]
    for wrong in ("x", code[:-1] + ("0" if code[-1] != "0" else "1"), "9" * 300):
        assert refusal(await client.get(f"/api/v1/boards/{wrong}")) == (
            404, "projects.no_such_project",
        )  # fmt: skip


async def test_the_public_board_masks_persons(client: Client) -> None:
    row = await project(client)
    made(await sent(client, f"{row['id']}/posts", post()))
    answer = await client.get(f"/api/v1/boards/{row['code']}")
    lines = {line["label"]: line["text"] for line in answer.json()["lines"]}
    assert lines["劳资专管员"] == "孙*例 139****0077"


async def test_the_print_carries_the_qr(client: Client) -> None:
    row = await project(client)
    sheet = (await client.post(f"{OWN}/{row['id']}/board/print", as_="manager_a")).content
    assert pictures(sheet) == 1
    assert set("微信扫一扫") <= glyphs(sheet)


async def test_a_photo_proves_the_board_until_it_says_something_else(client: Client) -> None:
    row = await project(client)
    path = f"{OWN}/{row['id']}/board"
    assert (await client.get(path, as_="officer_a")).json()["proven"] is False
    await _posted(client, row["id"])
    assert (await client.get(path, as_="officer_a")).json()["proven"] is True
    made(await sent(client, f"{row['id']}/posts", post()))
    changed = (await client.get(path, as_="officer_a")).json()
    assert changed["proven"] is False and changed["posted_at"] is not None
    await _posted(client, row["id"])
    assert (await client.get(path, as_="officer_a")).json()["proven"] is True
