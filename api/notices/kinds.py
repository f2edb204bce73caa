"""What a person can be told, in one table: title, text, and by which ways it goes out.

A notice stores its kind and codes only; the words are put together when they are read, so nothing
personal lies in it. `{enterprise}` and the like are names that a feature above resolves (see
`service.resolve`), `{reason}` is a reason of the identity check, `{date}` a day as it is told
today, `{units}` work units without needless zeros, everything else a date or code.
A title stands alone in a text message: it has no placeholder and at most 35 characters, and 20
where it also goes out by WeChat.

The inbox holds every notice, whatever else becomes of it. Beyond it:
- what must be known (`must`) goes out whatever the person switched off: by WeChat while he granted
  that, else as a text message; it waits for the end of the night unless it is `urgent`;
- what has a `template` goes out by WeChat, what has `sms` as a text message when WeChat did not;
- everything else waits for the daily summary.
"""

from api.notices.complaint_kinds import COMPLAINT_KINDS
from api.notices.conduct_kinds import CONDUCT_KINDS
from api.notices.own_data_kinds import OWN_DATA_KINDS
from api.notices.payroll_kinds import PAYROLL_KINDS
from api.notices.profile_kinds import PROFILE_KINDS
from api.notices.wage_kinds import WAGE_KINDS
from api.notices.ways import Kind, Must, Template

KINDS: dict[str, Kind] = {
    **COMPLAINT_KINDS,
    **CONDUCT_KINDS,
    **OWN_DATA_KINDS,
    **PROFILE_KINDS,
    **PAYROLL_KINDS,
    **WAGE_KINDS,
    "account.phone_changed": Kind(
        "您的登录手机号改了",
        "您的登录手机号已经换成新的。如果不是您本人改的，请马上联系平台客服。",
        sms=True,
        must=Must.IDENTITY,
        urgent=True,
        to_former=True,
    ),
    "age.block": Kind(
        "您到了当地规定的离场年龄",
        "当地规定您这个年龄不能再做工地上的活。请和“{project}”办退场，工资要结清；没结清可以投诉。",
        sms=True,
        must=Must.SAFETY,
    ),
    "age.block_office": Kind(
        "有工人到了当地规定的离场年龄",
        "“{project}”有工人今天到了当地不能做工地活的年龄。请和他商量退场，结清工资，不要拖欠。",
    ),
    "age.health_certificate": Kind(
        "您到了当地要体检的年龄",
        "当地规定您这个年龄要体检合格才能继续干活。请和“{project}”的劳资专管员约体检。",
    ),
    "age.health_certificate_office": Kind(
        "有工人到了要体检的年龄",
        "“{project}”有工人今天到了当地要体检的年龄。请安排他体检，合格再继续干活。",
    ),
    "age.warn": Kind(
        "您到了当地要留意的年龄",
        "当地提醒您这个年龄不要做高处、高温和重活。岗位不合适，请和“{project}”的班组长说。",
    ),
    "age.warn_office": Kind(
        "有工人到了要留意的年龄",
        "“{project}”有工人今天到了当地要提醒的年龄。请给他安排合适的岗位。",
    ),
    "bank_card.set": Kind(
        "您的工资卡改了",
        "您的工资卡已经登记或更换。如果不是您本人改的，请马上联系项目部和平台客服。",
        sms=True,
        must=Must.WAGE,
        urgent=True,
        template=Template.WAGE,
    ),
    "certificate.ending": Kind(
        "您的特种作业证快到期了",
        "您有一本特种作业证 {date} 到期。请打开证件夹看看，早点去办复审，到期后不能再做这个工种。",
        sms=True,
    ),
    "contract.offered": Kind(
        "有合同等您签",
        "“{enterprise}”给了您一份“{project}”的合同。请打开“我的合同”看清楚，同意再签字。",
        sms=True,
        template=Template.CONTRACT,
    ),
    "contract.signed": Kind(
        "有工人签了合同",
        "“{project}”有一名工人签了合同。请打开合同列表查看。",
    ),
    "engagement.entered": Kind(
        "您已进场",
        "“{enterprise}”登记您{date}进场“{project}”，您可以打卡了。不对请联系劳资专管员。",
    ),
    "engagement.left": Kind(
        "您已退场",
        "您{date}从“{project}”退场。工资没结清的，请打开“我干过的工地”看看，也可以投诉。",
    ),
    "engagement.registered": Kind(
        "有项目给您做了预登记",
        "“{enterprise}”给您做了“{project}”的进场预登记。请签合同、参加进场教育，再进场。",
    ),
    "engagement.settlement": Kind(
        "您的工资结算状态改了",
        "“{project}”把您这次用工的工资结算状态改了。请打开“我干过的工地”核对，不对可以投诉。",
        sms=True,
        must=Must.WAGE,
        template=Template.WAGE,
    ),
    "enterprise.annulled": Kind(
        "企业的实名核验码已注销",
        "“{enterprise}”的实名核验码已注销，不能再登记工人。有疑问请联系当地住建部门。",
        sms=True,
    ),
    "enterprise.corrected": Kind(
        "企业登记资料有更正",
        "住建部门更正了“{enterprise}”的登记资料。请打开企业页面核对。",
    ),
    "enterprise.frozen": Kind(
        "企业的实名核验码已暂停",
        "“{enterprise}”的实名核验码已暂停，暂时不能登记工人。请打开企业页面看原因。",
        sms=True,
    ),
    "enterprise.refused": Kind(
        "企业核验没有通过",
        "“{enterprise}”的核验没有通过。请打开企业页面看原因，改好后再提交。",
        sms=True,
    ),
    "enterprise.restored": Kind(
        "企业的实名核验码已恢复",
        "“{enterprise}”的实名核验码已恢复，您可以继续登记工人。",
    ),
    "enterprise.review": Kind(
        "企业核验要人工复核",
        "“{enterprise}”填的资料和已有登记不一样，要人工复核。请等通知，不用重复提交。",
    ),
    "enterprise.verified": Kind(
        "企业核验通过了",
        "“{enterprise}”的核验通过了，您已是它的管理员。请设好动态口令，就可以登记工人。",
        sms=True,
    ),
    "entry.override_ended": Kind(
        "有特批进场到期了",
        "“{project}”有工人的特批进场到期，材料还没补齐。请马上补齐，补不齐请安排退场。",
    ),
    "entry.override_ended_region": Kind(
        "辖区内有特批进场到期了",
        "“{project}”有工人的特批进场到期，材料还没补齐。请打开特批名单查看，督促补齐。",
    ),
    "link.denied": Kind(
        "有工人否认和企业的关系",
        "一名您登记的工人说，他不是“{enterprise}”的工人。请核对后和本人联系。",
    ),
    "link.proposed": Kind(
        "有企业登记了您",
        "“{enterprise}”把您登记为它的工人。请打开“谁登记了我”，是就确认，不是就否认。",
        sms=True,
        must=Must.IDENTITY,
        template=Template.IDENTITY,
    ),
    "project.unit_entered": Kind(
        "您的企业登记进了一个项目",
        "“{enterprise}”被登记为“{project}”的参建单位。请打开项目页面核对，不对请联系总承包单位。",
    ),
    "staff.role_given": Kind(
        "您有了新的岗位",
        "“{enterprise}”给了您新的岗位。请退出后重新登录，就能看到新的功能。",
    ),
    "staff.role_taken": Kind(
        "您的岗位取消了一个",
        "“{enterprise}”取消了您的一个岗位。有疑问请联系企业管理员。",
    ),
    "recovery.asked": Kind(
        "有工友请您证明是他本人",
        "“{team}”有工友换了手机，要找回账号。请当面见到他、认出他，再打开“帮工友证明”回答。",
    ),
    "recovery.refused": Kind(
        "这次没能请人证明成",
        "有人说不认识您，或者对不上。请等两位工作人员核对，或带身份证到项目部当面办。",
    ),
    "takeover.begun": Kind(
        "有人要找回您的账号，不是您请拦下",
        "有人换了手机号，要把您的登记转过去。是您本人就不用管；不是您，请打开这条消息，点“拦下来”。",
        sms=True,
        must=Must.IDENTITY,
        urgent=True,
    ),
    "takeover.objected": Kind(
        "原来的账号不同意转登记",
        "原来的账号说不是本人在找回，要由组长再核对。请等通知，或带身份证到当地住建部门说清楚。",
        sms=True,
        must=Must.IDENTITY,
    ),
    "takeover.waits": Kind(
        "核对通过了，还要等一等",
        "核对通过了。为了防人冒领，请等原来的账号确认，没有异议就自动转到您这个账号。",
    ),
    "team.acting_declined": Kind(
        "您请的人不代班",
        "您请的人没有答应当“{team}”的代班长。请打开“我的班组”，可以另请一个人。",
    ),
    "team.acting_ended": Kind(
        "代班结束了",
        "“{team}”从{from}到{to}的代班已经结束。请打开“我的班组”查看。",
    ),
    "team.acting_named": Kind(
        "您的班组有代班长了",
        "“{team}”从{from}到{to}有人代班长带班。请打开“我的班组”查看是谁。",
    ),
    "team.acting_offered": Kind(
        "有人请您当代班长",
        "“{team}”的班组长请您从{from}到{to}代班。请打开“我的班组”，同意或者拒绝。",
        template=Template.TEAM,
    ),
    "team.handed_over": Kind(
        "您的班组换了班组长",
        "您所在的班组换了班组长。请打开“我的班组”查看。",
    ),
    "team.handover_offered": Kind(
        "有人请您当班组长",
        "您的班组长想把班组交给您。请打开“我的班组”，同意就接手，不同意就拒绝。",
        template=Template.TEAM,
    ),
    "team.joined": Kind(
        "有人加入了您的班组",
        "有人用邀请码加入了“{team}”。请打开“我的班组”核对，不认识的可以移出。",
    ),
    "team.left": Kind(
        "有人退出了您的班组",
        "有人退出了“{team}”。请打开“我的班组”核对人数。",
    ),
    "team.nicknamed": Kind(
        "您的班组给您起了小名",
        "“{team}”给您起了小名，只有班组里的人看得到。请打开“我的班组”查看，不喜欢可以去掉。",
    ),
    "team.removed": Kind(
        "您退出了一个班组",
        "班组长把您移出了班组。您的出勤和工资记录都在，不对请先问班组长。",
    ),
    "training.finished": Kind(
        "您学完了一门课",
        "您 {date} 学完一门课，“{project}”记 {hours} 学时。请打开“培训”看您的记录。",
    ),
    "training.open": Kind(
        "有新课等您学",
        "“{enterprise}”开了“{course}”。请打开看看，有空就学，退出也不丢学时。",
    ),
    "training.recorded": Kind(
        "给您记了一次培训",
        "“{enterprise}”登记您 {date} 在“{project}”参加培训，{hours} 学时。没去过请联系项目部更正。",
    ),
    "verification.needs_review": Kind(
        "您的登记要人工核验",
        "您的资料要由工作人员人工核验。请等通知，不用重复提交。",
    ),
    "verification.refused": Kind(
        "您的实名核验没有通过",
        "您的实名核验没有通过。{reason}",
        sms=True,
        must=Must.IDENTITY,
        template=Template.IDENTITY,
    ),
    "verification.verified": Kind(
        "您的实名核验通过了",
        "您的实名核验通过了，实名核验码已经有了。请打开“我的实名码”查看。",
        sms=True,
        must=Must.IDENTITY,
        template=Template.IDENTITY,
    ),
    "workday.auto_confirmed": Kind(
        "您的出勤自动确认了",
        "“{project}”{date}的出勤，单位 3 天没有处理，已按 {units} 个工自动确认。不对可以提异议。",
    ),
    "workday.auto_confirmed_unasked": Kind(
        "有出勤过期自动确认了",
        "“{project}”{date}有一名工人的出勤 3 天没有处理，已自动确认。有异议请在 7 天内写明原因。",
    ),
    "workday.confirmed": Kind(
        "您的出勤确认了",
        "“{project}”{date}的出勤已确认，记 {units} 个工。不对请打开这一天提异议。",
    ),
    "workday.contested": Kind(
        "单位对您的出勤有异议",
        "“{project}”{date}的出勤自动确认后，单位提出了异议。请打开这一天看原因，不同意就提异议。",
        sms=True,
        must=Must.DISPUTE,
        template=Template.ATTENDANCE,
    ),
    "workday.corrected": Kind(
        "有工人补卡，请核对",
        "“{project}”{date}有一名工人补了卡。请打开待确认的出勤核对，3 天不处理会自动确认。",
    ),
    "workday.disputed": Kind(
        "有工人对出勤有异议",
        "“{project}”{date}有一名工人不同意出勤结果。请打开有异议的出勤看原因，再处理一次。",
    ),
    "workday.more_punches": Kind(
        "又收到您的打卡，记工没有变",
        "“{project}”{date}的出勤已有结论，记 {units} 个工，后来又收到打卡。"
        "请打开这一天看看，不对就提异议。",
    ),
    "workday.more_punches_taken": Kind(
        "已有结论的出勤又收到打卡",
        "“{project}”{date}有一名工人的出勤已有结论，后来又收到打卡。"
        "请打开这一天核对，要加工数就再确认一次。",
    ),
    "workday.rejected": Kind(
        "您有一天出勤没有通过",
        "“{project}”{date}的出勤单位没有认可。请打开这一天看原因，不同意就提异议。",
        sms=True,
        must=Must.DISPUTE,
        template=Template.ATTENDANCE,
    ),
    "workday.roll_called": Kind(
        "班组长给您点了名",
        "{leader}点名，给您登记了{date}在“{project}”上工。您没来或时间不对，请打开这一天看看。",
    ),
    "workday.settled": Kind(
        "您的出勤异议有结果了",
        "“{project}”{date}的出勤已有结果，记 {units} 个工。还不同意可以投诉。",
        sms=True,
        must=Must.DISPUTE,
        template=Template.ATTENDANCE,
    ),
    "workday.unanswered": Kind(
        "有工人的异议等您答复",
        "“{project}”{date}有一名工人的出勤，双方说法不同，3 天没有答复。"
        "请打开有异议的出勤处理。主管部门已经收到提醒。",
    ),
    "workday.unanswered_region": Kind(
        "有出勤异议单位没有答复",
        "“{enterprise}”在“{project}”{date}有一名工人的出勤，双方说法不同，单位 3 天没有答复。"
        "请打开出勤查看，督促处理。",
    ),
    "worker.account_moved": Kind(
        "您的登记换了登录账号",
        "您的身份证在另一个账号通过了实名核验，您的登记已转过去，这个账号已退出。"
        "如果不是您本人，请马上联系平台客服。",
        sms=True,
        must=Must.IDENTITY,
        urgent=True,
    ),
    "worker.code_annulled": Kind(
        "您的实名核验码已注销",
        "您的实名核验码已注销，不能再用。有疑问请带身份证到当地住建部门询问。",
        sms=True,
        must=Must.IDENTITY,
        template=Template.IDENTITY,
    ),
    "worker.code_frozen": Kind(
        "您的实名核验码已暂停",
        "您的实名核验码已暂停使用。请带身份证到当地住建部门问清楚，办好就能恢复。",
        sms=True,
        must=Must.IDENTITY,
        template=Template.IDENTITY,
    ),
    "worker.code_restored": Kind(
        "您的实名核验码已恢复",
        "您的实名核验码已恢复，可以照常使用。",
        sms=True,
        must=Must.IDENTITY,
        template=Template.IDENTITY,
    ),
    "worker.corrected": Kind(
        "您的登记资料有更正",
        "工作人员更正了您的登记资料。请打开“个人信息”核对，不对就提出来。",
    ),
    "worker.merged": Kind(
        "您的两份登记合在一起了",
        "您有过两份登记，现在合成了一份，记录都在。请打开“个人信息”核对。",
    ),
    "worklog.kept": Kind(
        "对方核对了记工，要留自己的",
        "“{team}”{date} 的记工，对方看过差异，留他自己的。请打开“记工”看看，和他当面说清楚。",
    ),
    "worklog.leader_template": Kind(
        "班组长改了您的工价约定",
        "“{team}”的班组长定了您一个工多少小时、多少钱。请打开看看，一样就用他的，不一样和他说。",
    ),
    "worklog.leader_wrote": Kind(
        "班组长记了您的工",
        "“{team}”的班组长记了您 {count} 笔，最近的是 {date}。请打开“记工”核对，不对就留自己的。",
    ),
    "worklog.leader_wrote_money": Kind(
        "班组长记了您的借支或结算",
        "“{team}”的班组长记了您 {count} 笔，里面有借支或结算，最近的是 {date}。请打开“记工”核对。",
    ),
    "worklog.worker_template": Kind(
        "有工人改了工价约定",
        "“{team}”有工人填了一个工多少小时、多少钱。请打开班组记工核对，不一样和他说。",
    ),
    "worklog.worker_wrote": Kind(
        "班组里有人记了工",
        "“{team}”有 {people} 人记了 {count} 笔，最近的是 {date}。请打开班组记工核对。",
    ),
}
