"""合同范本: the words of a labour contract and of a written work agreement, with their version.

The sample text follows what a simple contract has to say (pay standard, way, term, disputes) and
Labour Contract Law article 17. A text that was signed never changes: another wording is another
version.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, unique

from api.engagements.models import ContractKind
from api.kit.money import written

VERSION = "2026-1"


@unique
class PayKind(StrEnum):
    """By what the wage is counted."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    PIECE = "piece"


PAY = {
    PayKind.MONTH: "按月计算，每月 {} 元",
    PayKind.DAY: "按日计算，每个工 {} 元",
    PayKind.HOUR: "按小时计算，每小时 {} 元",
    PayKind.PIECE: "按件计算，每件（每平方米、每立方米或每吨，以书面计件单为准）{} 元",
}
TITLES = {
    ContractKind.LABOUR: "建筑工人劳动合同",
    ContractKind.WORK_AGREEMENT: "建筑工人用工书面协议",
}
RELATION = {
    ContractKind.LABOUR: "甲乙双方建立劳动关系，遵守《中华人民共和国劳动合同法》。",
    ContractKind.WORK_AGREEMENT: "甲乙双方不建立劳动关系，按《保障农民工工资支付条例》订立本协议。",
}
TEXT = """{title}

编号 {number}　范本 {version}

甲方（用人单位）：{enterprise}
统一社会信用代码：{credit_code}
乙方（工人）：{name}
证件号码：{id_number}
住址：{address}

一、关系
{relation}

二、工作
项目：{project}
地点：{place}
工种：{trade}

三、期限
{term}

四、工资
标准：{pay}。
方式：每月 {pay_day} 日前，由银行把上月工资发到乙方本人的银行卡，不以实物代替，不由他人代领。
甲方给乙方工资条，写明出勤、应发、扣款和实发。工资不低于当地最低工资标准。

五、工作时间和休息
甲方按国家规定安排工作和休息。加班按国家规定付加班工资。

六、安全和保障
甲方在乙方进场前做安全教育，免费发给劳动防护用品，依法办理工伤保险。
遇到直接危及生命安全的情况，乙方可以停止作业、撤离现场，甲方不因此扣工资。

七、证件
甲方不扣押乙方的身份证、银行卡、社保卡，不向乙方收押金。

八、解除
任何一方可以依法解除。乙方离开时，甲方按出勤结清工资，并给乙方书面证明。

九、争议
先由双方协商；协商不成，乙方可以向当地劳动监察部门投诉（电话 12333），
也可以申请劳动争议调解、仲裁；对仲裁不服的，可以向人民法院起诉。
乙方需要帮助时，可以拨打法律援助电话 12348。

十、其他
本合同由乙方本人在手机上阅读后签字，双方各有一份，乙方可以随时在“我的合同”里查看。
"""


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that stands between the fixed words."""

    number: str
    kind: ContractKind
    enterprise: str
    credit_code: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    address: str = field(repr=False)
    project: str
    place: str
    trade: str
    pay_kind: PayKind
    pay_fen: int
    pay_day: int
    starts_on: date
    ends_on: date | None
    paper_signed_on: date | None


def text_of(terms: Terms) -> str:
    """The exact words of the contract."""
    text = TEXT.format(
        title=TITLES[terms.kind],
        number=terms.number,
        version=VERSION,
        enterprise=terms.enterprise,
        credit_code=terms.credit_code,
        name=terms.name,
        id_number=terms.id_number,
        address=terms.address,
        relation=RELATION[terms.kind],
        project=terms.project,
        place=terms.place,
        trade=terms.trade,
        term=_term(terms),
        pay=PAY[terms.pay_kind].format(written(terms.pay_fen)),
        pay_day=terms.pay_day,
    )
    return text + _paper(terms.paper_signed_on)


def _term(terms: Terms) -> str:
    begin = f"从 {_day(terms.starts_on)} 起"
    if terms.ends_on is None:
        return f"{begin}，到乙方在本项目的工作任务完成为止。"
    return f"{begin}，到 {_day(terms.ends_on)} 止。"


def _paper(signed_on: date | None) -> str:
    if signed_on is None:
        return ""
    return f"双方已于 {_day(signed_on)} 签订纸质合同，内容与本合同一致。\n"


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
