"""The staff of an enterprise."""

from uuid import UUID

from sanic import Blueprint

from api.accounts.errors import UsernameTaken
from api.enterprises import staff
from api.enterprises.errors import LastAdmin, NoSuchEnterprise, NoSuchMember
from api.enterprises.staff_schemas import MemberOut, NewMemberOut, RoleIn, StaffIn, StaffRole
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission

blueprint = Blueprint(
    "staff", url_prefix="/api/v1/enterprise/enterprises/<enterprise_id:uuid>/staff"
)
UPDATE = Permission.ENTERPRISE_STAFF_UPDATE


@route(
    blueprint,
    "GET",
    "",
    permission=Permission.ENTERPRISE_STAFF_READ,
    errors=(NoSuchEnterprise,),
)
async def list_staff(actor: Actor, enterprise_id: UUID) -> Page[MemberOut]:
    """Everybody who works for the enterprise, and their roles."""
    found = await staff.members(actor, enterprise_id)
    return Page(items=[_out(member) for member in found], next_cursor=None)


@route(
    blueprint,
    "POST",
    "",
    permission=UPDATE,
    status=201,
    errors=(NoSuchEnterprise, UsernameTaken),
    limits=(Limit("staff_add", 50, 3600),),
    sudo=True,
    repeatable=False,
)
async def add_staff(actor: Actor, enterprise_id: UUID, body: StaffIn) -> NewMemberOut:
    """Take on a member of the staff; hand him the activation code yourself."""
    member, code = await staff.add(actor, enterprise_id, username=body.username, role=body.role)
    return NewMemberOut(member=_out(member), activation_code=code)


@route(
    blueprint,
    "POST",
    "/<account_id:uuid>/roles",
    permission=UPDATE,
    errors=(NoSuchEnterprise, NoSuchMember),
)
async def give_role(actor: Actor, enterprise_id: UUID, account_id: UUID, body: RoleIn) -> MemberOut:
    """Give a member another role."""
    return _out(await staff.give_role(actor, enterprise_id, account_id, body.role))


@route(
    blueprint,
    "DELETE",
    "/<account_id:uuid>/roles/<role:str>",
    permission=UPDATE,
    status=204,
    errors=(NoSuchEnterprise, NoSuchMember, LastAdmin),
)
async def take_role(actor: Actor, enterprise_id: UUID, account_id: UUID, role: str) -> None:
    """Take a role from a member; never the last administrator's."""
    if role not in set(StaffRole):
        raise NoSuchMember
    await staff.take_role(actor, enterprise_id, account_id, role)


def _out(member: staff.Member) -> MemberOut:
    return MemberOut(
        account_id=member.account_id,
        username=member.username,
        phone=member.phone_masked,
        active=member.active,
        roles=list(member.roles),
        since=member.since,
    )
