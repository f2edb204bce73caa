"""人员账号: who works for the enterprise, with which roles."""

from dataclasses import dataclass
from uuid import UUID

from api.enterprises import service as enterprises
from api.enterprises import staff
from api.enterprises.errors import NoSuchMember
from api.enterprises.staff import Member
from api.enterprises.staff_schemas import StaffIn, StaffRole
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.schemas import Form
from api.permissions import Permission
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.ENTERPRISE_STAFF_READ, Permission.ENTERPRISE_STAFF_UPDATE
LIST = "/enterprise/staff"
ADDS = Limit("staff_add", 50, 3600)


class RoleForm(Form):
    """A role to give or to take."""

    role: StaffRole


@dataclass(frozen=True, slots=True)
class StaffPage(View):
    """Everybody who works for the enterprise; a new one's activation code, shown this once."""

    template = "enterprise/staff.html"
    title = "enterprise.staff.title"
    typed: Typed
    members: tuple[Member, ...]
    roles: tuple[str, ...]
    me: UUID
    added: str = ""
    code: str = ""


async def _shown(actor: Actor, typed: Typed, added: str = "", code: str = "") -> StaffPage:
    tenant = await enterprises.acting_for(actor, READ)
    return StaffPage(
        typed=typed,
        members=tuple(await staff.members(actor, tenant)),
        roles=tuple(str(role) for role in StaffRole),
        me=actor.id,
        added=added,
        code=code,
    )


@page(enterprise, "GET", "/staff", permission=READ, of_one=True)
async def members(actor: Actor, typed: Typed) -> StaffPage:
    """Everybody who works for the enterprise."""
    return await _shown(actor, typed)


@page(
    enterprise,
    "POST",
    "/staff",
    permission=UPDATE,
    of_one=True,
    again=members,
    sudo=True,
    limits=(ADDS,),
)
async def add_member(actor: Actor, form: StaffIn) -> StaffPage:
    """Take on a member; the activation code stands on this answer alone."""
    tenant = await enterprises.acting_for(actor, UPDATE)
    member, code = await staff.add(actor, tenant, username=form.username, role=form.role)
    return await _shown(actor, Typed(), member.username or "", code)


@page(
    enterprise,
    "POST",
    "/staff/<account_id:uuid>/give",
    permission=UPDATE,
    of_one=True,
    again=members,
    sudo=True,
)
async def give_role(actor: Actor, account_id: UUID, form: RoleForm) -> See:
    """Give a member another role."""
    tenant = await enterprises.acting_for(actor, UPDATE)
    await staff.give_role(actor, tenant, account_id, form.role)
    return See(LIST, says="enterprise.staff.given")


@page(
    enterprise,
    "POST",
    "/staff/<account_id:uuid>/take",
    permission=UPDATE,
    of_one=True,
    again=members,
    sudo=True,
)
async def take_role(actor: Actor, account_id: UUID, form: RoleForm) -> See:
    """Take a role from a member."""
    tenant = await enterprises.acting_for(actor, UPDATE)
    await staff.take_role(actor, tenant, account_id, form.role)
    return See(LIST, says="enterprise.staff.taken")


@page(
    enterprise,
    "POST",
    "/staff/<account_id:uuid>/end",
    permission=UPDATE,
    of_one=True,
    again=members,
    sudo=True,
)
async def end_member(actor: Actor, account_id: UUID) -> See:
    """Take every role from a member: he works here no more."""
    tenant = await enterprises.acting_for(actor, UPDATE)
    found = {each.account_id: each for each in await staff.members(actor, tenant)}
    if account_id not in found:
        raise NoSuchMember
    # The administrator's role first: if he is the last one, nothing is taken.
    for role in sorted(found[account_id].roles, key=lambda role: role != staff.ADMIN):
        await staff.take_role(actor, tenant, account_id, role)
    return See(LIST, says="enterprise.staff.ended")
