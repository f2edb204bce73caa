"""Who lost his phone and comes back with another number, and who shares one with a mate."""

from collections.abc import Mapping
from dataclasses import replace

from api.accounts import login, pins
from api.accounts.models import Account
from api.accounts.sessions import OnPhone
from api.kit.actor import Actor
from api.recovery import vouching
from api.workers.models import Verification
from tests.demo import acts
from tests.demo.accounts import RESIDENTS, SHARED_PHONE
from tests.demo.crews import GANGS, Hands
from tests.specimens import Person, person

LOST, KNOWS_HIM = (0, 4), (0, 5)
"""Who of the first team lost his phone, and who has said that it is he."""
APPROVED = (4, 3)
"""Whose record is on its way to a new number by two officers' word; his old phone may object."""
NEW_NUMBERS = {LOST: person(3901).phone, APPROVED: person(3902).phone}


async def settle(crew: Mapping[str, Actor], hands: Hands) -> None:
    """Two come back with a new number; two of another team use one phone."""
    acts.passed(days=0.2)
    row = await vouching.begin(_applicant(await acts.come(_with_new_number(LOST), face=None)))
    attempt = await acts.come(_with_new_number(APPROVED), face=None)
    acts.passed(days=0.1)
    await vouching.answer(hands[KNOWS_HIM].actor, row.id, known=True)
    for officer in ("demo.reviewer.1", "demo.reviewer.2"):
        await acts.decided(crew[officer], attempt, _with_new_number(APPROVED))
    await _share(hands)
    acts.passed(days=0)


def _with_new_number(place: tuple[int, int]) -> Person:
    gang, at = place
    return replace(person(GANGS[gang].seeds[at]), phone=NEW_NUMBERS[place])


def _applicant(attempt: Verification) -> Actor:
    return Actor(attempt.account_id, kind="person", origin=acts.ORIGIN)


async def _share(hands: Hands) -> None:
    """The third resident and a mate of his; each has a PIN, the mate was there last."""
    for actor in (await acts.found(RESIDENTS[2].someone), hands[6, 0].actor):
        proof = login.Proof(await Account.get(id=actor.id), "sms")
        phone = OnPhone(shared=True, browser=SHARED_PHONE.browser)
        opened = await login.log_in(proof, acts.ORIGIN, "", phone)
        await pins.set_pin(replace(actor, session_id=opened.session_id), SHARED_PHONE.pin)
