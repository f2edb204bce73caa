"""Liveness and identity by Baidu: `face/v3/faceverify`, `face/v4/mingjing/verify`, `idmatch`."""

from datetime import date

from api.integrations.baidu.client import BaiduClient
from api.integrations.baidu.codes import DOWN, NO_MATCH, NO_PHOTO, Meaning, meaning_of
from api.integrations.baidu.shapes import Angle, Liveness, Quality, Verify
from api.integrations.http import UpstreamError
from verification.face import BAIDU_PERSON_VERIFY, band, live_outcome, live_scale, match_outcome
from verification.ports import IdentityAnswer, LiveAnswer, ProviderKind
from verification.reasons import ProviderOutcome, Reason

# The vendor's advice on picture quality, https://ai.baidu.com/ai-doc/FACE/yk37c1u4t: parts of the
# face may be covered up to these shares, …
MOST_COVERED = {
    "left_eye": 0.6,
    "right_eye": 0.6,
    "nose": 0.7,
    "mouth": 0.7,
    "left_cheek": 0.8,
    "right_cheek": 0.8,
    "chin_contour": 0.6,
}
MOST_BLUR = 0.7
DARKEST = 40
# … 20° is advised; the vendor's own check (223129) refuses over 30°.
MOST_TURNED_DEGREES = 30

VERIFY_STATUS = {1: NO_MATCH, 2: NO_PHOTO}


class BaiduFaceCheck:
    """A `verification.ports.FaceCheck`."""

    def __init__(self, client: BaiduClient) -> None:
        self._client = client

    async def live(self, selfie: bytes) -> LiveAnswer:
        """Whether one living face looks at the lens; a bad picture is asked for again first."""
        try:
            return live_answer_of(await self._client.faceverify(selfie))
        except UpstreamError as error:
            meaning = meaning_of(error)
            return LiveAnswer(meaning.outcome, meaning.reason)


def live_answer_of(answer: Liveness) -> LiveAnswer:
    """The vendor's answer in our words."""
    faces = answer.result.face_list
    if len(faces) > 1:
        return LiveAnswer(
            ProviderOutcome.RETRY_PHOTO, Reason.FACE_SEVERAL, request_id=answer.log_id
        )
    fault = _fault(faces[0].quality, faces[0].angle) if faces else Reason.FACE_NONE
    if fault:
        return LiveAnswer(ProviderOutcome.RETRY_PHOTO, fault, request_id=answer.log_id)
    limits = answer.result.thresholds
    scale = live_scale(limits.frr_1e_3, limits.frr_1e_2)
    found = band(answer.result.face_liveness, scale)
    outcome, reason = live_outcome(found)
    return LiveAnswer(outcome, reason, found, answer.log_id, scale.version)


def _fault(quality: Quality, angle: Angle) -> Reason | None:
    if any(quality.occlusion.get(part, 0) > most for part, most in MOST_COVERED.items()):
        return Reason.FACE_COVERED
    if quality.illumination < DARKEST:
        return Reason.FACE_LIGHT
    if quality.blur > MOST_BLUR:
        return Reason.FACE_BLURRED
    if quality.completeness < 1:
        return Reason.FACE_INCOMPLETE
    if max(abs(angle.yaw), abs(angle.pitch), abs(angle.roll)) > MOST_TURNED_DEGREES:
        return Reason.FACE_TURNED
    return None


class BaiduIdentityCheck:
    """A `verification.ports.IdentityCheck` whose word is the authority's."""

    def __init__(self, client: BaiduClient) -> None:
        self._client = client

    @property
    def kind(self) -> ProviderKind:
        """The authority's."""
        return ProviderKind.AUTHORITY

    async def match(
        self,
        name: str,
        number: str,
        selfie: bytes | None,
        valid_from: date | None,
        valid_to: date | None,
    ) -> IdentityAnswer:
        """Name, number and face against the authority's record; without a selfie no band.

        The dates are not sent: checking them needs another product (`face/v4/verify_date`).
        """
        try:
            if selfie is None:
                answer = await self._client.idmatch(name, number)
                return self._plain(ProviderOutcome.MATCH, None, answer.log_id)
            return self._compared(await self._client.verify(name, number, selfie))
        except UpstreamError as error:
            return self._said(meaning_of(error))

    def _compared(self, answer: Verify) -> IdentityAnswer:
        status = answer.result.verify_status
        if status:
            return self._said(VERIFY_STATUS.get(status, DOWN), answer.log_id)
        found = band(answer.result.score, BAIDU_PERSON_VERIFY)
        outcome, reason = match_outcome(found)
        version = BAIDU_PERSON_VERIFY.version
        return IdentityAnswer(outcome, self.kind, reason, found, answer.log_id, version)

    def _said(self, meaning: Meaning, log_id: str = "") -> IdentityAnswer:
        return self._plain(meaning.outcome, meaning.reason, log_id)

    def _plain(
        self, outcome: ProviderOutcome, reason: Reason | None, log_id: str
    ) -> IdentityAnswer:
        return IdentityAnswer(outcome, self.kind, reason, request_id=log_id)
