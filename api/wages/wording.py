"""What a line says, in words for people: on payslips and in what proves it. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from api.kit import on_paper

PAY_KINDS = {"month": "按月", "day": "按天", "hour": "按小时", "piece": "按件"}
ITEMS = {
    "basic": "基本工资", "piece": "计件", "overtime": "加班", "bonus": "奖金", "back_pay": "补发",
    "deduction": "扣款", "advance": "借支扣回",
}  # fmt: skip
SHEETS = {"monthly": "工资", "settlement": "结算", "back_pay": "补发"}


def days(of: Iterable[Any]) -> str:
    """The days of a line: 10月31日：1 个工（加班 2 小时），11月1日：0.5 个工."""
    return "，".join(_day(*each) for each in of)


def _day(on: str, units: str, overtime: str) -> str:
    more = f"（加班 {overtime} 小时）" if overtime != "0" else ""
    return f"{on_paper.short_day(date.fromisoformat(on))}：{units} 个工{more}"


def version(shown: Mapping[str, Any]) -> str:
    """What a line said, see `showing.shown`, without the ids that stand in it for names."""
    sums = "，".join(
        f"{called} {on_paper.yuan(shown[name])}"
        for called, name in (("应发", "gross_fen"), ("应扣", "deducted_fen"), ("实发", "net_fen"))
    )
    parts = (
        f"工资单 {shown['sheet']}，第 {shown['version']} 版",
        f"{on_paper.month(shown['month'])}{SHEETS.get(shown['kind'], on_paper.OTHER)}，"
        f"{on_paper.dated(shown['from'])}至{on_paper.dated(shown['to'])}，"
        f"应在{on_paper.dated(shown['pay_on'])}前发",
        _terms(shown["terms"]),
        f"一共 {shown['units']} 个工，{shown['hours']} 小时，加班 {shown['overtime_hours']} 小时",
        f"每天的工：{days(shown['days'])}" if shown["days"] else "没有记到天的工",
        *(_item(each) for each in shown["items"]),
        sums,
    )
    return "；".join(parts) + "。"


def _terms(terms: Mapping[str, Any]) -> str:
    if terms["pay_kind"] is None:
        return "没有计酬约定"
    parts = [PAY_KINDS.get(terms["pay_kind"], on_paper.OTHER)]
    if terms["rate_fen"] is not None:
        parts.append(f"单价 {on_paper.yuan(terms['rate_fen'])}")
    parts.append(f"{terms['unit_hours']} 小时一个工")
    if terms["overtime_fen"] is not None:
        parts.append(f"加班每小时 {on_paper.yuan(terms['overtime_fen'])}")
    elif terms["overtime_percent"] is not None:
        parts.append(f"加班按 {terms['overtime_percent']}%")
    return "，".join(parts)


def _item(item: Mapping[str, Any]) -> str:
    how = ""
    if item["quantity"] is not None:
        price = item["price_fen"]
        each = f" × {on_paper.yuan(price)}" if price is not None else ""
        how = f"（{item['quantity']} {item['unit']}{each}）"
    note = f"，{on_paper.dated(item['note'])}" if item["note"] else ""
    called = ITEMS.get(item["kind"], on_paper.OTHER)
    return f"{called} {on_paper.yuan(item['amount_fen'])}{how}{note}"
