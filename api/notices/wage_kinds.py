"""What people can be told of special accounts, wage sheets and terms of pay."""

from api.notices.ways import Kind, Must, Template

WAGE_KINDS: dict[str, Kind] = {
    "funds.closing_region": Kind(
        "有工资专户公示销户",
        "“{project}”的工资专户开始公示销户，{date}期满。有欠薪线索，请在期满前核对。",
    ),
    "funds.gap": Kind(
        "专户余额和银行对不上",
        "“{project}”的工资专户，银行的余额和这里记的不一样。请打开专户流水，对照银行流水补记或更正。",
    ),
    "funds.guarantee_ended": Kind(
        "工资保证金或保函到期了",
        "“{project}”的工资保证金或保函{date}到期。请马上续办，再到专户页面登记。",
    ),
    "funds.guarantee_ended_region": Kind(
        "有工资保证金或保函到期",
        "“{project}”的工资保证金或保函{date}到期，没有续办。请核对。",
    ),
    "funds.guarantee_ending": Kind(
        "工资保证金或保函快到期了",
        "“{project}”的工资保证金或保函{date}到期。请提前续办，再到专户页面登记。",
    ),
    "funds.guarantee_returned_region": Kind(
        "有工资保证金或保函退还",
        "“{project}”的一笔工资保证金或保函登记为已退还。有欠薪线索，请核对。",
    ),
    "funds.non_wage": Kind(
        "专户有一笔不是工资的支出",
        "“{project}”的工资专户{date}有一笔不是工资的支出。专户的钱只能发工资，请核对。",
    ),
    "funds.non_wage_region": Kind(
        "有专户支出不是工资",
        "“{project}”的工资专户{date}有一笔不是工资的支出。请打开专户流水核对。",
    ),
    "wages.answered": Kind(
        "您对工资的异议有答复了",
        "“{project}”答复了您对工资单的异议。请打开“工资”看看，还不对可以投诉。",
        sms=True,
        must=Must.WAGE,
        template=Template.WAGE,
    ),
    "wages.contested": Kind(
        "有工人对工资单有异议",
        "“{project}”有工人对自己的工资有异议，请在{date}前答复。请打开工资单查看。",
    ),
    "wages.line_changed": Kind(
        "您的工资单改了",
        "“{project}”改了您的一张工资单，您以前签的字不算了。请打开“工资”重新看，同意再签。",
        sms=True,
        must=Must.WAGE,
        template=Template.WAGE,
    ),
    "wages.line_revised": Kind(
        "您的工资单改了",
        "“{project}”改了您的一张工资单。请打开“工资”看看，同意再签。",
        sms=True,
        must=Must.WAGE,
        template=Template.WAGE,
    ),
    "wages.sheet_returned": Kind(
        "有工资单被退回",
        "“{project}”的一张工资单被退回。请打开工资单看原因，改好再提交。",
    ),
    "wages.sheet_waiting": Kind(
        "有工资单等您办",
        "“{project}”有一张工资单等您办，应在{date}发工资。请打开工资单查看。",
    ),
    "wages.terms_set": Kind(
        "您的计酬约定改了",
        "“{enterprise}”记下了您在“{project}”的工价，{date}起算。请打开“工资”看看，不对请马上说。",
        sms=True,
        must=Must.WAGE,
        template=Template.WAGE,
    ),
    "wages.to_sign": Kind(
        "有工资单等您看",
        "“{project}”做好了您的工资单。请打开“工资”看天数和钱对不对，对就签字，不对就提异议。",
        sms=True,
        must=Must.WAGE,
        template=Template.WAGE,
    ),
}
