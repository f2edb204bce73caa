"""The pictures outlive what phones and our own re-encoding do to them, and nothing worse."""

from pathlib import Path

import pytest
from PIL import Image

from tests.emulators import vision
from tests.specimens import card_back, card_front, grid, people, person, selfie, spoil
from tests.specimens.__main__ import write
from tests.specimens.cards import GRID as CARD_GRID
from tests.specimens.grid import Place
from tests.specimens.selfies import GRID as SELFIE_GRID
from verification import photo

SOMEONE = person(41)
PICTURES = [
    pytest.param(card_front(SOMEONE), CARD_GRID, id="front"),
    pytest.param(card_back(SOMEONE), CARD_GRID, id="back"),
    pytest.param(selfie(SOMEONE), SELFIE_GRID, id="selfie"),
]


def _read(picture: Image.Image, place: Place, quality: int = 85) -> bytes | None:
    opened = vision.opened(spoil.jpeg(picture, quality))
    assert opened
    return grid.read(opened, place)


@pytest.mark.parametrize(("picture", "place"), PICTURES)
@pytest.mark.parametrize("longest", [720, 900, 1200, 1600, 2400])
@pytest.mark.parametrize("light", [0.7, 1.0, 1.2])
def test_outlives_a_phone(picture: Image.Image, place: Place, longest: int, light: float) -> None:
    changed = spoil.brightness(spoil.resized(picture, longest), light)
    assert _read(changed, place, quality=70) == grid.read(picture, place)


@pytest.mark.parametrize(("picture", "place"), PICTURES)
def test_outlives_two_encodings(picture: Image.Image, place: Place) -> None:
    once = vision.opened(spoil.jpeg(spoil.resized(picture, 1600), 70))
    assert once
    assert _read(spoil.resized(once, 900), place, 70) is not None


@pytest.mark.parametrize(("picture", "place"), PICTURES)
@pytest.mark.parametrize("longest", [900, 1200, 1600])
def test_is_lost_by_blur(picture: Image.Image, place: Place, longest: int) -> None:
    assert _read(spoil.blurred(spoil.resized(picture, longest), 6), place) is None


@pytest.mark.parametrize(("picture", "place"), PICTURES)
@pytest.mark.parametrize("share", [0.03, 0.12, 0.3])
def test_is_lost_by_cropping(picture: Image.Image, place: Place, share: float) -> None:
    assert _read(spoil.cropped(picture, share), place) is None


@pytest.mark.parametrize(("picture", "place"), PICTURES)
def test_is_small_enough_to_send(picture: Image.Image, place: Place) -> None:
    assert len(spoil.jpeg(picture)) <= 300_000


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_cards_are_read(angle: int) -> None:
    turned = card_front(SOMEONE).rotate(angle, expand=True)
    assert vision.card_in(turned).fields["姓名"] == SOMEONE.name


def test_every_card_fits_its_grid() -> None:
    for seed in range(0, 1500, 37):
        someone = person(seed)
        assert vision.card_in(card_front(someone)).fields["住址"] == someone.address


def test_faces_differ_and_resemble() -> None:
    own, other = (vision.face_in(selfie(person(seed))) for seed in (1, 2))
    alike = vision.face_in(selfie(person(1), look_alike=60))
    assert own
    assert other
    assert alike
    assert vision.likeness(own, own.identity) >= 80
    assert vision.likeness(other, own.identity) < 40
    assert 60 <= vision.likeness(alike, own.identity) < 61


def test_the_set_for_the_walk_is_complete(tmp_path: Path) -> None:

    cases = write(tmp_path)
    for case in cases:
        for name in case["files"].values():
            assert vision.opened((tmp_path / name).read_bytes())


@pytest.mark.parametrize("seed", range(0, 60, 12))
def test_pass_the_product_s_own_look_and_its_clean_copy(seed: int) -> None:
    someone = person(seed)
    face = spoil.jpeg(selfie(someone), 70)
    for card in (card_front(someone), card_back(someone)):
        sent = spoil.jpeg(spoil.resized(card, 900), 70)
        assert photo.judge_card_photo(sent).good
        stored = vision.opened(photo.clean(sent))
        assert stored
        assert vision.card_in(stored).status == "normal"
    assert photo.judge_selfie(face).good
    kept = vision.opened(photo.clean(face))
    assert kept
    seen = vision.face_in(kept)
    assert seen
    assert seen.identity == people.face_id(someone.number)


def test_blur_shows_in_the_product_s_own_look() -> None:
    assert not photo.judge_card_photo(spoil.jpeg(spoil.blurred(card_front(SOMEONE)))).good
    assert not photo.judge_selfie(spoil.jpeg(spoil.blurred(selfie(SOMEONE)))).good
