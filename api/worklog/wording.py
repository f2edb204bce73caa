"""What a change of a book says, in words for people. Pure."""

from collections.abc import Mapping
from typing import Any

from api.kit import on_paper

KINDS = {
    "time": "点工", "piece": "包工", "piece_days": "包工记天", "advance": "借支",
    "settlement": "结算",
}  # fmt: skip
ACTS = {"added": "记上", "changed": "改了", "removed": "删掉", "recounted": "按新工价重算"}
FIGURES = (
    ("units", "{} 个工"), ("hours", "{} 小时"), ("overtime_hours", "加班 {} 小时"),
    ("quantity", "数量 {}"),
)  # fmt: skip


def change(said: Mapping[str, Any]) -> str:
    """What an entry said from then on, see `counting.said`: what it does not say is left out."""
    parts = [KINDS.get(said.get("kind", ""), on_paper.OTHER)]
    if said.get("day"):
        parts.append(on_paper.dated(said["day"]))
    parts += [how.format(said[name]) for name, how in FIGURES if said.get(name, "0") != "0"]
    if said.get("amount_fen") is not None:
        parts.append(on_paper.yuan(said["amount_fen"]))
    if said.get("note"):
        parts.append(f"备注：{said['note']}")
    return "，".join(parts)
