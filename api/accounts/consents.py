"""同意: one consent per purpose, with the very text a person agreed to; never bundled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from hashlib import sha256
from uuid import UUID

from api.accounts.errors import ConsentMissing, ConsentOutdated
from api.accounts.models import Consent
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import jobs
from api.kit.actor import Actor
from api.kit.memo import GatheredMemo
from api.kit.transaction import transaction


@unique
class ConsentPurpose(StrEnum):
    """What a consent is for (PIPL art. 28–30; face: order 19 of 2025, art. 6)."""

    ID_CARD = "id_card"
    FACE = "face"
    LOCATION = "location"
    BANK_CARD = "bank_card"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What a person reads before he decides."""

    purpose: ConsentPurpose
    version: str
    title: str
    text: str

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text, kept with each decision."""
        return sha256(self.text.encode()).hexdigest()


TEXTS = {
    text.purpose: text
    for text in (
        ConsentText(
            ConsentPurpose.ID_CARD,
            "2026-11",
            "用身份证照片登记",
            "我们要拍您身份证的正反面，读出姓名、号码、住址和有效期，用来确认您是本人，"
            "给您发实名核验码。照片加密保存，核验完后最多留 30 天就删除。只有核验人员能看。"
            "不同意也可以：带身份证到项目部，请工作人员当面登记。您随时可以收回同意。",
        ),
        ConsentText(
            ConsentPurpose.FACE,
            "2026-11",
            "刷脸核对本人",
            "我们要拍一张您的自拍照，和公安部门留存的照片比对，确认是您本人。"
            "自拍照比对完马上删除，不留人脸特征。照片会经网络传给比对服务。"
            "不同意也可以：由两位工作人员人工核对，别的功能照常用。您随时可以收回同意。",
        ),
        ConsentText(
            ConsentPurpose.LOCATION,
            "2026-11",
            "打卡时用位置",
            "您点打卡的那一刻，我们读一次您的位置，看您在不在工地范围内，作为出勤的证明。"
            "不打卡的时候不读位置。不同意也可以：扫工地大门口的码，或请班长、劳资员登记。"
            "您随时可以收回同意。",
        ),
        ConsentText(
            ConsentPurpose.BANK_CARD,
            "2026-11",
            "用银行卡发工资",
            "我们要记下您的工资卡号，用来把工资直接打到您本人的卡上。卡号加密保存，"
            "别人只看得到后四位。不同意也可以：和用工单位商量用现金领工资。您随时可以收回同意。",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's newest word on a purpose; `at` None when he has not decided yet."""

    purpose: ConsentPurpose
    version: str
    granted: bool
    at: datetime | None


FOLLOWED = (ConsentPurpose.FACE, ConsentPurpose.ID_CARD)
"""Purposes of which something is deleted when their consent is taken back."""


async def decide(actor: Actor, *, purpose: ConsentPurpose, version: str, granted: bool) -> Decision:
    """Write down a person's word. ConsentOutdated unless he agrees to the text in force.

    Taking back the consent to the face or the card starts the deletion of what it had allowed.
    """
    text = TEXTS[purpose]
    if granted and version != text.version:
        raise ConsentOutdated
    async with transaction():
        row = await Consent.create(
            account_id=actor.id,
            purpose=purpose,
            version=text.version,
            text_hash=text.text_hash,
            granted=granted,
        )
        tag = Tag.CONSENT_GRANTED if granted else Tag.CONSENT_WITHDRAWN
        audit.record(actor, tag, ("account", actor.id), purpose=purpose, version=text.version)
        if purpose in FOLLOWED and not granted:
            jobs.enqueue(f"workers.{purpose}_withdrawn", account_id=actor.id)
        _granted.forget_after_commit(_key(actor.id, purpose))
    return Decision(purpose, row.version, granted, row.created_at)


async def decisions(account_id: UUID) -> list[Decision]:
    """The account's newest word on each purpose, in the order of `ConsentPurpose`."""
    rows = await Consent.filter(account_id=account_id).order_by("id")
    newest = {row.purpose: row for row in rows}
    return [
        Decision(
            purpose, newest[purpose].version, newest[purpose].granted, newest[purpose].created_at
        )
        if purpose in newest
        else Decision(purpose, TEXTS[purpose].version, False, None)
        for purpose in ConsentPurpose
    ]


async def has_consent(account_id: UUID, purpose: ConsentPurpose) -> bool:
    """Whether the account's newest word on the purpose is yes, to the text in force.

    Remembered for a minute, forgotten in every process when the account decides anew.
    """
    return bool(await _granted.of(_key(account_id, purpose)))


async def _newest(keys: Sequence[str]) -> Mapping[str, bool]:
    accounts = {key.partition(":")[0] for key in keys}
    found = dict.fromkeys(keys, False)
    rows = Consent.filter(account_id__in=accounts).order_by("id")
    for account, name, granted, text_hash in await rows.values_list(
        "account_id", "purpose", "granted", "text_hash"
    ):
        purpose = ConsentPurpose(name)
        found[_key(account, purpose)] = granted and text_hash == TEXTS[purpose].text_hash
    return found


_granted: GatheredMemo[bool] = GatheredMemo("consent", 60, _newest)


def _key(account_id: UUID, purpose: ConsentPurpose) -> str:
    return f"{account_id}:{purpose}"


async def require_consent(actor: Actor, purpose: ConsentPurpose) -> None:
    """Go on only with the actor's consent. ConsentMissing otherwise."""
    if not await has_consent(actor.id, purpose):
        raise ConsentMissing(
            f"要先同意“{TEXTS[purpose].title}”。请先看说明，再点同意；不同意也有别的办法。"
        )
