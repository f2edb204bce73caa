"""What can go wrong with trainings and certificates, each with its words."""

from api.kit.errors import Conflict, Forbidden, Invalid, NotFound


class NotParticipating(Forbidden):
    """The enterprise takes no part in the project on that day, or is not the actor's to speak for.

    The general contractor speaks for every unit of its project, a unit for itself.
    """

    code = "training.not_participating"
    detail = "您的单位那天不在这个项目的参建单位里。请先在“参建单位”里登记进场。"


class HeldInFuture(Invalid):
    """A training is recorded after it was held."""

    code = "training.in_future"
    detail = "培训日期不能晚于今天。请改日期。"


class CertificatePeriod(Invalid):
    """The certificate ends before it begins."""

    code = "training.certificate_period"
    detail = "证书的到期日不能早于发证日。请改日期。"


class NoSuchCourse(NotFound):
    """No such course for this person: not his project's, not published, or withdrawn."""

    code = "training.no_such_course"
    detail = "没有找到这门课，可能已停课。请回到课程列表看看。"


class NoSuchLesson(NotFound):
    """The course has no such lesson."""

    code = "training.no_such_lesson"
    detail = "没有找到这一课，课程可能改过。请回到课程重新打开。"


class NoDraft(Conflict):
    """What is published is not changed: a draft comes first."""

    code = "training.no_draft"
    detail = "发布过的课不能直接改。请先点“改成新版本”。"


class NothingToTeach(Invalid):
    """A course is published with at least one lesson."""

    code = "training.nothing_to_teach"
    detail = "还没有课件或考题。请至少加一课再发布。"


class TooManyLessons(Conflict):
    """A course has an end."""

    code = "training.too_many_lessons"
    detail = "一门课最多 40 课。请另开一门课。"


class BadCourseware(Invalid):
    """The upload is no film or document that can be used; `errors` names the field."""

    code = "training.bad_courseware"
    title = "课件用不了"
    detail = "课件用不了。请按提示换一个文件。"


class NoSuchVisit(NotFound):
    """The lesson was not opened on this device, or by somebody else."""

    code = "training.no_such_visit"
    detail = "这一课没有打开。请回到课程重新打开。"


class NotAQuiz(Conflict):
    """A quiz is answered, everything else is watched or read."""

    code = "training.not_a_quiz"
    detail = "这一课不是考试。请打开课件学习。"


class OnlyAQuiz(Conflict):
    """A quiz has no minutes."""

    code = "training.only_a_quiz"
    detail = "这一课是考试，不计学时。请直接答题。"


class AnswersMissing(Invalid):
    """Every question is answered, with options that it has."""

    code = "training.answers_missing"
    detail = "有题没有答。请每道题都选好再交。"


class TriesUsed(Conflict):
    """The tries of this day are used up."""

    code = "training.tries_used"
    detail = "今天的考试次数用完了。请再看看课件，明天再考。"


class NoSuchSession(NotFound):
    """No such group session within the actor's scope."""

    code = "training.no_such_session"
    detail = "没有找到这次培训。请回到培训列表看看。"


class NobodyThere(Invalid):
    """A session is recorded for those who attended."""

    code = "training.nobody_there"
    detail = "还没有选参加的人。请勾选，或填他们的实名核验码。"


class NotOnProject(Invalid):
    """Somebody of the list is not expected on the project."""

    code = "training.not_on_project"
    detail = "名单里有人不在这个项目上。请刷新名单后重新勾选。"


class TooManyPhotos(Conflict):
    """A session is proved by a few photos."""

    code = "training.too_many_photos"
    detail = "一次培训最多 6 张照片。已经够了。"


class NoSuchCheckCode(NotFound):
    """Nothing is behind this code."""

    code = "training.no_such_check_code"
    detail = "没有查到。请让本人打开证件夹，重新出示二维码。"
