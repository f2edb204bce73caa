"""Large type: three sizes, kept from page to page, and the way back."""

import pytest

from tests.h5.visiting import Visitor

PAGE, USUAL = "/h5/login", '<html lang="zh-CN">'


async def chosen(visitor: Visitor, size: str) -> str:
    """The login page after `size` was chosen on it."""
    token = (await visitor.get(PAGE)).form("/h5/elder").values["csrf"][0]
    await visitor.http.post("/h5/elder", data={"csrf": token, "elder": size, "next": PAGE})
    return (await visitor.get(PAGE)).html


@pytest.mark.parametrize(
    ("size", "classes"), [("1", "elder"), ("2", "elder larger"), ("3", "elder largest")]
)
async def test_each_size_is_kept(visitor: Visitor, size: str, classes: str) -> None:
    assert f'class="{classes}"' in await chosen(visitor, size)


async def test_the_way_leads_up_and_back(visitor: Visitor) -> None:
    assert 'value="2"' in await chosen(visitor, "1")
    assert 'value="3"' in await chosen(visitor, "2")
    assert 'name="elder" value="0"' in await chosen(visitor, "3")
    assert USUAL in await chosen(visitor, "0")


async def test_no_other_size_is_taken(visitor: Visitor) -> None:
    assert USUAL in await chosen(visitor, "4")
