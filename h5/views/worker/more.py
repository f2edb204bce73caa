"""Everything that is not on the home."""

from dataclasses import dataclass

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.notices import service as notices
from api.notices.schemas import MessageQuery
from api.permissions import Permission
from api.workers import registration
from h5.areas import worker
from h5.pages import page
from h5.rendering import View

READ = Permission.WORKER_REGISTRATION_READ


@dataclass(frozen=True, slots=True)
class MorePage(View):
    """The list of everything else."""

    template = "worker/more.html"
    title = "worker.more.title"
    verified: bool
    unread: int


@page(worker, "GET", "/more", permission=READ, back="/h5/")
async def more(actor: Actor) -> MorePage:
    """Everything else."""
    outcome = await registration.outcome_of(actor.id)
    found = await notices.inbox(actor, MessageQuery(limit=PageQuery().limit))
    return MorePage(outcome.stage == "verified", found.unread)
