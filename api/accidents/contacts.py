"""紧急联系人 and 一键求助: whom to call, and what to tell him of the place."""

from api.accidents import queries
from api.accidents.errors import NoSuchContact
from api.accidents.models import EmergencyContact
from api.accidents.rules import AMBULANCE, SAFETY_POSTS
from api.accidents.schemas import (
    CalledOut,
    ContactIn,
    ContactOut,
    ContactsOut,
    EmergencyOut,
)
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.engagements import service as engagements
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.projects import service as projects
from api.workers import service as workers


async def own(actor: Actor) -> ContactsOut:
    """One's own contacts, masked."""
    rows = await queries.contacts(workers.id_of_account(actor.id)).order_by("place")
    return ContactsOut(items=[_masked(row) for row in rows])


def _masked(row: EmergencyContact) -> ContactOut:
    return ContactOut(
        place=row.place, name=row.name.masked, phone=row.phone.masked, relation=row.relation
    )


async def put(actor: Actor, place: int, given: ContactIn) -> ContactsOut:
    """This is the contact in that place from now on. NotVerified."""
    worker = await workers.worker_of(actor)
    said = {"name": given.name, "phone": given.phone, "relation": given.relation}
    async with transaction():
        fresh = EmergencyContact(worker_id=worker.id, place=place, **said)
        await EmergencyContact.bulk_create([fresh], ignore_conflicts=True)
        rows = queries.contacts(worker.id).filter(place=place)
        row = await rows.select_for_update().get()
        await row.update_from_dict(said).save(update_fields=list(said))
        audit.record(actor, Tag.EMERGENCY_CONTACT_SET, ("worker", worker.id), place=place)
    return await own(actor)


async def remove(actor: Actor, place: int) -> None:
    """Nobody is in that place any more. NoSuchContact."""
    async with transaction():
        rows = queries.contacts(workers.id_of_account(actor.id)).filter(place=place)
        row = await rows.select_for_update().first()
        if row is None:
            raise NoSuchContact
        await row.delete()
        audit.record(
            actor, Tag.EMERGENCY_CONTACT_SET, ("worker", row.worker_id), place=place, gone=True
        )


async def emergency(actor: Actor) -> EmergencyOut:
    """Whom to call now: the ambulance, one's own contacts, who looks after safety on the site.

    The numbers are opened to be dialled, each on record. In the order in which seconds count.
    """
    calls = [CalledOut(who="ambulance", name="", relation=None, phone=AMBULANCE)]
    now = await engagements.own_now(actor)
    project = await projects.find(now[0].project_id) if now else None
    async with transaction():
        if project is not None:
            calls += await _of_site(actor, project)
        calls += await _own_contacts(actor)
    site, address = (project.name, project.address) if project else ("", "")
    return EmergencyOut(site=site, address=address, calls=calls)


async def _of_site(actor: Actor, project: projects.Project) -> list[CalledOut]:
    """The safety officer of the site, else its manager."""
    held = await projects.posts_held(project.id, clock.today())
    for code, who in zip(SAFETY_POSTS, ("safety", "manager"), strict=True):
        found = [post for post in held if post.post == code]
        if found:
            return [
                CalledOut.model_validate(
                    {
                        "who": who,
                        "name": post.name.masked,
                        "relation": None,
                        "phone": audit.reveal(
                            actor, post.phone, Purpose.EMERGENCY, ("post", post.id)
                        ),
                    }
                )
                for post in found
            ]
    return []


async def _own_contacts(actor: Actor) -> list[CalledOut]:
    rows = await queries.contacts(workers.id_of_account(actor.id)).order_by("place")
    return [
        CalledOut(
            who="contact",
            name=row.name.masked,
            relation=row.relation,
            phone=audit.reveal(actor, row.phone, Purpose.EMERGENCY, ("worker", row.worker_id)),
        )
        for row in rows
    ]
