"""What entry asks for: contracts made from the template, trainings and certificates recorded."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.codes.service import Dictionary
from api.engagements import contracts, listing
from api.engagements.contract_schemas import ContractIn
from api.engagements.contract_text import PayKind
from api.engagements.schemas import EngagementOut
from api.kit import clock
from api.kit.actor import Actor
from api.kit.schemas import Form, Line
from api.permissions import Permission
from api.training import service as training
from api.training.schemas import CertificateIn, CertificateNumber, Day, Hours, Operation, TrainingIn
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View
from h5.views.enterprise.intake import WORKER, worker
from h5.views.enterprise.projects import Options, options
from h5.views.enterprise.workers import worker_page

CREATE, TRAIN = Permission.ENTERPRISE_CONTRACTS_CREATE, Permission.ENTERPRISE_TRAININGS_CREATE
Yuan = Annotated[Decimal, Field(gt=0, le=10**7, max_digits=10, decimal_places=2)]
KINDS = ("entry", "retraining", "post_change", "yearly")


class ContractForm(Form):
    """What is agreed, the wage in yuan."""

    kind: str
    pay_kind: PayKind
    pay_yuan: Yuan
    pay_day: Annotated[int, Field(ge=1, le=31)] | None = None
    starts_on: Day
    ends_on: Day | None = None
    paper_signed_on: Day | None = None

    @property
    def contract(self) -> ContractIn:
        """The same in the words of the API. Invalid for an unknown kind."""
        values = self.model_dump(exclude={"pay_yuan"})
        return filled(ContractIn, {**values, "pay_fen": int(self.pay_yuan * 100)})


class TrainingForm(Form):
    """A training that was held."""

    kind: Annotated[str, StringConstraints(max_length=16)]
    held_on: Day
    hours: Hours
    topic: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""


class CertificateForm(Form):
    """A special-operation certificate, as printed."""

    operation: Operation
    number: CertificateNumber
    issued_by: Annotated[Line, Field(max_length=100)]
    valid_from: Day
    valid_to: Day


@dataclass(frozen=True, slots=True)
class ContractPage(View):
    """The form of a contract."""

    template = "enterprise/contract_form.html"
    title = "enterprise.contract_form.title"
    typed: Typed
    row: EngagementOut
    today: dt.date


@dataclass(frozen=True, slots=True)
class TrainingPage(View):
    """The form of a training."""

    template = "enterprise/training_form.html"
    title = "enterprise.training_form.title"
    typed: Typed
    row: EngagementOut
    kinds: tuple[str, ...]
    today: dt.date


@dataclass(frozen=True, slots=True)
class CertificatePage(View):
    """The form of a certificate."""

    template = "enterprise/certificate_form.html"
    title = "enterprise.certificate_form.title"
    typed: Typed
    row: EngagementOut
    operations: Options


@page(enterprise, "GET", f"{WORKER}/contract", permission=CREATE)
async def contract_page(
    actor: Actor, project_id: UUID, engagement_id: UUID, typed: Typed
) -> ContractPage:
    """The form of a contract."""
    row = await listing.one(actor, CREATE, project_id, engagement_id)
    return ContractPage(typed, row, clock.today())


@page(enterprise, "POST", f"{WORKER}/contract", permission=CREATE, again=contract_page)
async def offer_contract(
    actor: Actor, project_id: UUID, engagement_id: UUID, form: ContractForm
) -> See:
    """Make a contract from the template; the worker signs it on his phone."""
    await contracts.offer(actor, project_id, engagement_id, form.contract)
    return See(worker_page(project_id, engagement_id), says="enterprise.contract_form.offered")


@page(
    enterprise, "POST", f"{WORKER}/contracts/<contract_id:uuid>/withdraw", permission=CREATE,
    again=worker,
)  # fmt: skip
async def withdraw_contract(
    actor: Actor, project_id: UUID, engagement_id: UUID, contract_id: UUID
) -> See:
    """Take back a contract that is not signed yet."""
    await contracts.withdraw(actor, project_id, contract_id)
    return See(worker_page(project_id, engagement_id), says="enterprise.contract_form.withdrawn")


@page(enterprise, "GET", f"{WORKER}/training", permission=TRAIN)
async def training_page(
    actor: Actor, project_id: UUID, engagement_id: UUID, typed: Typed
) -> TrainingPage:
    """The form of a training."""
    row = await listing.one(actor, TRAIN, project_id, engagement_id)
    return TrainingPage(typed, row, KINDS, clock.today())


@page(enterprise, "POST", f"{WORKER}/training", permission=TRAIN, again=training_page)
async def record_training(
    actor: Actor, project_id: UUID, engagement_id: UUID, form: TrainingForm
) -> See:
    """Record a training."""
    row = await listing.one(actor, TRAIN, project_id, engagement_id)
    whose = {"worker_code": row.worker_code, "enterprise_id": row.enterprise.id}
    await training.record(actor, project_id, filled(TrainingIn, {**form.model_dump(), **whose}))
    return See(worker_page(project_id, engagement_id), says="enterprise.training_form.recorded")


@page(enterprise, "GET", f"{WORKER}/certificate", permission=TRAIN, of_one=True)
async def certificate_page(
    actor: Actor, project_id: UUID, engagement_id: UUID, typed: Typed
) -> CertificatePage:
    """The form of a certificate."""
    row = await listing.one(actor, TRAIN, project_id, engagement_id)
    return CertificatePage(typed, row, options(Dictionary.SPECIAL_TRADES))


@page(
    enterprise,
    "POST",
    f"{WORKER}/certificate",
    permission=TRAIN,
    of_one=True,
    again=certificate_page,
)
async def record_certificate(
    actor: Actor, project_id: UUID, engagement_id: UUID, form: CertificateForm
) -> See:
    """Record a special-operation certificate."""
    row = await listing.one(actor, TRAIN, project_id, engagement_id)
    given = CertificateIn.model_construct(
        worker_code=row.worker_code,
        operation=form.operation,
        number=form.number,
        issued_by=form.issued_by,
        valid_from=form.valid_from,
        valid_to=form.valid_to,
        enterprise_id=None,
    )
    await training.record_certificate(actor, given)
    return See(worker_page(project_id, engagement_id), says="enterprise.certificate_form.recorded")
