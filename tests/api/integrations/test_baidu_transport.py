"""Certificates, tokens, time limits and secrets of the road to Baidu."""

import asyncio
import logging
from collections.abc import Iterator

import pytest

from api.integrations.baidu import Baidu
from api.kit.cache import Cache, CacheDown, DictCache
from tests.api.integrations.baidu_cast import LIVE, OCR, TOKEN, Seen, baidu, say
from tests.emulators.baidu import API_KEY, SECRET_KEY
from tests.emulators.fixtures import Emulators
from tests.specimens import card_front, person, selfie, spoil
from verification.reasons import ProviderOutcome

SOMEONE = person(31)
SELFIE = spoil.jpeg(selfie(SOMEONE))


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def vendor(emulators: Emulators, seen: Seen) -> Iterator[Baidu]:
    connected = baidu(emulators, seen)
    yield connected
    connected.vendor.close()


async def test_refuses_a_certificate_nobody_vouches_for(emulators: Emulators, seen: Seen) -> None:
    vendor = baidu(emulators, seen, base_url=emulators.url("baidu", tls=True))
    answer = await vendor.face_check.live(SELFIE)
    assert answer.outcome is ProviderOutcome.MISCONFIGURED
    assert "certificate" in seen.alarms
    assert emulators.calls() == []


async def test_accepts_a_certificate_of_the_given_authority(emulators: Emulators) -> None:
    https = emulators.url("baidu", tls=True)
    vendor = baidu(emulators, base_url=https, ca_bundle=emulators.ca)
    assert (await vendor.face_check.live(SELFIE)).outcome is ProviderOutcome.MATCH


async def test_the_environment_cannot_switch_the_check_off(
    emulators: Emulators, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", emulators.ca)
    vendor = baidu(emulators, base_url=emulators.url("baidu", tls=True))
    assert (await vendor.face_check.live(SELFIE)).outcome is ProviderOutcome.MISCONFIGURED


async def test_a_hundred_callers_fetch_one_token(emulators: Emulators, vendor: Baidu) -> None:
    ask = vendor.identity_check.match
    answers = await asyncio.gather(
        *(ask(SOMEONE.name, SOMEONE.number, None, None, None) for _ in range(100))
    )
    assert {answer.outcome for answer in answers} == {ProviderOutcome.MATCH}
    assert len(emulators.calls(TOKEN)) == 1


async def test_two_processes_share_one_token(emulators: Emulators) -> None:
    shared = DictCache()
    first, second = (baidu(emulators, cache=shared) for _ in range(2))
    await asyncio.gather(*(each.face_check.live(SELFIE) for each in (first, second)))
    assert len(emulators.calls(TOKEN)) == 1


async def test_rejected_token_is_renewed_once(
    emulators: Emulators, vendor: Baidu, seen: Seen
) -> None:
    await vendor.face_check.live(SELFIE)
    emulators.advance(2_592_000)
    answers = await asyncio.gather(*(vendor.face_check.live(SELFIE) for _ in range(5)))
    assert {answer.outcome for answer in answers} == {ProviderOutcome.MATCH}
    assert len(emulators.calls(TOKEN)) == 2
    assert seen.alarms == []


@pytest.mark.parametrize("code", [100, 110, 111])
async def test_token_that_stays_rejected_is_our_fault(
    emulators: Emulators, vendor: Baidu, seen: Seen, code: int
) -> None:
    say(emulators, LIVE, code, times=2)
    answer = await vendor.face_check.live(SELFIE)
    assert answer.outcome is ProviderOutcome.MISCONFIGURED
    assert seen.alarms == [str(code)]
    assert len(emulators.calls(LIVE)) == 2


async def test_wrong_secret_alarms_and_never_signs_instead(
    emulators: Emulators, seen: Seen
) -> None:
    vendor = baidu(emulators, seen, secret_key="wrong")
    answers = await asyncio.gather(*(vendor.face_check.live(SELFIE) for _ in range(5)))
    assert {answer.outcome for answer in answers} == {ProviderOutcome.MISCONFIGURED}
    assert seen.alarms == ["invalid_client"]  # one asked, the others took its answer
    assert len(emulators.calls(TOKEN)) == 1
    assert emulators.calls(LIVE) == []


class _Down(DictCache):
    """A cache whose server is gone."""

    async def get(self, key: str) -> str | None:
        raise CacheDown

    async def set(self, key: str, value: str, ttl_s: float) -> None:
        raise CacheDown

    async def add(self, key: str, value: str, ttl_s: float) -> bool:
        raise CacheDown

    async def delete(self, key: str) -> None:
        raise CacheDown


async def test_works_without_the_cache(emulators: Emulators) -> None:
    gone: Cache = _Down()
    vendor = baidu(emulators, cache=gone)
    answers = await asyncio.gather(*(vendor.face_check.live(SELFIE) for _ in range(5)))
    assert {answer.outcome for answer in answers} == {ProviderOutcome.MATCH}
    assert len(emulators.calls(TOKEN)) == 1


@pytest.mark.parametrize(
    ("kind", "spec"),
    [
        ("malformed", {}),
        ("body", {"body": "<html>Bad Gateway</html>", "status": 502}),
        ("body", {"body": "[1, 2]", "content_type": "application/json"}),
        ("body", {"body": "null"}),
        ("body", {"body": '{"result": {"face_liveness": "very"}}'}),
        ("status", {"status": 500, "json": {"error_code": 0}}),
        ("drop", {}),
    ],
)
async def test_nonsense_means_later(
    emulators: Emulators,
    vendor: Baidu,
    kind: str,
    spec: dict[str, object],
) -> None:
    await vendor.face_check.live(SELFIE)
    for path in (LIVE, OCR):
        emulators.fault(path, kind, **spec)  # type: ignore[arg-type]
    live = await vendor.face_check.live(SELFIE)
    read = await vendor.card_reader.read(spoil.jpeg(card_front(SOMEONE)), None)
    assert (live.outcome, read.outcome) == (ProviderOutcome.UNAVAILABLE,) * 2
    assert (await vendor.face_check.live(SELFIE)).outcome is ProviderOutcome.MATCH


@pytest.mark.parametrize("kind", ["malformed", "drop"])
async def test_broken_token_answer_means_later(
    emulators: Emulators, vendor: Baidu, kind: str
) -> None:
    emulators.fault(TOKEN, kind)
    assert (await vendor.face_check.live(SELFIE)).outcome is ProviderOutcome.UNAVAILABLE


async def test_logs_carry_no_secret_and_no_person(
    emulators: Emulators, vendor: Baidu, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await vendor.identity_check.match(SOMEONE.name, SOMEONE.number, SELFIE, None, None)
    emulators.fault("/mingjing/verify", "drop")
    await vendor.identity_check.match(SOMEONE.name, SOMEONE.number, SELFIE, None, None)
    told = caplog.text
    for secret in (API_KEY, SECRET_KEY, "access_token", SOMEONE.name, SOMEONE.number):
        assert secret not in told
