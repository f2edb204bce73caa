"""Every code of the table has a defined outcome, through the adapter and over HTTP."""

from collections.abc import Iterator

import pytest

from api.integrations.baidu import Baidu
from api.integrations.baidu.codes import CODES, TOKEN_CODES, error_of, meaning_of
from api.integrations.http import Klass, UpstreamError
from tests.api.integrations.baidu_cast import LIVE, OCR, VERIFY, Seen, baidu, say
from tests.emulators.fixtures import Emulators
from tests.specimens import card_front, person, selfie, spoil
from verification.reasons import ProviderOutcome, Reason

SOMEONE = person(11)
SELFIE = spoil.jpeg(selfie(SOMEONE))
CARD = spoil.jpeg(card_front(SOMEONE))

CLASSES = {
    # the four classes, as the vendor's pages and our policy name them
    Klass.UNAVAILABLE: "1 2 4 18 216630 282000 216300 216400 283512 SDK108",
    Klass.CONFIGURATION: "6 14 17 19 100 110 111",
    Klass.INPUT: "222202 222309 222213 222214 223113 223114 223115 223116 216201 216202 216633 "
    "223121 223122 223123 223124 223125 223126 223127",
    Klass.IDENTITY: "223120 222350 222351 222354 222360",
}


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def vendor(emulators: Emulators, seen: Seen) -> Iterator[Baidu]:
    connected = baidu(emulators, seen)
    yield connected
    connected.vendor.close()


@pytest.mark.parametrize(
    ("klass", "code"),
    [(klass, code) for klass, codes in CLASSES.items() for code in codes.split()],
)
def test_class_of_code(klass: Klass, code: str) -> None:
    assert CODES[code].klass is klass


@pytest.mark.parametrize("code", sorted(CODES))
def test_meanings_fit_their_class(code: str) -> None:
    klass, outcome, reason = CODES[code]
    expected = {
        Klass.UNAVAILABLE: {ProviderOutcome.UNAVAILABLE},
        Klass.CONFIGURATION: {ProviderOutcome.MISCONFIGURED},
        Klass.INPUT: {ProviderOutcome.RETRY_PHOTO},
        Klass.IDENTITY: {
            ProviderOutcome.MISMATCH,
            ProviderOutcome.NOT_FOUND,
            ProviderOutcome.NO_PHOTO,
        },
    }
    assert outcome in expected[klass]
    assert reason.sentence


async def test_every_code_reaches_the_feature_as_the_table_says(emulators: Emulators) -> None:
    numbers = [code for code in CODES if code.isdigit() and code not in TOKEN_CODES]
    for code in numbers:
        # A breaker of its own for each, or the tenth failure would silence the rest.
        vendor = baidu(emulators)
        say(emulators, VERIFY, int(code))
        answer = await vendor.identity_check.match(SOMEONE.name, SOMEONE.number, SELFIE, None, None)
        vendor.vendor.close()
        assert (answer.outcome, answer.reason) == CODES[code][1:], code
        assert answer.band is None
    assert len(emulators.calls(VERIFY)) == len(numbers)


@pytest.mark.parametrize("code", ["18", "17", "216633", "222351", "999999"])
async def test_reader_and_liveness_use_the_same_table(
    emulators: Emulators, vendor: Baidu, code: str
) -> None:
    say(emulators, OCR, int(code))
    say(emulators, LIVE, int(code))
    read = await vendor.card_reader.read(CARD, None)
    live = await vendor.face_check.live(SELFIE)
    expected = meaning_of(error_of(code))
    assert (read.outcome, read.reason) == expected[1:]
    assert (live.outcome, live.reason) == expected[1:]
    assert not read.fields


async def test_codes_also_come_as_strings(emulators: Emulators, vendor: Baidu) -> None:
    say(emulators, LIVE, "222202")
    assert (await vendor.face_check.live(SELFIE)).reason is Reason.FACE_NONE


async def test_unknown_code_means_later_and_alarms(
    emulators: Emulators, vendor: Baidu, seen: Seen
) -> None:
    say(emulators, LIVE, 987654)
    say(emulators, LIVE, "5101 <name>")
    for _ in range(2):
        answer = await vendor.face_check.live(SELFIE)
        assert answer.outcome is ProviderOutcome.UNAVAILABLE
    assert seen.alarms == ["unknown_987654", "unknown_odd"]


@pytest.mark.parametrize("code", ["6", "17", "19", "216100"])
async def test_our_own_faults_alarm_and_do_not_blame(
    emulators: Emulators, vendor: Baidu, seen: Seen, code: str
) -> None:
    say(emulators, LIVE, int(code))
    answer = await vendor.face_check.live(SELFIE)
    assert (answer.outcome, seen.alarms) == (ProviderOutcome.MISCONFIGURED, [code])


@pytest.mark.parametrize("code", ["223120", "222351", "222354"])
async def test_words_about_a_person_do_not_alarm(
    emulators: Emulators, vendor: Baidu, seen: Seen, code: str
) -> None:
    say(emulators, VERIFY, int(code))
    await vendor.identity_check.match(SOMEONE.name, SOMEONE.number, SELFIE, None, None)
    assert (seen.alarms, seen.results) == ([], ["ok", "identity"])


def test_errors_name_no_one() -> None:
    error = error_of("222351")
    assert isinstance(error, UpstreamError)
    assert str(error) == "baidu 222351 (identity)"
    assert error.permanent
    assert not error_of("18").permanent
