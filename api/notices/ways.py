"""A thing to tell, why it must be told, and by which templates of WeChat it goes out."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Must(StrEnum):
    """Why a person must be told (BY-19)."""

    WAGE = "wage"
    DISPUTE = "dispute"
    SAFETY = "safety"
    IDENTITY = "identity"


@unique
class Template(StrEnum):
    """Our names of the templates of WeChat's subscribe messages; the ids are settings."""

    ATTENDANCE = "attendance"
    CONTRACT = "contract"
    DIGEST = "digest"
    IDENTITY = "identity"
    TEAM = "team"
    WAGE = "wage"

    @property
    def words(self) -> str:
        """What a person reads who is asked whether he wants such messages."""
        return TEMPLATE_WORDS[self]


TEMPLATE_WORDS = {
    Template.ATTENDANCE: "出勤和异议的结果",
    Template.CONTRACT: "有合同等您签",
    Template.DIGEST: "每天一次的消息汇总",
    Template.IDENTITY: "实名登记的结果",
    Template.TEAM: "班组里请您答复的事",
    Template.WAGE: "工资和工资卡的变化",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing to tell, and by which ways."""

    title: str
    text: str
    sms: bool = False
    must: Must | None = None
    urgent: bool = False
    """Goes out at night too."""
    template: Template | None = None
    to_former: bool = False
    """Its text message goes to the phone that the account had before."""
    text_template: str = "notice"
    """Our name of the gateway's template for its text message."""
    carries: tuple[str, ...] = ()
    """Parameters that the text message carries; without any it carries the title."""

    @property
    def digest(self) -> bool:
        """Whether it waits for the daily summary: nothing else carries it out."""
        return not self.sms and self.template is None
