"""内容检查: what the enterprise may read. It never hinders a filing, and fails closed.

The text goes to WeChat's content check where the mini-program and the person's openid are known;
otherwise, and when that gives no answer, our own rule decides. What does not pass is held until an
officer of the region has looked. Numbers and his own name are masked in every case.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.complaints import rules, steps
from api.complaints.models import Complaint
from api.complaints.rules import Body, Check
from api.integrations.adapters import outside
from api.integrations.http import UpstreamError
from api.integrations.wechat import MiniProgram
from api.integrations.wechat.mini_program import Scene, Verdict
from api.kit.actor import SYSTEM, Actor
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.workers import service as workers


class ContentCheck(Protocol):
    """Whether a text may be shown to others without a person looking first."""

    async def passes(self, text: str) -> bool:
        """True only for a text that is sure to do no harm."""


class OwnRule:
    """Threats, links and wordless complaints are for a person."""

    async def passes(self, text: str) -> bool:
        """True for words without any of them."""
        return not rules.is_doubtful(text)


@dataclass(frozen=True, slots=True)
class WechatCheck:
    """WeChat's msgSecCheck in the person's name, and our own rule besides."""

    wechat: MiniProgram
    openid: str

    async def passes(self, text: str) -> bool:
        """True when neither sees anything; our own word alone when WeChat gives none."""
        if not await OwnRule().passes(text):
            return False
        try:
            verdict = await self.wechat.check_text(self.openid, Scene.FORUM, text)
        except UpstreamError:
            return True
        return verdict is Verdict.PASS


async def check(complaint_id: UUID) -> None:
    """The text is passed and its masked form kept, or held for the region. Again: nothing."""
    row = await Complaint.get_or_none(id=complaint_id)
    if row is None or row.content is not Check.WAITING or row.addressee is Body.AUTHORITY:
        return
    async with transaction():
        words = await masked(SYSTEM, row)
        checker = await _checker(row)
    # No outside call within a transaction.
    passes = await checker.passes(words)
    async with transaction():
        row = await Complaint.filter(id=complaint_id).select_for_update().get()
        if row.content is Check.WAITING:
            await _decide(row, words, passes)


async def _decide(row: Complaint, words: str, passes: bool) -> None:
    row.content = Check.PASSED if passes else Check.HELD
    row.shown_text = Personal.of(Kind.TEXT, words) if passes else None
    await row.save(update_fields=["content", "shown_text"])
    if not passes:
        await steps.tell_region(SYSTEM, row, "complaint.held_region")
    audit.record(
        SYSTEM, Tag.COMPLAINT_CONTENT_DECIDED, ("complaint", row.id),
        decision="show" if passes else "hold",
    )  # fmt: skip


async def masked(actor: Actor, row: Complaint) -> str:
    """Its text as the enterprise may read it; empty without any. In a running transaction."""
    if row.text is None:
        return ""
    subject = ("complaint", row.id)
    worker = await workers.require(row.worker_id)
    own = [audit.reveal(actor, worker.name, Purpose.COMPLAINT, subject), worker.code or ""]
    return rules.masked(audit.reveal(actor, row.text, Purpose.COMPLAINT, subject), own)


async def shown(actor: Actor, row: Complaint) -> Personal | None:
    """The same to be kept; None without any words."""
    words = await masked(actor, row)
    return Personal.of(Kind.TEXT, words) if words else None


async def _checker(row: Complaint) -> ContentCheck:
    """WeChat's check where it can be asked of this person, else our own rule."""
    wechat, openid = outside().wechat, await accounts.openid_of(row.account_id)
    if wechat is None or openid is None:
        return OwnRule()
    subject = ("complaint", row.id)
    return WechatCheck(wechat, audit.reveal(SYSTEM, openid, Purpose.COMPLAINT, subject))
