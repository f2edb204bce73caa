"""Row scope: own, tenant, region subtree or everything; nothing without a grant."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.audit.models import AuditLine
from api.kit.actor import SYSTEM, Actor, Grant
from api.kit.errors import Forbidden
from api.kit.ids import new_id
from api.kit.scope import Scope, scope_of, subtree, within

PERMISSION = "regulator:workers:read"
REGION = st.from_regex(r"[1-9][0-9]{5}", fullmatch=True)


def actor(*grants: Grant, second_factor: bool = True) -> Actor:
    return Actor(account_id=uuid4(), grants=grants, second_factor=second_factor)


def grant(**given: object) -> Grant:
    return Grant(role="x", permissions=frozenset({PERMISSION}), **given)  # type: ignore[arg-type]


@given(REGION)
def test_a_county_lies_in_its_city_and_that_in_its_province(region: str) -> None:
    city, province = region[:4] + "00", region[:2] + "0000"
    assert subtree(region).startswith(subtree(city))
    assert subtree(city).startswith(subtree(province))
    assert region.startswith(subtree(region))


@given(REGION, REGION)
def test_a_stranger_region_is_outside(one: str, other: str) -> None:
    inside = other.startswith(subtree(one))
    if one[2:] == "0000":
        assert inside == (other[:2] == one[:2])
    elif one[4:] == "00":
        assert inside == (other[:4] == one[:4])
    else:
        assert inside == (other == one)


def test_without_a_grant_there_is_no_scope() -> None:
    for nobody in (Actor(), SYSTEM, actor(), actor(Grant(role="x", region="510000"))):
        with pytest.raises(Forbidden):
            scope_of(nobody, PERMISSION)


def test_a_missing_second_factor_gives_no_scope() -> None:
    strict = grant(region="510100", needs_second_factor=True)
    with pytest.raises(Forbidden):
        scope_of(actor(strict, second_factor=False), PERMISSION)
    assert scope_of(actor(strict), PERMISSION).regions == ("510100",)


def test_only_grants_of_this_permission_count() -> None:
    other = Grant(role="y", permissions=frozenset({"other"}), everywhere=True, tenant_id=uuid4())
    scope = scope_of(actor(grant(region="510107"), other), PERMISSION)
    assert (scope.everything, scope.tenant_ids, scope.regions) == (False, (), ("510107",))


@pytest.fixture
async def lines(app: object) -> dict[str, UUID]:
    """Four rows: of two accounts, two tenants and four regions (in `request_id`)."""
    made = {}
    for number, region in enumerate(("510107", "510104", "511300", "500101"), 1):
        tenant = uuid4()
        await AuditLine.create(
            id=new_id(), chain="x", seq=number, at="2026-11-01T00:00:00+00:00", tag="t",
            account_id=tenant, request_id=region, subject="s", tenant_id=tenant, facts={}, hash="h",
        )  # fmt: skip
        made[region] = tenant
    return made


async def seen(scope: Scope) -> set[str]:
    rows = scope.rows(account="account_id", tenant="tenant_id", region="request_id")
    return {line.request_id for line in await AuditLine.filter(rows)}


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("510107", {"510107"}),
        ("510104", {"510104"}),
        ("510100", {"510107", "510104"}),
        ("510000", {"510107", "510104", "511300"}),
        ("500000", {"500101"}),
        ("110000", set()),
    ],
)
async def test_a_region_sees_its_subtree(
    lines: dict[str, UUID], region: str, expected: set[str]
) -> None:
    assert await seen(Scope(regions=(region,))) == expected


async def test_each_way_in_opens_its_own_rows(lines: dict[str, UUID]) -> None:
    assert await seen(Scope()) == set()
    assert await seen(Scope(everything=True)) == set(lines)
    assert await seen(Scope(tenant_ids=(lines["510107"],))) == {"510107"}
    assert await seen(Scope(account_id=lines["510104"])) == {"510104"}
    assert await seen(Scope(account_id=lines["510104"], regions=("500000",))) == {
        "510104", "500101",
    }  # fmt: skip


async def test_a_table_without_a_fitting_column_shows_nothing(lines: dict[str, UUID]) -> None:
    for scope in (Scope(regions=("510000",)), Scope(account_id=uuid4()), Scope()):
        assert await AuditLine.filter(scope.rows(tenant="tenant_id")).count() == 0


@pytest.mark.parametrize(
    ("region", "low", "high"),
    [
        ("510000", "510000", "519999"),
        ("510100", "510100", "510199"),
        ("510107", "510107", "510107"),
    ],
)
def test_a_region_and_all_below_it_are_a_range(region: str, low: str, high: str) -> None:
    assert within("home", region) == {"home__gte": low, "home__lte": high}
