"""Everybody may ask whose code it is: a masked name, its state, and not for long in a row."""

from api.workers.models import CodeState, Worker
from tests.api.workers.records import known
from tests.h5.visiting import Visitor
from tests.specimens import person

PAGE, FOUND = "/h5/codes", "/h5/codes/found"
SOMEONE = person(4201)


async def test_a_code_shows_a_masked_name_and_its_state(visitor: Visitor) -> None:
    worker = await known(SOMEONE)
    seen = await visitor.send(await visitor.get(PAGE), PAGE, verification_code=worker.code)
    assert seen.path == FOUND
    assert "有效" in seen.text and SOMEONE.name[0] in seen.text
    assert SOMEONE.name not in seen.html and SOMEONE.number not in seen.html
    assert seen.html.count("/h5/codes?") == 0
    await Worker.all().update(code_state=CodeState.FROZEN)
    frozen = await visitor.send(seen, PAGE, verification_code=(worker.code or "").lower())
    assert "已冻结" in frozen.text and "不能用" in frozen.text


async def test_the_answer_may_be_loaded_again_and_is_nobody_elses(visitor: Visitor) -> None:
    worker = await known(SOMEONE)
    seen = await visitor.send(await visitor.get(PAGE), PAGE, verification_code=worker.code)
    assert (await visitor.get(FOUND)).text == seen.text
    assert "有效" not in (await visitor.get(PAGE)).text
    visitor.http.cookies.clear()
    assert (await visitor.get(FOUND)).path == PAGE


async def test_an_unknown_code_stays_in_the_field(visitor: Visitor) -> None:
    seen = await visitor.send(
        await visitor.get(PAGE), PAGE, verification_code="W51-0000-0000-0000-0"
    )
    assert seen.status == 404
    assert seen.form(PAGE).values["verification_code"] == ["W51-0000-0000-0000-0"]
    short = await visitor.send(seen, PAGE, verification_code="W51")
    assert short.status == 422 and "太短" in short.text


async def test_trying_ends_soon(visitor: Visitor) -> None:
    seen = await visitor.get(PAGE)
    for _ in range(30):
        await visitor.send(seen, PAGE, verification_code="W51-0000-0000-0000-0")
    last = await visitor.send(seen, PAGE, verification_code="W51-0000-0000-0000-0")
    assert last.status == 429
