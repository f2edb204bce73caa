"""The unmodified SDK is content with the emulator: its shapes and errors are the vendor's."""

import base64
from typing import Any

import pytest
import requests
from aip import AipFace, AipOcr
from requests.adapters import HTTPAdapter

from tests.emulators.baidu import API_KEY, APP_ID, SECRET_KEY
from tests.emulators.fixtures import Emulators
from tests.specimens import Held, card_back, card_front, person, selfie, spoil

SOMEONE = person(7)
BASE64 = {"image_type": "BASE64"}


class Reroute(HTTPAdapter):
    """Takes the SDK's calls to the emulator; changes nothing else."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        request.url = (request.url or "").replace("https://aip.baidubce.com", self._base)
        return super().send(request, *args, **kwargs)


def _sdk(kind: Any, emulators: Emulators, secret: str = SECRET_KEY) -> Any:
    sdk = kind(APP_ID, API_KEY, secret)
    sdk._AipBase__accessTokenUrl = emulators.url("baidu") + "/oauth/2.0/token"
    sdk.s.mount("https://", Reroute(emulators.url("baidu")))
    return sdk


@pytest.fixture
def face(emulators: Emulators) -> Any:
    return _sdk(AipFace, emulators)


def _b64(picture: Any) -> str:
    return base64.b64encode(spoil.jpeg(picture)).decode()


def test_reads_both_sides_of_a_card(emulators: Emulators) -> None:
    ocr = _sdk(AipOcr, emulators)

    front = ocr.idcard(spoil.jpeg(card_front(SOMEONE)), "front", {"detect_risk": "true"})
    back = ocr.idcard(spoil.jpeg(card_back(SOMEONE)), "back")

    assert front["words_result"]["姓名"]["words"] == SOMEONE.name
    assert front["words_result"]["公民身份号码"]["words"] == SOMEONE.number
    assert front["words_result"]["出生"]["words"] == f"{SOMEONE.birth:%Y%m%d}"
    assert set(front["words_result"]["住址"]["location"]) == {"left", "top", "width", "height"}
    assert (front["image_status"], front["risk_type"], front["words_result_num"]) == (
        "normal",
        "normal",
        6,
    )
    assert back["words_result"]["签发日期"]["words"] == f"{SOMEONE.valid_from:%Y%m%d}"
    assert "risk_type" not in back


def test_wrong_side_is_recognised(emulators: Emulators) -> None:
    answer = _sdk(AipOcr, emulators).idcard(spoil.jpeg(card_back(SOMEONE)), "front")
    assert answer["image_status"] == "reversed_side"


@pytest.mark.parametrize(
    ("image", "side", "code"),
    [
        (b"", "front", 216101),
        (b"no picture", "front", 216201),
        (b"x" * 8_000_000, "front", 216202),
        (spoil.jpeg(card_front(SOMEONE)), "inside", 216100),
    ],
)
def test_ocr_refuses_what_the_vendor_refuses(
    emulators: Emulators, image: bytes, side: str, code: int
) -> None:
    answer = _sdk(AipOcr, emulators).idcard(image, side)
    assert answer["error_code"] == code
    assert "words_result" not in answer


def test_liveness_of_a_face_and_of_a_screen(face: Any) -> None:
    alive = face.faceverify([{"image": _b64(selfie(SOMEONE)), **BASE64}])
    shown = face.faceverify([{"image": _b64(spoil.screen(selfie(SOMEONE))), **BASE64}])

    thresholds = alive["result"]["thresholds"]
    assert set(thresholds) == {"frr_1e-4", "frr_1e-3", "frr_1e-2"}
    assert alive["result"]["face_liveness"] > thresholds["frr_1e-2"]
    assert shown["result"]["face_liveness"] < thresholds["frr_1e-4"]
    assert alive["result"]["face_list"][0]["liveness"]["livemapscore"] > 0.9


def test_detects_and_compares_faces(face: Any) -> None:
    other = person(8)
    own = {"image": _b64(selfie(SOMEONE)), **BASE64}
    card = {"image": _b64(card_front(SOMEONE)), **BASE64}
    strange = {"image": _b64(selfie(other)), **BASE64}

    assert face.detect(own["image"], "BASE64")["result"]["face_num"] == 1
    assert face.match([own, card])["result"]["score"] >= 80
    assert face.match([strange, card])["result"]["score"] < 40


def test_both_versions_of_the_authority(face: Any) -> None:
    photo, absent = _b64(selfie(SOMEONE)), person(7, held=Held.ABSENT)
    unseen = person(7, held=Held.WITHOUT_PHOTO)

    def v3(number: str, name: str) -> Any:
        return face.personVerify(photo, "BASE64", number, name)

    def v4(number: str, name: str) -> Any:
        return face.faceMingJingVerify(number, name, photo, BASE64)

    assert v3(SOMEONE.number, SOMEONE.name)["result"]["score"] >= 80
    assert v3(SOMEONE.number, "别人")["error_code"] == 222351
    assert v3(absent.number, absent.name)["error_code"] == 222354
    assert v3(unseen.number, unseen.name)["error_code"] == 222350
    assert v4(SOMEONE.number, SOMEONE.name)["result"]["verify_status"] == 0
    assert v4(SOMEONE.number, "别人")["result"]["verify_status"] == 1
    assert v4(unseen.number, unseen.name)["result"]["verify_status"] == 2
    assert face.facePersonIdmatchV3(SOMEONE.number, SOMEONE.name)["error_code"] == 0
    assert face.facePersonIdmatchV3(SOMEONE.number, "别人")["error_code"] == 222351


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"image_type": "BASE64"}, 222001),
        ({"image": "####", "image_type": "BASE64"}, 222203),
        ({"image": "eHg=", "image_type": "BASE64"}, 222203),
        ({"image": "eHg=", "image_type": "TAPE"}, 222015),
        ({"image": base64.b64encode(b"x" * 2_200_000).decode(), "image_type": "BASE64"}, 222304),
        ({"image": _b64(selfie(SOMEONE, no_face=True)), "image_type": "BASE64"}, 222202),
        ({"image": _b64(spoil.resized(selfie(SOMEONE), 80)), "image_type": "BASE64"}, 222309),
    ],
)
def test_face_calls_refuse_what_the_vendor_refuses(
    face: Any,
    sent: dict[str, str],
    code: int,
) -> None:
    answer = face.faceverify([sent])
    assert (answer["error_code"], answer["result"]) == (code, None)


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (selfie(SOMEONE, covered="mouth"), 223127),
        (selfie(SOMEONE, covered="left_eye"), 223121),
        (spoil.blurred(selfie(SOMEONE)), 223114),
        (spoil.brightness(selfie(SOMEONE), 0.15), 223115),
        (spoil.screen(selfie(SOMEONE)), 223120),
    ],
)
def test_controls_refuse_bad_pictures_before_the_authority_is_asked(
    face: Any,
    picture: Any,
    code: int,
) -> None:
    controls = {**BASE64, "quality_control": "NORMAL", "liveness_control": "NORMAL"}
    answer = face.faceMingJingVerify("000000000000000000", "无", _b64(picture), controls)
    assert answer["error_code"] == code


def test_tokens_expire_and_are_checked(emulators: Emulators) -> None:
    place = emulators.url("baidu")
    asked = {"grant_type": "client_credentials", "client_id": API_KEY}
    path = f"{place}/rest/2.0/face/v3/detect"

    wrong = requests.post(
        f"{place}/oauth/2.0/token", params=asked | {"client_secret": "no"}, timeout=5
    )
    right = requests.post(
        f"{place}/oauth/2.0/token", params=asked | {"client_secret": SECRET_KEY}, timeout=5
    ).json()
    params = {"access_token": right["access_token"]}

    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    assert right["expires_in"] == 2_592_000
    assert requests.post(path, json={}, timeout=5).json()["error_code"] == 100
    assert _code(path, {"access_token": "24.none"}) == 110
    assert _code(path, params) == 222001
    emulators.advance(right["expires_in"])
    assert _code(path, params) == 111


def _code(path: str, params: dict[str, str]) -> int:
    return int(requests.post(path, params=params, json={}, timeout=5).json()["error_code"])
