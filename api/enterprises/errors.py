"""What can go wrong with enterprises, each with its words."""

from api.kit.errors import Conflict, Forbidden, Invalid, NotFound


class NoSuchEnterprise(NotFound):
    """No such enterprise within the actor's scope."""

    code = "enterprises.no_such_enterprise"
    detail = "没有找到这家企业。请返回列表看看。"


class NoLicence(NotFound):
    """The enterprise has sent no photo of its licence."""

    code = "enterprises.no_licence"
    detail = "还没有营业执照照片。请先上传营业执照。"


class AlreadySubmitted(Conflict):
    """The applicant's own application is pending or decided, with other contents."""

    code = "enterprises.already_submitted"
    detail = "您已经提交过这家企业，内容不一样。请先看核验结果；要更正请联系当地住建部门。"


class CreditCodeTaken(Conflict):
    """Another account has registered this credit code."""

    code = "enterprises.credit_code_taken"
    detail = "这个信用代码已经有人登记。请让贵公司的管理员给您开岗位；被人冒用请联系当地住建部门。"


class Disputed(Conflict):
    """Another account's pending application has the same credit code and another name."""

    code = "enterprises.disputed"
    detail = "这个信用代码已有人用别的名称提交，已转人工复核。请带营业执照联系当地住建部门。"
    commits = True


class WrongStep(Conflict):
    """The enterprise's state does not allow the decision."""

    code = "enterprises.wrong_step"
    detail = "这家企业现在的状态不能这样处理。请刷新后再看。"


class OwnApplication(Forbidden):
    """Nobody decides on his own application."""

    code = "enterprises.own_application"
    detail = "这是您自己提交的，要由别人来核验。请交给同事处理。"


class OutsideRegion(Forbidden):
    """The region lies outside the officer's own."""

    code = "enterprises.outside_region"
    detail = "这个地区不归您管。请改填您管辖范围内的地区。"


class NotVerified(Forbidden):
    """Only a verified enterprise may do this."""

    code = "enterprises.not_verified"
    detail = "企业还没有通过核验，不能登记工人。请先看企业页面上的核验结果。"


class EnterpriseFrozen(Forbidden):
    """The enterprise's code is frozen or annulled."""

    code = "enterprises.frozen"
    detail = "企业的实名核验码已暂停或注销，不能登记工人。请联系当地住建部门了解原因。"


class WhichEnterprise(Invalid):
    """The actor works for several enterprises and must say for which he acts."""

    code = "enterprises.which_enterprise"
    detail = "您在几家企业都有岗位。请先选是哪一家。"


class NoSuchMember(NotFound):
    """The account is no staff of this enterprise."""

    code = "enterprises.no_such_member"
    detail = "没有找到这位员工。请返回员工列表看看。"


class LastAdmin(Conflict):
    """The last administrator's role cannot be taken."""

    code = "enterprises.last_admin"
    detail = "这是最后一位管理员，不能取消。请先给别人开管理员岗位。"
