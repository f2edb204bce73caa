"""What can go wrong with accounts, each with its words."""

from api.kit.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    TooMany,
    Unauthenticated,
    Unavailable,
)


class WrongCode(Unauthenticated):
    """The text-message code is wrong, used, expired, or tried too often."""

    code = "accounts.wrong_code"
    detail = "验证码不对，或已过期。请核对后重填，或重新获取一个。"


class WrongCredentials(Unauthenticated):
    """User name or password is wrong; the same for names that do not exist."""

    code = "accounts.wrong_credentials"
    detail = "用户名或密码不对。请检查后重新输入。"


class SecondFactorNeeded(Unauthenticated):
    """The password is right; the dynamic code of the second factor is missing or wrong."""

    code = "accounts.second_factor_needed"
    detail = "请输入手机动态口令里现在显示的 6 位数字。每个口令只能用一次。"


class WrongWechatCode(Unauthenticated):
    """WeChat does not know the code, or it was used before."""

    code = "accounts.wrong_wechat_code"
    detail = "微信登录没有成功。请退出后重新进入再试。"


class Locked(TooMany):
    """Too many wrong tries from here; others are not affected."""

    code = "accounts.locked"
    detail = "输错次数太多了。请过 15 分钟再试，或换一种方式登录。"


class TooManyCodes(TooMany):
    """Too many codes were asked for."""

    code = "accounts.too_many_codes"
    detail = "验证码要得太频繁了。请过一会儿再试，先看看手机短信里有没有。"


class WechatOff(Unavailable):
    """WeChat is not set up or does not answer."""

    code = "accounts.wechat_unavailable"
    detail = "微信登录暂时用不了。请改用手机号登录。"


class SmsOff(Unavailable):
    """No text-message gateway is set up."""

    code = "accounts.sms_unavailable"
    detail = "短信暂时发不出去。请改用微信登录，或过几分钟再试。"


class AccountDisabled(Forbidden):
    """The account was switched off."""

    code = "accounts.disabled"
    detail = "这个账号已停用。请联系管理员。"


class PhoneTaken(Conflict):
    """The phone belongs to another account."""

    code = "accounts.phone_taken"
    detail = "这个手机号已有账号。请退出后用手机号登录，再绑定微信。"


class WechatTaken(Conflict):
    """The WeChat identity belongs to another account."""

    code = "accounts.wechat_taken"
    detail = "这个微信已绑定别的账号。请先用那个账号登录。"


class OtherAccount(Forbidden):
    """The proof given again belongs to another account."""

    code = "accounts.other_account"
    detail = "验证的不是现在登录的账号。请用本人的方式再验证一次。"


class WeakPassword(Invalid):
    """The password is too short, too common or holds the user name."""

    code = "accounts.weak_password"
    detail = "密码太容易猜到。请用 12 个字以上、别人想不到的一句话。"


class WrongActivation(Unauthenticated):
    """The activation code is wrong, used or expired."""

    code = "accounts.wrong_activation"
    detail = "激活码不对，或已过期。请向管理员再要一个。"


class SecondFactorSet(Conflict):
    """A second factor is already in force."""

    code = "accounts.second_factor_set"
    detail = "动态口令已经设好了。要换手机请联系管理员。"


class NoSecondFactor(Conflict):
    """There is no second factor to confirm."""

    code = "accounts.no_second_factor"
    detail = "还没有开始设置动态口令。请先扫二维码。"


class ConsentOutdated(Conflict):
    """The version agreed to is not the one in force."""

    code = "accounts.consent_outdated"
    detail = "说明已更新。请重新看一遍再决定。"


class ConsentMissing(Forbidden):
    """The act needs a consent that was not given, or was taken back."""

    code = "accounts.consent_missing"
    detail = "做这一步前要先征得您的同意。请先看说明，再点同意；不同意也有别的办法。"


class NoSuchSession(NotFound):
    """No such login of this account."""

    code = "accounts.no_such_session"
    detail = "没有找到这次登录，可能已经退出了。"


class NoPin(Conflict):
    """The account has no PIN."""

    code = "accounts.no_pin"
    title = "还没有设密码"
    detail = "您还没有设 6 位数字密码。请先设一个，或者用短信验证码登录。"


class WeakPin(Invalid):
    """The PIN is among the first that anybody would try."""

    code = "accounts.weak_pin"
    detail = "这个密码太容易猜到。请换 6 位数字，不要全一样，也不要 123456 这样连着的。"


class WrongPin(Unauthenticated):
    """The PIN is wrong."""

    code = "accounts.wrong_pin"
    title = "密码不对"
    detail = "密码不对。请再输一次；忘了就用短信验证码登录。"


class PinSpent(Unauthenticated):
    """The PIN was wrong too often: this login is over."""

    code = "accounts.pin_spent"
    title = "请用短信登录"
    detail = "密码输错了 5 次，已经退出。请用短信验证码登录，再设一个新密码。"


class PinNotEnough(Forbidden):
    """On a shared phone the PIN opens a login and proves nothing more."""

    code = "accounts.pin_not_enough"
    detail = "这是几个人共用的手机，密码只能用来打开。请用短信验证码确认。"


class UsernameTaken(Conflict):
    """The user name is in use."""

    code = "accounts.username_taken"
    detail = "这个用户名已有人用。请换一个。"


class BadUrl(Invalid):
    """The page's address is not one of ours."""

    code = "accounts.foreign_url"
    detail = "这个网页地址不属于本平台。请从本平台的页面打开。"
