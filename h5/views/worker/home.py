"""The worker's home: today, the one big button, four doors, the last notice."""

import datetime as dt
from dataclasses import dataclass

from api.kit import clock
from api.kit.actor import Actor
from api.notices import service as notices
from api.notices.service import Headline
from api.permissions import Permission
from api.wages import service as wages
from api.workers import registration
from h5.areas import worker
from h5.pages import page
from h5.rendering import View
from h5.views.worker.here import Here, here


@dataclass(frozen=True, slots=True)
class HomePage(View):
    """Where the worker stands today, and what waits for him."""

    template = "worker/home.html"
    title = "worker.home.title"
    today: dt.date
    registration: str
    """The state of his registration: `none`, `verified`, `needs_review`, `refused` …"""
    here: Here
    last: Headline
    payslips: int
    """How many payslips wait for his signature."""


@page(worker, "GET", "/", permission=Permission.WORKER_REGISTRATION_READ)
async def home(actor: Actor) -> HomePage:
    """The worker's home."""
    found = await here(actor)
    stage = "verified" if found.verified else (await registration.outcome_of(actor.id)).stage
    return HomePage(
        today=clock.today(),
        registration=stage or "none",
        here=found,
        last=await notices.headline(actor),
        payslips=await wages.waiting_for(actor),
    )
