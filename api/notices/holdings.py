"""What notices hold about a person."""

from tortoise.expressions import Q

from api.kit import on_paper
from api.kit.holdings import Apart, Fate, Ground, Holding, Term, of_account
from api.notices.kinds import KINDS
from api.notices.models import Digest, Notice, NoticeSettings, SubscribeGrant
from api.notices.ways import TEMPLATE_WORDS

SENT = {
    "none": "不发", "waiting": "等待", "sending": "正在发", "sent": "已发", "skipped": "没发",
    "failed": "没发出去", "unsure": "不确定",
}  # fmt: skip
NOTICES = Holding(
    model=Notice,
    called="消息",
    purpose="有事告诉您",
    ground=Ground.CONTRACT,
    seen_by="您自己",
    kept="2 年",
    whose=of_account(),
    shown={
        "kind": "事项", "created_at": "时间", "read_at": "看过的时间", "sms": "短信",
        "wechat": "微信",
    },
    silent=frozenset({
        "params", "about", "about_id", "told_by", "sms_code", "sms_at", "wechat_code", "wechat_at",
        "digest_due_at", "digest_id",
    }),
    words={"sms": SENT, "wechat": SENT},
    spoken={"kind": on_paper.by({name: kind.title for name, kind in KINDS.items()})},
    fate=Fate.GOES,
    term=Term(730),
)  # fmt: skip
SETTINGS = Holding(
    model=NoticeSettings,
    called="消息设置",
    purpose="按您选的方式通知您",
    ground=Ground.CONTRACT,
    seen_by="您自己",
    kept="到您注销",
    whose=of_account(),
    shown={
        "quiet_at_night": "夜里不打扰", "text_messages": "收短信", "wechat_messages": "收微信",
        "digest_by": "每日汇总", "digest_at": "汇总时间",
    },
    words={"digest_by": {"none": "不要", "wechat": "微信", "sms": "短信"}},
    fate=Fate.GOES,
)  # fmt: skip
DIGESTS = Holding(
    model=Digest,
    called="每日汇总",
    purpose="一天的消息合成一条",
    ground=Ground.CONTRACT,
    seen_by="您自己",
    kept="1 年",
    whose=of_account(),
    shown={"day": "日期", "count": "条数", "by": "方式", "state": "结果"},
    silent=frozenset({"code", "sent_at"}),
    words={"by": {"none": "不要", "wechat": "微信", "sms": "短信"}, "state": SENT},
    fate=Fate.GOES,
    term=Term(365, since="day"),
)
GRANTS = Holding(
    model=SubscribeGrant,
    called="微信提醒的许可",
    purpose="您点过允许，才发微信提醒",
    ground=Ground.CONSENT,
    seen_by="您自己",
    kept="用掉或收回后 1 年",
    whose=of_account(),
    shown={
        "template": "提醒种类", "lasting": "长期有效", "created_at": "许可时间",
        "ended_at": "结束时间",
    },
    silent=frozenset({"spent_for"}),
    spoken={"template": on_paper.by(TEMPLATE_WORDS)},
    fate=Fate.GOES,
    term=Term(365, only=~Q(spent_for=None) | ~Q(ended_at=None)),
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (NOTICES, SETTINGS, DIGESTS, GRANTS)
