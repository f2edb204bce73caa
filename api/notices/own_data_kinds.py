"""What people can be told of their own data."""

from api.notices.ways import Kind, Must

OWN_DATA_KINDS: dict[str, Kind] = {
    "data.erasure_asked": Kind(
        "您申请了注销",
        "您申请了注销，{date}自动办。改主意了，请打开“我的资料”点“不注销了”。不是您本人申请的，也点它。",
        sms=True,
        must=Must.IDENTITY,
        urgent=True,
    ),
    "data.erasure_stopped": Kind(
        "注销没有办成",
        "到期时您还有事没办完，没有注销。请打开“我的资料”看看要先办什么，再来申请。",
        sms=True,
    ),
    "data.export_ready": Kind(
        "您的资料准备好了",
        "您要的资料准备好了，7 天内可以下载。请打开“我的资料”。里面有身份证号，请不要发给别人。",
    ),
    "data.evidence_ready": Kind(
        "您的证据包准备好了",
        "您要的证据包准备好了，7 天内可以下载。请打开“我的证据”。里面有身份证号，只交给办案的人。",
    ),
}
