"""What can go wrong with special accounts, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound


class NoSuchAccount(NotFound):
    """No such special account that the actor may see."""

    code = "funds.no_such_account"
    detail = "这个项目还没有登记工资专户。请先登记专户。"


class NoSuchGuarantee(NotFound):
    """No such deposit or guarantee that the actor may see."""

    code = "funds.no_such_guarantee"
    detail = "没有找到这笔保证金或保函。请返回列表看看。"


class AccountExists(Conflict):
    """The project has an account that is not closed."""

    code = "funds.account_exists"
    detail = "这个项目已经有一个专户。旧的销户以后才能登记新的。"


class AccountClosed(Conflict):
    """The account is closed or about to be."""

    code = "funds.account_closed"
    detail = "这个专户已经销户，或者正在公示销户，不能这样做。请刷新后再看。"


class NoticeRunning(Conflict):
    """Its closing was not announced, or not for thirty days."""

    code = "funds.notice_running"
    detail = "销户要先公示 30 天。请先开始公示，等期满再销户。"


class WagesOwed(Conflict):
    """Wages of the project are not paid yet."""

    code = "funds.wages_owed"
    detail = "这个项目还有工资没有发完。请先发完工资，再销户。"


class StillNeeded(Conflict):
    """The last deposit or guarantee that stands good while wages are owed."""

    code = "funds.guarantee_needed"
    detail = "工资还没有发完，这是最后一笔有效的保证金或保函。请先发完工资，或先登记新的，再退还。"


class NotReady(Conflict):
    """No account, or no agreement in force: nothing can be paid."""

    code = "funds.not_ready"
    detail = "专户还不能发工资：没有登记专户，或者代发协议没有、已到期。请先补上。"


class EntryTwice(Conflict):
    """A line with this bank reference is there, and says something else."""

    code = "funds.entry_twice"
    detail = "这个银行流水号记过，内容不一样，没有再记。请核对流水号；以前记错了，用“更正”再记。"


class WrongAmount(Invalid):
    """The amount does not fit what the line is."""

    code = "funds.wrong_amount"
    detail = "金额的正负和这一项对不上。转入写正数，支出写负数。"


class WrongDay(Invalid):
    """The line is of a day to come, or of one before the account was opened."""

    code = "funds.wrong_day"
    detail = "日期不能晚于今天，也不能早于开户那天。请照银行回单填日期。"


class NoteMissing(Invalid):
    """A correction does not say what it corrects."""

    code = "funds.note_missing"
    detail = "更正要写明改的是哪一笔、为什么改。请填备注。"


class NotEnough(Conflict):
    """More goes out than the account holds."""

    code = "funds.not_enough"
    detail = "专户余额不够支出这么多。请核对金额；拨付的人工费还没有记的，先补记，再记这一笔。"


class GuaranteeOver(Invalid):
    """The deposit or guarantee would have ended before it is entered."""

    code = "funds.guarantee_over"
    detail = "有效期已经过了，不能再登记。请核对日期，或登记现在有效的。"


class WrongTerm(Invalid):
    """The last day lies before the first."""

    code = "funds.wrong_term"
    detail = "结束日期早于开始日期。请检查日期。"


class NotContractorHere(Invalid):
    """The actor's enterprise is not the project's general contractor."""

    code = "funds.not_contractor"
    detail = "专户由总包单位登记。请让总包的劳资专管员来办。"
