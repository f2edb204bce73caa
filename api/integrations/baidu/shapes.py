"""The parts of Baidu's answers that we use, validated; anything else in them is dropped."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

# A number here, a string there (the OCR pages show both).
LogId = Annotated[str, BeforeValidator(str)]


class Answer(BaseModel):
    """Base of all: values never appear in an error's text."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class Words(Answer):
    """One field read from a card."""

    words: str = ""


class CardQuality(Answer):
    """1 yes, 0 no; absent when not judged."""

    is_clear: int = Field(1, alias="IsClear")
    is_complete: int = Field(1, alias="IsComplete")
    is_not_covered: int = Field(1, alias="IsNoCover")


class IdCard(Answer):
    """`ocr/v1/idcard`: https://ai.baidu.com/ai-doc/OCR/rk3h7xzck."""

    log_id: LogId = ""
    words_result: dict[str, Words] = Field(default_factory=dict)
    image_status: str
    risk_type: str = "normal"
    edit_tool: str = ""
    idcard_number_type: int = 1
    card_quality: CardQuality | None = None


class Angle(Answer):
    """Degrees."""

    yaw: float = 0
    pitch: float = 0
    roll: float = 0


class Quality(Answer):
    """occlusion: share covered (0–1) per part; blur 0–1; illumination 0–255; completeness 0, 1."""

    occlusion: dict[str, float] = Field(default_factory=dict)
    blur: float = 0
    illumination: float = 128
    completeness: float = 1


class Face(Answer):
    """One face found in a picture."""

    angle: Angle = Angle()
    quality: Quality = Quality()


class Thresholds(Answer):
    """Scores at which one true person in 10,000, 1,000 or 100 is refused."""

    frr_1e_4: float = Field(alias="frr_1e-4")
    frr_1e_3: float = Field(alias="frr_1e-3")
    frr_1e_2: float = Field(alias="frr_1e-2")


class LivenessResult(Answer):
    """`result` of `face/v3/faceverify`."""

    face_liveness: float
    thresholds: Thresholds
    face_list: list[Face] = Field(default_factory=list)


class Liveness(Answer):
    """`face/v3/faceverify`: https://ai.baidu.com/ai-doc/FACE/Zk37c1urr."""

    log_id: LogId = ""
    result: LivenessResult


class VerifyResult(Answer):
    """verify_status: 0 compared, 1 name and number differ or unknown, 2 no usable photo."""

    score: float = 0
    verify_status: int = 0


class Verify(Answer):
    """`face/v4/mingjing/verify`: https://ai.baidu.com/ai-doc/FACE/Cktmsru8w."""

    log_id: LogId = ""
    result: VerifyResult


class Match(Answer):
    """`face/v3/person/idmatch`: no error is a match, https://ai.baidu.com/ai-doc/FACE/Tkqahnjtk."""

    log_id: LogId = ""
