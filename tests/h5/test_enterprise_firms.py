"""Staff of several enterprises: one is chosen, which narrows the lists and what is acted for."""

from uuid import uuid4

import pytest

from api.accounts.models import RoleGrant
from api.kit.actor import Actor, Grant
from h5 import cookies
from tests.api.enterprises.firms import both_firms
from tests.api.projects import sites
from tests.cast import FIRM_A, FIRM_B, Client
from tests.h5.visiting import HERE, Seen, Visitor

CHOOSE = "/enterprise/firm"


@pytest.fixture
async def both(visitor: Visitor, client: Client) -> Visitor:
    """An administrator of both firms, each with a project."""
    await both_firms(client)
    await sites.another(client, name="甲的样例工地")
    await sites.another(client, "officer_b", name="乙的样例工地")
    account = await client.cast.id("admin_a")
    await RoleGrant.create(account_id=account, role="enterprise_admin", tenant_id=FIRM_B)
    return await visitor.enter("admin_a")


async def choose(visitor: Visitor, firm: str, then: str = "/enterprise/projects") -> Seen:
    seen = await visitor.get(f"{CHOOSE}?next={then}")
    return await visitor.send(seen, CHOOSE, enterprise_id=firm)


async def test_all_are_listed_until_one_is_chosen(both: Visitor) -> None:
    seen = await both.get("/enterprise/projects")
    assert "全部企业" in seen.text
    assert "甲的样例工地" in seen.text
    assert "乙的样例工地" in seen.text
    seen = await choose(both, str(FIRM_B))
    assert seen.path == "/enterprise/projects"
    assert "乙的样例工地" in seen.text
    assert "甲的样例工地" not in seen.text
    seen = await choose(both, "all")
    assert "甲的样例工地" in seen.text


async def test_who_acts_for_one_chooses_it_first(both: Visitor) -> None:
    for path in ("/enterprise/staff", "/enterprise/collect", "/enterprise/projects/new"):
        seen = await both.get(path)
        assert seen.path == f"{CHOOSE}?next={path}"
        assert (await choose(both, str(FIRM_A), path)).path == path
        await choose(both, "all")


async def test_a_row_of_the_other_is_out_of_sight(both: Visitor, client: Client) -> None:
    known = await client.get("/api/v1/enterprise/projects", as_="admin_b")
    here = f"/enterprise/projects/{known.json()['items'][0]['id']}"
    assert (await both.get(here)).status == 200
    await choose(both, str(FIRM_A))
    assert (await both.get(here)).status == 404


async def test_a_strangers_enterprise_is_refused_and_a_forged_cookie_opens_nothing(
    visitor: Visitor, client: Client, both: Visitor
) -> None:
    seen = await both.get(CHOOSE)
    refused = await both.send(seen, CHOOSE, enterprise_id=str(uuid4()))
    assert refused.status == 404
    await RoleGrant.filter(tenant_id=FIRM_B, account_id=await client.cast.id("admin_a")).delete()
    both.http.cookies.set(cookies.FIRM, str(FIRM_B), domain="127.0.0.1")
    seen = await both.get("/enterprise/projects")
    assert "甲的样例工地" in seen.text
    assert "乙的样例工地" not in seen.text
    assert "换企业" not in seen.text


async def test_the_way_back_stays_here(both: Visitor) -> None:
    seen = await both.get(f"{CHOOSE}?next=//elsewhere.example/")
    assert (await both.send(seen, CHOOSE, enterprise_id=str(FIRM_A))).path == "/enterprise/"
    assert str(both.http.base_url) == HERE


def test_within_only_narrows() -> None:
    own = Grant("staff", frozenset({"own"}))
    a, b = (Grant("admin", frozenset({"p"}), tenant_id=firm) for firm in (FIRM_A, FIRM_B))
    actor = Actor(grants=(own, a, b))
    assert actor.within(FIRM_A).grants == (own, a)
    assert actor.within(uuid4()) is actor
    assert actor.tenants_of("p") == (FIRM_A, FIRM_B)
