"""Baidu AI cloud: access token, ID-card OCR, liveness, face matching, the authority's word.

Answers in the shapes of ai.baidu.com/ai-doc (OCR/rk3h7xzck, FACE/Zk37c1urr, FACE/Lk37c1tpf,
FACE/Cktmsru8w, FACE/7k37c1ucj, FACE/Tkqahnjtk; error codes FACE/5k37c1ujz and OCR/dk3h7y5vr).
What it says of a picture it reads from the pixels (`vision`); the authority knows every synthetic
person by the number (`tests.specimens.people`). Error codes are scripted through `faults`:
kind `json`, json {"error_code": 18, "error_msg": "…"}.
"""

import binascii
import secrets
from base64 import b64decode
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

from PIL import Image
from sanic import Blueprint, Request
from sanic.exceptions import BadRequest
from sanic.response import HTTPResponse, json

from tests.emulators import vision
from tests.emulators.faults import EmulatorState
from tests.emulators.vision import CardSeen, FaceSeen
from tests.specimens import people

APP_ID = "10000001"
API_KEY = "demo-baidu-api-key"
SECRET_KEY = "demo-baidu-secret-key"
TOKEN_LIFE_S = 2_592_000
SCOPE = "public vis-ocr_ocr brain_ocr_idcard vis-faceverify_faceverify brain_all_scope"

OCR_LARGEST = 8 * 1024 * 1024
FACE_LARGEST = 2 * 1024 * 1024
THRESHOLDS = {"frr_1e-4": 0.05, "frr_1e-3": 0.3, "frr_1e-2": 0.9}
CONTROLS = ("NONE", "LOW", "NORMAL", "HIGH")
OCCLUDED = {
    "left_eye": (223121, "left eye is occlusion"),
    "right_eye": (223122, "right eye is occlusion"),
    "left_cheek": (223123, "left cheek is occlusion"),
    "right_cheek": (223124, "right cheek is occlusion"),
    "chin_contour": (223125, "chin contour is occlusion"),
    "nose": (223126, "nose is occlusion"),
    "mouth": (223127, "mouth is occlusion"),
}


class Answered(Exception):
    """An answer other than success."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Tokens:
    """The access tokens given out, and when each ends on the emulators' clock."""

    def __init__(self, state: EmulatorState) -> None:
        self._state = state
        self._ends: dict[str, float] = {}
        state.on_reset(self._ends.clear)

    def new(self) -> str:
        """A token for thirty days."""
        token = f"24.{secrets.token_hex(16)}.2592000.282335-{APP_ID}"
        self._ends[token] = self._state.now() + TOKEN_LIFE_S
        return token

    def check(self, token: str | None) -> None:
        """Nothing when the token is in force; Answered otherwise."""
        if not token:
            raise Answered(100, "Invalid parameter")
        if token not in self._ends:
            raise Answered(110, "Access token invalid or no longer valid")
        if self._ends[token] <= self._state.now():
            raise Answered(111, "Access token expired")


def build(state: EmulatorState) -> Blueprint:
    """The vendor's paths."""
    vendor = Blueprint("baidu")
    tokens = Tokens(state)

    async def token(request: Request) -> HTTPResponse:
        return _token(request, tokens)

    # The SDK asks by GET, the documents by POST.
    vendor.add_route(token, "/oauth/2.0/token", methods=["GET", "POST"])

    @vendor.post("/rest/2.0/ocr/v1/idcard", name="idcard")
    async def idcard(request: Request) -> HTTPResponse:
        try:
            tokens.check(request.args.get("access_token"))
            return json({**_idcard(request), "log_id": _log_id()})
        except Answered as answer:
            body = {"error_code": answer.code, "error_msg": answer.message, "log_id": _log_id()}
            return json(body)

    for path, handler in FACE_PATHS.items():
        vendor.add_route(
            _face_route(handler, tokens, state), path, methods=["POST"], name=handler.__name__[1:]
        )
    return vendor


def _token(request: Request, tokens: Tokens) -> HTTPResponse:
    form: dict[str, list[str]] = dict(request.form or {})

    def asked(name: str) -> str | None:
        return request.args.get(name) or next(iter(form.get(name, [])), None)

    if asked("grant_type") != "client_credentials":
        wrong = "The authorization grant type is not supported"
        return json({"error": "unsupported_grant_type", "error_description": wrong}, status=400)
    if asked("client_id") != API_KEY:
        return json({"error": "invalid_client", "error_description": "unknown client id"}, 401)
    if asked("client_secret") != SECRET_KEY:
        wrong = "Client authentication failed"
        return json({"error": "invalid_client", "error_description": wrong}, status=401)
    return json(
        {
            "refresh_token": f"25.{secrets.token_hex(16)}",
            "expires_in": TOKEN_LIFE_S,
            "session_key": secrets.token_hex(16),
            "access_token": tokens.new(),
            "scope": SCOPE,
            "session_secret": secrets.token_hex(16),
        }
    )


def _idcard(request: Request) -> dict[str, Any]:
    form = {name: values[0] for name, values in (request.form or {}).items()}
    side = form.get("id_card_side")
    if not form.get("image") or not side:
        raise Answered(216101, "not enough param")
    if side not in ("front", "back"):
        raise Answered(216100, "invalid param")
    seen = vision.card_in(_ocr_picture(form["image"]))
    answer = _card_words(seen)
    reversed_side = bool(seen.side) and seen.side != side
    answer["image_status"] = "reversed_side" if reversed_side else seen.status
    if form.get("detect_risk") == "true":
        answer["risk_type"] = seen.risk
    if form.get("detect_direction") == "true":
        answer["direction"] = 0
    if form.get("detect_quality") == "true":
        answer["card_quality"] = _card_quality(seen)
    return answer


def _ocr_picture(text: str) -> Image.Image:
    if len(quote_plus(text)) > OCR_LARGEST:
        raise Answered(216202, "image size error")
    picture = vision.opened(_decoded(text, 216201, "image format error"))
    if picture is None:
        raise Answered(216201, "image format error")
    if min(picture.size) < 15 or max(picture.size) > 8192:
        raise Answered(216202, "image size error")
    return picture


def _card_words(seen: CardSeen) -> dict[str, Any]:
    words = {
        name: {"location": {"left": 270, "top": top, "width": 420, "height": 40}, "words": text}
        for top, (name, text) in zip(range(180, 680, 82), seen.fields.items(), strict=False)
    }
    kind = _number_type(seen) if seen.side == "front" else -1
    return {"words_result": words, "words_result_num": len(words), "idcard_number_type": kind}


def _number_type(seen: CardSeen) -> int:
    """-1 empty, 0 invalid, 1 right, 2 sex and birth differ, 3 birth differs, 4 sex differs."""
    number = seen.fields["公民身份号码"]
    if not number:
        return -1
    if len(number) != 18 or people.complete(number[:17]) != number:
        return 0
    born = number[6:14] == seen.fields["出生"]
    sex = ("男" if int(number[16]) % 2 else "女") == seen.fields["性别"]
    return {(True, True): 1, (False, False): 2, (False, True): 3, (True, False): 4}[born, sex]


def _card_quality(seen: CardSeen) -> dict[str, Any]:
    clear = int(seen.status == "normal")
    names = ("IsClear", "IsComplete", "IsNoCover")
    return {name: clear for name in names} | {f"{name}_propobility": float(clear) for name in names}


FaceHandler = Callable[[Any], dict[str, Any]]


def _face_route(
    handler: FaceHandler, tokens: Tokens, state: EmulatorState
) -> Callable[[Request], Any]:
    async def route(request: Request) -> HTTPResponse:
        frame = {"log_id": _log_id(), "timestamp": int(state.now()), "cached": 0}
        try:
            tokens.check(request.args.get("access_token"))
            result = handler(_face_body(request))
            return json({"error_code": 0, "error_msg": "SUCCESS", **frame, "result": result})
        except Answered as answer:
            wrong = {"error_code": answer.code, "error_msg": answer.message}
            return json({**wrong, **frame, "result": None})

    return route


def _face_body(request: Request) -> Any:
    try:
        body = request.json
    except BadRequest:
        body = None
    if not isinstance(body, dict | list):
        raise Answered(222200, "request body should be json format")
    return body


def _faceverify(body: Any) -> dict[str, Any]:
    """`face/v3/faceverify`: one to eight pictures of one person; the liveliest counts."""
    if not isinstance(body, list) or not 1 <= len(body) <= 8:
        raise Answered(222208, "the number of image is incorrect")
    seen = [_face_of(item) for item in body]
    scores = [0.002 if face.attack else 0.999 for face in seen]
    listed = [
        {**_listed(face), "liveness": {"livemapscore": score}, "quality": _quality(face)}
        for face, score in zip(seen, scores, strict=True)
    ]
    return {"face_liveness": max(scores), "thresholds": THRESHOLDS, "face_list": listed}


def _detect(body: Any) -> dict[str, Any]:
    """`face/v3/detect`."""
    face = _face_of(body)
    return {"face_num": 1, "face_list": [{**_listed(face), "quality": _quality(face)}]}


def _match(body: Any) -> dict[str, Any]:
    """`face/v3/match`: two pictures."""
    if not isinstance(body, list) or len(body) != 2:
        raise Answered(222208, "the number of image is incorrect")
    first, second = (_controlled(item) for item in body)
    score = vision.likeness(first, second.identity)
    listed = [{"face_token": _listed(face)["face_token"]} for face in (first, second)]
    return {"score": score, "face_list": listed}


def _person_verify(body: Any) -> dict[str, Any]:
    """`face/v3/person/verify`, for old customers."""
    number, name = _required(body, "id_card_number"), _required(body, "name")
    face = _controlled(body)
    if people.held(_on_record(number, name)) is people.Held.WITHOUT_PHOTO:
        raise Answered(222350, "police picture is none or low quality")
    return {"score": vision.likeness(face, people.face_id(number))}


def _mingjing_verify(body: Any) -> dict[str, Any]:
    """`face/v4/mingjing/verify`: quality, then liveness, then the authority."""
    number, name = _required(body, "id_card_number"), _required(body, "name")
    face = _controlled(body)
    try:
        _on_record(number, name)
    except Answered as answer:
        if answer.code != 222351:
            raise
        return {"score": 0.0, "verify_status": 1}
    if people.held(number) is people.Held.WITHOUT_PHOTO:
        return {"score": 0.0, "verify_status": 2}
    return {"score": vision.likeness(face, people.face_id(number)), "verify_status": 0}


def _idmatch(body: Any) -> dict[str, Any]:
    """`face/v3/person/idmatch`: name and number alone."""
    _on_record(_required(body, "id_card_number"), _required(body, "name"))
    return {}


FACE_PATHS: dict[str, FaceHandler] = {
    "/rest/2.0/face/v3/faceverify": _faceverify,
    "/rest/2.0/face/v3/detect": _detect,
    "/rest/2.0/face/v3/match": _match,
    "/rest/2.0/face/v3/person/verify": _person_verify,
    "/rest/2.0/face/v3/person/idmatch": _idmatch,
    "/rest/2.0/face/v4/mingjing/verify": _mingjing_verify,
}


def _on_record(number: str, name: str) -> str:
    """The number, when the authority holds this person under this name; Answered otherwise."""
    if len(number) != 18 or people.complete(number[:17]) != number:
        raise Answered(222353, "id number format error")
    try:
        someone = people.of_number(number)
    except ValueError:
        raise Answered(222354, "id number not exist") from None
    if someone.held is people.Held.ABSENT:
        raise Answered(222354, "id number not exist")
    if someone.name != name:
        raise Answered(222351, "id number and name not match or id number not exist")
    return number


def _required(body: Any, name: str) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    if not value or not isinstance(value, str):
        raise Answered(222001, f"param[{name}] is null")
    return str(value)


def _face_of(item: Any) -> FaceSeen:
    image, kind = _required(item, "image"), _required(item, "image_type")
    if kind not in ("BASE64", "URL", "FACE_TOKEN"):
        raise Answered(222015, "param[image_type] format error")
    if kind != "BASE64":
        raise Answered(222204, "image_url_download_fail")
    content = _decoded(image, 222203, "image check fail")
    if len(content) > FACE_LARGEST:
        raise Answered(222304, "image size is too large")
    picture = vision.opened(content)
    if picture is None:
        raise Answered(222203, "image check fail")
    if min(picture.size) < 64:
        raise Answered(222309, "image size is too small")
    face = vision.face_in(picture)
    if face is None:
        raise Answered(222202, "pic not has face")
    return face


def _controlled(item: Any) -> FaceSeen:
    """The face, after the quality and liveness controls that were asked for."""
    face = _face_of(item)
    quality, liveness = (item.get(name, "NONE") for name in ("quality_control", "liveness_control"))
    if quality not in CONTROLS:
        raise Answered(223118, "quality control error")
    if liveness not in CONTROLS:
        raise Answered(223119, "liveness control item error")
    if quality != "NONE":
        _require_quality(face)
    if liveness != "NONE" and face.attack:
        raise Answered(223120, "liveness check fail")
    return face


def _require_quality(face: FaceSeen) -> None:
    if face.covered:
        raise Answered(*OCCLUDED[face.covered[0]])
    if not vision.DARK < face.brightness < vision.DAZZLING:
        raise Answered(223115, "face light is not good")
    if face.blurred:
        raise Answered(223114, "face is fuzzy")


def _listed(face: FaceSeen) -> dict[str, Any]:
    left, top, right, bottom = face.box
    place = {"left": left, "top": top, "width": right - left, "height": bottom - top, "rotation": 0}
    angle = {"yaw": 0.0, "pitch": 0.0, "roll": 0.0}
    token = secrets.token_hex(16)
    return {"face_token": token, "location": place, "face_probability": 1, "angle": angle}


def _quality(face: FaceSeen) -> dict[str, Any]:
    return {
        "occlusion": {part: float(part in face.covered) for part in OCCLUDED},
        "blur": 0.97 if face.blurred else 0.01,
        "illumination": round(face.brightness),
        "completeness": 1,
    }


def _decoded(text: str, code: int, message: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Answered(code, message) from None


def _log_id() -> int:
    return secrets.randbelow(10**18)
