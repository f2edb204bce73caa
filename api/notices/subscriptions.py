"""订阅: what a person allowed WeChat to send him, counted; each yes is good for one message.

The client asks by `wx.requestSubscribeMessage`, which only the mini-program can, and reports the
answers. WeChat keeps its own count and has the last word: when it refuses, ours is at nought.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from tortoise.queryset import QuerySet

from api.accounts import service as accounts
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import is_sqlite, transaction
from api.notices.errors import NoWechat, UnknownTemplate
from api.notices.models import SubscribeGrant
from api.notices.schemas import Answer, SubscriptionIn
from api.notices.ways import Template
from api.settings import settings

MOST_OPEN = 20
"""More unspent grants of one template are not counted: WeChat keeps them, nobody needs them."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a person granted of one template."""

    template: Template
    template_id: str
    left: int
    lasting: bool


async def own(actor: Actor) -> list[Subscription]:
    """The templates that can be asked for, each with what the actor has granted of it."""
    rows = await _open().filter(account_id=actor.id)
    left = Counter(row.template for row in rows if not row.lasting)
    lasting = {row.template for row in rows if row.lasting}
    known = settings().wechat_templates
    return [
        Subscription(each, known[each].id, left[each], each in lasting)
        for each in Template
        if each in known
    ]


async def report(actor: Actor, answers: Iterable[SubscriptionIn]) -> list[Subscription]:
    """What the person answered is counted. NoWechat, UnknownTemplate.

    A yes is one message more, or lasting; a no that WeChat keeps takes all of that template back.
    """
    names = {each.id: name for name, each in settings().wechat_templates.items()}
    given = list(answers)
    if any(each.template_id not in names for each in given):
        raise UnknownTemplate
    if await accounts.openid_of(actor.id) is None:
        raise NoWechat
    async with transaction():
        await accounts.hold(actor.id)
        for each in given:
            await _count(actor.id, names[each.template_id], each)
    return await own(actor)


async def _count(account_id: UUID, template: str, given: SubscriptionIn) -> None:
    if given.answer is Answer.BAN:
        await end(account_id, template)
    if given.answer is not Answer.ACCEPT:
        return
    mine = _open().filter(account_id=account_id, template=template)
    most = 1 if given.lasting else MOST_OPEN
    if await mine.filter(lasting=given.lasting).count() < most:
        await SubscribeGrant.create(account_id=account_id, template=template, lasting=given.lasting)


async def spend(account_id: UUID, template: str, on: UUID) -> bool:
    """Use up one yes for the notice or summary `on`, within the running transaction.

    Whether there was one. The same message never uses up two.
    """
    mine = _open().filter(account_id=account_id, template=template)
    if await mine.filter(lasting=True).exists():
        return True
    rows = mine.filter(lasting=False).order_by("id")
    # Two messages at once take two different grants, and neither waits for the other.
    row = await (rows if is_sqlite() else rows.select_for_update(skip_locked=True)).first()
    if row is None:
        return False
    row.spent_for = on
    await row.save(update_fields=["spent_for"])
    return True


async def give_back(on: UUID) -> None:
    """The yes that was used up for `on` counts again: WeChat said that it took nothing."""
    await SubscribeGrant.filter(spent_for=on).update(spent_for=None)


async def end(account_id: UUID, template: str) -> None:
    """Nothing of this template is granted any more."""
    await _open().filter(account_id=account_id, template=template).update(ended_at=clock.now())


def _open() -> QuerySet[SubscribeGrant]:
    return SubscribeGrant.filter(spent_for=None, ended_at=None)


def filling(template: str) -> tuple[str, Mapping[str, str]] | None:
    """The id of a template and its keywords; None when no setting names it."""
    found = settings().wechat_templates.get(template)
    return (found.id, found.fields) if found else None
