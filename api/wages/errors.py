"""What can go wrong with wages, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound


class NoSuchSheet(NotFound):
    """No such wage sheet that the actor may see."""

    code = "wages.no_such_sheet"
    detail = "没有找到这张工资单。请返回列表看看。"


class NoSuchLine(NotFound):
    """No such line that the actor may see."""

    code = "wages.no_such_line"
    detail = "没有找到这一条工资。请返回上一页重新打开。"


class NoSuchContest(NotFound):
    """No such objection that the actor may see."""

    code = "wages.no_such_contest"
    detail = "没有找到这条异议。请返回列表看看。"


class NotEmployed(Invalid):
    """The enterprise employs no such worker on the project."""

    code = "wages.not_employed"
    detail = "这个人没有以您单位的名义在这个项目进场。请先登记进场。"


class WrongPeriod(Invalid):
    """The period is reversed, too long, or not over within its month."""

    code = "wages.wrong_period"
    detail = "起止日期不对：结束不能早于开始，最长 366 天，也不能晚于今天。请检查。"


class PeriodMissing(Invalid):
    """A settlement or back pay does not say for which days it is."""

    code = "wages.period_missing"
    detail = "结算和补发要写明从哪天到哪天。请填好起止日期。"


class PayTooEarly(Invalid):
    """The day of payment lies before the last day that is paid."""

    code = "wages.pay_too_early"
    detail = "发放日期早于这段工资的最后一天。请填结束当天或以后的日期，或者不填。"


class WrongStep(Conflict):
    """The sheet is not in a state in which this can be done."""

    code = "wages.wrong_step"
    detail = "这张工资单已经到了下一步，现在不能这样做。请刷新后再看。"


class StillDrawing(Conflict):
    """Its lines are still being drawn."""

    code = "wages.still_drawing"
    detail = "工资单还在生成。请稍等一会儿，刷新后再办。"


class EmptySheet(Conflict):
    """Nobody is on it."""

    code = "wages.empty_sheet"
    detail = "这张工资单上没有人。请核对项目、班组和日期，或者作废。"


class NoTerms(Conflict):
    """Somebody on it has no terms of pay."""

    code = "wages.no_terms"
    detail = "有人还没有计酬约定。请先定好工价，作废这张再重新生成。"


class SamePerson(Conflict):
    """Who made or corrected it audits, checks again or releases, or the auditor checks again."""

    code = "wages.same_person"
    detail = (
        "制单、审核、复核要由三个人办；做单或改过金额的人不能审核、复核，也不能准予发放。"
        "请让另一位同事来办。"
    )


class OverlapUnseen(Conflict):
    """Somebody is on another sheet for the same days, which the auditor has not acknowledged."""

    code = "wages.overlap_unseen"
    detail = "有人在另一张工资单里有重叠的日期。请核对，确认不重复再勾选通过。"


class UnsignedLines(Conflict):
    """Lines carry neither a signature nor a reason to pay without."""

    code = "wages.unsigned_lines"
    detail = "还有人没有签字，也没有写明原因。请催签，或逐个写明为什么不签也要发。"


class ReasonMissing(Invalid):
    """A step back has no reason."""

    code = "wages.reason_missing"
    detail = "请写明原因，好让对方知道怎么改。"


class BelowNothing(Invalid):
    """The line would come to less than nothing."""

    code = "wages.below_nothing"
    detail = "扣完以后工资成了负数。请减少扣款。"


class WrongItem(Invalid):
    """No such item on the line, or one that follows from work and terms."""

    code = "wages.wrong_item"
    detail = "这一项不能这样改：只能加奖金、补发、扣款，或者去掉以前加的。请检查。"


class LineChanged(Conflict):
    """What was read is not what the line says now."""

    code = "wages.line_changed"
    detail = "您看过以后，这份工资又改了。请重新看一遍再签。"


class ContestOpen(Conflict):
    """An objection is not answered yet."""

    code = "wages.contest_open"
    detail = "您的异议还没有答复。等单位答复以后，再看再签。"


class ContestClosed(Conflict):
    """The objection was answered before."""

    code = "wages.contest_closed"
    detail = "这条异议已经答复过了。请刷新后再看。"


class NotAdjusted(Conflict):
    """`adjusted` was answered, and nothing has changed."""

    code = "wages.not_adjusted"
    detail = "这份工资还没有改。请先改好，再答复“已调整”。"


class WrongPayStep(Conflict):
    """The line cannot go to that state of payment."""

    code = "wages.wrong_pay_step"
    detail = "这份工资的发放状态对不上。请刷新后核对银行回单。"


class BadSheetFile(Invalid):
    """The table is not of its form, or a row is wrong; nothing was changed."""

    code = "wages.bad_sheet_file"
    detail = "表格有错，一行也没有改。请按提示改好再传。"
