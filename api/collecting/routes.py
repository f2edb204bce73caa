"""Collecting workers for an enterprise, and the worker's word on it."""

from uuid import UUID

from sanic import Blueprint

from api.collecting import listing, service
from api.collecting.errors import DeniedByWorker, NoSuchLink, OtherName
from api.collecting.models import RowStatus
from api.collecting.schemas import (
    CollectedOut,
    CollectedPage,
    CollectIn,
    CollectOut,
    LinkDecisionIn,
    LinkOut,
    LinkQuery,
)
from api.enterprises import service as enterprises
from api.enterprises.errors import EnterpriseFrozen, NoSuchEnterprise, NotVerified, WhichEnterprise
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Reply, route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint("collecting", url_prefix="/api/v1")
COLLECT = Permission.ENTERPRISE_WORKERS_COLLECT
GATE = (EnterpriseFrozen, NoSuchEnterprise, NotVerified, WhichEnterprise)


@route(
    blueprint,
    "POST",
    "/enterprise/workers",
    permission=COLLECT,
    status=(201, 200),
    errors=(*GATE, DeniedByWorker, OtherName),
    limits=(Limit("worker_collect", 300, 3600),),
)
async def collect_worker(actor: Actor, body: CollectIn) -> Reply[CollectOut]:
    """Collect one worker; one collected before answers 200 and stays as he is."""
    enterprise_id = await enterprises.acting_for(actor, COLLECT, body.enterprise_id)
    outcome = await service.collect(actor, enterprise_id, body)
    answer = CollectOut(status=outcome.status, worker=CollectedOut.of(outcome.linked))
    return Reply(answer, 200 if outcome.status is RowStatus.DUPLICATE else 201)


@route(blueprint, "GET", "/enterprise/workers", permission=Permission.ENTERPRISE_WORKERS_READ)
async def list_collected_workers(actor: Actor, query: LinkQuery) -> CollectedPage:
    """The enterprise's workers, masked; how many denied it."""
    return await listing.collected(actor, query)


@route(blueprint, "GET", "/me/links", permission=Permission.WORKER_LINKS_UPDATE)
async def list_own_links(actor: Actor, query: PageQuery) -> Page[LinkOut]:
    """Which enterprises say that one is their worker."""
    return await service.own(actor, query)


@route(
    blueprint,
    "POST",
    "/me/links/<link_id:uuid>/decision",
    permission=Permission.WORKER_LINKS_UPDATE,
    errors=(NoSuchLink,),
)
async def decide_link(actor: Actor, link_id: UUID, body: LinkDecisionIn) -> LinkOut:
    """Confirm or deny that one is an enterprise's worker."""
    link = await service.decide(actor, link_id, confirmed=body.decision == "confirm")
    return LinkOut.of(link, await enterprises.names_of({link.enterprise_id}))
