"""The outside systems of this process, in one place; `None` where none is set up."""

from dataclasses import dataclass

from api.integrations.bank.client import BankClient
from api.integrations.sms.sender import SmsSender
from api.integrations.storage import Storage
from api.integrations.wechat import MiniProgram, OfficialAccount
from verification.ports import CardReader, FaceCheck, IdentityCheck


@dataclass(frozen=True, slots=True)
class Adapters:
    """What the features call outside. Without providers people check by hand."""

    storage: Storage
    sms: SmsSender | None = None
    wechat: MiniProgram | None = None
    official_account: OfficialAccount | None = None
    card_reader: CardReader | None = None
    face_check: FaceCheck | None = None
    identity_check: IdentityCheck | None = None
    bank: BankClient | None = None


_adapters: Adapters | None = None


def use(adapters: Adapters) -> None:
    """Make `adapters` those of this process."""
    global _adapters
    _adapters = adapters


def outside() -> Adapters:
    """The process's adapters. RuntimeError before `use`."""
    if _adapters is None:
        raise RuntimeError("no adapters in use")
    return _adapters
