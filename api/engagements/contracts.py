"""合同: an office makes a contract from the template, the worker signs it and keeps a copy.

The exact words are kept sealed with a keyed digest of them, so that a changed word shows.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.codes import service as codes
from api.engagements import queries
from api.engagements.access import locked
from api.engagements.contract_schemas import ContractIn, SignatureForm
from api.engagements.contract_text import VERSION, Terms, text_of
from api.engagements.errors import (
    ContractClosed,
    ContractTerm,
    NoSuchContract,
    NotEmployer,
    OtherText,
    SignatureMissing,
    WrongStep,
)
from api.engagements.models import Contract, ContractState, Engagement, State
from api.engagements.rules import is_late
from api.enterprises import service as enterprises
from api.files import service as files
from api.files.errors import NoSuchFile
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.actor import SYSTEM, Actor
from api.kit.crypto import keyring
from api.kit.errors import FieldError
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission
from api.projects import service as projects
from api.teams.schemas import trade_name
from api.workers import service as workers
from api.workers.models import Worker

CREATE = Permission.ENTERPRISE_CONTRACTS_CREATE
READ = Permission.ENTERPRISE_CONTRACTS_READ
KEPT = timedelta(days=3653)
"""How long a drawn signature is kept; the law asks for two years after the contract's end."""
DEFAULT_PAY_DAY = 20


async def offer(actor: Actor, project_id: UUID, engagement_id: UUID, given: ContractIn) -> Contract:
    """The contract, which waits for the worker's signature; he is told.

    NoSuchEngagement, NotEmployer, WrongStep once he left, CodeNotActive, ContractTerm.
    """
    _require_term(given)
    async with transaction():
        period = await locked(actor, project_id, engagement_id, CREATE)
        if not scope_of(actor, CREATE).has_tenant(period.enterprise_id):
            raise NotEmployer
        if not State(period.state).open:
            raise WrongStep
        worker = await workers.by_code(period.worker_code)
        row = await _new(actor, period, worker, given)
        audit.record(
            actor, Tag.CONTRACT_OFFERED, ("contract", row.id), tenant_id=row.enterprise_id,
            worker=str(row.worker_id), project=str(row.project_id), template=row.template,
        )  # fmt: skip
        if worker.account_id is not None:
            params = {"enterprise": str(row.enterprise_id), "project": str(row.project_id)}
            about = ("contract", row.id)
            notices.tell(actor, worker.account_id, "contract.offered", params, about=about)
    return row


def _require_term(given: ContractIn) -> None:
    reversed_term = given.ends_on is not None and given.ends_on < given.starts_on
    if reversed_term or (given.paper_signed_on and given.paper_signed_on > clock.today()):
        path = "ends_on" if reversed_term else "paper_signed_on"
        raise ContractTerm(errors=(FieldError(path, ContractTerm.code, ContractTerm.detail),))


async def _new(actor: Actor, period: Engagement, worker: Worker, given: ContractIn) -> Contract:
    row_id = new_id()
    project = await projects.find(period.project_id)
    pay_day = given.pay_day or (project.pay_day if project else None) or DEFAULT_PAY_DAY
    text = text_of(await _terms(actor, row_id, period, worker, given, pay_day))
    today = clock.today()
    return await Contract.create(
        id=row_id,
        worker_id=period.worker_id,
        project_id=period.project_id,
        enterprise_id=period.enterprise_id,
        contractor_id=period.contractor_id,
        region=period.region,
        kind=given.kind.value,
        template=f"{given.kind.value}-{VERSION}",
        text=Personal.of(Kind.TEXT, text),
        digest=keyring().digest(text.encode()),
        pay_kind=given.pay_kind.value,
        pay_fen=given.pay_fen,
        pay_day=pay_day,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        paper_signed_on=given.paper_signed_on,
        late=is_late(given.paper_signed_on or today, today),
        made_by=actor.account_id,
    )


async def _terms(
    actor: Actor,
    row_id: UUID,
    period: Engagement,
    worker: Worker,
    given: ContractIn,
    pay_day: int,
) -> Terms:
    firm = await enterprises.require_verified(period.enterprise_id)
    project = await projects.find(period.project_id)
    subject = ("contract", row_id)

    def plain(value: Personal | None) -> str:
        return audit.reveal(actor, value, Purpose.CONTRACT, subject) if value else "（没有登记）"

    return Terms(
        number=str(row_id),
        kind=given.kind,
        enterprise=firm.name,
        credit_code=firm.credit_code,
        name=plain(worker.name),
        id_number=plain(worker.number),
        address=plain(worker.address),
        project=project.name if project else "",
        place=(project.address if project else "") or codes.region_name(period.region) or "",
        trade=trade_name(period.trade),
        pay_kind=given.pay_kind,
        pay_fen=given.pay_fen,
        pay_day=pay_day,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        paper_signed_on=given.paper_signed_on,
    )


async def withdraw(actor: Actor, project_id: UUID, contract_id: UUID) -> Contract:
    """The contract is off; the same again changes nothing.

    NoSuchContract, NotEmployer, ContractClosed.
    """
    async with transaction():
        rows = queries.visible(Contract, actor, CREATE)
        found = rows.filter(id=contract_id, project_id=project_id)
        row = await found.select_for_update().first()
        if row is None:
            raise NoSuchContract
        if not scope_of(actor, CREATE).has_tenant(row.enterprise_id):
            raise NotEmployer
        if row.state == ContractState.WITHDRAWN:
            return row
        if row.state != ContractState.OFFERED:
            raise ContractClosed
        row.state = ContractState.WITHDRAWN.value
        await row.save(update_fields=["state"])
        audit.record(
            actor, Tag.CONTRACT_WITHDRAWN, ("contract", row.id), tenant_id=row.enterprise_id
        )
    return row


@dataclass(frozen=True, slots=True)
class Copy:
    """A contract with its exact words; `intact`: they are what was digested when it was made."""

    row: Contract
    text: str = field(repr=False)
    intact: bool

    @property
    def sha256(self) -> str:
        """What anybody computes from the words."""
        return sha256(self.text.encode()).hexdigest()


async def own_copy(actor: Actor, contract_id: UUID) -> Copy:
    """The worker's own copy. NoSuchContract for another's."""
    async with transaction():
        return _copy(actor, await _own(actor, contract_id))


async def employers_copy(actor: Actor, project_id: UUID, contract_id: UUID) -> Copy:
    """The employer's copy, the other of the two; who looks at it is written down.

    NoSuchContract, NotEmployer for a contractor: the words name the worker in full.
    """
    async with transaction():
        rows = queries.visible(Contract, actor, READ)
        row = await rows.filter(id=contract_id, project_id=project_id).first()
        if row is None:
            raise NoSuchContract
        if not scope_of(actor, READ).has_tenant(row.enterprise_id):
            raise NotEmployer
        await workers.refuse_erased(row.worker_id)
        return _copy(actor, row, Purpose.SHOW_STAFF)


async def copies_of(worker_ids: Collection[UUID]) -> list[Copy]:
    """All contracts of a worker in full, for what he takes away."""
    async with transaction():
        rows = await Contract.filter(worker_id__in=worker_ids).order_by("id")
        return [_copy(SYSTEM, row, Purpose.EXPORT) for row in rows]


async def strokes(row: Contract) -> bytes | None:
    """The drawn signature; None when there is none, or its term is over."""
    if row.strokes_file_id is None:
        return None
    try:
        return await files.read(row.strokes_file_id)
    except NoSuchFile:
        return None


def _copy(actor: Actor, row: Contract, purpose: Purpose = Purpose.SHOW_OWNER) -> Copy:
    text = audit.reveal(actor, row.text, purpose, ("contract", row.id))
    return Copy(row, text, keyring().digest(text.encode()) == row.digest)


async def _own(actor: Actor, contract_id: UUID, *, lock: bool = False) -> Contract:
    worker = await workers.of_account(actor.id)
    rows = queries.own_contracts(worker.id).filter(id=contract_id) if worker else None
    if rows is None:
        raise NoSuchContract
    row = await (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NoSuchContract
    return row


async def sign(actor: Actor, contract_id: UUID, given: SignatureForm) -> Contract:
    """The contract, signed by the worker himself; signing again changes nothing.

    NotVerified, NoSuchContract, SignatureMissing, BadPhoto, OtherText when he read other words,
    ContractClosed once it was withdrawn.
    """
    if given.strokes is None and not given.confirmed:
        fault = FieldError("strokes", SignatureMissing.code, SignatureMissing.detail)
        raise SignatureMissing(errors=(fault,))
    row = await _own(actor, contract_id)
    await workers.worker_of(actor)
    strokes_id = None
    if given.strokes is not None and row.state == ContractState.OFFERED:
        content = await files.clean(actor, given.strokes, field="strokes")
        strokes_id = await files.store(content, FilePurpose.EVIDENCE, account_id=actor.id)
    async with transaction():
        return await _signed(actor, contract_id, given.sha256, strokes_id)


async def _signed(
    actor: Actor, contract_id: UUID, read: str | None, strokes_id: UUID | None
) -> Contract:
    row = await _own(actor, contract_id, lock=True)
    if row.state == ContractState.SIGNED:
        return row
    if row.state != ContractState.OFFERED:
        raise ContractClosed
    copy = _copy(actor, row)
    if not copy.intact or read not in (None, copy.sha256):
        raise OtherText
    row.state, row.signed_at = ContractState.SIGNED.value, clock.now()
    row.strokes_file_id = strokes_id
    await row.save(update_fields=["state", "signed_at", "strokes_file_id"])
    await files.keep_until([strokes_id], clock.now() + KEPT)
    audit.record(
        actor, Tag.CONTRACT_SIGNED, ("contract", row.id), tenant_id=row.enterprise_id,
        digest=row.digest, drawn=strokes_id is not None,
    )  # fmt: skip
    if row.made_by is not None:
        params = {"project": str(row.project_id)}
        notices.tell(actor, row.made_by, "contract.signed", params, about=("contract", row.id))
    return row
