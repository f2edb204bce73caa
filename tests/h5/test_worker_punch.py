"""Punching without scripts: by hand and by the gate's code; what became of it; the settings."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from api import settings as configuration
from api.attendance import site_codes
from api.kit import clock
from tests.api.attendance import sites
from tests.cast import Client
from tests.h5.visiting import Visitor

DAY = "2026-06-03"
MORNING = sites.at(DAY, "07:12")
BY_HAND = "/h5/punch/manual"
POLICY = "Content-Security-Policy"


@pytest.fixture
async def project(client: Client) -> str:
    sites.stop(MORNING)
    project_id = await sites.site(client)
    await sites.entered(client, "zhang", project_id)
    return project_id


@pytest.fixture
async def zhang(visitor: Visitor, project: str) -> Visitor:
    return await visitor.enter("zhang")


async def punches(client: Client) -> list[dict[str, str]]:
    answer = await client.get(sites.PUNCHES, as_="zhang")
    return list(answer.json()["items"])


async def test_the_page_shows_the_site_the_day_and_one_button(zhang: Visitor) -> None:
    seen = await zhang.get("/h5/punch")
    assert seen.status == 200
    assert "今天还没打卡" in seen.text
    assert "上班打卡" in seen.text
    assert 'class="sketch-fence"' in seen.html
    assert "/h5/punches/site-code" in seen.links


async def test_no_coordinates_stand_in_the_page(zhang: Visitor) -> None:
    seen = await zhang.get("/h5/punch")
    assert "104.06" not in seen.html
    assert "30.65" not in seen.html


async def test_tiles_come_only_from_where_the_operator_says(zhang: Visitor) -> None:
    seen = await zhang.get("/h5/punch")
    assert "<image" not in seen.html
    given = replace(configuration.settings(), map_tiles="https://tiles.example/{z}/{x}/{y}.png")
    configuration.use(given)
    seen = await zhang.get("/h5/punch")
    assert '<image href="https://tiles.example/' in seen.html
    assert "img-src 'self' data: blob: https://tiles.example;" in seen.headers[POLICY]


async def test_the_big_button_leads_to_the_form_by_hand_without_scripts(
    zhang: Visitor, project: str
) -> None:
    seen = await zhang.get("/h5/punch?direction=out")
    manual = await zhang.send(seen, "/h5/punch")
    assert manual.path == f"{BY_HAND}?project={project}&direction=out"
    assert manual.form(BY_HAND).values["direction"] == ["out"]


async def test_a_punch_by_hand_waits_for_the_officer(
    zhang: Visitor, client: Client, project: str
) -> None:
    seen = await zhang.get(BY_HAND)
    done = await zhang.send(seen, BY_HAND, note="手机定位打不开")
    assert done.path.startswith("/h5/punches/")
    assert "已登记" in done.text
    assert "等劳资专管员确认" in done.text
    [row] = await punches(client)
    assert (row["method"], row["direction"], row["project_id"]) == ("manual", "in", project)


async def test_a_punch_by_hand_without_a_reason_keeps_the_rest(zhang: Visitor) -> None:
    seen = await zhang.get(BY_HAND)
    again = await zhang.send(seen, BY_HAND, direction="out")
    assert again.status == 422
    assert "必填" in again.text
    assert again.form(BY_HAND).values["direction"] == ["out"]
    assert again.form(BY_HAND).values["client_id"] == seen.form(BY_HAND).values["client_id"]


async def test_the_same_form_twice_is_one_punch(zhang: Visitor, client: Client) -> None:
    seen = await zhang.get(BY_HAND)
    first = await zhang.send(seen, BY_HAND, note="没有信号")
    again = await zhang.send(seen, BY_HAND, note="没有信号")
    assert first.path == again.path
    assert len(await punches(client)) == 1


async def test_a_site_that_wants_photos_gets_one(visitor: Visitor, client: Client) -> None:
    sites.stop(MORNING)
    await sites.entered(client, "zhang", await sites.site(client, photo=True))
    zhang = await visitor.enter("zhang")
    seen = await zhang.get(BY_HAND)
    without = await zhang.send(seen, BY_HAND, note="没有信号")
    assert without.status == 422
    assert "要拍照" in without.text
    picture = BytesIO()
    Image.effect_noise((640, 480), 80).save(picture, "JPEG")
    files = {"photo": ("site.jpg", picture.getvalue(), "image/jpeg")}
    assert "已登记" in (await zhang.send(without, BY_HAND, files, note="没有信号")).text


async def test_whoever_has_not_agreed_to_positions_is_asked_first(
    zhang: Visitor, client: Client
) -> None:
    text = {"version": "2026-11", "granted": False}
    await client.put("/api/v1/me/consents/location", as_="zhang", json=text)
    seen = await zhang.get("/h5/punch")
    assert "打卡时用位置" in seen.text
    assert "上班打卡" not in seen.text
    agreed = await zhang.send(seen, "/h5/punch/agree")
    assert "已记下您的同意" in agreed.text
    assert "上班打卡" in agreed.text


async def test_whoever_is_on_no_site_is_told_whom_to_ask(visitor: Visitor, client: Client) -> None:
    await sites.verified(client, "li")
    seen = await (await visitor.enter("li")).get("/h5/punch")
    assert "还没有进场" in seen.text
    assert "班组长" in seen.text


async def test_after_coming_the_button_is_for_leaving(zhang: Visitor, client: Client) -> None:
    await sites.worked(client, "zhang", (await own_site(zhang)), DAY, "07:12", "17:58")
    assert "17:58" in (await zhang.get("/h5/punch")).text
    sites.stop(sites.at("2026-06-04", "07:30"))
    await sites.taken(client, "zhang", sites.punch(await own_site(zhang), direction="in"))
    seen = await zhang.get("/h5/punch")
    assert "07:30" in seen.text
    assert "下班打卡" in seen.text


async def own_site(zhang: Visitor) -> str:
    seen = await zhang.get("/h5/punch")
    return seen.form("/h5/punch").values["project"][0]


async def test_the_result_says_where_and_when(zhang: Visitor, client: Client, project: str) -> None:
    row = await sites.taken(client, "zhang", sites.punch(project))
    seen = await zhang.get(f"/h5/punches/{row['id']}")
    assert "打卡成功" in seen.text
    assert "工地范围内，07:12。" in seen.text
    assert "约 18 米" in seen.text
    assert "sketch-spot" in seen.html
    assert "104.06" not in seen.html


@pytest.mark.parametrize(
    ("place", "accuracy_m", "words"),
    [(sites.FAR_OFF, 18, "离工地还有"), (sites.CENTRE, 800, "太大了")],
)
async def test_the_result_says_what_is_doubtful(
    zhang: Visitor,
    client: Client,
    project: str,
    place: tuple[float, float],
    accuracy_m: int,
    words: str,
) -> None:
    position = sites.position(place, accuracy_m=accuracy_m)
    row = await sites.taken(client, "zhang", sites.punch(project, position=position))
    seen = await zhang.get(f"/h5/punches/{row['id']}")
    assert "已记下" in seen.text
    assert "打卡成功" not in seen.text
    assert words in seen.text


async def test_a_stranger_does_not_see_the_punch(
    zhang: Visitor, client: Client, project: str
) -> None:
    row = await sites.taken(client, "zhang", sites.punch(project))
    await sites.entered(client, "li", project)
    li = await zhang.enter("li")
    assert (await li.get(f"/h5/punches/{row['id']}")).status == 404


async def test_nobody_is_led_to_the_login_and_back(visitor: Visitor) -> None:
    for path in ("/h5/punch", BY_HAND, "/h5/settings/punch", "/h5/punches/site-code"):
        seen = await visitor.get(path)
        assert seen.path == f"/h5/login?next={path}"


async def test_an_office_does_not_punch(visitor: Visitor) -> None:
    officer = await visitor.enter("officer_a")
    for path in ("/h5/punch", BY_HAND, "/h5/settings/punch"):
        assert (await officer.get(path)).status == 403


async def test_the_scanned_code_takes_one_press(
    zhang: Visitor, client: Client, project: str
) -> None:
    code = site_codes.shown_at(UUID(project), "north", clock.now())
    path = f"/h5/s/{code.text}"
    assert site_codes.link(code).endswith(path)
    seen = await zhang.get(path)
    assert not await punches(client)
    done = await zhang.send(seen, path)
    assert "打卡成功" in done.text
    [row] = await punches(client)
    assert row["method"] == "site_code"


async def test_an_old_code_asks_for_another_scan(zhang: Visitor, project: str) -> None:
    code = site_codes.shown_at(UUID(project), "north", clock.now())
    seen = await zhang.get(f"/h5/s/{code.text}")
    sites.stop(MORNING + timedelta(seconds=75))
    late = await zhang.send(seen, f"/h5/s/{code.text}")
    assert late.status == 409
    assert "再扫一次" in late.text
    assert (await zhang.get(f"/h5/s/{code.text}")).status == 409


async def test_a_made_up_code_is_refused(zhang: Visitor) -> None:
    seen = await zhang.get("/h5/s/AAAAAAAAAAAAAAAAAAAAAA.north.1.AAAAAAAAAAAAAAAAAAAAAA")
    assert seen.status == 422
    assert "不是本工地的打卡码" in seen.text


async def test_the_code_of_another_site_sends_one_to_the_officer(
    zhang: Visitor, client: Client, project: str
) -> None:
    other = await sites.second_site(client)
    code = site_codes.shown_at(UUID(other), "north", clock.now())
    assert "还没有在这个项目进场" in (await zhang.get(f"/h5/s/{code.text}")).text


async def test_automatic_punching_is_off_until_it_is_switched_on(
    zhang: Visitor, client: Client
) -> None:
    seen = await zhang.get("/h5/settings/punch")
    assert "现在是关着的" in seen.text
    assert "data-automatic" not in (await zhang.get("/h5/punch")).html
    on = await zhang.send(seen, "/h5/settings/punch")
    assert "现在是打开的" in on.text
    settings = await client.get("/api/v1/me/punch-settings", as_="zhang")
    assert settings.json() == {"automatic": True}
    assert 'data-automatic="in"' in (await zhang.get("/h5/punch")).html
    off = await zhang.send(on, "/h5/settings/punch")
    assert "现在是关着的" in off.text


async def test_by_itself_one_comes_once_and_leaves_after_the_shift(
    zhang: Visitor, client: Client, project: str
) -> None:
    await client.put("/api/v1/me/punch-settings", as_="zhang", json={"automatic": True})
    await sites.taken(client, "zhang", sites.punch(project))
    sites.stop(sites.at(DAY, "12:00"))
    assert "data-automatic" not in (await zhang.get("/h5/punch")).html
    sites.stop(sites.at(DAY, "18:05"))
    assert 'data-automatic="out"' in (await zhang.get("/h5/punch")).html
    await sites.taken(client, "zhang", sites.punch(project))
    sites.stop(sites.at(DAY, "19:00"))
    assert "data-automatic" not in (await zhang.get("/h5/punch")).html


async def test_the_page_without_a_network_says_nothing_of_anybody(
    zhang: Visitor, project: str
) -> None:
    zhang.http.headers["accept-encoding"] = "identity"
    own = await zhang.get("/h5/offline")
    assert own.status == 200
    assert "先存在手机里" in own.text
    assert project not in own.html
    assert 'name="account"' not in own.html
