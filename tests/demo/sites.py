"""The three projects: units, posts, rules of attendance and fences, and what the province asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from stdnum.cn import uscc

from api.engagements import entry_rules
from api.engagements.schemas import EntryRuleIn
from api.kit import clock
from api.kit.actor import Actor
from api.projects import fences, policies, posts, registration, standards, units
from api.projects.board_schemas import StandardIn
from api.projects.fence_schemas import FenceIn
from api.projects.models import Project, Status
from api.projects.policy_schemas import PolicyIn
from api.projects.rules import MANAGER_POST, OFFICER_POST, OWNER, SUPERVISOR
from api.projects.schemas import PermitIn, ProjectIn, StatusIn
from api.projects.unit_schemas import PostIn, UnitIn
from tests.demo import acts
from tests.demo.accounts import COUNTY, NEIGHBOUR, PROVINCE
from tests.demo.firms import FIRM_A, FIRM_B, Firm
from tests.demo.places import GARDEN, SCHOOL, TUNNEL, Place
from tests.specimens import person
from verification.credit_code import organisation_check

SUBCONTRACTOR = "006"
"""劳务分包, of the dictionary 参建类型."""
Crew = Mapping[str, Actor]
Houses = Mapping[str, UUID]


@dataclass(frozen=True, slots=True)
class Plan:
    """A project to be. `partners`: labour subcontractors. Hours as the policy takes them."""

    key: str
    name: str
    category: str
    region: str
    address: str
    contractor: Firm
    partners: tuple[Firm, ...]
    place: Place
    shift: tuple[str, str]
    overnight: bool = False


PLANS = (
    Plan(
        "garden", "样本花园一期", "01", COUNTY, "成都市武侯区样本大道18号",
        FIRM_A, (FIRM_B,), GARDEN, ("07:00", "19:00"),
    ),
    Plan(
        "tunnel", "样本路夜间管网改造", "02", COUNTY, "成都市武侯区样本路",
        FIRM_A, (), TUNNEL, ("20:00", "06:00"), overnight=True,
    ),
    Plan(
        "school", "示例小学迁建", "01", NEIGHBOUR, "成都市锦江区示例街66号",
        FIRM_B, (), SCHOOL, ("07:30", "18:30"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """A project with its plan, and who of its contractor looks after it."""

    plan: Plan
    project: Project
    manager: Actor
    officer: Actor

    @property
    def id(self) -> UUID:
        """The project's id."""
        return self.project.id


async def settle(crew: Crew, houses: Houses) -> dict[str, Site]:
    """The three sites, under construction, by key."""
    await _province(crew["demo.province"])
    return {plan.key: await _build(plan, crew, houses, at) for at, plan in enumerate(PLANS)}


async def _province(office: Actor) -> None:
    """Invented numbers: what the province would publish for boards and for entries."""
    since = clock.today() - timedelta(days=300)
    published: dict[str, Any] = {
        "region": PROVINCE,
        "effective_from": since,
        "minimum_month_fen": 200_000,
        "minimum_hour_fen": 2_000,
        "authority": "四川省住房和城乡建设厅（样本）",
        "authority_phone": "12345",
        "labour_phone": "12333",
        "arbitration": "成都市样本路1号劳动人事争议仲裁院",
        "legal_aid": "成都市样本路2号法律援助中心",
        "source": "样本通知〔2026〕1号",
    }
    await standards.publish(office, acts.sent(StandardIn, published))
    asked: dict[str, Any] = {
        "region": PROVINCE,
        "effective_from": since,
        "training_hours": "15",
        "bands": [
            {"sex": "male", "over": 55, "effect": "warn"},
            {"sex": "female", "over": 50, "effect": "warn"},
        ],
        "source": "样本通知〔2026〕2号",
    }
    await entry_rules.publish(office, acts.sent(EntryRuleIn, asked))


async def _build(plan: Plan, crew: Crew, houses: Houses, at: int) -> Site:
    manager = crew[f"demo.manager.{plan.contractor.key}"]
    project = await registration.create(manager, _details(plan))
    number = f"{plan.region}2026{at + 1:04}"
    permit = acts.sent(PermitIn, {"number": number, "issued_by": "样本审批局"})
    await registration.change_permits(manager, project.id, [permit])
    await _enter_units(manager, plan, project.id)
    await _give_posts(manager, project.id, 2911 + 2 * at)
    await policies.set_policy(manager, project.id, _policy(plan))
    await fences.draw(manager, project.id, acts.sent(FenceIn, plan.place.fence))
    step = StatusIn(status=Status.BUILDING, on=clock.today())
    await registration.set_status(manager, project.id, step)
    return Site(plan, project, manager, crew[f"demo.wages.{plan.contractor.key}"])


def _details(plan: Plan) -> ProjectIn:
    today = clock.today()
    fields: dict[str, Any] = {
        "name": plan.name,
        "category": plan.category,
        "region": plan.region,
        "address": plan.address,
        "area_m2": "26800",
        "investment_fen": 9_600_000_000,
        "starts_on": today,
        "ends_on": today + timedelta(days=400),
        "pay_day": 15,
    }
    return acts.sent(ProjectIn, fields)


async def _enter_units(manager: Actor, plan: Plan, project_id: UUID) -> None:
    found = [(SUBCONTRACTOR, firm.credit_code, firm.name) for firm in plan.partners]
    found.append((OWNER, _code(plan.region, "DEM0010A"), "样本城市建设投资有限公司"))
    found.append((SUPERVISOR, _code(plan.region, "DEM0011B"), "样本工程监理有限公司"))
    for kind, code, name in found:
        unit: dict[str, Any] = {
            "credit_code": code,
            "name": name,
            "kind": kind,
            "entered_on": clock.today(),
        }
        await units.enter(manager, project_id, acts.sent(UnitIn, unit))


def _code(region: str, body: str) -> str:
    first = f"91{region}{body}{organisation_check(body)}"
    return first + str(uscc.calc_check_digit(first))


async def _give_posts(manager: Actor, project_id: UUID, seed: int) -> None:
    for post, holder in ((MANAGER_POST, person(seed)), (OFFICER_POST, person(seed + 1))):
        given: dict[str, Any] = {
            "post": post,
            "name": holder.name,
            "phone": holder.phone,
            "starts_on": clock.today(),
        }
        await posts.give(manager, project_id, acts.sent(PostIn, given))


def _policy(plan: Plan) -> PolicyIn:
    start, end = plan.shift
    fields: dict[str, Any] = {
        "effective_from": clock.today(),
        "methods": ["fence", "automatic", "site_code", "manual"],
        "shift_start": start,
        "shift_end": end,
        "shift_end_next_day": plan.overnight,
        "tolerance_m": 30,
    }
    return acts.sent(PolicyIn, fields)
