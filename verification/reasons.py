"""Why a check said no, or not yet: stable codes and the sentence the person reads.

One table, `SENTENCES`, has a plain Chinese sentence for every `Reason`: what happened, then what
to do next. Codes are part of the outer interface and never change their meaning.
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType


@unique
class ProviderOutcome(StrEnum):
    """What an outside provider answered, in the only seven ways the product tells apart.

    `MATCH`         the thing asked for is so: card read, face live, identity confirmed
    `MISMATCH`      the provider denies it: not live, another person, name and number do not agree
    `NOT_FOUND`     the authority knows no such person
    `NO_PHOTO`      the authority holds no usable photo to compare with
    `RETRY_PHOTO`   the person can mend it with a better picture; the reason says how
    `UNAVAILABLE`   busy, slow or down; asking later may succeed
    `MISCONFIGURED` our key, quota or permission; asking later does not help until we act
    """

    MATCH = "match"
    MISMATCH = "mismatch"
    NOT_FOUND = "not_found"
    NO_PHOTO = "no_photo"
    RETRY_PHOTO = "retry_photo"
    UNAVAILABLE = "unavailable"
    MISCONFIGURED = "misconfigured"


@unique
class Reason(StrEnum):
    """A named reason with a stable code `<subject>.<what>`."""

    ID_NUMBER_FORMAT = "id_number.format"
    ID_NUMBER_CHECK_DIGIT = "id_number.check_digit"
    ID_NUMBER_REGION = "id_number.region"
    ID_NUMBER_BIRTH_DATE = "id_number.birth_date"
    ID_NUMBER_BORN_LATER = "id_number.born_later"
    ID_NUMBER_TOO_YOUNG = "id_number.too_young"
    ID_NUMBER_TOO_OLD = "id_number.too_old"

    CREDIT_CODE_FORMAT = "credit_code.format"
    CREDIT_CODE_REGISTRY = "credit_code.registry"
    CREDIT_CODE_CHECK = "credit_code.check_character"
    CREDIT_CODE_ORGANISATION = "credit_code.organisation_check"

    BANK_CARD_FORMAT = "bank_card.format"
    BANK_CARD_CHECK_DIGIT = "bank_card.check_digit"

    NAME_LENGTH = "name.length"
    NAME_CHARACTERS = "name.characters"
    PHONE_FORMAT = "phone.format"

    DOCUMENT_NUMBER = "document.number"
    DOCUMENT_PERIOD = "document.period"
    DOCUMENT_PERIOD_AGE = "document.period_age"
    DOCUMENT_NOT_YET_VALID = "document.not_yet_valid"
    DOCUMENT_EXPIRED = "document.expired"
    DOCUMENT_SEX = "document.sex_differs"
    DOCUMENT_BIRTH = "document.birth_differs"

    PHOTO_FORMAT = "photo.format"
    PHOTO_BROKEN = "photo.broken"
    PHOTO_TOO_LARGE = "photo.too_large"
    PHOTO_TOO_SMALL = "photo.too_small"
    PHOTO_BLURRED = "photo.blurred"
    PHOTO_TOO_DARK = "photo.too_dark"
    PHOTO_TOO_BRIGHT = "photo.too_bright"
    PHOTO_NO_CARD = "photo.no_card"
    PHOTO_CARD_SMALL = "photo.card_small"

    MEDIA_FORMAT = "media.format"
    MEDIA_BROKEN = "media.broken"
    MEDIA_NO_PICTURE = "media.no_picture"
    MEDIA_ACTIVE = "media.active"
    SOUND_FORMAT = "sound.format"
    SOUND_BROKEN = "sound.broken"
    SOUND_TOO_LONG = "sound.too_long"
    SOUND_TOO_LARGE = "sound.too_large"

    CARD_COPY = "card.copy"
    CARD_TEMPORARY = "card.temporary"
    CARD_SCREEN = "card.screen"
    CARD_BLURRED = "card.blurred"
    CARD_OVER_EXPOSED = "card.over_exposed"
    CARD_OVER_DARK = "card.over_dark"
    CARD_INCOMPLETE = "card.incomplete"
    CARD_COVERED = "card.covered"
    CARD_REVERSED_SIDE = "card.reversed_side"
    CARD_NON_ID_CARD = "card.non_id_card"
    CARD_OTHER_CARD = "card.other_card"
    CARD_EDITED = "card.edited"
    CARD_NUMBER_INVALID = "card.number_invalid"
    CARD_NUMBER_MISMATCH = "card.number_mismatch"
    CARD_UNCLEAR = "card.unclear"
    CARD_UNREADABLE = "card.unreadable"

    FIELD_CHECK = "field.check"
    FIELD_MISSING = "field.missing"
    FIELD_NUMBER_DIFFERS = "field.number_differs"
    FIELD_NAME_DIFFERS = "field.name_differs"
    FIELD_BIRTH_DIFFERS = "field.birth_differs"
    FIELD_VALIDITY_DIFFERS = "field.validity_differs"
    FIELD_OTHER_DIFFERS = "field.other_differs"

    FACE_DECLINED = "face.declined"
    FACE_NONE = "face.none"
    FACE_SEVERAL = "face.several"
    FACE_TOO_SMALL = "face.too_small"
    FACE_COVERED = "face.covered"
    FACE_BLURRED = "face.blurred"
    FACE_LIGHT = "face.light"
    FACE_INCOMPLETE = "face.incomplete"
    FACE_TURNED = "face.turned"
    FACE_RETAKE = "face.retake"
    FACE_NOT_LIVE = "face.not_live"
    FACE_DOUBTFUL = "face.doubtful"
    FACE_TRIES_USED = "face.tries_used"

    IDENTITY_MATCH = "identity.match"
    IDENTITY_NAME_NUMBER = "identity.name_number"
    IDENTITY_OTHER_PERSON = "identity.other_person"
    IDENTITY_DOUBTFUL = "identity.doubtful"
    IDENTITY_NOT_FOUND = "identity.not_found"
    IDENTITY_NO_PHOTO = "identity.no_photo"
    IDENTITY_NOT_ASKED = "identity.not_asked"

    PROVIDER_BUSY = "provider.busy"
    PROVIDER_UNAVAILABLE = "provider.unavailable"
    PROVIDER_MISCONFIGURED = "provider.misconfigured"

    REVIEW_MANUAL = "review.manual"
    REVIEW_REFUSED = "review.refused"
    REVIEW_DIFFERS = "review.differs"
    REVIEW_NUMBER_DIFFERS = "review.number_differs"
    RESTRICTED = "restriction.active"
    TAKEOVER_OBJECTED = "takeover.objected"
    TAKEOVER_UNDER_WAY = "takeover.under_way"

    CODE_FORMAT = "code.format"
    CODE_CHECK = "code.check"
    QR_FORMAT = "qr.format"
    QR_FORGED = "qr.forged"
    QR_EXPIRED = "qr.expired"
    QR_FUTURE = "qr.future"

    @property
    def sentence(self) -> str:
        """The plain Chinese sentence a person reads for this reason."""
        return SENTENCES[self]


SENTENCES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.ID_NUMBER_FORMAT: "证件号码的位数不对。请您对照证件，重新填写完整的号码。",
        Reason.ID_NUMBER_CHECK_DIGIT: "证件号码里有一位填错了。请您对照证件，一位一位核对。",
        Reason.ID_NUMBER_REGION: "证件号码的前六位不对。请您对照证件，重新填写。",
        Reason.ID_NUMBER_BIRTH_DATE: "证件号码里的出生日期不存在。请您对照证件，重新填写。",
        Reason.ID_NUMBER_BORN_LATER: "证件号码里的出生日期在今天之后。请您对照证件，重新填写。",
        Reason.ID_NUMBER_TOO_YOUNG: (
            "您还不满十六岁，现在不能登记做工。满十六岁后，欢迎您再来登记。"
        ),
        Reason.ID_NUMBER_TOO_OLD: "证件号码里的年龄超过一百岁。请您对照证件，重新填写。",
        Reason.CREDIT_CODE_FORMAT: (
            "统一社会信用代码应为十八位数字和大写字母。请您对照营业执照，重新填写。"
        ),
        Reason.CREDIT_CODE_REGISTRY: "统一社会信用代码的前八位不对。请您对照营业执照，重新填写。",
        Reason.CREDIT_CODE_CHECK: (
            "统一社会信用代码里有一位填错了。请您对照营业执照，一位一位核对。"
        ),
        Reason.CREDIT_CODE_ORGANISATION: (
            "统一社会信用代码的第九到十七位不对。请您对照营业执照，重新填写。"
        ),
        Reason.BANK_CARD_FORMAT: "银行卡号应为十二到十九位数字。请您对照银行卡，重新填写。",
        Reason.BANK_CARD_CHECK_DIGIT: "银行卡号里有一位填错了。请您对照银行卡，一位一位核对。",
        Reason.NAME_LENGTH: "姓名没有填，或者太长了。请您填写证件上的姓名，最多五十个字。",
        Reason.NAME_CHARACTERS: "姓名里有不能用的字符。请您只填证件上的姓名，不要加空格和数字。",
        Reason.PHONE_FORMAT: "手机号码不对。请您重新填写十一位手机号码。",
        Reason.DOCUMENT_NUMBER: "证件号码和证件类型对不上。请您核对证件类型和号码。",
        Reason.DOCUMENT_PERIOD: "证件的有效期不对。请您对照证件背面，重新填写起止日期。",
        Reason.DOCUMENT_PERIOD_AGE: (
            "证件的有效期和您领证时的年龄对不上。请您对照证件背面核对，没有错就请等工作人员查看。"
        ),
        Reason.DOCUMENT_NOT_YET_VALID: (
            "证件还没有到生效日期。请您核对起止日期，或者换用有效的证件。"
        ),
        Reason.DOCUMENT_EXPIRED: "证件已经过期。请您先到派出所换领新证，再来登记。",
        Reason.DOCUMENT_SEX: "证件上的性别和号码对不上。请您对照证件，核对号码和性别。",
        Reason.DOCUMENT_BIRTH: "证件上的出生日期和号码对不上。请您对照证件，核对号码和出生日期。",
        Reason.PHOTO_FORMAT: "这个文件不是能用的照片。请您用手机相机重新拍一张。",
        Reason.PHOTO_BROKEN: "照片没有传完整。请您重新拍一张，网络好的时候再传。",
        Reason.PHOTO_TOO_LARGE: "照片太大了。请您用手机相机重新拍一张，不要拼图。",
        Reason.PHOTO_TOO_SMALL: "照片太小，看不清字。请您靠近一点，重新拍一张。",
        Reason.PHOTO_BLURRED: "照片模糊了。请您把手机拿稳，对准后再拍一张。",
        Reason.PHOTO_TOO_DARK: "照片太暗。请您到亮一点的地方，重新拍一张。",
        Reason.PHOTO_TOO_BRIGHT: "照片太亮或者反光。请您避开强光，重新拍一张。",
        Reason.PHOTO_NO_CARD: "照片里没有看到证件。请您把证件平放在单色桌面上，四个角都拍进去。",
        Reason.PHOTO_CARD_SMALL: "证件在照片里太小。请您靠近一点，让证件占满画面。",
        Reason.MEDIA_FORMAT: "这个文件不是能用的视频或文档，改名也不行。请您换一个文件。",
        Reason.MEDIA_BROKEN: "文件不完整，后面可能少了一截。请您重新导出后再传。",
        Reason.MEDIA_NO_PICTURE: "这个视频里没有画面。请您换一个有画面的视频。",
        Reason.MEDIA_ACTIVE: "文档里有程序、附件或密码，不能用。请您另存成普通文档再传。",
        Reason.SOUND_FORMAT: "这个文件不是录音。请您按“开始录音”再录一段。",
        Reason.SOUND_BROKEN: "这段录音不完整，听不了。请您再录一次。",
        Reason.SOUND_TOO_LONG: "录音最长一分钟。请您说短一点，再录一次。",
        Reason.SOUND_TOO_LARGE: "录音太大了，最多两兆。请您说短一点，再录一次。",
        Reason.CARD_COPY: "这是证件的复印件。请您拍证件原件。",
        Reason.CARD_TEMPORARY: "这是临时身份证。请您换用正式身份证，或者选择人工核验。",
        Reason.CARD_SCREEN: "这是从屏幕上翻拍的。请您拍证件原件。",
        Reason.CARD_BLURRED: "证件照片模糊了。请您把手机拿稳，重新拍一张。",
        Reason.CARD_OVER_EXPOSED: "证件照片太亮或者反光。请您避开强光，重新拍一张。",
        Reason.CARD_OVER_DARK: "证件照片太暗。请您到亮一点的地方，重新拍一张。",
        Reason.CARD_INCOMPLETE: "证件没有拍完整。请您把四个角都拍进去。",
        Reason.CARD_COVERED: "证件被挡住了一部分。请您把手指移开，重新拍一张。",
        Reason.CARD_REVERSED_SIDE: "正面和背面拍反了。请您先拍有头像的一面，再拍有国徽的一面。",
        Reason.CARD_NON_ID_CARD: "照片里不是身份证。请您拍自己的身份证原件。",
        Reason.CARD_OTHER_CARD: "照片里是别的证件。请您拍自己的身份证原件。",
        Reason.CARD_EDITED: "证件照片像是修改过。请您用手机相机直接拍证件原件。",
        Reason.CARD_NUMBER_INVALID: "照片上的身份证号码没有认准。请您对照证件，核对号码。",
        Reason.CARD_NUMBER_MISMATCH: (
            "照片上的号码和性别、出生日期对不上。请您对照证件核对，或者重新拍一张。"
        ),
        Reason.CARD_UNCLEAR: "证件照片没有认准。请您核对每一项，或者重新拍一张。",
        Reason.CARD_UNREADABLE: "证件照片上的字没有认出来。请您重新拍一张，或者自己填写。",
        Reason.FIELD_CHECK: "这一项可能没有认准。请您对照证件看一遍。",
        Reason.FIELD_MISSING: "这一项没有认出来。请您对照证件填写。",
        Reason.FIELD_NUMBER_DIFFERS: (
            "您填的号码和照片上的不一样。请您对照证件核对，没有错就请等工作人员查看。"
        ),
        Reason.FIELD_NAME_DIFFERS: (
            "您填的姓名和照片上的不一样。请您对照证件核对，没有错就请等工作人员查看。"
        ),
        Reason.FIELD_BIRTH_DIFFERS: (
            "照片上的性别或出生日期和您填的号码对不上。请您对照证件，一位一位核对号码。"
        ),
        Reason.FIELD_VALIDITY_DIFFERS: (
            "您填的有效期和照片上的不一样。请您对照证件背面核对，没有错就请等工作人员查看。"
        ),
        Reason.FIELD_OTHER_DIFFERS: (
            "您填的内容和照片上的不完全一样。请您再看一遍，没有错就不用改。"
        ),
        Reason.FACE_DECLINED: "您选择了不刷脸。工作人员会人工核验，您不用再做什么，请等结果。",
        Reason.FACE_NONE: "照片里没有看到人脸。请您正对镜头，重新拍一张。",
        Reason.FACE_SEVERAL: "照片里不止一个人。请您一个人正对镜头，重新拍一张。",
        Reason.FACE_TOO_SMALL: "脸离得太远。请您靠近一点，重新拍一张。",
        Reason.FACE_COVERED: "脸被挡住了。请您摘下安全帽、口罩和墨镜，重新拍一张。",
        Reason.FACE_BLURRED: "自拍照模糊了。请您擦一擦镜头，拿稳手机，重新拍一张。",
        Reason.FACE_LIGHT: "光线不合适。请您到光线均匀的地方，重新拍一张。",
        Reason.FACE_INCOMPLETE: "脸没有拍完整。请您把整张脸放进画面，重新拍一张。",
        Reason.FACE_TURNED: "脸没有正对镜头。请您看着镜头，重新拍一张。",
        Reason.FACE_RETAKE: "自拍照不合要求。请您摘下帽子和口罩，正对镜头，重新拍一张。",
        Reason.FACE_NOT_LIVE: "没有确认是您本人在拍照。请您重新自拍，或者选择人工核验。",
        Reason.FACE_DOUBTFUL: "自拍照还需要人看一眼。请您等工作人员查看，不用重复提交。",
        Reason.FACE_TRIES_USED: "刷脸几次都没有通过，这不是您的错。请您改用人工核验。",
        Reason.IDENTITY_MATCH: "身份核验一致。您不用再做什么。",
        Reason.IDENTITY_NAME_NUMBER: (
            "姓名和证件号码对不上。请您对照证件核对，没有错就请等工作人员查看。"
        ),
        Reason.IDENTITY_OTHER_PERSON: (
            "自拍照和证件不是同一个人。请您用自己的证件，本人自拍；有疑问可以选择人工核验。"
        ),
        Reason.IDENTITY_DOUBTFUL: "自拍照和证件照片差别较大。请您等工作人员查看，不用重复提交。",
        Reason.IDENTITY_NOT_FOUND: "没有查到这个证件号码。请您核对号码，没有错就请等工作人员查看。",
        Reason.IDENTITY_NO_PHOTO: "没有可以比对的证件照片。请您等工作人员人工核验。",
        Reason.IDENTITY_NOT_ASKED: "还没有核对身份。请您等工作人员人工核验。",
        Reason.PROVIDER_BUSY: "现在核验的人太多。请您不用重复提交，稍后会自动再试。",
        Reason.PROVIDER_UNAVAILABLE: "核验服务暂时连不上。请您不用重复提交，稍后会自动再试。",
        Reason.PROVIDER_MISCONFIGURED: (
            "核验服务暂时用不了，这不是您的问题。请您稍后再试，或者选择人工核验。"
        ),
        Reason.REVIEW_MANUAL: "您的资料要由工作人员人工核验。请您等通知，不用重复提交。",
        Reason.REVIEW_REFUSED: "工作人员核验后没有通过。请您带上证件原件，到项目部当面核验。",
        Reason.REVIEW_DIFFERS: "两位工作人员的核验结果不一样。请您等负责人再看一次。",
        Reason.REVIEW_NUMBER_DIFFERS: (
            "您填的号码和工作人员在照片上看到的不一样。请您对照证件，重新填写号码再提交。"
        ),
        Reason.TAKEOVER_OBJECTED: (
            "您要找回的账号说不是本人在办。请带身份证到项目部或当地住建部门，当面说清楚。"
        ),
        Reason.TAKEOVER_UNDER_WAY: (
            "这份登记正在转到别的账号，或者已经转走。是您本人，请刷脸再登记一次，或带身份证到项目部。"
        ),
        Reason.RESTRICTED: "您的登记目前受到限制。请您联系项目所在地的住建部门了解原因并申诉。",
        Reason.CODE_FORMAT: "实名核验码的格式不对。请您对照原码，重新填写。",
        Reason.CODE_CHECK: "实名核验码里有一位填错了。请您对照原码，一位一位核对。",
        Reason.QR_FORMAT: "这不是工友的二维码。请您打开工友里的实名码再扫。",
        Reason.QR_FORGED: "这个二维码不是真的。请您打开工友里的实名码再扫。",
        Reason.QR_EXPIRED: "二维码已经过期。请您刷新实名码再扫。",
        Reason.QR_FUTURE: "二维码的时间不对。请您刷新实名码再扫。",
    }
)

WAITING = frozenset(
    {
        Reason.DOCUMENT_PERIOD_AGE,
        Reason.FIELD_NUMBER_DIFFERS,
        Reason.FIELD_NAME_DIFFERS,
        Reason.FIELD_VALIDITY_DIFFERS,
        Reason.FACE_DECLINED,
        Reason.FACE_DOUBTFUL,
        Reason.IDENTITY_NAME_NUMBER,
        Reason.IDENTITY_DOUBTFUL,
        Reason.IDENTITY_NOT_FOUND,
        Reason.IDENTITY_NO_PHOTO,
        Reason.IDENTITY_NOT_ASKED,
        Reason.REVIEW_MANUAL,
        Reason.REVIEW_DIFFERS,
    }
)
"""Their sentences ask to wait for people: wrong words for somebody who has just been refused."""

GENERAL_REASON: Mapping[ProviderOutcome, Reason] = MappingProxyType(
    {
        ProviderOutcome.MATCH: Reason.IDENTITY_MATCH,
        ProviderOutcome.MISMATCH: Reason.IDENTITY_NAME_NUMBER,
        ProviderOutcome.NOT_FOUND: Reason.IDENTITY_NOT_FOUND,
        ProviderOutcome.NO_PHOTO: Reason.IDENTITY_NO_PHOTO,
        ProviderOutcome.RETRY_PHOTO: Reason.FACE_RETAKE,
        ProviderOutcome.UNAVAILABLE: Reason.PROVIDER_UNAVAILABLE,
        ProviderOutcome.MISCONFIGURED: Reason.PROVIDER_MISCONFIGURED,
    }
)
"""The reason to use for an outcome when the provider's own code says nothing more exact."""


class Refused(ValueError):
    """A text or picture that a check refused; `code` says why and the value itself is never kept.

    Raised by the `parse` functions. Its message is the stable code, so that it is safe in a log.
    """

    def __init__(self, code: Reason) -> None:
        """Refused for `code`."""
        super().__init__(code.value)
        self.code = code
