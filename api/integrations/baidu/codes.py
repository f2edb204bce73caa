"""What each Baidu error code means to us: one literal table, code -> class, outcome, reason.

Sources: https://ai.baidu.com/ai-doc/FACE/5k37c1ujz (2025-04-21), …/OCR/dk3h7y5vr (2025-11-06),
…/FACE/zl958mm8k (2025-08-22), …/OCR/dkibizxnx (codes SDK1xx made up by the SDK itself).
A code that is not here is treated as "later" and raises the alarm, so that it gets its line.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from api.integrations.http import Klass, UpstreamError
from verification.reasons import ProviderOutcome, Reason

SYSTEM = "baidu"
TOKEN_CODES = frozenset({"100", "110", "111"})
"""The token is wrong, invalid or expired: worth one new token before it is our fault."""


class Meaning(NamedTuple):
    """Who acts, what the feature is told, and why in words for the person."""

    klass: Klass
    outcome: ProviderOutcome
    reason: Reason


def _picture(reason: Reason) -> Meaning:
    return Meaning(Klass.INPUT, ProviderOutcome.RETRY_PHOTO, reason)


def _person(outcome: ProviderOutcome, reason: Reason) -> Meaning:
    return Meaning(Klass.IDENTITY, outcome, reason)


BUSY = Meaning(Klass.UNAVAILABLE, ProviderOutcome.UNAVAILABLE, Reason.PROVIDER_BUSY)
DOWN = Meaning(Klass.UNAVAILABLE, ProviderOutcome.UNAVAILABLE, Reason.PROVIDER_UNAVAILABLE)
OURS = Meaning(Klass.CONFIGURATION, ProviderOutcome.MISCONFIGURED, Reason.PROVIDER_MISCONFIGURED)
NOT_LIVE = _person(ProviderOutcome.MISMATCH, Reason.FACE_NOT_LIVE)
NO_MATCH = _person(ProviderOutcome.MISMATCH, Reason.IDENTITY_NAME_NUMBER)
NOT_FOUND = _person(ProviderOutcome.NOT_FOUND, Reason.IDENTITY_NOT_FOUND)
NO_PHOTO = _person(ProviderOutcome.NO_PHOTO, Reason.IDENTITY_NO_PHOTO)
BROKEN = _picture(Reason.PHOTO_BROKEN)
FORMAT = _picture(Reason.PHOTO_FORMAT)
TOO_LARGE = _picture(Reason.PHOTO_TOO_LARGE)
TOO_SMALL = _picture(Reason.PHOTO_TOO_SMALL)
UNREADABLE = _picture(Reason.CARD_UNREADABLE)
COVERED = _picture(Reason.FACE_COVERED)
RETAKE = _picture(Reason.FACE_RETAKE)
TURNED = _picture(Reason.FACE_TURNED)


def _each(first: int, last: int, meaning: Meaning) -> dict[str, Meaning]:
    return {str(code): meaning for code in range(first, last + 1)}


CODES: Mapping[str, Meaning] = MappingProxyType(
    {
        # -- flow control and access
        "1": DOWN,  # unknown error
        "2": DOWN,  # service temporarily unavailable
        "3": OURS,  # unsupported method
        "4": BUSY,  # cluster limit
        "6": OURS,  # no permission: product not ticked, or V3 key on a V4 path
        "13": DOWN,  # token service
        "14": OURS,  # IAM signature
        "15": OURS,  # application does not exist
        "17": OURS,  # daily quota used up
        "18": BUSY,  # QPS: 2 free, 10 paid
        "19": OURS,  # total quota used up
        "100": OURS,  # token parameter
        "110": OURS,  # token invalid, again after a new one
        "111": OURS,  # token expired, again after a new one
        # -- the SDK's own
        "SDK100": TOO_LARGE,
        "SDK101": TOO_SMALL,
        "SDK102": BROKEN,
        "SDK108": DOWN,  # time limit
        "SDK109": FORMAT,
        # -- OCR and common
        "216015": DOWN,  # module closed
        "216100": OURS,  # invalid parameter
        "216101": OURS,  # missing parameter
        "216102": OURS,  # service not supported
        "216103": OURS,  # parameter too long
        "216110": OURS,  # application id
        "216111": OURS,  # user id
        "216200": BROKEN,  # empty picture
        "216201": FORMAT,
        "216202": TOO_LARGE,  # size or resolution
        "216203": BROKEN,  # base64
        "216205": TOO_LARGE,  # request body
        "216300": DOWN,  # database
        "216400": DOWN,  # back end
        "216401": DOWN,  # internal
        "216430": DOWN,
        "216431": DOWN,
        "216500": DOWN,  # unknown
        "216600": NO_MATCH,  # number's format
        "216601": NO_MATCH,  # number and name
        "216608": NOT_LIVE,
        "216609": TURNED,  # yaw
        "216610": TURNED,  # pitch
        "216630": DOWN,  # recognition failed: "ask again"
        "216633": UNREADABLE,  # ID card not recognised
        "216634": DOWN,  # detection failed
        "282000": DOWN,  # internal
        "282001": DOWN,  # back end
        "282002": OURS,  # encoding of parameters
        "282003": OURS,  # missing parameter
        "282100": BROKEN,  # transcoding
        "282102": UNREADABLE,  # no target found
        "282103": UNREADABLE,  # target not recognised
        "282202": DOWN,  # time limit
        "283512": DOWN,  # its Redis
        # -- faces: parameters
        **_each(222001, 222053, OURS),
        "222101": OURS,
        "222102": OURS,
        "222200": OURS,  # body is not JSON
        # -- faces: pictures and service
        "222201": DOWN,  # network
        "222202": _picture(Reason.FACE_NONE),
        "222203": BROKEN,
        "222204": OURS,  # download of a URL; we send none
        "222205": DOWN,  # network
        "222206": DOWN,
        "222207": OURS,  # face sets are not used
        "222208": OURS,  # number of pictures
        "222209": OURS,  # face token
        "222210": OURS,
        "222211": OURS,
        "222212": OURS,
        "222213": _picture(Reason.FACE_TOO_SMALL),  # under 64 × 64
        "222214": RETAKE,  # cartoon
        "222300": DOWN,
        "222301": DOWN,
        "222302": DOWN,
        "222303": DOWN,
        "222304": TOO_LARGE,
        "222305": DOWN,
        "222307": RETAKE,  # refused by the vendor's content check
        "222308": RETAKE,
        "222309": TOO_SMALL,
        **_each(222901, 222916, DOWN),
        # -- the authority
        "222350": NO_PHOTO,  # none, or of low quality
        "222351": NO_MATCH,  # name and number
        "222352": NO_MATCH,  # name's format
        "222353": NO_MATCH,  # number's format
        "222354": NOT_FOUND,
        "222355": NO_PHOTO,
        "222356": RETAKE,  # our picture's quality
        "222360": NO_MATCH,  # refused by the authority
        "222361": DOWN,  # authority out of reach
        # -- quality and liveness
        **_each(223100, 223112, OURS),  # face sets and parameters
        "223113": COVERED,
        "223114": _picture(Reason.FACE_BLURRED),
        "223115": _picture(Reason.FACE_LIGHT),
        "223116": _picture(Reason.FACE_INCOMPLETE),
        "223117": OURS,
        "223118": OURS,  # quality control's value
        "223119": OURS,  # liveness control's value
        "223120": NOT_LIVE,
        **_each(223121, 223127, COVERED),  # eyes, cheeks, chin, nose, mouth
        "223129": TURNED,  # more than 30°
        "223130": OURS,  # spoofing control's value
        "223131": NOT_LIVE,  # composed picture
    }
)

BUSY_HERE = frozenset({"breaker_open", "too_many"})


def error_of(code: str) -> UpstreamError:
    """The error to raise for a vendor's code; an unknown one means later, and alarms."""
    known = CODES.get(code)
    if known is None:
        # Only digits may follow: whatever else a broken answer puts there must not reach a log.
        shown = code if code.isascii() and code.isalnum() and len(code) <= 8 else "odd"
        return UpstreamError(SYSTEM, f"unknown_{shown}", Klass.UNAVAILABLE, alarming=True)
    return UpstreamError(SYSTEM, code, known.klass)


def meaning_of(error: UpstreamError) -> Meaning:
    """What to tell the feature about any failure of a call to Baidu."""
    if error.code in CODES:
        return CODES[error.code]
    if error.klass is Klass.CONFIGURATION:
        return OURS
    return BUSY if error.code in BUSY_HERE else DOWN
