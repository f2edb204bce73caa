"""What can go wrong with complaints, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound


class NoSuchComplaint(NotFound):
    """No such complaint that the actor may read."""

    code = "complaints.no_such_complaint"
    detail = "没有找到这件投诉。请返回投诉列表看看。"


class NoVoice(NotFound):
    """The complaint has no recording that the actor may hear."""

    code = "complaints.no_voice"
    detail = "这件投诉没有能听的录音。请返回看文字。"


class UnknownPlace(Invalid):
    """He is and was on no such project, or with no such enterprise there."""

    code = "complaints.unknown_place"
    detail = "您没有在这个工地干过活。请从列表里选工地和单位，或者打 12345。"


class NothingSaid(Invalid):
    """Neither words nor a recording."""

    code = "complaints.nothing_said"
    detail = "还没有说是什么事。请写几句，或者录一段话。"


class WrongStep(Conflict):
    """The complaint is not in a state in which this can be done."""

    code = "complaints.wrong_step"
    detail = "这件投诉已经往前走了，现在不能这样做。请刷新后再看。"


class NoOfficeThere(Invalid):
    """Nobody handles complaints in that region, or it is where the complaint lies already."""

    code = "complaints.no_office_there"
    detail = "那个地区没有能接手的部门，或者就是现在的部门。请换一个地区，或写明单位名称。"
