"""A worker's own payslips: the list over the years, and one with everything on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose
from api.codes import workdays
from api.enterprises import service as enterprises
from api.files import service as files
from api.kit import clock
from api.kit.actor import Actor
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.payslips import rules
from api.payslips.models import CardAnswer
from api.payslips.rules import Known, Progress, Who
from api.payslips.schemas import (
    ObjectionOut,
    OwnPayslipOut,
    PayslipOut,
    PayslipQuery,
    PayTermsOut,
    ProgressOut,
    SignedOut,
    StationOut,
)
from api.projects import service as projects
from api.wages import service as wages
from api.wages.answers import NamedOut
from api.wages.reckoning import digest, plain
from api.wages.rules import ContestState, LineState, PayState
from api.wages.service import (
    LineContest,
    LineSignature,
    Standing,
    WageItem,
    WageLine,
    WageSheet,
)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of projects and enterprises."""

    projects: Mapping[UUID, str]
    enterprises: Mapping[UUID, str]

    def project(self, project_id: UUID) -> NamedOut:
        """A project."""
        return NamedOut(id=project_id, name=self.projects.get(project_id, ""))

    def enterprise(self, enterprise_id: UUID) -> NamedOut:
        """An enterprise."""
        return NamedOut(id=enterprise_id, name=self.enterprises.get(enterprise_id, ""))


@dataclass(frozen=True, slots=True)
class Slip:
    """A line with what belongs to it."""

    line: WageLine
    sheet: WageSheet
    signature: LineSignature | None
    contests: Sequence[LineContest]

    @property
    def open_contest(self) -> LineContest | None:
        """The objection that waits for an answer."""
        return next((each for each in self.contests if each.state is ContestState.OPEN), None)

    @property
    def standing(self) -> Standing:
        """What lists show of it."""
        return wages.standing_of(self.line, self.sheet, self.signature, self.open_contest)


async def names_of(pairs: Iterable[tuple[UUID, Iterable[UUID]]]) -> Names:
    """The names of projects with enterprises there. Two statements."""
    known = [(project, set(firms)) for project, firms in pairs]
    firms = {firm for _, each in known for firm in each}
    return Names(
        await projects.names({project for project, _ in known}), await enterprises.names_of(firms)
    )


async def names_in(lines: Iterable[WageLine | Standing]) -> Names:
    """The names that some lines point to."""
    return await names_of(
        (each.project_id, (each.enterprise_id, each.contractor_id)) for each in lines
    )


async def slips_of(lines: Sequence[WageLine], *, answered: bool = True) -> list[Slip]:
    """The lines with what belongs to them; `answered`: with objections that are answered too.

    Three statements, of lists mostly two.
    """
    if not lines:
        return []
    sheets = await wages.sheets_of(lines)
    signatures = await wages.signatures_of(lines)
    contests = await wages.contests_of(
        line for line in lines if answered or line.state is LineState.CONTESTED
    )
    return [
        Slip(line, sheets[line.sheet_id], signatures.get(line.id), contests.get(line.id, ()))
        for line in lines
    ]


async def own(actor: Actor, query: PayslipQuery) -> Page[PayslipOut]:
    """A page of the actor's payslips, newest first, by project and month where asked."""
    found, cursor = await wages.own_standings(
        actor, query, project_id=query.project_id, month=query.month
    )
    return Page(items=await _listed(found), next_cursor=cursor)


async def listed(lines: Sequence[WageLine]) -> list[PayslipOut]:
    """Lines as they stand in lists."""
    return await _listed([slip.standing for slip in await slips_of(lines, answered=False)])


async def _listed(found: Sequence[Standing]) -> list[PayslipOut]:
    names, today = await names_in(found), clock.today()
    return [PayslipOut.model_validate(figures(each, names, today)) for each in found]


async def one(actor: Actor, line_id: UUID) -> OwnPayslipOut:
    """One payslip with everything that he should see before he signs. NoSuchLine."""
    line = await wages.own_line(actor, line_id)
    [slip] = await slips_of([line])
    items = (await wages.items_of([line.id]))[line.id]
    card = await CardAnswer.get_or_none(line_id=line.id)
    async with transaction():
        objections = [_objection(actor, each) for each in slip.contests]
    return OwnPayslipOut.model_validate(
        {
            **figures(slip.standing, await names_in([line]), clock.today()),
            **_contents(slip, items),
            "days": await wages.days_of(slip.sheet, line),
            "signed": _signed(slip.signature),
            "objections": objections,
            "card_in_hand": card.in_hand if card else None,
            "may": _may(slip, card),
        }
    )


def figures(standing: Standing, names: Names, today: date) -> dict[str, Any]:
    """What the list shows of a payslip."""
    return {
        "id": standing.id,
        "sheet": standing.number,
        "kind": standing.kind,
        "month": standing.month,
        "project": names.project(standing.project_id),
        "enterprise": names.enterprise(standing.enterprise_id),
        "state": standing.state,
        "net_fen": standing.net_fen,
        "pay_on": standing.pay_on,
        "pay_state": standing.pay_state,
        "paid_fen": standing.paid_fen,
        "paid_on": standing.paid_on,
        "progress": progress_out(
            rules.progress(workdays.calendar(), today, _known(standing)),
            names, standing.enterprise_id, standing.contractor_id,
        ),
    }  # fmt: skip


def _known(standing: Standing) -> Known:
    submitted, released, signed = standing.submitted_at, standing.released_at, standing.signed_at
    return Known(
        worked_on=standing.worked_to,
        pay_on=standing.pay_on,
        sheet_on=clock.day_of(submitted) if submitted else None,
        signed_on=clock.day_of(signed) if signed else None,
        excused=bool(standing.unsigned_reason),
        answer_by=standing.answer_by,
        released_on=clock.day_of(released) if released else None,
        sent=standing.pay_state is not PayState.WAITING,
        failed=standing.pay_state in (PayState.FAILED, PayState.RETURNED),
        paid_on=standing.paid_on,
    )


def progress_out(
    found: Progress, names: Names, enterprise_id: UUID, contractor_id: UUID
) -> ProgressOut:
    """Where a wage is, with the name of whose turn it is."""
    firm = {Who.EMPLOYER: enterprise_id, Who.CONTRACTOR: contractor_id}.get(found.who)
    return ProgressOut(
        done=[StationOut(stage=stage, on=on) for stage, on in found.done],
        stage=found.stage,
        who=found.who,
        who_name=names.enterprise(firm).name if firm else "",
        due=found.due,
        late_days=found.late_days,
    )


def _contents(slip: Slip, items: Sequence[WageItem]) -> dict[str, Any]:
    line, sheet = slip.line, slip.sheet
    return {
        "version": line.version,
        "from_on": sheet.from_on,
        "to_on": sheet.to_on,
        "terms": PayTermsOut(
            pay_kind=line.pay_kind,
            rate_fen=line.rate_fen,
            unit_hours=plain(line.unit_hours),
            overtime_percent=line.overtime_percent,
            overtime_fen=line.overtime_fen,
        ),
        "units": plain(line.units),
        "hours": plain(line.hours),
        "overtime_hours": plain(line.overtime_hours),
        "items": [wages.item(each) for each in items],
        "gross_fen": line.gross_fen,
        "deducted_fen": line.deducted_fen,
        "payer": line.payer,
        "unsigned_reason": line.unsigned_reason,
        "digest": line.digest,
        "intact": line.digest == digest(wages.shown(sheet, line, items)),
    }


def _signed(signature: LineSignature | None) -> SignedOut | None:
    return SignedOut(way=signature.way, at=signature.at) if signature else None


def _objection(actor: Actor, row: LineContest) -> ObjectionOut:
    opened = [each for each in (row.words, row.answer) if each is not None]
    subject = ("line_contest", row.id)
    words, *answer = audit.reveal_all(actor, opened, Purpose.SHOW_OWNER, subject)
    return ObjectionOut(
        id=row.id,
        at=row.created_at,
        day=row.day,
        item=row.item,
        words=words,
        photo=files.link(actor, row.photo_id) if row.photo_id else None,
        state=row.state,
        due_on=row.due_on,
        answer=answer[0] if answer else "",
        answered_at=row.answered_at,
    )


def _may(slip: Slip, card: CardAnswer | None) -> list[str]:
    state = slip.line.state
    able = {
        "sign": state not in (LineState.CONFIRMED, LineState.CONTESTED),
        "contest": state is not LineState.CONTESTED,
        "card": slip.line.paid_on is not None and card is None,
    }
    return [name for name, may in able.items() if may]
