"""A worker's own lines as lists show them: everything that a list says by one statement.

By the ORM these are three statements and whole rows, for a list that is opened more often than any
other page of wages (`make bench-wages`).
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery, cut
from api.kit.selecting import Select, places
from api.wages.models import LineContest, LineSignature, WageLine, WageSheet
from api.wages.rules import ContestState, LineState, PayState, SheetKind, SheetState
from api.workers import service as workers


class Standing(NamedTuple):
    """A line, as far as lists show it, with what its sheet, its signature and an objection say.

    worked_to: the last day of its period. signed_at: when its worker signed what it says now.
    answer_by: his objection waits for an answer until then.
    """

    id: UUID
    month: str
    project_id: UUID
    enterprise_id: UUID
    contractor_id: UUID
    state: LineState
    net_fen: int
    unsigned_reason: str
    pay_state: PayState
    paid_fen: int
    paid_on: date | None
    number: str
    kind: SheetKind
    worked_to: date
    pay_on: date
    submitted_at: datetime | None
    released_at: datetime | None
    signed_at: datetime | None
    answer_by: date | None


SHOWN = ", ".join(f"'{state}'" for state in SheetState if state.shown)
LISTED = Select(
    """line.id, line.month, line.project_id, line.enterprise_id, line.contractor_id, line.state,
    line.net_fen, line.unsigned_reason, line.pay_state, line.paid_fen, line.paid_on,
    sheet.number, sheet.kind, sheet.to_on, sheet.pay_on, sheet.submitted_at, sheet.released_at,
    signature.at, contest.due_on""",
    {"line": WageLine, "sheet": WageSheet, "signature": LineSignature, "contest": LineContest},
    f"""FROM wage_line AS line
    JOIN wage_sheet AS sheet ON sheet.id = line.sheet_id
    LEFT JOIN line_signature AS signature
        ON signature.line_id = line.id AND signature.line_version = line.signed_version
    LEFT JOIN line_contest AS contest
        ON contest.line_id = line.id AND contest.state = '{ContestState.OPEN}'
    WHERE sheet.state IN ({SHOWN})""",
)
"""Its columns are in the order of `Standing`; no drafts, no void ones, as `queries.own_lines`."""


async def own_standings(
    actor: Actor, query: PageQuery, *, project_id: UUID | None = None, month: str | None = None
) -> tuple[list[Standing], str | None]:
    """A page of the actor's own lines, newest first, and the cursor of the rest."""
    own = await workers.ids_of_account(actor.id)
    if not own:
        return [], None
    asked: dict[str, Sequence[object]] = {
        f"line.worker_id IN ({places(own)})": own,
        "line.project_id = ?": [project_id] if project_id else [],
        "line.month = ?": [month] if month else [],
        "line.id < ?": [query.position] if query.position else [],
    }
    wanted = {condition: given for condition, given in asked.items() if given}
    found = await LISTED.rows(
        f"AND {' AND '.join(wanted)} ORDER BY line.id DESC LIMIT ?",
        [*chain.from_iterable(wanted.values()), query.limit + 1],
    )
    return cut([Standing._make(each) for each in found], query)


def standing_of(
    line: WageLine,
    sheet: WageSheet,
    signature: LineSignature | None,
    contest: LineContest | None,
) -> Standing:
    """The same of rows that are at hand; signature: that holds, contest: that is open."""
    rows = {"line": line, "sheet": sheet, "signature": signature, "contest": contest}
    return Standing._make(getattr(rows[row], name, None) for row, name in LISTED.places)
