"""The platform administrator's addresses: accounts of reviewers, regulators and other staff."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator
from sanic import Blueprint

from api.accounts import errors as wrong
from api.accounts import staff
from api.accounts.schemas import Username
from api.codes import service as codes
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Body, Out, RegionCode
from api.permissions import ROLES, Permission

blueprint = Blueprint("platform", url_prefix="/api/v1/platform/staff")

UPDATE = Permission.PLATFORM_ACCOUNTS_UPDATE
PlatformRole = Literal[
    "reviewer", "regulator_county", "regulator_city", "regulator_province", "platform_admin",
    "auditor",
]  # fmt: skip


class PlatformStaffIn(Body):
    """A new member of the platform's or an authority's staff."""

    username: Username
    role: PlatformRole
    region: Annotated[RegionCode | None, Field(default=None)]

    @model_validator(mode="after")
    def _region_where_needed(self) -> "PlatformStaffIn":
        if (ROLES[self.role].reach == "region") != (self.region is not None):
            raise ValueError("核验和监管人员要填管辖地区，其他人员不填。")
        known = codes.parse_region(self.region) if self.region else None
        if self.region and known is None:
            raise ValueError("没有这个地区。请从列表里选。")
        level = self.role.removeprefix("regulator_") if known else ""
        if known and self.role.startswith("regulator_") and known.level != level:
            raise ValueError("地区的级别和角色对不上。省、市、县的监管人员要选同一级的地区。")
        return self


class ActivationOut(Out):
    """The code that opens an account, shown this once: hand it over yourself."""

    account_id: UUID
    activation_code: str


@route(
    blueprint,
    "POST",
    "",
    permission=UPDATE,
    status=201,
    errors=(wrong.UsernameTaken,),
    limits=(Limit("platform_staff", 100, 3600),),
    sudo=True,
    repeatable=False,
)
async def create_platform_staff(actor: Actor, body: PlatformStaffIn) -> ActivationOut:
    """Take on a reviewer, regulator, administrator or auditor."""
    account_id, code = await staff.create_staff(
        actor, username=body.username, role=body.role, region=body.region
    )
    return ActivationOut(account_id=account_id, activation_code=code)


@route(
    blueprint,
    "POST",
    "/<account_id:uuid>/activations",
    permission=UPDATE,
    status=201,
    sudo=True,
    repeatable=False,
)
async def reissue_activation(actor: Actor, account_id: UUID) -> ActivationOut:
    """Give somebody who lost his password a fresh activation code; his second factor stays."""
    code = await staff.reissue(actor, account_id)
    return ActivationOut(account_id=account_id, activation_code=code)


@route(
    blueprint,
    "DELETE",
    "/<account_id:uuid>/second-factor",
    permission=UPDATE,
    status=204,
    sudo=True,
)
async def reset_second_factor(actor: Actor, account_id: UUID) -> None:
    """Let somebody who lost his authenticator set up another; all his devices are logged out."""
    await staff.reset_second_factor(actor, account_id)


@route(blueprint, "DELETE", "/<account_id:uuid>", permission=UPDATE, status=204, sudo=True)
async def disable_account(actor: Actor, account_id: UUID) -> None:
    """Switch a staff account off at once."""
    await staff.disable(actor, account_id)
