"""POST /api/v1/me/id-card: what is read, what to check, what is wrong with the photos."""

import pytest
from PIL import Image

from api.files.models import StoredFile
from api.integrations.adapters import Adapters
from api.workers.models import IdCardReading
from tests.api.files import uploads
from tests.api.workers.registering import CARD, codes, jpeg, photographed, submitted
from tests.cast import Client
from tests.emulators.fixtures import Emulators
from tests.specimens import card_back, card_front, expired, no_card, other_card, person, spoil

ZHANG = person(11)


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def test_swapped_sides_are_said(client: Client) -> None:
    answer = await photographed(client, "zhang", ZHANG, card_back(ZHANG), card_front(ZHANG))
    assert answer.status_code == 200
    assert "card.reversed_side" in [w["code"] for w in answer.json()["warnings"]]


@pytest.mark.parametrize(
    ("front", "warning"),
    [
        (spoil.photocopy(card_front(ZHANG)), "card.copy"),
        (spoil.blurred(card_front(ZHANG)), "photo.blurred"),
        (spoil.brightness(card_front(ZHANG), 0.15), "photo.too_dark"),
        (card_front(ZHANG, temporary=True), "card.temporary"),
        (other_card(), "card.other_card"),
        (no_card(), "card.non_id_card"),
    ],
)
async def test_each_fault_has_a_plain_sentence(
    client: Client, front: Image.Image, warning: str
) -> None:
    answer = await photographed(client, "zhang", ZHANG, front)
    [found] = answer.json()["warnings"]
    assert found["code"] == warning, answer.text
    assert found["sentence"].endswith("。")


async def test_an_expired_card_is_warned_of_at_once(client: Client) -> None:
    answer = await photographed(client, "zhang", expired(ZHANG))
    assert [w["code"] for w in answer.json()["warnings"]] == ["document.expired"]


async def test_when_the_reader_is_down_the_fields_are_empty_to_type(
    client: Client, emulators: Emulators
) -> None:
    emulators.fault("/idcard", "json", times=None, json={"error_code": 18, "error_msg": "qps"})
    answer = await photographed(client, "zhang", ZHANG)
    assert answer.status_code == 200
    field = answer.json()["fields"]["number"]
    assert (field["value"], field["check"]["code"]) == ("", "field.missing")
    assert answer.json()["warnings"][0]["code"] == "provider.busy"


async def test_a_reader_that_was_down_leaves_the_comparison_to_people(
    client: Client, emulators: Emulators
) -> None:
    emulators.fault("/idcard", "json", times=None, json={"error_code": 18, "error_msg": "qps"})
    await photographed(client, "zhang", ZHANG)
    answer = await submitted(client, "zhang", ZHANG)
    assert answer.json()["status"] == "needs_review"
    assert codes(answer) == ["review.manual"]


async def test_new_photos_replace_the_ones_before(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    await photographed(client, "zhang", ZHANG)
    assert await IdCardReading.all().count() == 1
    assert await StoredFile.filter(deleted_at=None).count() == 2


async def test_what_was_read_lies_sealed(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    [raw] = await IdCardReading.all().values_list("fields_read", flat=True)
    assert ZHANG.number not in str(raw)


async def test_photos_need_a_consent(client: Client) -> None:
    files = {"front": jpeg(card_front(ZHANG)), "back": jpeg(card_back(ZHANG))}
    answer = await client.post(CARD, as_="zhang", files=files)
    assert answer.status_code == 403
    assert answer.json()["code"] == "accounts.consent_missing"
    assert not await StoredFile.exists()


@pytest.mark.parametrize("name", ["svg", "html", "bomb", "truncated", "empty"])
async def test_what_is_no_photo_names_its_side(client: Client, name: str) -> None:
    await client.agree("zhang", "id_card")
    back = ("b.jpg", uploads.REFUSED[name], "image/jpeg")
    answer = await client.post(
        CARD, as_="zhang", files={"front": jpeg(card_front(ZHANG)), "back": back}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "back"
    assert not await StoredFile.exists()


async def test_a_missing_side_is_named(client: Client) -> None:
    await client.agree("zhang", "id_card")
    answer = await client.post(CARD, as_="zhang", files={"front": jpeg(card_front(ZHANG))})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "back"


async def test_nobody_and_staff_are_refused(client: Client) -> None:
    files = {"front": jpeg(card_front(ZHANG)), "back": jpeg(card_back(ZHANG))}
    assert (await client.post(CARD, files=files)).status_code == 401
    assert (await client.post(CARD, as_="county", files=files)).status_code == 403
    assert (await client.post(CARD, as_="zhang", json={})).status_code == 415
