"""How the city came to be, oldest first: offices, firms, 120 workers, three sites, thirty days."""

from uuid import UUID

from api.enterprises import decisions
from api.enterprises import service as enterprises
from api.enterprises.rules import Decision
from api.kit import clock
from api.kit.actor import Actor
from api.kit.models import Job
from api.notices.models import Delivery, Notice
from tests.demo import (
    acts,
    books,
    crews,
    grievances,
    lessons,
    month,
    payday,
    repute,
    returning,
    sites,
    welfare,
    workers,
)
from tests.demo.accounts import POSTS
from tests.demo.firms import FIRM_A, FIRM_C, FIRM_D, FIRMS, Firm

Crew = dict[str, Actor]
"""The holders of posts by user name."""
UNREAD_DAYS = 3
"""What people were told longer ago, they have read."""


async def build() -> None:
    """Everything, in the running transaction."""
    acts.passed(days=90)
    crew = {post.username: await acts.hire(post) for post in POSTS if post.firm is None}
    acts.passed(days=80)
    houses = await _settle(crew)
    for post in POSTS:
        if post.firm is not None:
            crew[post.username] = await acts.hire(post, houses[post.firm.key])
    await workers.settle(crew, houses)
    acts.passed(days=45)
    places = await sites.settle(crew, houses)
    acts.passed(days=33)
    hands = await crews.settle(crew, houses, places)
    acts.passed(days=32)
    await lessons.settle(crew, houses, places, hands)
    acts.passed(days=0)
    await month.go_by(hands)
    await books.keep(hands)
    await payday.settle(crew, hands)
    await grievances.settle(crew, hands)
    await repute.settle(crew, houses, hands)
    await welfare.settle(crew, houses, hands)
    await returning.settle(crew, hands)
    acts.passed(days=0)
    await crews.settle_in(hands)


async def _settle(crew: Crew) -> dict[str, UUID]:
    """The ids of the firms by key: two verified, one in review, one refused."""
    county, neighbour = crew["demo.county"], crew["demo.county.2"]
    await _put_master(county, FIRM_A, FIRM_A.name)
    await _put_master(county, FIRM_C, "样板装饰装修工程有限公司")
    ids = {firm.key: await _report(firm) for firm in FIRMS}
    await decisions.decide(county, ids["a"], Decision.VERIFY, None)
    await decisions.decide(neighbour, ids["b"], Decision.VERIFY, None)
    why = "营业执照照片和填的名称不一样。请核对后重新提交。"
    await decisions.decide(county, ids[FIRM_D.key], Decision.REFUSE, why)
    return ids


async def _put_master(officer: Actor, firm: Firm, name: str) -> None:
    await decisions.put_master(officer, firm.master(name))


async def _report(firm: Firm) -> UUID:
    applicant = await acts.move_in(firm.contact)
    row, _ = await enterprises.submit(applicant, firm.application())
    return row.id


async def quieten() -> None:
    """What followed from the city's past is long done: nobody is woken by it now."""
    done = ["notices.deliver", "attendance.examine", "worklog.tell"]
    await Job.filter(name__in=done).delete()
    for way in ("sms", "wechat"):
        await Notice.filter(**{way: Delivery.WAITING}).update(**{way: Delivery.SENT})
    await Notice.exclude(digest_due_at=None).update(digest_due_at=None)
    acts.passed(days=UNREAD_DAYS)
    await Notice.filter(created_at__lt=clock.now()).update(read_at=clock.now())
