"""工资单上的一个人: items, days by their four witnesses, corrections; terms; objections."""

from dataclasses import dataclass
from uuid import UUID

from api.kit import clock
from api.kit.actor import Actor
from api.kit.money import fen
from api.kit.schemas import Form, Note
from api.permissions import Permission
from api.wages import contesting, correcting, reading, terms, terms_reading
from api.wages.answers import ContestOut, LineWholeOut, SheetWholeOut, VersionOut
from api.wages.rules import ContestState
from api.wages.schemas import (
    ContestAnswerIn,
    ContestQuery,
    CorrectionIn,
    Reason,
    UnsignedIn,
)
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.wage_terms import PAY_KINDS, TermsForm, now_of
from h5.views.enterprise.wages import LIST, ONE, READ, UPDATE, Yuan
from h5.views.public.photos import beside

LINE = f"{ONE}/lines/<wage_line_id:uuid>"
CONTESTS = "/enterprise/wages/contests"
MOST_TERMS = 5
"""Versions of the terms beside a line; all of them are on the page of terms."""
ADDED = ("bonus", "back_pay", "deduction")
CONTEST_STATES = tuple(each.value for each in ContestState)


class AmountForm(Form):
    """An amount to add, in yuan, and why."""

    kind: str
    amount_yuan: Yuan
    reason: Reason

    @property
    def given(self) -> CorrectionIn:
        """The same as a correction."""
        added = {"kind": self.kind, "amount_fen": fen(self.amount_yuan), "note": self.reason}
        return filled(CorrectionIn, {"add": [added], "reason": self.reason})


class RemoveForm(Form):
    """An amount to take away again, and why."""

    item_id: UUID
    reason: Reason


class UnsignedForm(Form):
    """Why the line is paid unsigned."""

    unsigned_reason: Reason


class AnswerForm(Form):
    """What is answered to an objection."""

    outcome: str
    answer: Note


@dataclass(frozen=True, slots=True)
class LinePage(View):
    """One worker's wages on a sheet."""

    template = "enterprise/wage_line.html"
    title = "enterprise.wage_line.title"
    typed: Typed
    sheet: SheetWholeOut
    line: LineWholeOut
    contest: ContestOut | None
    """The objection that waits for its answer."""
    terms: tuple[VersionOut, ...]
    now: VersionOut | None
    kinds: tuple[str, ...]
    pay_kinds: tuple[str, ...]
    today: str
    may_correct: bool
    may_explain: bool
    may_set: bool


@dataclass(frozen=True, slots=True)
class ContestsPage(View):
    """The objections, newest first."""

    template = "enterprise/wage_contests.html"
    title = "enterprise.wage_contests.title"
    query: ContestQuery
    rows: tuple[ContestOut, ...]
    states: tuple[str, ...]
    older: str


@dataclass(frozen=True, slots=True)
class ContestPage(View):
    """One objection and the form of its answer."""

    template = "enterprise/wage_contest.html"
    title = "enterprise.wage_contests.one"
    typed: Typed
    row: ContestOut
    photo: str
    """Its address; empty without one."""
    may_answer: bool


@page(enterprise, "GET", LINE, permission=READ, back=LIST)
async def line(actor: Actor, sheet_id: UUID, wage_line_id: UUID, typed: Typed) -> LinePage:
    """One line with everything behind it."""
    sheet = await reading.sheet(actor, READ, sheet_id)
    row = await reading.line(actor, READ, sheet_id, wage_line_id)
    agreed = await terms_reading.versions_of(
        actor, READ, sheet.project.id, row.worker_id, sheet.enterprise.id
    )
    employer = sheet.enterprise.id in actor.tenants_of(UPDATE)
    pays = sheet.contractor.id in actor.tenants_of(UPDATE)
    return LinePage(
        typed=typed,
        sheet=sheet,
        line=row,
        contest=await reading.open_contest(actor, READ, sheet_id, wage_line_id),
        terms=tuple(agreed[:MOST_TERMS]),
        now=now_of(agreed),
        kinds=ADDED,
        pay_kinds=PAY_KINDS,
        today=clock.today().isoformat(),
        may_correct=employer and sheet.state.corrected and not sheet.drawing,
        may_explain=(employer or pays) and sheet.state.returned,
        may_set=employer,
    )


def _seen(sheet_id: UUID, line_id: UUID, what: str) -> See:
    return See(f"{LIST}/{sheet_id}/lines/{line_id}", says=f"enterprise.wage_line.{what}")


@page(enterprise, "POST", f"{LINE}/add", permission=UPDATE, again=line)
async def add_amount(actor: Actor, sheet_id: UUID, wage_line_id: UUID, form: AmountForm) -> See:
    """Add an amount."""
    heard = await correcting.correct(actor, sheet_id, wage_line_id, form.given)
    return _seen(sheet_id, wage_line_id, f"corrected.{heard.value}")


@page(enterprise, "POST", f"{LINE}/remove", permission=UPDATE, again=line)
async def remove_amount(actor: Actor, sheet_id: UUID, wage_line_id: UUID, form: RemoveForm) -> See:
    """Take an amount away again."""
    given = CorrectionIn(remove=(form.item_id,), reason=form.reason)
    heard = await correcting.correct(actor, sheet_id, wage_line_id, given)
    return _seen(sheet_id, wage_line_id, f"corrected.{heard.value}")


@page(enterprise, "POST", f"{LINE}/unsigned", permission=UPDATE, again=line)
async def explain(actor: Actor, sheet_id: UUID, wage_line_id: UUID, form: UnsignedForm) -> See:
    """Say why it is paid unsigned."""
    given = UnsignedIn(reason=form.unsigned_reason)
    await correcting.explain(actor, sheet_id, wage_line_id, given)
    return _seen(sheet_id, wage_line_id, "explained")


@page(enterprise, "POST", f"{LINE}/terms", permission=UPDATE, again=line)
async def set_terms(actor: Actor, sheet_id: UUID, wage_line_id: UUID, form: TermsForm) -> See:
    """Set how he is paid; the next sheet is drawn so."""
    sheet = await reading.sheet(actor, UPDATE, sheet_id)
    row = await reading.line(actor, UPDATE, sheet_id, wage_line_id)
    await terms.set_terms(actor, form.given(row.worker_id, sheet.project.id))
    return _seen(sheet_id, wage_line_id, "terms_set")


@page(enterprise, "GET", "/wages/contests", permission=READ)
async def contests(actor: Actor, query: ContestQuery) -> ContestsPage:
    """The objections."""
    found = await reading.contests(actor, READ, query)
    older = address(CONTESTS, query, cursor=found.next_cursor) if found.next_cursor else ""
    return ContestsPage(query, tuple(found.items), CONTEST_STATES, older)


@page(
    enterprise, "GET", "/wages/contests/<contest_id:uuid>", permission=READ, back=CONTESTS
)  # fmt: skip
async def one_contest(actor: Actor, contest_id: UUID, typed: Typed) -> ContestPage:
    """One objection."""
    row = await reading.contest(actor, READ, contest_id)
    photo = beside("enterprise", row.photo) if row.photo else ""
    return ContestPage(typed, row, photo, row.state is ContestState.OPEN and actor.may(UPDATE))


@page(
    enterprise, "POST", "/wages/contests/<contest_id:uuid>/answer",
    permission=Permission.ENTERPRISE_WAGES_UPDATE, again=one_contest,
)  # fmt: skip
async def answer_contest(actor: Actor, contest_id: UUID, form: AnswerForm) -> See:
    """Answer it."""
    given = filled(ContestAnswerIn, {"outcome": form.outcome, "answer": form.answer})
    await contesting.answer(actor, contest_id, given)
    return See(f"{CONTESTS}/{contest_id}", says="enterprise.wage_contests.answered")
