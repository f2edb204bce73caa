"""The worker's home: today, the one big button, four doors, the last notice."""

import datetime as dt
from dataclasses import dataclass

from api.attendance import reading as attendance
from api.attendance.schemas import WorkdayOut
from api.engagements import reading
from api.engagements import service as engagements
from api.engagements.schemas import OwnEngagementOut
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.notices import service as notices
from api.notices.schemas import MessageQuery
from api.permissions import Permission
from api.workers import registration
from h5.areas import worker
from h5.pages import page
from h5.rendering import View


@dataclass(frozen=True, slots=True)
class LastNotice:
    """The newest message."""

    text: str
    at: dt.datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class HomePage(View):
    """Where the worker stands today, and what waits for him."""

    template = "worker/home.html"
    title = "worker.home.title"
    today: dt.date
    registration: str
    """The state of his registration: `none`, `verified`, `needs_review`, `refused` …"""
    sites: tuple[OwnEngagementOut, ...]
    days: tuple[WorkdayOut, ...]
    """Today's work days, one for each project."""
    unread: int
    notice: LastNotice | None


@page(worker, "GET", "/", permission=Permission.WORKER_REGISTRATION_READ)
async def home(actor: Actor) -> HomePage:
    """The worker's home."""
    outcome = await registration.outcome_of(actor.id)
    inbox = await notices.inbox(actor, MessageQuery(limit=1))
    last = next(iter(inbox.messages), None)
    return HomePage(
        today=clock.today(),
        registration=outcome.stage or "none",
        sites=tuple(await reading.own(await engagements.own_now(actor))),
        days=await _today(actor),
        unread=inbox.unread,
        notice=LastNotice(last.text, last.created_at, last.read_at is None) if last else None,
    )


async def _today(actor: Actor) -> tuple[WorkdayOut, ...]:
    month = f"{clock.today():%Y-%m}"
    days, _ = await attendance.own_days(actor, month, PageQuery(limit=5))
    return tuple(WorkdayOut.of(day) for day in days if day.row.day == clock.today())
