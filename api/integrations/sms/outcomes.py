"""The gateway's error codes, each with our code, who can act on it, and what the person is told."""

from dataclasses import dataclass

from api.integrations.http import Klass, UpstreamError

SYSTEM = "sms"

LATER = "短信暂时发不出去。请过几分钟再试。"
OUR_SIDE = "短信暂时发不出去，我们正在处理。请过一会儿再试，或者用微信登录。"
CHECK_NUMBER = "这个手机号收不了短信。请检查号码后重填。"
OTHER_NUMBER = "这个手机号拒收我们的短信。请联系运营商，或者换一个手机号。"
SLOWER = "发得太频繁了。请过一分钟再试。"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an error code means for us. `permanent` None follows from the class."""

    code: str
    klass: Klass
    words: str
    permanent: bool | None = None


_CONFIGURATION = Klass.CONFIGURATION
_INPUT = Klass.INPUT

OUTCOMES: dict[str, Outcome] = {
    "InvalidAccessKeyId.NotFound": Outcome("access_key_unknown", _CONFIGURATION, OUR_SIDE),
    "SignatureDoesNotMatch": Outcome("signature_wrong", _CONFIGURATION, OUR_SIDE),
    # our clock or theirs is off
    "InvalidTimeStamp.Expired": Outcome("clock_off", _CONFIGURATION, OUR_SIDE, permanent=False),
    "SignatureNonceUsed": Outcome("nonce_used", Klass.UNAVAILABLE, LATER),
    "isv.INVALID_PARAMETERS": Outcome("parameters_wrong", _CONFIGURATION, OUR_SIDE),
    "isv.MOBILE_NUMBER_ILLEGAL": Outcome("number_invalid", _INPUT, CHECK_NUMBER),
    "isv.SMS_SIGNATURE_ILLEGAL": Outcome("sign_name_unknown", _CONFIGURATION, OUR_SIDE),
    "isv.SMS_TEMPLATE_ILLEGAL": Outcome("template_unknown", _CONFIGURATION, OUR_SIDE),
    "isv.TEMPLATE_MISSING_PARAMETERS": Outcome("parameter_missing", _CONFIGURATION, OUR_SIDE),
    "isv.PARAM_LENGTH_LIMIT": Outcome("parameter_too_long", _CONFIGURATION, OUR_SIDE),
    "isv.BLACK_KEY_CONTROL_LIMIT": Outcome("number_blocked", _INPUT, OTHER_NUMBER),
    # counted for one number: one impatient person must not open the breaker for all
    "isv.BUSINESS_LIMIT_CONTROL": Outcome("too_often", _INPUT, SLOWER, permanent=False),
    # goes through again as soon as somebody has paid
    "isv.AMOUNT_NOT_ENOUGH": Outcome("balance_empty", _CONFIGURATION, OUR_SIDE, permanent=False),
    "isv.OUT_OF_SERVICE": Outcome("account_stopped", _CONFIGURATION, OUR_SIDE, permanent=False),
    "isp.SYSTEM_ERROR": Outcome("busy", Klass.UNAVAILABLE, LATER),
}


def error_of(code: str) -> UpstreamError:
    """The typed error of a gateway code. An unknown one alarms us and is not tried again."""
    known = OUTCOMES.get(code)
    if known is None:
        return UpstreamError(SYSTEM, "unknown_code", Klass.CONFIGURATION)
    return UpstreamError(SYSTEM, known.code, known.klass, permanent=known.permanent)


_WORDS = {row.code: row.words for row in OUTCOMES.values()}


def words(error: UpstreamError) -> str:
    """What the person is told about an error of this system."""
    return _WORDS.get(error.code) or (OUR_SIDE if error.permanent else LATER)
