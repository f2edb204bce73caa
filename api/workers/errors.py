"""What can go wrong with workers, each with its words."""

from api.kit.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from verification.reasons import Reason


class CardMissing(Conflict):
    """There are no photos of the card yet."""

    code = "workers.card_missing"
    title = "还没有拍身份证"
    detail = "还没有您的身份证照片。请先拍身份证的正面和背面，再来提交。"


class RecordBlocked(Forbidden):
    """The person was erased: what the law keeps of him serves nothing else (PIPL 47)."""

    code = "workers.record_blocked"
    title = "资料已依法封存"
    detail = "这个人已经注销，资料依法封存，不能再看。确需查阅，请由主管部门凭文书办理。"


class InProgress(Conflict):
    """An attempt of this account is still open."""

    code = "workers.in_progress"
    title = "正在核验"
    detail = "您的资料正在核验，不用重复提交。请等通知，或过一会儿刷新看结果。"


class OtherIdentity(Conflict):
    """The account already belongs to another verified person."""

    code = "workers.other_identity"
    title = "账号已有登记"
    detail = "这个账号已经登记过另一个人。请您用自己的手机号登录，再来登记。"


class FaceTriesUsed(Conflict):
    """The day's tries with the face are used up; the other way stands open."""

    code = "workers.face_tries_used"
    title = "请换一种方式"
    detail = Reason.FACE_TRIES_USED.sentence


class UnknownRegion(Invalid):
    """The region is none in force of this province."""

    code = "workers.unknown_region"
    detail = "没有这个地区，或者不在本省。请重新选择地区。"

    def __init__(self) -> None:
        super().__init__(errors=(FieldError("region", "region.unknown", self.detail),))


class SelfieOrDeclined(Invalid):
    """Exactly one of a selfie and a declined face check is needed."""

    code = "workers.selfie_or_declined"
    detail = "请上传一张自拍照，或者选择不刷脸。两样选一样。"


class NotVerified(Conflict):
    """The act needs a verified worker."""

    code = "workers.not_verified"
    title = "还没有通过核验"
    detail = "您还没有通过实名核验。请先完成登记，通过后再来。"


class CodeNotActive(Conflict):
    """The verification code is frozen, replaced or annulled."""

    code = "workers.code_not_active"
    title = "实名核验码现在不能用"
    detail = "这个实名核验码已暂停、更换或注销。请本人联系当地住建部门。"


class NoSuchWorker(NotFound):
    """No such worker within reach."""

    code = "workers.not_found"
    detail = "没有找到这名工人。请核对后再查。"


class NoSuchCode(NotFound):
    """Nobody holds this verification code."""

    code = "workers.code_unknown"
    detail = "没有这个实名核验码。请对照原码，一位一位核对。"


class BadQr(Invalid):
    """The QR text is not ours, forged, or too old; `errors` says which."""

    code = "workers.bad_qr"
    detail = Reason.QR_FORMAT.sentence


class QrUsed(Conflict):
    """This checker has read this QR code before."""

    code = "workers.qr_used"
    title = "二维码已用过"
    detail = "这个二维码已经扫过一次。请让对方刷新后再扫。"


class NoSuchTakeover(NotFound):
    """Nothing to object to: another's, objected already, or the time is over."""

    code = "workers.takeover_not_found"
    detail = "没有要拦的事，可能已经处理完了。有疑问请带身份证找项目部或当地住建部门。"


class CardRests(Conflict):
    """The record has come to this account just now: the wage card stays as it is for a while."""

    code = "workers.bank_card_rests"
    title = "现在还不能换卡"
    detail = "您刚找回账号。为了防人冒领工资，3 天后才能换卡；急着换请带身份证找劳资专管员。"


class CardOfAnother(Conflict):
    """The bank card is in use by another worker."""

    code = "workers.bank_card_of_another"
    title = "这张卡不能用"
    detail = "这张卡已登记在另一名工人名下。工资要发到您本人的卡，请换一张您自己的卡。"
    commits = True


class HolderDiffers(Conflict):
    """The holder named is not the worker."""

    code = "workers.bank_card_holder_differs"
    title = "开户人不是您本人"
    detail = "开户人姓名和您的实名不一样。请填您本人名下的银行卡。"


class NoBankCard(NotFound):
    """The worker has no wage card yet."""

    code = "workers.no_bank_card"
    detail = "您还没有登记工资卡。请先添加一张您本人的银行卡。"


class NoSuchVerification(NotFound):
    """No such verification to review within reach."""

    code = "workers.verification_not_found"
    detail = "没有找到这份待核验的资料，可能已经处理完了。请返回列表看看。"


class NotOpened(Conflict):
    """An officer approves a case whose photos he has not opened."""

    code = "workers.not_opened"
    title = "还没有看资料"
    detail = "您还没有打开这份资料。请先打开，看过照片再决定。"


class AlreadyReviewed(Conflict):
    """The same officer may not look twice, or the verification is decided."""

    code = "workers.already_reviewed"
    title = "不能再核验"
    detail = "这份资料您已经核验过，或已有结果。请处理下一份。"


class NumberNeeded(Invalid):
    """An approval needs the number typed from the photo."""

    code = "workers.number_needed"
    detail = "通过之前，请照着照片输入证件号码。"


class StateForbids(Conflict):
    """The worker's or code's state does not allow the change."""

    code = "workers.state_forbids"
    detail = "这名工人现在的状态不能这样改。请刷新后再看。"


class NoSuchRestriction(NotFound):
    """No such restriction within reach, or it has ended."""

    code = "workers.restriction_not_found"
    detail = "没有找到这条限制，可能已经解除。请返回列表看看。"


class OneSubject(Invalid):
    """Exactly one way to name the person or enterprise is needed."""

    code = "workers.one_subject"
    detail = "请只填一样：实名核验码、证件号码或统一社会信用代码。"


class BadPeriod(Invalid):
    """The period ends before it begins."""

    code = "workers.bad_period"
    detail = "结束日期早于开始日期。请检查后重填。"
