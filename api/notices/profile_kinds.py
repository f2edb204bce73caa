"""What people can be told of their record: cards, corrections, and accidents with their terms."""

from api.notices.ways import Kind, Must

PROFILE_KINDS: dict[str, Kind] = {
    "accident.claimed": Kind(
        "单位给您申请了工伤认定",
        "“{enterprise}”给您{date}的事故申请了工伤认定。请打开“事故和求助”看看进展。",
        sms=True,
    ),
    "accident.claimed_office": Kind(
        "有工人自己申请了工伤认定",
        "“{project}”{date}受伤的工人自己申请了工伤认定。请准备好材料，配合调查。",
    ),
    "accident.closed": Kind(
        "您的事故办结了",
        "单位把您在“{project}”{date}的事故办结了。不同意请打开看看，也可以投诉。",
        sms=True,
    ),
    "accident.contact_opened": Kind(
        "单位看了您的紧急联系人",
        "因为{date}的事故，“{enterprise}”查看了您的紧急联系人。请打开这件事故看原因。",
    ),
    "accident.employer_last": Kind(
        "工伤认定单位只剩一天",
        "“{enterprise}”申请工伤认定的期限到 {due}，还没有申请。请马上催单位；过期您自己也能申请。",
        sms=True,
        must=Must.SAFETY,
    ),
    "accident.employer_last_office": Kind(
        "工伤认定申请只剩一天",
        "“{project}”{date}的事故，申请工伤认定到 {due} 截止。请马上申请，不然费用由单位自己出。",
        sms=True,
    ),
    "accident.employer_over": Kind(
        "单位没有按时申请工伤认定",
        "“{enterprise}”过了期限还没有申请。您和家人在 {until} 前可以自己去人社局申请，问 12333。",
        sms=True,
        must=Must.SAFETY,
    ),
    "accident.employer_over_office": Kind(
        "工伤认定申请过期了",
        "“{project}”{date}的事故没有按时申请工伤认定。请马上补办，并把情况告诉工人。",
        sms=True,
    ),
    "accident.employer_over_region": Kind(
        "有单位没有按时申请工伤认定",
        "“{enterprise}”在“{project}”{date}的事故，过期没有申请工伤认定。请打开事故列表督促。",
    ),
    "accident.employer_soon": Kind(
        "工伤认定快到期了",
        "您{date}的事故，单位申请工伤认定的期限到 {due}。请问问单位办了没有。",
        sms=True,
    ),
    "accident.employer_soon_office": Kind(
        "工伤认定申请还有一周",
        "“{project}”{date}的事故，申请工伤认定到 {due} 截止。请准备材料，尽快申请。",
    ),
    "accident.handled": Kind(
        "您的事故有处理情况",
        "单位写了您在“{project}”{date}的事故的处理情况。请打开“事故和求助”看看。",
    ),
    "accident.insurer_told": Kind(
        "单位报了保险",
        "“{enterprise}”把您{date}的事故报给了保险。请把看病的单据都留好。",
    ),
    "accident.reported": Kind(
        "有人替您报了事故",
        "有人报告您{date}在“{project}”出了事故。请打开看看写得对不对，不对就说出来。",
        sms=True,
        must=Must.SAFETY,
    ),
    "accident.reported_office": Kind(
        "工地上有人出了事故",
        "“{project}”{date}有人出了事故。请马上救人、保护现场，再打开“事故”处理。",
        sms=True,
        urgent=True,
        must=Must.SAFETY,
    ),
    "accident.reported_region": Kind(
        "辖区内有严重事故",
        "“{enterprise}”在“{project}”{date}有严重事故。请马上打开事故列表查看。",
        sms=True,
        urgent=True,
        must=Must.SAFETY,
    ),
    "accident.worker_last": Kind(
        "自己申请工伤认定只剩一个月",
        "您{date}的事故还没有申请工伤认定。您和家人到 {until} 都能自己申请，过期就晚了。问 12333。",
        sms=True,
        must=Must.SAFETY,
    ),
    "accident.worker_soon": Kind(
        "您还能自己申请工伤认定",
        "您{date}的事故还没有申请工伤认定。您和家人到 {until} 都能自己去人社局申请。请问 12333。",
        sms=True,
    ),
    "card.issued": Kind(
        "您的安康卡发了",
        "您的安康卡已经登记。请打开“个人信息”核对卡号后四位，丢了马上在那里挂失。",
    ),
    "card.lost": Kind(
        "您的安康卡挂失了",
        "您的安康卡已经挂失，马上不能用了。不是您本人挂失的，请联系劳资专管员。",
        sms=True,
        must=Must.IDENTITY,
        urgent=True,
    ),
    "profile.correction_accepted": Kind(
        "您的更正办好了",
        "您申请的更正已经改好。请打开“个人信息”核对。",
    ),
    "profile.correction_refused": Kind(
        "您的更正没有通过",
        "您申请的更正没有通过。请打开“资料更正”看原因，补好材料再提一次。",
        sms=True,
    ),
}
