"""What can go wrong with the work log, each with its words."""

from api.kit.errors import Conflict, Forbidden, Invalid, NotFound


class NoSuchEntry(NotFound):
    """No such entry in a book that the actor may read."""

    code = "worklog.no_such_entry"
    detail = "没有找到这笔记工。请返回“记工”看看。"


class NoSuchLine(NotFound):
    """No such line in books that the actor may read."""

    code = "worklog.no_such_line"
    detail = "没有找到这一天的账。请返回“记工”看看。"


class NoSuchTeamHere(NotFound):
    """The worker is and was in no such team."""

    code = "worklog.no_such_team"
    detail = "您没有在这个班组干过活。请先加入班组，再和班组长对账。"


class NotYourBook(Forbidden):
    """Each side writes in its own book alone."""

    code = "worklog.not_your_book"
    detail = "这是对方记的，您不能改。不对的话，在差异里选“留我的”，或直接和他说。"


class UnknownProject(Invalid):
    """Neither the worker nor the team is or was on this project."""

    code = "worklog.unknown_project"
    detail = "没有在这个工地进过场。请从列表里选工地。"


class DayOutOfSpan(Invalid):
    """A day in the future, or too long ago."""

    code = "worklog.day_out_of_span"
    detail = "日期不对。只能记今天和以前两年内的。请改日期。"


class NotMemberThen(Invalid):
    """Some of the people were not in the team on that day."""

    code = "worklog.not_member_then"
    detail = "有人那天不在班组里。请去掉他再记。"


class AlreadyRemoved(Conflict):
    """The entry was struck out before."""

    code = "worklog.already_removed"
    detail = "这笔已经删了。需要的话请重新记一笔。"


class NothingToAccept(Conflict):
    """The other side has written nothing there, or both agree already."""

    code = "worklog.nothing_to_accept"
    detail = "两边已经一样，或者对方没有记。请刷新后再看。"
