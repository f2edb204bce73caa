"""A well-formed request to each operation that needs more than its address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from api.kit import clock
from tests.api.attendance.sites import punch
from tests.api.collecting import crew
from tests.api.complaints import complained
from tests.api.conduct import conducted
from tests.api.engagements.site import CONTRACT
from tests.api.enterprises.firms import application, credit_code
from tests.api.matrix_world import OTHER, ZHANG, World, photo
from tests.api.payroll import listed
from tests.api.profiles import profiled
from tests.api.projects.sites import DRAWING, POLICY, STANDARD, details, post, today, unit
from tests.api.training.classes import QUIZ, RIGHT
from tests.api.training.test_sessions import body as session
from tests.api.training.test_training import certificate, training
from tests.api.wages import sheeted
from tests.cast import FIRM_A
from tests.specimens import courseware

Options = dict[str, Any]
REASON = {"reason": "核对材料"}
CODE = {"code": "123456"}
LOGIN = {"method": "password", "username": "nobody.here", "password": "not-the-right-one"}
CONTACT = {"address": "样例路3号", "contact_name": "李样本", "contact_phone": "13900000097"}


def body(**values: Any) -> Callable[[World], Options]:
    """A JSON body, the same in every world."""
    return lambda _: {"json": values}


def upload(*names: str, **values: str) -> Callable[[World], Options]:
    """A form with a photo under each name."""
    return lambda _: {
        "files": {name: ("photo.jpg", photo(), "image/jpeg") for name in names},
        "data": values,
    }


def sheet(_: World) -> Options:
    """A file of one worker for firm A."""
    table = crew.as_csv(crew.rows(1, first=40))
    return {
        "files": {"file": ("workers.csv", table, "text/csv")},
        "data": {"enterprise_id": str(FIRM_A)},
    }


def punched(world: World) -> dict[str, Any]:
    """A punch within the fence, another one each time."""
    return punch(str(world.ids["project_id"]))


def correction(world: World) -> Options:
    """A punch that was forgotten a minute ago."""
    moment = (clock.now() - timedelta(minutes=1)).isoformat()
    body = {"project_id": str(world.ids["project_id"]), "direction": "out", "at": moment}
    return {"json": {**body, "reason": "手机没电"}}


def confirmation(world: World) -> Options:
    """The officer's word on the one day."""
    one = {"workday_id": str(world.ids["workday_id"]), "decision": "confirm", "units": "1"}
    return {"json": {"decisions": [one]}}


def entry(world: World, **changed: Any) -> dict[str, Any]:
    """One unit of work of today."""
    body = {"kind": "time", "project_id": str(world.ids["project_id"]), "day": today()}
    return {**body, "units": "1", **changed}


def own_entry(world: World) -> Options:
    """The same in one's own book."""
    return {"json": {**entry(world), "team_id": str(world.ids["team_id"])}}


def roll(world: World) -> Options:
    """The roll of today, of one member."""
    marks = [{"member_id": str(world.ids["mate_id"])}]
    place = {"project_id": str(world.ids["project_id"]), "day": today()}
    return {"json": {**place, "marks": marks}}


def terms(world: World) -> Options:
    """How Zhang is paid from today on."""
    place = {name: str(world.ids[name]) for name in ("worker_id", "project_id")}
    pay = {"pay_kind": "day", "rate_fen": 30000, "effective_from": today()}
    return {"json": {**place, **pay}}


def wage_sheet(world: World) -> Options:
    """A sheet of this month."""
    return {"json": {"project_id": str(world.ids["project_id"]), "month": today()[:7]}}


def wage_table(world: World) -> Options:
    """The sheet's own table, unchanged."""
    return {"files": {"table": ("sheet.csv", sheeted.table(world.ids), "text/csv")}}


def account_entry(_: World) -> Options:
    """Labour cost that came in, with the bank's slip."""
    said = {"kind": "labour_cost_in", "amount_fen": "100", "on": today()}
    return {"data": said, "files": {"scan": ("s.jpg", photo(), "image/jpeg")}}


def agreement(_: World) -> Options:
    """An agreement with the bank, and its scan."""
    said = {"number": "DF-2", "parties": "样例总包、样例银行", "starts_on": today()}
    return {"data": said, "files": {"scan": ("s.jpg", photo(), "image/jpeg")}}


FIRM = {"enterprise_id": str(FIRM_A)}
REQUESTS: dict[str, Callable[[World], Options]] = {
    "accident_office.answer_accident": body(act="handled", note="已送医院检查。"),
    "accident_office.open_accident_contacts": body(reason="联系家属"),
    "accident_office.report_office_accident": lambda world: profiled.said(
        engagement_id=world.ids["engagement_id"]
    ),
    "accidents.claim_injury": body(number="样例认定2026-1"),
    "accidents.put_first_contact": body(**profiled.CONTACT),
    "accidents.put_second_contact": body(**profiled.CONTACT),
    "accidents.report_accident": lambda world: profiled.said(project_id=world.ids["project_id"]),
    "accounts.activate": body(
        username="nobody.here", activation_code="a" * 32, password="correct horse battery"
    ),
    "accounts.bind_wechat": body(code="abc"),
    "accounts.change_password": body(password="correct horse battery"),
    "accounts.confirm_second_factor": body(**CODE),
    "accounts.decide_consent": body(version="2026-11", granted=True),
    "accounts.give_second_factor": body(**CODE),
    "accounts.jsapi_signature": lambda _: {"params": {"url": "http://127.0.0.1:8000/h5/"}},
    "accounts.log_in": body(**LOGIN),
    "accounts.prove_again": body(**LOGIN),
    "accounts.send_sms_code": body(phone="13900000088"),
    "accounts.set_pin": body(pin="270815"),
    "accounts.unlock_session": body(pin="270815"),
    "accounts.set_phone": body(phone="13900000088", **CODE),
    "accounts.set_phone_by_wechat": body(code="abc"),
    "accounts.wechat_oauth_url": lambda _: {"params": {"return_path": "/h5/"}},
    "attendance.add_punch_photo": upload("photo"),
    "attendance.correct": correction,
    "attendance.dispute_workday": body(reason="那天我干满了"),
    "attendance.punch": lambda world: {"json": punched(world)},
    "attendance.punch_batch": lambda world: {"json": {"punches": [punched(world)]}},
    "attendance.put_punch_settings": body(automatic=True),
    "attendance_office.decide_workdays": confirmation,
    "attendance_office.show_site_code": body(gate="north"),
    "bank_strays.handle_stray": body(note="银行已更正。"),
    "card_office.issue_card": lambda world: {
        "json": {
            "worker_code": world.words["other_code"], "number": profiled.FRESH, **FIRM,
            "bank_name": "样例银行",
        }
    },
    "card_office.replace_card": body(number=profiled.FRESH, **REASON),
    "card_office.report_loss": body(**REASON),
    "card_office.take_back_card": body(**REASON),
    "cards.look_up_card": body(number=profiled.CARD),
    "collecting.collect_worker": lambda _: {"json": crew.body(30, **FIRM)},
    "collecting.decide_link": body(decision="confirm"),
    "funds.add_agreement": agreement,
    "funds.add_entry": account_entry,
    "funds.add_guarantee": lambda _: {
        "json": {
            "kind": "deposit", "amount_fen": 100, "ratio": "1.5", "number": "B-2",
            "issued_by": "样例银行", "valid_to": today(300),
        }
    },
    "funds.open_account": lambda _: {
        "json": {"bank_code": "105", "number": "510501234567890123", "opened_on": today()}
    },
    "payslips.confirm_payslip": lambda world: {"json": {"digest": world.words["digest"]}},
    "payslips.object_to_payslip": lambda _: {"files": {"words": (None, "少算了一天。")}},
    "payslips.say_card": body(in_hand=True),
    "payslips.share_payslip": body(days=1),
    "payslips.sign_payslip": lambda world: {
        "data": {"digest": world.words["digest"]},
        "files": {"strokes": ("s.jpg", photo(), "image/jpeg")},
    },
    "wages.answer_contest": body(outcome="upheld", answer="打卡只有这些。"),
    "wages.audit_sheet": body(),
    "wages.correct_line": body(
        add=[{"kind": "bonus", "amount_fen": 1, "note": "补贴"}], reason="核对"
    ),
    "wages.explain_unsigned": body(reason="本人电话同意"),
    "wages.list_paid": lambda world: {"params": {"project_id": str(world.ids["project_id"])}},
    "wages.make_sheet": wage_sheet,
    "wages.put_sheet": wage_table,
    "wages.return_sheet": body(**REASON),
    "wages.set_terms": terms,
    "wages.void_sheet": body(**REASON),
    "complaint_office.answer_office_complaint": body(answer="已经补发，请核对。"),
    "complaint_oversight.answer_region_complaint": body(answer="企业已经补发。"),
    "complaint_oversight.close_complaint": body(note="办结。"),
    "complaint_oversight.decide_content": body(decision="show"),
    "complaint_oversight.handle_complaint": body(note="已到工地核对。"),
    "complaint_oversight.transfer_complaint": body(region="510104", reason="归那边管。"),
    "kept_identities.open_kept_identity": body(document="样例〔2026〕1号", reason="核查欠薪"),
    "complaints.decide_complaint": body(decision="escalate"),
    "complaints.file_complaint": lambda world: complained.form(str(world.ids["project_id"])),
    "conduct.make_statement": lambda _: conducted.words(),
    "conduct.ask_review": body(text="请看看我的分。"),
    "conduct.contest_evaluation": body(text="那天我不在。"),
    "conduct_office.make_statement": lambda _: conducted.words(),
    "conduct_office.evaluate": lambda world: conducted.evaluation(
        world.ids["project_id"], world.ids["worker_id"], "2026-01"
    ),
    "conduct_office.propose_conduct": lambda world: conducted.form(
        world.ids["project_id"], world.ids["worker_id"]
    ),
    "conduct_office.settle_evaluation": body(decision="keep", **REASON),
    "conduct_office.withdraw_conduct": body(**REASON),
    "conduct_oversight.answer_score_review": body(answer="核对过了。", points=2),
    "conduct_oversight.decide_conduct": body(decision="uphold", **REASON),
    "conduct_oversight.open_conduct": lambda world: conducted.form(
        world.ids["project_id"], world.ids["worker_id"]
    ),
    "conduct_oversight.rule_on_appeal": body(granted=False, **REASON),
    "conduct_oversight.rule_on_repair": body(granted=False, **REASON),
    "courses.add_courseware": lambda _: {
        "files": {"file": ("a.pdf", courseware.pdf(), "application/pdf")},
        "data": {"title": "样例课件", "minutes": "5"},
    },
    "courses.add_quiz": body(**QUIZ),
    "courses.change_draft": body(title="样例课", kind="yearly", pass_mark=60, tries=3),
    "courses.create_course": body(title="样例课", kind="entry", **FIRM),
    "engagement_office.change_team": body(team_id=None),
    "engagement_office.enter": body(),
    "engagement_office.leave": body(settled=False),
    "engagement_office.offer_contract": body(**CONTRACT),
    "engagement_office.register_worker": lambda world: {
        "json": {"worker_code": world.words["other_code"], "trade": "020"}
    },
    "engagement_office.settle": body(settled=True),
    "engagement_oversight.publish_entry_rule": lambda _: {
        "json": {
            "region": "510107", "effective_from": today(1), "training_hours": "15", "bands": [],
            "source": "样例文件〔2026〕1号",
        }
    },
    "engagements.sign_contract": lambda _: {"files": {"confirmed": (None, "true")}},
    "enterprise_oversight.correct_enterprise": body(address="样例路9号", **REASON),
    "enterprise_oversight.decide_enterprise": body(decision="freeze", **REASON),
    "enterprise_oversight.put_enterprise_master": body(
        credit_code=credit_code(70), name="样例七十公司", region="510107", source="工商",
        as_of="2026-11-01",
    ),
    "enterprise_oversight.reveal_enterprise": body(**REASON),
    "enterprises.change_contact": body(**CONTACT),
    "enterprises.change_qualifications": body(items=[]),
    "enterprises.put_licence": upload("licence"),
    "enterprises.submit_enterprise": body(**application(80)),
    "files.show_file": lambda _: {"params": {"expires": "1", "signature": "A" * 43}},
    "group_sessions.add_session_photo": upload("photo"),
    "group_sessions.record_session": lambda world: {
        "json": session(worker_ids=[str(world.ids["worker_id"])], **FIRM)
    },
    "insurance_office.add_insured_people": lambda world: {
        "json": {"engagement_ids": [str(world.ids["engagement_id"])]}
    },
    "insurance_office.end_policy": body(ends_on="2027-10-30"),
    "insurance_office.record_policy": lambda _: {
        "json": {**profiled.POLICY, "number": "PA2026-0002", "everybody": True}
    },
    "learning.answer_quiz": body(answers=RIGHT),
    "learning.beat": body(sequence=1),
    "notices.change_message_settings": body(quiet_at_night=True, text_messages=True),
    "notices.report_subscriptions": body(
        answers=[{"template_id": "demo-wage-template", "answer": "accept"}]
    ),
    "payroll.bring_receipt": lambda _: {
        "files": {"file": ("hp.csv", listed.receipt(), "text/csv")}
    },
    "payroll.handle_exception": body(note="已和银行核对。"),
    "payroll.pay_sheet": body(),
    "payroll.recover_advance": lambda _: {
        "json": {"amount_fen": 100, "on": today(), "note": "从进度款里扣回。"}
    },
    "platform.create_platform_staff": body(username="fresh.person", role="auditor"),
    "profile_oversight.decide_region_correction": body(decision="refuse", reason="照片看不清"),
    "profiles.ask_profile_correction": lambda _: profiled.asked(field="skill", skill="senior"),
    "profiles.share_resume": body(**profiled.RESUME),
    "project_figures.publish_standard": body(**(STANDARD | {"region": "510107"})),
    "projects.change_permits": body(items=[{"number": "样例许2026-1"}]),
    "projects.change_project": body(name="天府样例二期", category="01"),
    "projects.create_project": body(**details()),
    "projects.end_post": lambda _: {"json": {"ends_on": today()}},
    "projects.enter_unit": lambda _: {"json": unit(81)},
    "projects.give_post": lambda _: {"json": post("8")},
    "projects.leave_unit": lambda _: {"json": {"left_on": today()}},
    "projects.set_policy": lambda _: {"json": {**POLICY, "effective_from": today(1)}},
    "projects.set_status": lambda _: {"json": {"status": "005", "on": today()}},
    "reviews.decide_verification": body(decision="refuse", number="510107199001010010"),
    "sites.draw_fence": body(**DRAWING),
    # Never the version in force: nobody takes the fence from those who ask after him.
    "sites.end_fence": lambda _: {"params": {"version": "99"}},
    "sites.post_board_photo": upload("photo"),
    "sites.redraw_fence": body(**DRAWING, version=99),
    "staff.add_staff": body(username="fresh.officer", role="wage_officer"),
    "staff.give_role": body(role="project_manager"),
    "teams.call_member": body(nickname="小样"),
    "teams.form_team": body(name="样例木工班", trade="020"),
    "teams.invite": body(uses=3),
    "teams.name_acting_leader": lambda world: {
        "json": {
            "member_id": str(world.ids["member_id"]), "from_on": today(), "to_on": today(6),
        }
    },
    "teams.offer_handover": lambda world: {"json": {"member_id": str(world.ids["member_id"])}},
    "team_worklog.add_entries": lambda world: {
        "json": {"member_ids": [str(world.ids["mate_id"])], "entry": entry(world)}
    },
    "team_worklog.call_roll": roll,
    "team_worklog.put_team_templates": lambda world: {
        "json": {
            "member_ids": [str(world.ids["mate_id"])], "effective_from": today(), "unit_hours": "9",
        }
    },
    "training.record_certificate": lambda world: {
        "json": certificate(world.words["zhang_code"], **FIRM)
    },
    "training.record_training": lambda world: {
        "json": training(world.words["zhang_code"], **FIRM)
    },
    "worker_checks.check_consistency": body(
        **FIRM, id_number=OTHER.number, fields={"name": OTHER.name}
    ),
    "worker_checks.check_restriction": body(**FIRM, id_number=OTHER.number),
    "worker_imports.import_workers": sheet,
    "worker_oversight.add_restriction": body(
        credit_code=credit_code(56), region="510107", reason="order", document="样例2号",
        valid_from="2026-11-01",
    ),
    "worker_oversight.change_worker_code": body(action="freeze", **REASON),
    "worker_oversight.correct_worker": body(nation="藏", **REASON),
    "worker_oversight.end_restriction": body(**REASON),
    "worker_oversight.merge_worker": lambda world: {
        "json": {"into_id": str(world.ids["into_id"]), **REASON}
    },
    "worker_oversight.reveal_worker": body(**REASON),
    "worker_oversight.search_worker": body(id_number=ZHANG.number),
    "recovery.decide_recovery": body(decision="confirm"),
    "recovery.vouch": body(known=True),
    "workers.check_qr": body(text="GY1.nothing"),
    "workers.look_up_code": lambda world: {"json": {"code": world.words["zhang_code"]}},
    "workers.read_id_card": upload("front", "back"),
    "workers.register": lambda _: {
        "files": {"selfie": ("selfie.jpg", photo(), "image/jpeg")},
        "data": {"name": OTHER.name, "number": OTHER.number},
    },
    "workers.set_bank_card": body(number=OTHER.bank_card),
    "worklog.add_entry": own_entry,
    "worklog.change_entry": lambda world: {"json": entry(world, units="1.5")},
    "worklog.decide_line": body(book="worker", decision="keep"),
    "worklog.put_template": lambda _: {
        "json": {"effective_from": today(), "unit_hours": "9", "rate_fen": 30000}
    },
}  # fmt: skip
