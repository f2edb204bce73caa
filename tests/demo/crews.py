"""The eight teams: who is in them, and how each got his contract, his training and his entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.engagements import contracts, moving
from api.engagements import service as engagements
from api.engagements.contract_schemas import ContractIn, SignatureForm
from api.engagements.models import Engagement
from api.engagements.schemas import EntryIn, OverrideIn, RegisterIn
from api.kit import clock
from api.kit.actor import Actor
from api.teams import acting, invitations, membership, nicknames
from api.teams import service as teams
from api.teams.schemas import ActingIn, InvitationIn, TeamIn
from api.training import service as training
from api.training.schemas import CertificateIn, TrainingIn
from api.workers import service as workers
from tests.demo import acts
from tests.demo.sites import Site
from tests.specimens import Person, person

Crew = Mapping[str, Actor]
Houses = Mapping[str, UUID]
ELECTRICIAN, ELECTRICITY = "130", "01"
"""A trade, and the special operation of which it needs a certificate."""
UNPAPERED = 4
"""Which of the electricians has no certificate yet and enters by an override."""
UNTAUGHT = ("夜间杂工班", 5)
"""Who enters by an override before his safety training."""
NICKNAMES = {1: "小唐", 3: "大个子"}
"""What the first team calls some of its members, by their place."""
STANDS_IN, TERM_DAYS = 3, 14
"""Who leads the first team beside its leader, and for how long."""


@dataclass(frozen=True, slots=True)
class Gang:
    """A team to be: six people, the first leads it. `firm`: the key of their employer."""

    name: str
    trade: str
    site: str
    firm: str
    seeds: tuple[int, ...]


GANGS = (
    Gang("钢筋一班", "020", "garden", "a", (2005, 2001, 2002, 2010, 2012, 2014)),
    Gang("电工班", ELECTRICIAN, "garden", "a", (2016, 2018, 2020, 2022, 2024, 2026)),
    Gang("模板一班", "050", "garden", "b", (2011, 2013, 2015, 2017, 2019, 2021)),
    Gang("混凝土班", "040", "garden", "b", (2023, 2025, 2027, 2029, 2031, 2033)),
    Gang("管道班", "110", "tunnel", "a", (2028, 2030, 2032, 2034, 2036, 2038)),
    Gang("夜间杂工班", "390", "tunnel", "a", (2040, 2042, 2044, 2046, 2048, 2050)),
    Gang("砌筑班", "010", "school", "b", (2035, 2003, 2037, 2039, 2041, 2043)),
    Gang("木工班", "240", "school", "b", (2045, 2047, 2049, 2051, 2053, 2055)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hand:
    """A worker on a site: the `place`-th of the `gang`-th team. `device`: his phone."""

    gang: int
    place: int
    actor: Actor
    worker_id: UUID
    site: Site
    period: Engagement
    officer: Actor

    @property
    def device(self) -> str:
        """The id that his phone sends."""
        return f"demo-{self.gang}-{self.place}"


Hands = dict[tuple[int, int], Hand]
"""The workers by team and place in it."""


async def settle(crew: Crew, houses: Houses, sites: Mapping[str, Site]) -> Hands:
    """All eight teams on their sites."""
    hands: Hands = {}
    for at, gang in enumerate(GANGS):
        site = sites[gang.site]
        people = [await acts.found(person(seed)) for seed in gang.seeds]
        team_id = await _form(gang, people)
        office = Office(crew[f"demo.wages.{gang.firm}"], houses[gang.firm], site)
        for place, actor in enumerate(people):
            period = await _enter(office, actor, gang, team_id, person(gang.seeds[place]), place)
            hands[at, place] = Hand(
                at, place, actor, period.worker_id, site, period, office.officer
            )
    return hands


async def _form(gang: Gang, people: list[Actor]) -> UUID:
    leader, *others = people
    given = acts.sent(TeamIn, {"name": gang.name, "trade": gang.trade})
    team = (await membership.form(leader, given)).team
    _, row = await invitations.invite(leader, team.id, InvitationIn())
    for actor in others:
        await invitations.accept(actor, row.code)
    return team.id


@dataclass(frozen=True, slots=True)
class Office:
    """The employer's officer on a site."""

    officer: Actor
    house: UUID
    site: Site

    async def take_on(self, actor: Actor, trade: str, team_id: UUID | None) -> Engagement:
        """The worker is expected; his contract is made, and he signs it himself."""
        period = await engagements.register(
            self.officer,
            self.site.id,
            acts.sent(
                RegisterIn,
                {
                    "worker_code": await _code(actor),
                    "trade": trade,
                    "team_id": team_id,
                    "enterprise_id": self.house,
                },
            ),
        )
        await self.contract(actor, period)
        return period

    async def contract(self, actor: Actor, period: Engagement) -> None:
        """A work agreement by the day, signed on the phone."""
        terms: dict[str, Any] = {
            "kind": "work_agreement",
            "pay_kind": "day",
            "pay_fen": 32_000,
            "starts_on": clock.today(),
        }
        offered = await contracts.offer(
            self.officer, self.site.id, period.id, acts.sent(ContractIn, terms)
        )
        await contracts.sign(actor, offered.id, SignatureForm(confirmed=True))

    async def train(self, actor: Actor, hours: str = "16") -> None:
        """The worker had his safety training before entry."""
        given: dict[str, Any] = {
            "worker_code": await _code(actor),
            "kind": "entry",
            "held_on": clock.today(),
            "hours": hours,
            "topic": "进场安全教育",
            "enterprise_id": self.house,
        }
        await training.record(self.officer, self.site.id, acts.sent(TrainingIn, given))

    async def certify(self, actor: Actor, someone: Person) -> None:
        """The worker's certificate as an electrician, its number that of his card."""
        today = clock.today()
        given: dict[str, Any] = {
            "worker_code": await _code(actor),
            "operation": ELECTRICITY,
            "number": f"T{someone.number}",
            "issued_by": "样本应急管理局",
            "valid_from": today - timedelta(days=400),
            "valid_to": today + timedelta(days=1000),
            "enterprise_id": self.house,
        }
        await training.record_certificate(self.officer, acts.sent(CertificateIn, given))


async def _code(actor: Actor) -> str:
    return str((await workers.worker_of(actor)).code)


async def _enter(
    office: Office, actor: Actor, gang: Gang, team_id: UUID, someone: Person, place: int
) -> Engagement:
    period = await office.take_on(actor, gang.trade, team_id)
    if (gang.name, place) == UNTAUGHT:
        return await _override(office, period, "培训排在后天，先跟班熟悉现场，不上手干活。")
    await office.train(actor)
    if gang.trade != ELECTRICIAN or place != UNPAPERED:
        if gang.trade == ELECTRICIAN:
            await office.certify(actor, someone)
        return await moving.enter(office.officer, office.site.id, period.id, EntryIn())
    return await _override(office, period, "证书换发中，持受理回执，先做辅助工作。")


async def _override(office: Office, period: Engagement, reason: str) -> Engagement:
    override = OverrideIn(reason=reason, until=clock.today() + timedelta(days=20))
    return await moving.enter(
        office.site.manager, office.site.id, period.id, EntryIn(override=override)
    )


async def settle_in(hands: Hands) -> None:
    """The first team has nicknames, and an acting leader from today."""
    leader = hands[0, 0]
    team_id, today = leader.period.team_id, clock.today()
    if team_id is None:
        return
    members = {row.worker_id: row.id for row in await teams.roster(team_id, today)}
    for place, nickname in NICKNAMES.items():
        member_id = members[hands[0, place].worker_id]
        await nicknames.call(leader.actor, team_id, member_id, nickname)
    deputy = hands[0, STANDS_IN]
    term: dict[str, Any] = {
        "member_id": members[deputy.worker_id],
        "from_on": today,
        "to_on": today + timedelta(days=TERM_DAYS),
    }
    offered = await acting.name(leader.actor, team_id, acts.sent(ActingIn, term))
    await acting.accept(deputy.actor, team_id, offered.id)
