"""What can go wrong with profiles, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound


class NoSuchCorrection(NotFound):
    """No such correction that the actor may read."""

    code = "profiles.no_such_correction"
    detail = "没有找到这条更正。请返回列表看看。"


class AlreadyAsked(Conflict):
    """A correction of this field waits already."""

    code = "profiles.already_asked"
    title = "已经提过"
    detail = "这一项您已经提过，正在等工作人员看。想改内容，请先撤回再提。"


class WrongStep(Conflict):
    """The correction is decided or taken back."""

    code = "profiles.wrong_step"
    detail = "这条更正已经有结果了，不能再改。请刷新后再看。"


class NothingNew(Invalid):
    """What is wanted is missing, or stands in the record already."""

    code = "profiles.nothing_new"
    detail = "没有填要改成什么，或者和现在登记的一样。请检查后再提。"


class ReasonMissing(Invalid):
    """A refusal without its reason."""

    code = "profiles.reason_missing"
    detail = "不同意要写原因，本人会看到。请写清楚差什么。"


class NoResume(NotFound):
    """No résumé under this code, or its time is over, or it was taken back."""

    code = "profiles.no_resume"
    detail = "这份履历看不了：码过期了，或者本人收回了。请让本人再出示一次。"
