"""What can go wrong when workers are collected, each with its words."""

from api.kit.errors import Conflict, Invalid, NotFound, UnsupportedMedia


class DeniedByWorker(Conflict):
    """The worker said that he does not belong to this enterprise."""

    code = "collecting.denied_by_worker"
    detail = "本人说过不是贵公司的工人，不能再登记。请和本人说清楚，由本人改成确认。"


class OtherName(Invalid):
    """The worker with this number is verified under another name."""

    code = "collecting.other_name"
    detail = "姓名和证件号码对不上。请对照证件核对后再填。"
    commits = True


class NoSuchLink(NotFound):
    """No such link of the actor."""

    code = "collecting.no_such_link"
    detail = "没有找到这条登记。请返回列表看看。"


class NoSuchImport(NotFound):
    """No such import of the enterprise."""

    code = "collecting.no_such_import"
    detail = "没有找到这次导入。请返回列表看看。"


class UnreadableSheet(UnsupportedMedia):
    """The file is no XLSX workbook or CSV text that we read."""

    code = "collecting.unreadable_sheet"
    detail = "这个文件读不出来。请下载模板，填好后直接保存再传；有密码的先去掉密码。"


class FormulasInSheet(Invalid):
    """A cell holds a formula: what it shows may differ from what it is."""

    code = "collecting.formulas_in_sheet"
    detail = "表格里有公式。请复制后“选择性粘贴”成数值，再传一次。"


class SheetTooLarge(Invalid):
    """More rows, columns or bytes than one import takes."""

    code = "collecting.sheet_too_large"
    detail = "表格太大了。一次最多 1000 人，请分成几个文件再传。"


class NoRows(Invalid):
    """There is no row below the header."""

    code = "collecting.no_rows"
    detail = "表格里没有人。请从表头下面一行开始填，再传一次。"


class MissingColumns(Invalid):
    """The header lacks a needed column; `errors` names each."""

    code = "collecting.missing_columns"
    detail = "表头少了列。请用模板的表头：姓名、证件号码、手机号、工种。"


class SheetTooSlow(Invalid):
    """Reading the file took too long."""

    code = "collecting.sheet_too_slow"
    detail = "这个文件读得太久。请只留要导入的那张表，另存后再传。"
