"""The regulator's pages: his region and no other, masked by default, every look kept."""

import pytest

from tests.cast import Client
from tests.h5 import offices
from tests.h5.visiting import Visitor

PAGES = (
    "/regulator/", "/regulator/projects", "/regulator/enterprises", "/regulator/workers",
    "/regulator/days", "/regulator/reviews",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
async def test_each_page_opens_for_the_county(visitor: Visitor, path: str) -> None:
    await visitor.enter("county")
    seen = await visitor.get(path)
    assert seen.status == 200, seen.text
    assert seen.path == path


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["zhang", "officer_a", "platform_admin"])
async def test_no_page_opens_for_others(visitor: Visitor, path: str, who: str) -> None:
    await visitor.enter(who)
    assert (await visitor.get(path)).status == 403


@pytest.mark.parametrize("path", PAGES)
async def test_a_stranger_is_asked_to_log_in(visitor: Visitor, path: str) -> None:
    assert (await visitor.get(path)).path.startswith("/regulator/login?next=/regulator/")


async def test_a_region_that_is_not_his_is_refused(visitor: Visitor) -> None:
    await visitor.enter("county")
    seen = await visitor.get("/regulator/?region=510104")
    assert seen.status == 404
    assert "不归您管" in seen.text


async def test_the_parts_of_a_city_are_its_counties(visitor: Visitor) -> None:
    await visitor.enter("city")
    seen = await visitor.get("/regulator/")
    assert "武侯区" in seen.text
    assert "/regulator/?region=510107" in seen.links
    below = await visitor.get("/regulator/?region=510107")
    assert below.status == 200
    assert "/regulator/?region=510100" in below.links
    assert "/regulator/projects?region=510107" in below.links


async def test_a_wrong_filter_is_refused_in_words(visitor: Visitor) -> None:
    await visitor.enter("county")
    seen = await visitor.get("/regulator/days?date=tomorrow")
    assert seen.status == 422
    assert "填得不对" in seen.text or "按提示改好" in seen.text


async def test_a_search_never_puts_the_number_into_an_address(visitor: Visitor) -> None:
    await visitor.enter("county")
    seen = await visitor.get("/regulator/workers")
    again = await visitor.send(seen, "/regulator/workers/search", id_number="11010119900307000X")
    assert "110101" not in again.path
    assert again.status == 422 or again.status == 404
    both = await visitor.send(seen, "/regulator/workers/search")
    assert both.status == 422


async def test_days_are_narrowed_to_a_region_and_never_widened(
    visitor: Visitor, client: Client
) -> None:
    project_id = await offices.site(client)
    await offices.copied_day(project_id, 0)
    await visitor.enter("city")
    seen = await visitor.get("/regulator/days?region=510107")
    assert "李*例" in seen.text
    assert "/regulator/days?region=510104" in (await visitor.get("/regulator/days")).links
    seen = await visitor.get("/regulator/days?region=510104")
    assert "李*例" not in seen.text
    assert seen.form("/regulator/days").values["region"] == ["510104"]
    await visitor.enter("neighbour")
    seen = await visitor.get("/regulator/days?region=510107")
    assert "李*例" not in seen.text
