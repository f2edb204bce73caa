"""What people can be told of complaints. What the enterprise is told never leads to who it was."""

from api.notices.ways import Kind, Must

COMPLAINT_KINDS: dict[str, Kind] = {
    "complaint.accepted": Kind(
        "单位受理了您的投诉",
        "“{enterprise}”受理了您{date}提的事。请打开“投诉”，看它几天内答复。",
    ),
    "complaint.accepted_region": Kind(
        "主管部门受理了您的投诉",
        "主管部门受理了您{date}提的事。请打开“投诉”，看什么时候答复。",
        sms=True,
    ),
    "complaint.answered": Kind(
        "单位答复了您的投诉",
        "“{enterprise}”答复了您{date}提的事。请打开“投诉”看看，不满意点一下就交给主管部门。",
        sms=True,
        must=Must.DISPUTE,
    ),
    "complaint.answered_region": Kind(
        "主管部门答复了您的投诉",
        "主管部门答复了您{date}提的事。请打开“投诉”看看，说一声满不满意。",
        sms=True,
        must=Must.DISPUTE,
    ),
    "complaint.closed": Kind(
        "您的投诉办结了",
        "您{date}提的事，主管部门办结了。请打开“投诉”看结果，有疑问打 12345。",
        sms=True,
    ),
    "complaint.closed_silent": Kind(
        "您的投诉自动办结了",
        "您{date}提的事答复以后，10 个工作日没有回音，已办结。不满意单位的答复，还能交给主管部门。",
    ),
    "complaint.escalated_by_itself": Kind(
        "单位没有答复，已交给主管部门",
        "“{enterprise}”到期没有答复您{date}提的事，已自动交给主管部门。请打开“投诉”看进展。",
        sms=True,
        must=Must.DISPUTE,
    ),
    "complaint.escalated_office": Kind(
        "有一件投诉已交给主管部门",
        "“{project}”{date}的一件投诉，已交给主管部门。请准备好情况说明，配合处理。",
    ),
    "complaint.escalated_region": Kind(
        "有投诉上报到您这里",
        "“{project}”{date}的一件投诉，企业没有办好，上报到您这里。请打开投诉列表受理。",
    ),
    "complaint.flagged_region": Kind(
        "有投诉人被退场，请核对",
        "“{project}”{date}投诉的工人，30 天内被登记退场。请打开投诉，核对是不是打击报复。",
    ),
    "complaint.handled": Kind(
        "您的投诉有进展",
        "主管部门写了您{date}提的事的处理进展。请打开“投诉”看看。",
    ),
    "complaint.held_region": Kind(
        "有投诉内容要您看一下",
        "“{project}”{date}的一件投诉，内容要先看过才给企业。请打开投诉，决定给不给企业看。",
    ),
    "complaint.overdue_region": Kind(
        "有投诉超过了期限",
        "“{project}”{date}的一件投诉超过了期限。请打开投诉列表，马上处理。",
    ),
    "complaint.received_office": Kind(
        "有新的投诉或建议",
        "“{project}”有人{date}提了投诉或建议。请 2 个工作日内受理，5 个工作日内答复。",
    ),
    "complaint.received_region": Kind(
        "有新的投诉",
        "“{project}”有工人{date}直接向主管部门投诉。请打开投诉列表，5 个工作日内受理。",
    ),
    "complaint.reminded_office": Kind(
        "有投诉还没有受理",
        "“{project}”{date}的一件投诉还没有受理。请马上处理，到期不答复会自动交给主管部门。",
    ),
    "complaint.transferred": Kind(
        "您的投诉转给了别的部门",
        "您{date}提的事转给了管这件事的部门，期限接着算。请打开“投诉”看转给了谁、为什么。",
        sms=True,
    ),
    "complaint.transferred_region": Kind(
        "有投诉转到您这里",
        "“{project}”{date}的一件投诉转到您这里，期限接着算。请打开投诉列表受理。",
    ),
}
