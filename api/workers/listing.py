"""Lists of workers and waiting verifications as answers, for routes and pages alike."""

from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.schemas import Page
from api.workers import master, queries, review
from api.workers.office_schemas import WaitingOut, WorkerOut, WorkerQuery


async def overseen(actor: Actor, query: WorkerQuery) -> Page[WorkerOut]:
    """The workers of the actor's region, masked, newest first."""
    rows, cursor = await page(queries.narrowed(master.overseen(actor), query), query)
    return Page(items=[WorkerOut.of(row) for row in rows], next_cursor=cursor)


async def waiting(actor: Actor, query: PageQuery) -> Page[WaitingOut]:
    """What waits for officers in the actor's region, oldest first."""
    rows, cursor = await queries.oldest_first(await review.queue(actor), query)
    return Page(items=[WaitingOut.of(row) for row in rows], next_cursor=cursor)
