"""Cards, faces and persons through the product's adapter, judged by the pixels."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from api.integrations.baidu import Baidu
from tests.api.integrations.baidu_cast import baidu
from tests.emulators.fixtures import Emulators
from tests.specimens import (
    Held,
    card_back,
    card_front,
    expired,
    no_card,
    other_card,
    person,
    selfie,
    spoil,
)
from verification.ports import Band, CardWarning, FieldName, ProviderKind
from verification.reasons import ProviderOutcome, Reason

SOMEONE, STRANGER = person(21), person(22)
FRONT, BACK, SELFIE = card_front(SOMEONE), card_back(SOMEONE), selfie(SOMEONE)


@pytest.fixture
def vendor(emulators: Emulators) -> Iterator[Baidu]:
    connected = baidu(emulators)
    yield connected
    connected.vendor.close()


def _sent(picture: Image.Image) -> bytes:
    """As a phone sends it: smaller and compressed."""
    return spoil.jpeg(spoil.resized(picture, 900), quality=70)


async def test_reads_both_sides(vendor: Baidu) -> None:
    read = await vendor.card_reader.read(_sent(FRONT), _sent(BACK))

    assert (read.outcome, read.reason, read.warnings) == (ProviderOutcome.MATCH, None, ())
    assert {name: field.text for name, field in read.fields.items()} == {
        FieldName.NAME: SOMEONE.name,
        FieldName.SEX: SOMEONE.sex,
        FieldName.NATION: SOMEONE.nation,
        FieldName.BIRTH: SOMEONE.birth.isoformat(),
        FieldName.ADDRESS: SOMEONE.address,
        FieldName.NUMBER: SOMEONE.number,
        FieldName.ISSUER: SOMEONE.issuer,
        FieldName.VALID_FROM: SOMEONE.valid_from.isoformat(),
        FieldName.VALID_TO: SOMEONE.valid_to.isoformat() if SOMEONE.valid_to else "长期",
    }
    assert all(field.check is None for field in read.fields.values())
    assert read.request_id.count(",") == 1
    assert SOMEONE.number not in repr(read)


async def test_reads_one_side_alone(vendor: Baidu) -> None:
    read = await vendor.card_reader.read(None, _sent(BACK))
    assert set(read.fields) == {FieldName.ISSUER, FieldName.VALID_FROM, FieldName.VALID_TO}


async def test_swapped_sides_are_read_and_warned_about(vendor: Baidu) -> None:
    read = await vendor.card_reader.read(_sent(BACK), _sent(FRONT))
    assert read.warnings == (CardWarning.REVERSED_SIDE,)
    assert read.fields[FieldName.NUMBER].text == SOMEONE.number
    assert len(read.fields) == 9


@pytest.mark.parametrize(
    ("picture", "warning"),
    [
        (spoil.photocopy(FRONT), CardWarning.COPY),
        (spoil.screen(FRONT), CardWarning.SCREEN),
        (card_front(SOMEONE, temporary=True), CardWarning.TEMPORARY),
    ],
)
async def test_risky_cards_are_read_and_warned_about(
    vendor: Baidu, picture: Image.Image, warning: CardWarning
) -> None:
    read = await vendor.card_reader.read(_sent(picture), None)
    assert (read.outcome, read.warnings) == (ProviderOutcome.MATCH, (warning,))
    assert read.fields[FieldName.NAME].text == SOMEONE.name


@pytest.mark.parametrize(
    ("picture", "warning"),
    [
        (spoil.blurred(FRONT), CardWarning.BLURRED),
        (spoil.brightness(FRONT, 0.15), CardWarning.OVER_DARK),
        (spoil.brightness(FRONT, 6), CardWarning.OVER_EXPOSED),
        (other_card(), CardWarning.OTHER_CARD),
        (no_card(), CardWarning.NON_ID_CARD),
        (SELFIE, CardWarning.NON_ID_CARD),
    ],
)
async def test_unreadable_cards_are_asked_for_again(
    vendor: Baidu, picture: Image.Image, warning: CardWarning
) -> None:
    read = await vendor.card_reader.read(_sent(picture), None)
    assert (read.outcome, read.reason) == (ProviderOutcome.RETRY_PHOTO, warning.reason)
    assert not read.fields


async def test_cropped_card_cannot_be_read(vendor: Baidu) -> None:
    read = await vendor.card_reader.read(_sent(spoil.cropped(FRONT)), None)
    assert read.outcome is ProviderOutcome.RETRY_PHOTO


async def test_one_bad_side_does_not_hide_the_good_one(vendor: Baidu) -> None:
    read = await vendor.card_reader.read(_sent(FRONT), _sent(spoil.blurred(BACK)))
    assert (read.outcome, read.reason) == (ProviderOutcome.RETRY_PHOTO, Reason.CARD_BLURRED)
    assert read.fields[FieldName.NUMBER].text == SOMEONE.number


OTHER_SEX = "女" if SOMEONE.sex == "男" else "男"


@pytest.mark.parametrize(
    ("forged", "warning", "suspects"),
    [
        ({"number": SOMEONE.number[:16] + "00"}, CardWarning.NUMBER_INVALID, {"number"}),
        ({"sex": OTHER_SEX}, CardWarning.NUMBER_MISMATCH, {"number", "sex"}),
        ({"birth": STRANGER.birth}, CardWarning.NUMBER_MISMATCH, {"number", "birth"}),
    ],
)
async def test_number_that_does_not_fit_is_pointed_out(
    vendor: Baidu, forged: dict[str, Any], warning: CardWarning, suspects: set[str]
) -> None:
    read = await vendor.card_reader.read(_sent(card_front(replace(SOMEONE, **forged))), None)
    assert read.warnings == (warning,)
    assert {name for name, field in read.fields.items() if field.check} == suspects


async def test_expired_and_unlimited_dates(vendor: Baidu) -> None:
    old = await vendor.card_reader.read(None, _sent(card_back(expired(SOMEONE))))
    endless = await vendor.card_reader.read(None, _sent(card_back(replace(SOMEONE, valid_to=None))))
    assert old.fields[FieldName.VALID_TO].text == "2016-05-09"
    assert endless.fields[FieldName.VALID_TO].text == "长期"


async def test_living_face_and_replayed_ones(vendor: Baidu) -> None:
    alive = await vendor.face_check.live(_sent(SELFIE))
    shown = await vendor.face_check.live(_sent(spoil.screen(SELFIE)))
    printed = await vendor.face_check.live(_sent(spoil.photocopy(SELFIE)))

    assert (alive.outcome, alive.reason, alive.band) == (ProviderOutcome.MATCH, None, Band.HIGH)
    assert alive.threshold_version == "baidu-faceverify 0.3/0.9"
    for fake in (shown, printed):
        assert (fake.outcome, fake.reason) == (ProviderOutcome.MISMATCH, Reason.FACE_NOT_LIVE)


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (spoil.blurred(SELFIE), Reason.FACE_BLURRED),
        (selfie(SOMEONE, covered="mouth"), Reason.FACE_COVERED),
        (spoil.brightness(SELFIE, 0.12), Reason.FACE_LIGHT),
        (selfie(SOMEONE, no_face=True), Reason.FACE_NONE),
        (BACK, Reason.FACE_NONE),
    ],
)
async def test_bad_selfies_get_a_hint(vendor: Baidu, picture: Image.Image, reason: Reason) -> None:
    answer = await vendor.face_check.live(_sent(picture))
    assert (answer.outcome, answer.reason) == (ProviderOutcome.RETRY_PHOTO, reason)


@pytest.mark.parametrize(
    ("likeness", "outcome", "reason", "band"),
    [
        (100, ProviderOutcome.MATCH, None, Band.HIGH),
        (70, ProviderOutcome.MATCH, Reason.IDENTITY_DOUBTFUL, Band.MIDDLE),
        (45, ProviderOutcome.MISMATCH, Reason.IDENTITY_OTHER_PERSON, Band.LOW),
    ],
)
async def test_face_against_the_register(
    vendor: Baidu, likeness: int, outcome: ProviderOutcome, reason: Reason | None, band: Band
) -> None:
    photo = _sent(selfie(SOMEONE, look_alike=likeness))
    answer = await vendor.identity_check.match(SOMEONE.name, SOMEONE.number, photo, None, None)
    assert (answer.outcome, answer.reason, answer.band) == (outcome, reason, band)
    assert answer.kind is ProviderKind.AUTHORITY


async def test_another_persons_card(vendor: Baidu) -> None:
    photo = _sent(selfie(STRANGER))
    answer = await vendor.identity_check.match(SOMEONE.name, SOMEONE.number, photo, None, None)
    assert answer.reason is Reason.IDENTITY_OTHER_PERSON


@pytest.mark.parametrize("with_face", [True, False])
async def test_name_of_another(vendor: Baidu, with_face: bool) -> None:
    photo = _sent(SELFIE) if with_face else None
    answer = await vendor.identity_check.match(STRANGER.name, SOMEONE.number, photo, None, None)
    assert (answer.outcome, answer.reason) == (
        ProviderOutcome.MISMATCH,
        Reason.IDENTITY_NAME_NUMBER,
    )


@pytest.mark.parametrize(
    ("held", "outcome"),
    [
        (Held.ABSENT, ProviderOutcome.NOT_FOUND),
        (Held.WITHOUT_PHOTO, ProviderOutcome.NO_PHOTO),
    ],
)
async def test_person_the_authority_lacks(
    vendor: Baidu, held: Held, outcome: ProviderOutcome
) -> None:
    missing = person(21, held=held)
    photo = _sent(selfie(missing))
    answer = await vendor.identity_check.match(missing.name, missing.number, photo, None, None)
    assert answer.outcome is outcome


async def test_declined_face_leaves_name_and_number(vendor: Baidu) -> None:
    answer = await vendor.identity_check.match(SOMEONE.name, SOMEONE.number, None, None, None)
    assert (answer.outcome, answer.band) == (ProviderOutcome.MATCH, None)
