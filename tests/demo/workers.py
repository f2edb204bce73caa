"""The 120 workers: every state of registration and verification, each the product's own doing."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from api.accounts import consents
from api.accounts.consents import TEXTS, ConsentPurpose
from api.collecting import service as collecting
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal
from api.workers import master, restrictions
from api.workers import service as workers
from api.workers.master import CodeAct
from api.workers.models import RestrictionReason, Verification, Worker
from api.workers.restrictions import NewRestriction
from tests.demo import acts
from tests.demo.accounts import COUNTY, NEIGHBOUR, NEWCOMER, RESIDENTS
from tests.specimens import Held, Person, expired, person, selfie, spoil
from verification.document import DocumentKind

Crew = Mapping[str, Actor]
Houses = Mapping[str, UUID]
TRADES = ("020", "050", "040", "010", "030", "130", "240", "390")
"""Steel fixers, formwork, concrete, masons, scaffolders, electricians, carpenters, helpers."""
DOUBTFUL = 70
"""How alike a selfie is of which the machine is not sure."""


async def settle(crew: Crew, houses: Houses) -> None:
    """All of them, oldest first."""
    await _residents(crew, houses)
    await _verified_long_ago(crew, houses)
    await _known_to_firms_alone(crew, houses)
    await _under_restriction(crew)
    await _codes_changed(crew, houses)
    await _refused(crew)
    await _decided_by_officers(crew)
    await _waiting(crew)
    await _not_yet_handed_in()


async def _residents(crew: Crew, houses: Houses) -> None:
    for at, resident in enumerate(RESIDENTS):
        acts.passed(days=79 - at)
        actor = await acts.enter(resident)
        firm = resident.firm.key if resident.firm else "a"
        officer = crew[f"demo.wages.{firm}"]
        link = await acts.collect(officer, houses[firm], resident.someone, TRADES[at])
        if resident.firm:
            await collecting.decide(actor, link.id, confirmed=True)


async def _verified_long_ago(crew: Crew, houses: Houses) -> None:
    """Fifty-four with a code: most of a firm, some who have not answered, three who denied."""
    for at in range(54):
        acts.passed(days=74 - at / 2)
        someone, firm = person(2010 + at), "ab"[at % 2]
        actor = await acts.verified(someone, COUNTY if firm == "a" else NEIGHBOUR)
        if at < 30:
            await acts.give_bank_card(actor, someone)
        if at < 45:
            trade = TRADES[at % len(TRADES)]
            link = await acts.collect(crew[f"demo.wages.{firm}"], houses[firm], someone, trade)
        if at < 40:
            await collecting.decide(actor, link.id, confirmed=at >= 3)


async def _known_to_firms_alone(crew: Crew, houses: Houses) -> None:
    """Twenty whom a firm named and who have no account yet."""
    acts.passed(days=20)
    for at in range(20):
        firm = "a" if at < 12 else "b"
        trade = TRADES[at % len(TRADES)]
        await acts.collect(crew[f"demo.wages.{firm}"], houses[firm], person(2120 + at), trade)


async def _under_restriction(crew: Crew) -> None:
    acts.passed(days=18)
    barred = NewRestriction(
        number=Personal.of(Kind.ID_NUMBER, person(2105).number),
        credit_code=None,
        region=COUNTY,
        reason=RestrictionReason.BLACK_LIST,
        document="样本决定〔2026〕1号",
        valid_from=date(2026, 1, 1),
        valid_to=None,
    )
    await restrictions.add(crew["demo.county"], barred)


async def _codes_changed(crew: Crew, houses: Houses) -> None:
    acts.passed(days=16)
    for seed in range(2070, 2076):
        row = await _worker(await acts.verified(person(seed)))
        act = CodeAct.FREEZE if seed < 2074 else CodeAct.ANNUL
        why = "有人反映身份被冒用，先暂停核实。" if seed < 2074 else "本人已确认身份被冒用。"
        await master.change_code(crew["demo.county"], row.id, act, reason=why)
    twice = person(2076)
    passport, _ = await workers.register_collected(
        crew["demo.wages.a"],
        tenant_id=houses["a"],
        id_kind=DocumentKind.PASSPORT.value,
        number=Personal.of(Kind.ID_NUMBER, "E00000076"),
        name=Personal.of(Kind.NAME, twice.name),
        region=COUNTY,
    )
    kept = await _worker(await acts.verified(twice))
    why = "同一个人用护照和身份证各登记了一次。"
    await master.merge(crew["demo.county"], passport.id, kept.id, reason=why)


async def _worker(actor: Actor) -> Worker:
    return await Worker.get(account_id=actor.id)


async def _refused(crew: Crew) -> None:
    """Eight who came one after the other; most were turned away, each for another reason."""
    acts.passed(days=8)
    await acts.come(person(2100), face=selfie(person(2190)))
    old = expired(person(2101))
    await acts.come(old, face=acts.own_face(old))
    await _with_number(person(2102), person(2191).number)
    await _with_number(person(2103), _miscounted(person(2103).number))
    young = person(2104, born=clock.today().replace(year=clock.today().year - 15, day=1))
    await acts.come(young, face=acts.own_face(young))
    await acts.come(person(2105), face=acts.own_face(person(2105)))
    unknown = person(2106, held=Held.ABSENT)
    await acts.come(unknown, face=acts.own_face(unknown))
    row = await acts.come(person(2107), face=None)
    for officer in ("demo.reviewer.1", "demo.reviewer.2"):
        note = "照片上的人和证件上的不是同一个人。"
        await acts.decided(crew[officer], row, person(2107), approved=False, note=note)


async def _with_number(someone: Person, typed: str) -> None:
    number = Personal.of(Kind.ID_NUMBER, typed)
    await acts.come(someone, face=acts.own_face(someone), number=number)


def _miscounted(number: str) -> str:
    return number[:17] + ("1" if number[17] != "1" else "2")


async def _decided_by_officers(crew: Crew) -> None:
    """Four of whom the machine was not sure, and two officers were."""
    acts.passed(days=6)
    for seed in range(2095, 2099):
        someone = person(seed)
        row = await _doubtful(someone)
        for officer in ("demo.reviewer.1", "demo.reviewer.2"):
            await acts.decided(crew[officer], row, someone)


async def _doubtful(someone: Person) -> Verification:
    return await acts.come(someone, face=acts.own_face(someone, DOUBTFUL))


async def _waiting(crew: Crew) -> None:
    """In the officers' queue: new, half decided and disputed ones."""
    acts.passed(days=3)
    for seed in (2093, 2094):
        row = await acts.come(person(seed), face=None)
        await acts.decided(crew["demo.reviewer.1"], row, person(seed))
        note = "号码看不清，请再看一次。"
        officer = crew["demo.reviewer.2"]
        await acts.decided(officer, row, person(seed), approved=False, note=note)
    acts.passed(days=2)
    for seed in range(2090, 2093):
        row = await _doubtful(person(seed))
        await acts.decided(crew["demo.reviewer.1"], row, person(seed))
    acts.passed(days=1)
    for seed in range(2080, 2083):
        await acts.come(person(seed), face=None)
    for seed in (2083, 2084):
        await _doubtful(person(seed))
    for seed in (2085, 2086):
        pictureless = person(seed, held=Held.WITHOUT_PHOTO)
        await acts.come(pictureless, face=acts.own_face(pictureless))
    await acts.come(person(2087), face=acts.own_face(person(2087)), spoil=spoil.photocopy)
    await _by_passport(person(2088))
    row = await _doubtful(person(2116))
    await _take_back_face(row.account_id)


async def _by_passport(someone: Person) -> None:
    number = Personal.of(Kind.ID_NUMBER, "E00000088")
    await acts.come(someone, face=None, id_kind=DocumentKind.PASSPORT, number=number)


async def _take_back_face(account_id: UUID) -> None:
    version = TEXTS[ConsentPurpose.FACE].version
    actor = Actor(account_id, kind="person", origin=acts.ORIGIN)
    await consents.decide(actor, purpose=ConsentPurpose.FACE, version=version, granted=False)


async def _not_yet_handed_in() -> None:
    """Seven on their way: photos read, photos too bad, consents given, nothing yet."""
    acts.passed(days=0)
    for seed in range(2110, 2113):
        someone = person(seed)
        actor = await acts.move_in(someone, ConsentPurpose.ID_CARD)
        await acts.photograph(actor, someone)
    await acts.move_in(person(2113), *acts.ALL)
    await acts.move_in(person(2114))
    blurred = await acts.move_in(person(2115), ConsentPurpose.ID_CARD)
    await acts.photograph(blurred, person(2115), spoil.blurred)
    await acts.move_in(NEWCOMER.someone)
