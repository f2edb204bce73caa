"""What accounts hold about a person."""

from tortoise.expressions import Q

from api.accounts.models import (
    Account,
    Consent,
    Pin,
    RoleGrant,
    Session,
    SmsCode,
    WechatIdentity,
)
from api.kit import clock, on_paper
from api.kit.holdings import Apart, Fate, Ground, Holding, of_account

ACCOUNT = Holding(
    model=Account,
    called="账号",
    purpose="登录，有事通知您",
    ground=Ground.CONTRACT,
    seen_by="您自己；企业和主管部门看到的手机号打了星号",
    kept="到您注销",
    whose=of_account("id"),
    shown={"phone": "手机号", "created_at": "注册时间", "disabled_at": "停用时间",
        "former_phone": "原来的手机号",
    },
    silent=frozenset({
        "kind", "phone_index", "username", "password_hash", "activation_hash", "activation_until",
        "totp_secret", "totp_confirmed", "totp_step", "left_at",
    }),
    fate=Fate.BLANKED,
    blank={
        "phone": None,
        "phone_index": None,
        "former_phone": None,
        "disabled_at": lambda row: row.disabled_at or clock.now(),
    },
    subject="account",
)  # fmt: skip
WECHAT = Holding(
    model=WechatIdentity,
    called="绑定的微信",
    purpose="用微信登录、收微信提醒",
    ground=Ground.CONTRACT,
    seen_by="没有人",
    kept="到您解绑或注销",
    whose=of_account(),
    shown={"app": "小程序或公众号", "created_at": "绑定时间"},
    silent=frozenset({"openid", "openid_index", "unionid_index", "founded", "session_key"}),
    spoken={"app": on_paper.by({"mini": "小程序", "official": "公众号"})},
    fate=Fate.GOES,
)
ROLES = Holding(
    model=RoleGrant,
    called="您的身份",
    purpose="决定您能用哪些功能",
    ground=Ground.CONTRACT,
    seen_by="给您这个身份的单位",
    kept="随账号，注销后只留没有姓名的编号",
    whose=of_account(),
    shown={"role": "身份", "tenant_id": "企业", "ended_at": "结束时间", "created_at": "开始时间"},
    silent=frozenset({"given_by"}),
    words={"role": {"worker": "工人", "team_leader": "班组长"}},
    fate=Fate.STAYS,
)
SESSIONS = Holding(
    model=Session,
    called="登录记录",
    purpose="知道您在哪些手机上登录着",
    ground=Ground.DUTY,
    seen_by="您自己",
    kept="登录过期后半年",
    whose=of_account(),
    shown={
        "method": "登录方式", "created_at": "登录时间", "last_seen_at": "最后使用",
        "revoked_at": "退出时间",
    },
    silent=frozenset({
        "token_hash", "device", "address_index", "idle_seconds", "expires_at", "second_factor",
        "sudo_until", "shared", "browser_hash", "locked_at", "pin_tries",
    }),
    words={"method": {"sms": "短信", "wechat": "微信", "wechat_page": "微信", "password": "密码"}},
    fate=Fate.GOES,
)  # fmt: skip
SMS_CODES = Holding(
    model=SmsCode,
    called="短信验证码",
    purpose="登录时核对手机",
    ground=Ground.CONTRACT,
    seen_by="没有人",
    kept="过期后一天",
    whose=lambda person: Q(phone_index__in=person.phone_indexes),
    shown={"created_at": "发送时间", "used_at": "使用时间"},
    silent=frozenset({
        "phone_index", "code_hash", "address_index", "expires_at", "own_tries", "other_tries",
    }),
    fate=Fate.GOES,
)  # fmt: skip
CONSENTS = Holding(
    model=Consent,
    called="您的同意和收回",
    purpose="证明您同意过、收回过什么",
    ground=Ground.DUTY,
    seen_by="您自己",
    kept="随账号，注销后只留没有姓名的编号",
    whose=of_account(),
    shown={
        "purpose": "事项", "granted": "同意", "version": "文字版本", "created_at": "时间",
    },
    silent=frozenset({"text_hash", "channel"}),
    words={
        "purpose": {
            "id_card": "身份证照片", "face": "刷脸核对", "location": "打卡用位置",
            "bank_card": "工资卡",
        },
    },
    fate=Fate.STAYS,
)  # fmt: skip
PINS = Holding(
    model=Pin,
    called="共用手机的密码",
    purpose="别人用同一部手机也打不开您的",
    ground=Ground.CONTRACT,
    seen_by="没有人，我们也看不到密码",
    kept="到您取消或注销",
    whose=of_account(),
    shown={"set_at": "设置时间"},
    silent=frozenset({"pin_hash"}),
    fate=Fate.GOES,
)
HOLDINGS: tuple[Holding | Apart, ...] = (
    ACCOUNT, WECHAT, ROLES, SESSIONS, SMS_CODES, CONSENTS, PINS,
)  # fmt: skip
