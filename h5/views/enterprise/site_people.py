"""Units that take part in a project, its managers' posts, and how attendance is taken."""

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from api.codes.service import Dictionary
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.schemas import Form
from api.projects import listing, policies, posts, units
from api.projects.policies import policy_in_force
from api.projects.policy_schemas import PolicyIn, PolicyOut, RulesOut
from api.projects.rules import Method
from api.projects.schemas import Day, ProjectOut
from api.projects.unit_schemas import PostIn, PostOut, UnitIn, UnitOut
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.projects import LIST, ONE, READ, UPDATE, Options, options


class LastDayForm(Form):
    """The last day of a unit or post."""

    last_on: Day


@dataclass(frozen=True, slots=True)
class UnitsPage(View):
    """The units, those that left too, and the form of a new one."""

    template = "enterprise/units.html"
    title = "enterprise.units.title"
    typed: Typed
    project: ProjectOut
    units: tuple[UnitOut, ...]
    kinds: Options
    older: str
    may_change: bool
    today: str


@dataclass(frozen=True, slots=True)
class PostsPage(View):
    """The managers' posts, past ones too, and the form of a new one."""

    template = "enterprise/posts.html"
    title = "enterprise.posts.title"
    typed: Typed
    project: ProjectOut
    posts: tuple[PostOut, ...]
    kinds: Options
    units: Options
    older: str
    may_change: bool
    today: str


@dataclass(frozen=True, slots=True)
class PolicyPage(View):
    """How attendance is taken today, every policy written, and the form of the next."""

    template = "enterprise/policy.html"
    title = "enterprise.policy.title"
    typed: Typed
    project: ProjectOut
    rules: RulesOut
    policies: tuple[PolicyOut, ...]
    methods: tuple[str, ...]
    start: time
    end: time
    older: str
    may_change: bool


@page(enterprise, "GET", f"{ONE}/units", permission=READ)
async def unit_list(actor: Actor, project_id: UUID, query: PageQuery, typed: Typed) -> UnitsPage:
    """The units of a project."""
    found = await listing.units(actor, READ, project_id, query)
    here = f"{LIST}/{project_id}/units"
    return UnitsPage(
        typed=typed,
        project=await listing.one(actor, READ, project_id),
        units=tuple(found.items),
        kinds=options(Dictionary.PARTICIPANT_TYPES),
        older=address(here, query, cursor=found.next_cursor) if found.next_cursor else "",
        may_change=actor.may(UPDATE),
        today=clock.today().isoformat(),
    )


@page(enterprise, "POST", f"{ONE}/units", permission=UPDATE, again=unit_list)
async def enter_unit(actor: Actor, project_id: UUID, form: UnitIn) -> See:
    """Enter a unit that takes part."""
    await units.enter(actor, project_id, form)
    return See(f"{LIST}/{project_id}/units", says="enterprise.units.entered")


@page(enterprise, "POST", f"{ONE}/units/<unit_id:uuid>/exit", permission=UPDATE, again=unit_list)
async def leave_unit(actor: Actor, project_id: UUID, unit_id: UUID, form: LastDayForm) -> See:
    """Record a unit's exit."""
    await units.leave(actor, project_id, unit_id, form.last_on)
    return See(f"{LIST}/{project_id}/units", says="enterprise.units.left")


@page(enterprise, "GET", f"{ONE}/posts", permission=READ)
async def post_list(actor: Actor, project_id: UUID, query: PageQuery, typed: Typed) -> PostsPage:
    """The managers' posts of a project."""
    found = await listing.posts(actor, READ, project_id, query)
    taking_part = await listing.units(actor, READ, project_id, PageQuery(limit=100))
    here = f"{LIST}/{project_id}/posts"
    return PostsPage(
        typed=typed,
        project=await listing.one(actor, READ, project_id),
        posts=tuple(found.items),
        kinds=options(Dictionary.POSTS),
        units=tuple((str(u.enterprise_id), u.name) for u in taking_part.items if u.enterprise_id),
        older=address(here, query, cursor=found.next_cursor) if found.next_cursor else "",
        may_change=actor.may(UPDATE),
        today=clock.today().isoformat(),
    )


@page(enterprise, "POST", f"{ONE}/posts", permission=UPDATE, again=post_list)
async def give_post(actor: Actor, project_id: UUID, form: PostIn) -> See:
    """Say who holds a post."""
    await posts.give(actor, project_id, form)
    return See(f"{LIST}/{project_id}/posts", says="enterprise.posts.given")


@page(enterprise, "POST", f"{ONE}/posts/<post_id:uuid>/end", permission=UPDATE, again=post_list)
async def end_post(actor: Actor, project_id: UUID, post_id: UUID, form: LastDayForm) -> See:
    """Say until when a post is held."""
    await posts.end(actor, project_id, post_id, form.last_on)
    return See(f"{LIST}/{project_id}/posts", says="enterprise.posts.ended")


@page(enterprise, "GET", f"{ONE}/policy", permission=READ)
async def policy(actor: Actor, project_id: UUID, query: PageQuery, typed: Typed) -> PolicyPage:
    """How attendance is taken in a project."""
    project = await listing.one(actor, READ, project_id)
    today = await policy_in_force(project_id, clock.today())
    rows, cursor = await policies.written(project_id, query)
    here = f"{LIST}/{project_id}/policy"
    return PolicyPage(
        typed=typed,
        project=project,
        rules=RulesOut.of(today),
        policies=tuple(PolicyOut.of(row) for row in rows),
        methods=tuple(str(each) for each in Method),
        start=today.shift_start,
        end=today.shift_end,
        older=address(here, query, cursor=cursor) if cursor else "",
        may_change=actor.may(UPDATE),
    )


@page(enterprise, "POST", f"{ONE}/policy", permission=UPDATE, again=policy)
async def set_policy(actor: Actor, project_id: UUID, form: PolicyIn) -> See:
    """Say how attendance is taken from a day on."""
    await policies.set_policy(actor, project_id, form)
    return See(f"{LIST}/{project_id}/policy", says="enterprise.policy.set")
