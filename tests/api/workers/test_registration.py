"""POST /api/v1/me/registration with every provider: codes, refusals with reasons, reviews."""

import pytest

from api.accounts.models import RoleGrant, Session
from api.files.models import FilePurpose, StoredFile
from api.integrations.adapters import Adapters
from api.notices.models import Notice
from api.workers.models import Verification, Worker
from tests.api.workers.registering import (
    REGISTRATION,
    codes,
    declined,
    photographed,
    submitted,
    typed,
    verified,
)
from tests.cast import Client
from tests.specimens import card_front, expired, person, selfie, spoil
from tests.specimens.people import Held

ZHANG, LI = person(11), person(12)


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def test_a_card_is_read_and_each_field_says_what_to_check(client: Client) -> None:
    answer = await photographed(client, "zhang", ZHANG)
    assert answer.status_code == 200, answer.text
    fields = answer.json()["fields"]
    assert fields["number"]["value"] == ZHANG.number
    assert fields["name"]["value"] == ZHANG.name
    assert set(fields) == {
        "name", "sex", "nation", "birth", "address", "number", "issuer", "valid_from", "valid_to",
    }  # fmt: skip


async def test_a_true_person_gets_a_code_at_once(client: Client) -> None:
    code = await verified(client, "zhang", ZHANG)
    assert code.startswith("W51-")
    assert not set(ZHANG.number[6:14]) - set("0123456789") and ZHANG.number not in code
    state = await client.get(REGISTRATION, as_="zhang")
    assert state.json()["status"] == "verified"
    assert state.json()["verification_code"] == code


async def test_the_selfie_is_gone_after_the_check(client: Client) -> None:
    await verified(client, "zhang", ZHANG)
    assert await StoredFile.filter(purpose=FilePurpose.SELFIE).count() == 1
    assert not await StoredFile.exists(purpose=FilePurpose.SELFIE, deleted_at=None)


async def test_the_same_person_again_gets_the_same_code(client: Client) -> None:
    code = await verified(client, "zhang", ZHANG)
    again = await submitted(client, "zhang", ZHANG)
    assert again.status_code == 201
    assert again.json()["verification_code"] == code
    assert await Worker.all().count() == 1


async def test_another_phone_takes_the_record_over_and_the_old_one_is_told(client: Client) -> None:
    code = await verified(client, "zhang", ZHANG)
    assert await verified(client, "li", ZHANG) == code
    assert await Worker.all().count() == 1
    old = await client.get("/api/v1/me", as_="zhang")
    assert old.status_code == 401
    zhang = await client.cast.id("zhang")
    assert not await Session.exists(account_id=zhang, revoked_at=None)
    assert await Notice.exists(account_id=zhang, kind="worker.account_moved")


async def test_who_leads_a_team_leads_it_from_his_new_phone(client: Client) -> None:
    await verified(client, "leader", ZHANG)
    await verified(client, "li", ZHANG)
    li = await client.cast.id("li")
    [held] = await RoleGrant.filter(role="team_leader", ended_at=None)
    assert await RoleGrant.exists(id=held.id, account_id=li)


async def test_another_phone_without_a_face_goes_to_people(client: Client) -> None:
    await verified(client, "zhang", ZHANG)
    await photographed(client, "li", ZHANG)
    answer = await declined(client, "li", ZHANG)
    assert answer.json()["status"] == "needs_review"
    assert answer.json()["verification_code"] is None
    me = await client.get("/api/v1/me", as_="zhang")
    assert me.json()["worker"]["verification_code"] is not None


async def test_a_second_identity_on_one_account_is_refused(client: Client) -> None:
    await verified(client, "zhang", ZHANG)
    answer = await submitted(client, "zhang", LI)
    assert answer.status_code == 409
    assert answer.json()["code"] == "workers.other_identity"


async def test_a_wrong_check_digit_is_refused_and_nothing_is_half_written(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    wrong = ZHANG.number[:-1] + ("0" if ZHANG.number[-1] != "0" else "1")
    answer = await submitted(client, "zhang", ZHANG, number=wrong)
    assert answer.status_code == 201
    assert answer.json()["status"] == "refused"
    assert codes(answer)[0] == "id_number.check_digit"
    assert not await Worker.exists()
    row = await Verification.get()
    assert row.number is None and row.name is None
    assert not await StoredFile.exists(purpose=FilePurpose.SELFIE, deleted_at=None)


async def test_an_expired_card_is_refused(client: Client) -> None:
    someone = expired(ZHANG)
    await photographed(client, "zhang", someone)
    answer = await submitted(client, "zhang", someone)
    assert answer.json()["status"] == "refused"
    assert "document.expired" in codes(answer)


async def test_another_persons_card_is_refused_by_the_face(client: Client) -> None:
    await photographed(client, "zhang", LI)
    answer = await submitted(client, "zhang", LI, selfie(ZHANG))
    assert answer.json()["status"] == "refused"
    assert codes(answer)[0] == "identity.other_person"
    assert not await Worker.exists()


async def test_a_copy_of_a_card_is_refused(client: Client) -> None:
    await photographed(client, "zhang", ZHANG, front=spoil.photocopy(card_front(ZHANG)))
    answer = await submitted(client, "zhang", ZHANG)
    assert answer.json()["status"] == "refused"
    assert "card.copy" in codes(answer)


async def test_a_selfie_from_a_screen_may_be_taken_again_then_goes_to_people(
    client: Client,
) -> None:
    await photographed(client, "zhang", ZHANG)
    fake = spoil.screen(selfie(ZHANG))
    for _ in range(2):
        answer = await submitted(client, "zhang", ZHANG, fake)
        assert answer.json()["status"] == "refused"
        assert "face.not_live" in codes(answer)
    answer = await submitted(client, "zhang", ZHANG, fake)
    assert answer.json()["status"] == "needs_review"
    assert codes(answer)[0] == "face.tries_used"


async def test_after_three_tries_only_the_other_way_is_open(client: Client) -> None:
    await photographed(client, "zhang", LI)
    for _ in range(3):
        await submitted(client, "zhang", LI, selfie(ZHANG))
    answer = await submitted(client, "zhang", LI, selfie(ZHANG))
    assert answer.status_code == 409
    assert answer.json()["code"] == "workers.face_tries_used"
    other_way = await declined(client, "zhang", LI)
    assert other_way.json()["status"] == "needs_review"


async def test_who_declines_the_face_needs_no_consent_to_it(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    answer = await declined(client, "zhang", ZHANG)
    assert answer.status_code == 201
    assert answer.json()["status"] == "needs_review"
    assert codes(answer) == ["face.declined"]


async def test_a_person_unknown_to_the_authority_goes_to_people(client: Client) -> None:
    absent = person(13, held=Held.ABSENT)
    await photographed(client, "zhang", absent)
    answer = await submitted(client, "zhang", absent)
    assert answer.json()["status"] == "needs_review"
    assert "identity.not_found" in codes(answer)


async def test_a_selfie_without_consent_is_not_taken(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    files = {"selfie": ("a.jpg", spoil.jpeg(selfie(ZHANG)), "image/jpeg")}
    answer = await client.post(REGISTRATION, as_="zhang", data=typed(ZHANG), files=files)
    assert answer.status_code == 403
    assert answer.json()["code"] == "accounts.consent_missing"
    assert not await StoredFile.exists(purpose=FilePurpose.SELFIE)


async def test_without_photos_of_the_card_nothing_is_checked(client: Client) -> None:
    await client.agree("zhang", "id_card")
    answer = await submitted(client, "zhang", ZHANG)
    assert answer.status_code == 409
    assert answer.json()["code"] == "workers.card_missing"


async def test_while_people_look_a_second_attempt_waits(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    await declined(client, "zhang", ZHANG)
    again = await declined(client, "zhang", ZHANG)
    assert again.status_code == 409
    assert again.json()["code"] == "workers.in_progress"
    assert await Verification.all().count() == 1


async def test_strangers_staff_and_nobody_are_refused(client: Client) -> None:
    nobody = await client.post(REGISTRATION, files={"name": (None, "x")})
    assert nobody.status_code == 401
    staff = await client.post(REGISTRATION, as_="reviewer_1", files={"name": (None, "x")})
    assert staff.status_code == 403


async def test_malformed_fields_are_named_without_their_values(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    answer = await declined(client, "zhang", ZHANG, shoe_size="44")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "shoe_size"
    assert ZHANG.number not in answer.text


@pytest.mark.parametrize("region", ["999999", "110101", "510199"])
async def test_a_region_that_no_office_here_looks_after_is_refused(
    client: Client, region: str
) -> None:
    await photographed(client, "zhang", ZHANG)
    answer = await declined(client, "zhang", ZHANG, region=region)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "region"
    assert not await Verification.exists()


async def test_neither_selfie_nor_declined_is_asked_for(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    files = {name: (None, value) for name, value in typed(ZHANG).items()}
    answer = await client.post(REGISTRATION, as_="zhang", files=files)
    assert answer.status_code == 422
    assert answer.json()["code"] == "workers.selfie_or_declined"
