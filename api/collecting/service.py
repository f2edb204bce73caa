"""An enterprise collects workers, and each of them says whether it is so."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.collecting import queries
from api.collecting.errors import DeniedByWorker, NoSuchLink, OtherName
from api.collecting.models import LinkState, RowStatus, WorkerLink
from api.collecting.schemas import LinkOut, PersonIn
from api.enterprises import service as enterprises
from api.enterprises.models import Enterprise
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import Problem
from api.kit.pagination import PageQuery, page
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.notices import service as notices
from api.workers import service as workers
from api.workers.models import Worker


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one person: his link, or the problem that stood in the way."""

    status: RowStatus
    link: WorkerLink | None = None
    problem: type[Problem] | None = None

    @property
    def linked(self) -> WorkerLink:
        """The link. LookupError when there is a problem instead."""
        if self.link is None:
            raise LookupError("link")
        return self.link


async def collect(actor: Actor, enterprise_id: UUID, person: PersonIn) -> Outcome:
    """The worker's link to the enterprise, new or as it was. DeniedByWorker, OtherName.

    Only for a verified enterprise: NotVerified, EnterpriseFrozen.
    """
    enterprise = await enterprises.require_verified(enterprise_id)
    async with transaction():
        outcome = (await link_all(actor, enterprise, [person]))[0]
        if outcome.problem:
            raise outcome.problem
    await outcome.linked.fetch_related("worker")
    return outcome


async def link_all(
    actor: Actor, enterprise: Enterprise, people: Sequence[PersonIn]
) -> list[Outcome]:
    """What became of each, in the same order; one that cannot be linked does not stop the others.

    Workers are locked in the order of their numbers, so that two imports never wait for each other.
    """
    async with transaction():
        found: dict[int, tuple[Worker, bool]] = {}
        for place in sorted(range(len(people)), key=lambda i: people[i].id_number.key):
            found[place] = await _register(actor, enterprise, people[place])
        ids = [worker.id for worker, _ in found.values()]
        rows = await WorkerLink.filter(enterprise_id=enterprise.id, worker_id__in=ids)
        links = {row.worker_id: row for row in rows}
        fresh: list[WorkerLink] = []
        outcomes = []
        for place, person in enumerate(people):
            worker, is_new = found[place]
            outcome = _judged(person, worker, links.get(worker.id))
            if outcome is None:
                link = _new_link(actor, enterprise, worker, person)
                links[worker.id] = link
                fresh.append(link)
                outcome = Outcome(RowStatus.CREATED if is_new else RowStatus.MERGED, link)
            outcomes.append(outcome)
        await WorkerLink.bulk_create(fresh)
    return outcomes


async def _register(actor: Actor, enterprise: Enterprise, person: PersonIn) -> tuple[Worker, bool]:
    return await workers.register_collected(
        actor,
        tenant_id=enterprise.id,
        id_kind=person.id_number.kind,
        number=person.id_number.number,
        name=person.name,
        region=enterprise.region,
        sex=person.id_number.sex,
        birth=person.id_number.birth,
        phone=person.phone,
    )


def _judged(person: PersonIn, worker: Worker, link: WorkerLink | None) -> Outcome | None:
    if worker.verified_at is not None and worker.name != person.name:
        return Outcome(RowStatus.INVALID, problem=OtherName)
    if link is None:
        return None
    if link.state is LinkState.DENIED:
        return Outcome(RowStatus.INVALID, problem=DeniedByWorker)
    return Outcome(RowStatus.DUPLICATE, link)


def _new_link(actor: Actor, enterprise: Enterprise, worker: Worker, person: PersonIn) -> WorkerLink:
    link = WorkerLink(
        enterprise_id=enterprise.id,
        worker_id=worker.id,
        trade=person.trade or "",
        collected_by=actor.id,
    )
    if worker.account_id is not None:
        tell_worker(actor, link, worker.account_id)
    return link


def tell_worker(actor: Actor, link: WorkerLink, account_id: UUID) -> None:
    """Tell the worker who collected him, with the running transaction; the caller stores `told`."""
    link.told = True
    params = {"enterprise": str(link.enterprise_id)}
    notices.tell(actor, account_id, "link.proposed", params, about=("link", link.id))


async def own(actor: Actor, query: PageQuery) -> Page[LinkOut]:
    """A page of the enterprises that say that the actor is their worker."""
    rows, cursor = await page(queries.own_links(actor), query)
    names = await enterprises.names_of({row.enterprise_id for row in rows})
    return Page(items=[LinkOut.of(row, names) for row in rows], next_cursor=cursor)


async def decide(actor: Actor, link_id: UUID, *, confirmed: bool) -> WorkerLink:
    """The worker's word stands from now on; he may change it. NoSuchLink for another's.

    Who collected him is told of a denial, and the enterprise no longer sees him.
    """
    wanted = LinkState.CONFIRMED if confirmed else LinkState.DENIED
    async with transaction():
        rows = queries.own_links(actor).filter(id=link_id)
        link = await rows.select_for_update(of=("worker_link",)).first()
        if link is None:
            raise NoSuchLink
        if link.state is wanted:
            return link
        link.state, link.decided_at = wanted, clock.now()
        await link.save(update_fields=["state", "decided_at"])
        tag = Tag.WORKER_LINK_CONFIRMED if confirmed else Tag.WORKER_LINK_DENIED
        audit.record(actor, tag, ("link", link.id), tenant_id=link.enterprise_id)
        if not confirmed:
            params = {"enterprise": str(link.enterprise_id)}
            notices.tell(actor, link.collected_by, "link.denied", params, about=("link", link.id))
    return link
