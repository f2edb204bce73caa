"""What can go wrong with attendance, each with its words."""

from api.kit.errors import Conflict, Forbidden, Invalid, NotFound


class NotOnSite(Forbidden):
    """The worker has no engagement with the project on that day; the same for unknown ones."""

    code = "attendance.not_on_site"
    detail = "您还没有在这个项目进场，不能打卡。请找班组长或劳资专管员办进场。"


class MethodNotAllowed(Conflict):
    """The project's policy does not know this way of punching."""

    code = "attendance.method_not_allowed"
    detail = "这个工地不用这种方式打卡。请换一种方式，或者手工登记。"


class AutomaticOff(Forbidden):
    """The worker has not switched automatic punching on."""

    code = "attendance.automatic_off"
    detail = "您没有打开自动打卡。请点“打卡”，或先在设置里打开自动打卡。"


class PositionMissing(Invalid):
    """This way of punching needs a position."""

    code = "attendance.position_missing"
    detail = "没有收到您的位置。请打开手机定位再打卡，或者扫工地的码。"


class PhotoMissing(Invalid):
    """The project wants a photo with each punch."""

    code = "attendance.photo_missing"
    detail = "这个工地打卡要拍照。请拍一张现场照片再打卡。"


class NoteMissing(Invalid):
    """A manual punch says why."""

    code = "attendance.note_missing"
    detail = "手工登记要写明原因，比如手机没电、没有信号。请补上。"


class ClaimTooOld(Conflict):
    """The claimed instant lies more than 72 hours back."""

    code = "attendance.claim_too_old"
    detail = "这次打卡超过 3 天才上传，不能直接算。请用“补卡”说明当天的情况。"


class BadSiteCode(Invalid):
    """The site code is missing, not ours, or another project's."""

    code = "attendance.bad_site_code"
    detail = "这个码不是本工地的打卡码。请扫工地大门屏幕上的码。"


class SiteCodeExpired(Conflict):
    """The site code was shown at another time."""

    code = "attendance.site_code_expired"
    detail = "这个码过期了。请再扫一次屏幕上现在的码。"


class SiteCodeUsed(Conflict):
    """The worker has punched with this very code before."""

    code = "attendance.site_code_used"
    detail = "这个码您已经用过了。请等几秒，扫屏幕上新的码。"


class OtherContent(Conflict):
    """The `client_id` was used before with other content."""

    code = "attendance.other_content"
    detail = "这次打卡已经传过，内容不一样，按先收到的算。不对的话请用“补卡”。"


class NoSuchPunch(NotFound):
    """No such punch within the actor's scope."""

    code = "attendance.no_such_punch"
    detail = "没有找到这次打卡。请返回考勤记录看看。"


class NoSuchWorkday(NotFound):
    """No such work day within the actor's scope."""

    code = "attendance.no_such_workday"
    detail = "没有找到这一天的考勤。请返回考勤记录看看。"


class WrongState(Conflict):
    """The work day's state does not allow this step."""

    code = "attendance.wrong_state"
    detail = "这一天现在的状态不能这样处理。请刷新后再看。"


class ContestFirst(Conflict):
    """What was confirmed by itself loses units by a contest alone, which has its term."""

    code = "attendance.contest_first"
    detail = "这一天已自动确认，不能直接改少。请在 7 天内提异议，写明原因。"


class ContestTooLate(Conflict):
    """An automatic confirmation can be contested for seven days."""

    code = "attendance.contest_too_late"
    detail = "自动确认已超过 7 天，不能再提异议。请和工人当面说清楚。"


class ReasonMissing(Invalid):
    """Rejecting, contesting, or giving fewer units than found needs a reason."""

    code = "attendance.reason_missing"
    detail = "不同意或改少工数，要写明原因。工人看得到。请补上。"


class UnitsMissing(Invalid):
    """A day without complete punches is confirmed with the units that count."""

    code = "attendance.units_missing"
    detail = "这一天打卡不全，算不出工数。请填写确认几个工。"


class CorrectionOutsideDay(Invalid):
    """The corrected instant does not belong to the day, or lies in the future."""

    code = "attendance.correction_outside_day"
    detail = "补卡的时间不在这一天里，或还没有到。请检查日期和时间。"


class CorrectionTooOld(Conflict):
    """A correction reaches back 31 days."""

    code = "attendance.correction_too_old"
    detail = "这一天过去超过 31 天，不能再补卡。请直接联系劳资专管员。"


class CallTooFar(Conflict):
    """A roll is called for today or the three days before."""

    code = "attendance.call_too_far"
    detail = "点名只能点今天和前 3 天的。更早的请用“补记”，只记在账本里。"
