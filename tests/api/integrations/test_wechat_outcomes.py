"""Every error code of WeChat's ends in a defined outcome and a sentence."""

import re

import pytest

from api.integrations.http import Klass, UpstreamError
from api.integrations.wechat import words
from api.integrations.wechat.outcomes import LATER, OUR_SIDE, OUTCOMES, TOKEN_REJECTED
from tests.api.integrations.wechat_cast import mini_program
from tests.emulators.fixtures import Emulators

# by hand, from the vendor's pages: what each code must mean for us
INPUT = {40003, 40029, 40163, 41008, 42003, 43101, 44002, 45002, 45011, 87009, 87014}
IDENTITY = {40226, 61010}
UNAVAILABLE = {-1}
LATER_AGAIN = {-1, 45009, 45011, 89506, 89507}


async def answer(emulators: Emulators, errcode: int) -> UpstreamError:
    said = {"errcode": errcode, "errmsg": "the vendor's own words 13800138000"}
    emulators.fault("/sns/jscode2session", "json", json=said)
    with mini_program(emulators) as wechat, pytest.raises(UpstreamError) as error:
        await wechat.code2session("demo-li")
    return error.value


def expected(errcode: int) -> Klass:
    for klass, codes in ((Klass.INPUT, INPUT), (Klass.IDENTITY, IDENTITY)):
        if errcode in codes:
            return klass
    return Klass.UNAVAILABLE if errcode in UNAVAILABLE else Klass.CONFIGURATION


@pytest.mark.parametrize("errcode", sorted(OUTCOMES))
async def test_each_errcode_has_its_outcome(emulators: Emulators, errcode: int) -> None:
    error = await answer(emulators, errcode)
    assert (error.system, error.code) == ("wechat", OUTCOMES[errcode].code)
    assert error.klass == expected(errcode)
    assert error.permanent == (errcode not in LATER_AGAIN)
    assert "vendor" not in str(error)


@pytest.mark.parametrize("errcode", sorted(OUTCOMES))
async def test_each_errcode_has_a_sentence(emulators: Emulators, errcode: int) -> None:
    sentence = words(await answer(emulators, errcode))
    assert re.fullmatch(r"[^a-zA-Z]+。[^a-zA-Z]+。", sentence)


async def test_an_unknown_errcode_alarms_and_is_not_tried_again(emulators: Emulators) -> None:
    error = await answer(emulators, 99999)
    assert (error.code, error.klass, error.permanent) == (
        "unknown_99999",
        Klass.CONFIGURATION,
        True,
    )
    assert words(error) == OUR_SIDE


def test_codes_are_told_apart() -> None:
    codes = [outcome.code for outcome in OUTCOMES.values()]
    assert len(codes) == len(set(codes))
    assert TOKEN_REJECTED.issubset(OUTCOMES)


def test_a_passing_fault_of_the_line_is_told_as_such() -> None:
    assert words(UpstreamError("wechat", "timeout", Klass.UNAVAILABLE)) == LATER
