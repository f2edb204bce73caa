"""What can go wrong with payments, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound, Problem


class NoSuchBatch(NotFound):
    """No such batch that the actor may see."""

    code = "payroll.no_such_batch"
    detail = "没有找到这个代发批次。请返回列表看看。"


class NoSuchPaySheet(NotFound):
    """No such wage sheet that the actor's enterprise pays."""

    code = "payroll.no_such_sheet"
    detail = "没有找到要付的这张工资单。请返回工资单看看，是不是由您单位付。"


class NoSuchException(NotFound):
    """No such line on the exception list that the actor may see."""

    code = "payroll.no_such_exception"
    detail = "没有找到这条对不上的记录。请返回列表看看。"


class NoSuchAdvance(NotFound):
    """No such advance that the actor may see."""

    code = "payroll.no_such_advance"
    detail = "没有找到这笔垫付。请返回列表看看。"


class NotReleased(Conflict):
    """The sheet is not released, or all of it is paid."""

    code = "payroll.not_released"
    detail = "这张工资单还没有准予发放，或者已经付完。请先准予发放，再发起代发。"


class NobodyToPay(Conflict):
    """Nobody on the sheet can be paid now; the reasons are on the list of those left out."""

    code = "payroll.nobody_to_pay"
    detail = "现在没有能付的人。请看没付的原因，比如先请工人登记或更换工资卡。"


class OwnSheet(Conflict):
    """A contractor pays its own people: that is no advance."""

    code = "payroll.own_sheet"
    detail = "这是您单位自己工人的工资单，不算垫付。请从专户代发。"


class WrongWay(Conflict):
    """The batch goes to the bank by itself: a file beside it could pay twice."""

    code = "payroll.wrong_way"
    detail = "这个批次由系统直接发给银行，不用文件。请等银行的结果。"


class WrongBatchStep(Conflict):
    """The batch is not in a state in which this can be done."""

    code = "payroll.wrong_step"
    detail = "这个批次现在不能这样做。请先导出文件交给银行，或者刷新后再看。"


class BadReceiptFile(Invalid):
    """A receipt's file is refused whole; `errors` names the line."""

    code = "payroll.bad_receipt"
    detail = "回盘文件有问题，一笔也没有导入。请按提示核对，向银行要正确的文件。"


class AlreadyHandled(Conflict):
    """Somebody closed it before."""

    code = "payroll.already_handled"
    detail = "这条记录已经处理过了。请刷新后再看。"


class RecoveredTooMuch(Invalid):
    """More is recovered than was advanced."""

    code = "payroll.recovered_too_much"
    detail = "收回的钱比垫付的多。请核对金额。"


class WrongRecoveryDay(Invalid):
    """The money would have come back in days to come, or before it was advanced."""

    code = "payroll.wrong_recovery_day"
    detail = "收回的日期不能晚于今天，也不能早于垫付那天。请核对日期。"


class BadBankSignature(Problem):
    """Not the bank's signature, not of now, or one that came before."""

    status = 401
    code = "payroll.bad_bank_signature"
    title = "签名不对"
    detail = "签名不对、过期或已用过。请用约定的密钥和新的随机数重新签名再发。"


class NoSuchStray(NotFound):
    """No such result without a batch."""

    code = "payroll.no_such_stray"
    detail = "没有找到这条记录。请返回列表看看。"
