"""Projects on the office pages: made, completed, manned, without scripts."""

from typing import Any

import pytest

from api.projects.models import Participation, Permit, Post, Project
from tests.api.enterprises.firms import both_firms
from tests.api.projects import sites
from tests.cast import Client
from tests.h5.visiting import Visitor


@pytest.fixture
async def home(client: Client) -> str:
    """The address of a project of firm A."""
    return f"/enterprise/projects/{(await sites.project(client))['id']}"


async def test_a_project_is_set_up_once_and_says_what_it_lacks(
    visitor: Visitor, client: Client
) -> None:
    await both_firms(client)
    await visitor.enter("officer_a")
    form = await visitor.get("/enterprise/projects/new")
    typed: dict[str, Any] = {"name": "锦江样例花园", "region": "510107", "category": "01"}
    again = await visitor.send(form, "/enterprise/projects", **{**typed, "pay_day": "40"})
    assert again.status == 422
    assert again.form("/enterprise/projects").values["name"] == ["锦江样例花园"]
    for _ in range(2):
        seen = await visitor.send(form, "/enterprise/projects", **typed)
    assert "锦江样例花园" in seen.text
    assert "还缺：" in seen.text
    assert await Project.all().count() == 1
    assert "锦江样例花园" in (await visitor.get("/enterprise/projects?name=锦江")).text


async def test_details_change_and_money_is_exact(visitor: Visitor, home: str) -> None:
    await visitor.enter("officer_a")
    form = await visitor.get(f"{home}/edit")
    seen = await visitor.send(
        form, f"{home}/edit", investment_wan="1234.56", area_m2="8000", pay_day="20"
    )
    assert "¥12,345,600.00" in seen.text
    kept = (await visitor.get(f"{home}/edit")).form(f"{home}/edit").values
    assert kept["investment_wan"] == ["1234.56"]


async def test_units_posts_permits_and_policy_are_kept(visitor: Visitor, home: str) -> None:
    await visitor.enter("officer_a")
    units = await visitor.get(f"{home}/units")
    given = sites.unit()
    seen = await visitor.send(units, f"{home}/units", **given)
    assert "参建单位已登记" in seen.text
    unit = await Participation.get(kind="006")
    seen = await visitor.send(seen, f"{home}/units/{unit.id}/exit", last_on=sites.today())
    assert "退场已登记" in seen.text

    posts = await visitor.get(f"{home}/posts")
    seen = await visitor.send(posts, f"{home}/posts", **sites.post())
    assert "任职已登记" in seen.text
    assert "孙样例" not in seen.text
    post = await Post.get()
    seen = await visitor.send(seen, f"{home}/posts/{post.id}/end", last_on=sites.today(-30))
    assert seen.status == 422

    permits = await visitor.get(f"{home}/permits")
    seen = await visitor.send(permits, f"{home}/permits", number="样例施许字〔2025〕1号")
    assert await Permit.all().count() == 1
    seen = await visitor.send(seen, f"{home}/permits/remove")
    assert await Permit.all().count() == 0

    policy = await visitor.get(f"{home}/policy")
    early = await visitor.send(policy, f"{home}/policy", effective_from=sites.today(-3))
    assert early.status == 422
    seen = await visitor.send(
        early, f"{home}/policy", effective_from=sites.today(1), shift_start="08:00",
        shift_end="18:00", methods=["fence", "manual"],
    )  # fmt: skip
    assert "考勤办法已保存" in seen.text


async def test_works_begin_only_with_an_officer(visitor: Visitor, home: str) -> None:
    await visitor.enter("officer_a")
    seen = await visitor.get(home)
    refused = await visitor.send(seen, f"{home}/status", status="003")
    assert refused.status == 409
    assert "还没有劳资专管员" in refused.text
    posts = await visitor.get(f"{home}/posts")
    await visitor.send(posts, f"{home}/posts", **sites.post())
    seen = await visitor.send(await visitor.get(home), f"{home}/status", status="003")
    assert "项目状态已改" in seen.text


PAGES = ("", "/edit", "/units", "/posts", "/permits", "/policy", "/register")


@pytest.mark.parametrize("page", PAGES)
async def test_a_stranger_finds_no_project(visitor: Visitor, home: str, page: str) -> None:
    await visitor.enter("officer_b")
    assert (await visitor.get(home + page)).status == 404
    await visitor.enter("county")
    assert (await visitor.get(home + page)).status == 403
