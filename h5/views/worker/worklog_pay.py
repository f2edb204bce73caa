"""工价约定: how one's time is paid, by both sides' word; the leader's word about his people."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.kit import clock
from api.kit.actor import Actor
from api.kit.money import fen
from api.kit.pagination import PageQuery
from api.kit.schemas import Form
from api.permissions import Permission
from api.worklog import reading, templates
from api.worklog.answers import (
    PairOut,
    TemplateOut,
)
from api.worklog.schemas import (
    Hours,
    TeamTemplateIn,
    TemplateIn,
)
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View
from h5.views.worker.worklog_entries import Yuan

READ, UPDATE = Permission.WORKER_WORKLOG_READ, Permission.WORKER_WORKLOG_UPDATE
PAY, TEAM = "/worklog/templates/<team_id:uuid>", "/teams/<team_id:uuid>/worklog/templates"


class PayForm(Form):
    """How time is paid, money in yuan."""

    effective_from: dt.date
    rate_yuan: Yuan | None = None
    unit_hours: Hours
    overtime_unit_hours: Hours | None = None
    overtime_rate_yuan: Yuan | None = None

    @property
    def said(self) -> dict[str, object]:
        """The same in the words of the API."""
        money = {"rate_fen": self.rate_yuan, "overtime_rate_fen": self.overtime_rate_yuan}
        return {
            "effective_from": self.effective_from,
            "unit_hours": self.unit_hours,
            "overtime_unit_hours": self.overtime_unit_hours,
            **{name: None if yuan is None else fen(yuan) for name, yuan in money.items()},
        }


class TeamPayForm(PayForm):
    """The same for those who are ticked."""

    member_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]


@dataclass(frozen=True, slots=True)
class PayPage(View):
    """Both sides' word, and the form of one's own."""

    template = "worker/worklog_pay.html"
    title = "worker.worklog.pay.title"
    typed: Typed
    pair: PairOut
    rate_yuan: str
    overtime_rate_yuan: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class TeamPayPage(View):
    """Both sides' word about each member, and the leader's form."""

    template = "worker/team_pay.html"
    title = "worker.worklog.pay.title"
    typed: Typed
    team_id: UUID
    pairs: tuple[PairOut, ...]
    older: str
    since: dt.date


@page(worker, "GET", PAY, permission=READ, back="/h5/worklog")
async def pay(actor: Actor, team_id: UUID, typed: Typed) -> PayPage:
    """How my time is paid in a team."""
    pair = await reading.own_pair(actor, team_id)
    mine = pair.worker
    first = clock.today().replace(day=1)
    return PayPage(typed, pair, _yuan(mine.rate_fen), _yuan(mine.overtime_rate_fen), first)


def _yuan(amount_fen: int | None) -> str:
    return "" if amount_fen is None else f"{amount_fen // 100}.{amount_fen % 100:02d}"


@page(worker, "POST", PAY, permission=UPDATE, again=pay)
async def set_pay(actor: Actor, team_id: UUID, form: PayForm) -> See:
    """Say how my time is paid."""
    await templates.set_own(actor, team_id, filled(TemplateIn, form.said))
    return See(f"/h5/worklog/templates/{team_id}", says="worker.worklog.pay.done")


@page(worker, "POST", f"{PAY}/accept", permission=UPDATE, again=pay)
async def accept_pay(actor: Actor, team_id: UUID) -> See:
    """Take over what the leader says."""
    his = (await reading.own_pair(actor, team_id)).leader
    await templates.set_own(actor, team_id, filled(TemplateIn, _taken(his)))
    return See(f"/h5/worklog/templates/{team_id}", says="worker.worklog.pay.accepted")


def _taken(his: TemplateOut) -> dict[str, object]:
    earliest = clock.today() - templates.BACK
    since = max(his.effective_from or clock.today(), earliest)
    return {**his.model_dump(), "effective_from": since}


@page(worker, "GET", TEAM, permission=READ, back="/h5/teams")
async def team_pay(actor: Actor, team_id: UUID, query: PageQuery, typed: Typed) -> TeamPayPage:
    """How each member's time is paid."""
    pairs, cursor = await reading.team_pairs(actor, team_id, query)
    older = f"/h5/teams/{team_id}/worklog/templates?cursor={cursor}" if cursor else ""
    return TeamPayPage(typed, team_id, tuple(pairs), older, clock.today().replace(day=1))


@page(worker, "POST", TEAM, permission=UPDATE, again=team_pay)
async def set_team_pay(actor: Actor, team_id: UUID, form: TeamPayForm) -> See:
    """Say how the time of those who are ticked is paid."""
    given = filled(TeamTemplateIn, {**form.said, "member_ids": form.member_ids})
    await templates.set_for_team(actor, team_id, given)
    return See(f"/h5/teams/{team_id}/worklog/templates", says="worker.worklog.pay.team_done")
