"""What people can be told of payments. An amount reaches the worker's own number alone (BY-07)."""

from api.notices.ways import Kind, Must

PAYROLL_KINDS: dict[str, Kind] = {
    "payroll.advanced": Kind(
        "总包垫付了你们工人的工资",
        "总包单位垫付了“{project}”{month}的工资，要向您单位收回。请打开垫付页面核对。",
    ),
    "payroll.arrived": Kind(
        "您的工资到账了",
        "“{project}”{month}的工资 {amount} 元，已到您的工资卡。没收到？请打开“工资”看看。",
        sms=True,
        must=Must.WAGE,
        text_template="wage_arrived",
        carries=("amount",),
    ),
    "payroll.exceptions": Kind(
        "银行有回盘对不上",
        "“{project}”有 {count} 条银行回盘和代发对不上。请打开对不上的记录，查清后写明结果。",
    ),
    "payroll.failed_bank": Kind(
        "您的工资还没到账",
        "“{project}”{month}的工资银行没有付成，不是您的卡有问题。单位要再付一次，请等通知。",
        sms=True,
        must=Must.WAGE,
    ),
    "payroll.failed_card": Kind(
        "工资没到，您的卡收不了钱",
        "“{project}”{month}的工资没到：您的卡不能收款。请打开“工资卡”换一张，换好单位再付。",
        sms=True,
        must=Must.WAGE,
    ),
    "payroll.failed_name": Kind(
        "工资没到，卡上不是您的名字",
        "“{project}”{month}的工资没到：卡上的名字和您的不一样。请打开“工资卡”换成您自己的卡。",
        sms=True,
        must=Must.WAGE,
    ),
    "payroll.failed_office": Kind(
        "有工人的工资没有到账",
        "“{project}”{month}有 {count} 人的工资没有到账。请打开代发批次看原因，换卡后再补发。",
    ),
    "payroll.held": Kind(
        "工资没有发出去，等代发协议",
        "“{project}”{month}的工资没有发出去：代发协议没有或已到期。请到专户页面登记新协议，登记好系统自动接着发。",
    ),
    "payroll.left_out": Kind(
        "工资要发了，您还没有能用的卡",
        "“{project}”{month}的工资在发，您没有能用的工资卡，还没付给您。请打开“工资卡”登记。",
        sms=True,
        must=Must.WAGE,
    ),
    "payroll.refused": Kind(
        "银行没有收下一批工资",
        "“{project}”{month}的一批工资，银行没有收下。请打开代发批次看原因，处理好再发起代发。",
    ),
}
