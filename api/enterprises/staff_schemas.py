"""Staff as an enterprise's administrator sees them."""

from datetime import datetime
from enum import StrEnum, unique
from uuid import UUID

from api.enterprises.schemas import Username
from api.kit.schemas import Body, Out


@unique
class StaffRole(StrEnum):
    """The roles an enterprise gives by itself."""

    ENTERPRISE_ADMIN = "enterprise_admin"
    PROJECT_MANAGER = "project_manager"
    WAGE_OFFICER = "wage_officer"


class StaffIn(Body):
    """A new member of the staff: how he logs in, and his first role."""

    username: Username
    role: StaffRole


class RoleIn(Body):
    """A role to give."""

    role: StaffRole


class MemberOut(Out):
    """Somebody who works for the enterprise."""

    account_id: UUID
    username: str | None
    phone: str | None
    active: bool
    roles: list[str]
    since: datetime


class NewMemberOut(Out):
    """A new member and the code with which he sets his password, shown this once."""

    member: MemberOut
    activation_code: str
