"""What people can be told of conduct and evaluations; no word of what was said of them."""

from api.notices.ways import Kind, Must

CONDUCT_KINDS: dict[str, Kind] = {
    "conduct.answered_region": Kind(
        "有不良行为等您认定",
        "“{project}”{date}的一件不良行为，对方已经说明情况。请打开诚信列表，看过再认定。",
    ),
    "conduct.appeal_decided_region": Kind(
        "有一件申诉有结果了",
        "“{project}”{date}的一件不良行为，上一级对申诉有结果了。请打开诚信列表看结果。",
    ),
    "conduct.appeal_lost": Kind(
        "您的申诉有结果了",
        "“{project}”{date}的事，上一级维持认定。请打开“诚信”看原因、到哪天结束。",
        sms=True,
        must=Must.DISPUTE,
    ),
    "conduct.appeal_won": Kind(
        "您的申诉成立，记录已撤销",
        "“{project}”{date}的事，上一级撤销了认定，公布和限制都取消了。请打开“诚信”看看。",
        sms=True,
        must=Must.DISPUTE,
    ),
    "conduct.appealed_region": Kind(
        "有申诉等您处理",
        "“{project}”{date}的一件不良行为，对方不服认定，提出申诉。请打开诚信列表的“申诉”处理。",
    ),
    "conduct.decided_office": Kind(
        "您报的诚信行为有结果了",
        "您报的“{project}”{date}的事，主管部门有结果了。请打开“诚信”看看。",
    ),
    "conduct.expired": Kind(
        "一条诚信记录到期了",
        "“{project}”{date}的记录到期，已不再公布，限制也取消了。请打开“诚信”看看。",
        sms=True,
    ),
    "conduct.honoured": Kind(
        "您得了一条良好记录",
        "“{project}”{date}的事，主管部门认定为良好行为，已经公布。请打开“诚信”看看。",
        sms=True,
    ),
    "conduct.in_force": Kind(
        "一条诚信记录生效了",
        "“{project}”{date}的事，申诉期过了，记录已生效。请打开“诚信”看到哪天结束，怎么修复。",
        sms=True,
        must=Must.DISPUTE,
    ),
    "conduct.lapsed": Kind(
        "报您的事没有认定",
        "“{project}”{date}的事，主管部门到期没有认定，已经作废。您不用做什么。",
    ),
    "conduct.overdue_region": Kind(
        "有申诉或修复申请超过了期限",
        "“{project}”{date}的一件申诉或修复申请超过了期限。请打开诚信列表，马上处理。",
    ),
    "conduct.proposed": Kind(
        "有人报了一件事，等您说明",
        "“{project}”{date}的一件事被报给主管部门，还没有认定。请打开“诚信”，5 个工作日内说明情况。",
        sms=True,
        must=Must.DISPUTE,
    ),
    "conduct.proposed_good": Kind(
        "有人报了您的良好行为",
        "“{project}”{date}的事被报为良好行为，等主管部门认定。请打开“诚信”看看。",
    ),
    "conduct.proposed_region": Kind(
        "有企业报来诚信行为",
        "“{project}”{date}有一件诚信行为报来。请打开诚信列表看看，不良行为要等对方说明再认定。",
    ),
    "conduct.refused": Kind(
        "报您的事没有认定",
        "“{project}”{date}的事，主管部门没有认定，不会留下记录。请打开“诚信”看原因。",
        sms=True,
    ),
    "conduct.repair_refused": Kind(
        "您的修复申请有结果了",
        "“{project}”{date}的记录，修复没有通过。请打开“诚信”看原因，30 天后可以再申请。",
        sms=True,
        must=Must.DISPUTE,
    ),
    "conduct.repair_region": Kind(
        "有修复申请等您处理",
        "“{project}”{date}的一条记录，对方申请修复。请打开诚信列表的“修复”处理。",
    ),
    "conduct.repaired": Kind(
        "您的记录修复了",
        "“{project}”{date}的记录提前结束，不再公布，限制也取消了。请打开“诚信”看看。",
        sms=True,
    ),
    "conduct.unanswered_region": Kind(
        "有不良行为等您认定",
        "“{project}”{date}的一件不良行为，对方到期没有说明。请打开诚信列表，看过再认定。",
    ),
    "conduct.upheld": Kind(
        "报您的事认定了，可以申诉",
        "“{project}”{date}的事，主管部门认定了。不服请打开“诚信”申诉，10 个工作日内申诉先不公布。",
        sms=True,
        must=Must.DISPUTE,
    ),
    "conduct.withdrawn": Kind(
        "报您的事撤回了",
        "“{project}”{date}的事，报的单位撤回了，不会留下记录。您不用做什么。",
    ),
    "evaluation.contested_office": Kind(
        "有人不同意您的评价",
        "“{project}”有人不同意一条评价。请打开“诚信”的评价，看他怎么说，保留或撤回。",
    ),
    "evaluation.given": Kind(
        "您有一条新的评价",
        "“{enterprise}”评价了您在“{project}”的表现。请打开“诚信”看看，不对就说出来。",
    ),
    "evaluation.kept": Kind(
        "您不同意的评价有答复了",
        "“{enterprise}”保留了“{project}”的评价，写了原因。请打开“诚信”看看，不服可以投诉。",
    ),
    "evaluation.withdrawn": Kind(
        "一条评价撤回了",
        "“{enterprise}”撤回了“{project}”的一条评价，它不再计入您的分。请打开“诚信”看看。",
    ),
    "score.review_region": Kind(
        "有工人申请人工复核信用分",
        "有工人觉得信用分不对，申请人工复核。请打开诚信列表的“复核”看他怎么说，再答复。",
    ),
    "score.reviewed": Kind(
        "信用分复核有结果了",
        "工作人员看过您的信用分，写了答复。请打开“诚信”的信用分看看。",
        sms=True,
        must=Must.DISPUTE,
    ),
}
