"""The rotating code on a gate's screen: signed, good for half a minute, spent once per worker.

Its text is `<project>.<gate>.<step>.<signature>`; a step is half a minute since 1970. As a link,
any scanner opens it.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from api.attendance.errors import BadSiteCode, SiteCodeExpired
from api.kit import clock
from api.kit.actor import Actor
from api.kit.crypto import keyring
from api.kit.errors import FieldError
from api.permissions import Permission
from api.projects import service as projects
from api.settings import settings

STEP_S = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PATH = "/h5/s/"
SIGNED_CHARACTERS = 22
"""132 bits of the signature: short enough for a code that is read at arm's length."""
_HEAD = r"(?P<head>(?P<site>[\w-]{22})\.(?P<gate>[\w-]{1,16})\.(?P<step>\d{1,10}))"
_TEXT = re.compile(rf"{_HEAD}\.(?P<mark>[\w-]{{22}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class SiteCode:
    """A code as it was shown: by which gate of which project, in which half minute."""

    project_id: UUID
    gate: str
    step: int

    @property
    def text(self) -> str:
        """What the screen shows and a phone sends back."""
        site = base64.urlsafe_b64encode(self.project_id.bytes).rstrip(b"=").decode()
        head = f"{site}.{self.gate}.{self.step}"
        return f"{head}.{_mark(head)}"

    @property
    def use(self) -> str:
        """What a worker spends: the same for one code, however its text was written."""
        return keyring().index("site_code", f"{self.project_id}.{self.gate}.{self.step}")

    @property
    def ends_at(self) -> datetime:
        """When the screen shows the next one."""
        return EPOCH + timedelta(seconds=(self.step + 1) * STEP_S)


def shown_at(project_id: UUID, gate: str, moment: datetime) -> SiteCode:
    """The code that the gate shows at that instant."""
    return SiteCode(project_id, gate, int(moment.timestamp()) // STEP_S)


async def issue(actor: Actor, project_id: UUID, gate: str) -> SiteCode:
    """The code that a gate of the project shows now. NoSuchProject for a stranger's."""
    project = await projects.require(actor, Permission.ENTERPRISE_SITE_CODES_CREATE, project_id)
    return shown_at(project.id, gate, clock.now())


def link(code: SiteCode) -> str:
    """The address that any scanner opens."""
    return f"{settings().public_url.rstrip('/')}{PATH}{code.text}"


def opened(text: str) -> SiteCode:
    """The code in `text`, be it an old one: whose gate it is. BadSiteCode when it is not ours."""
    code = _signed(text)
    if code is None:
        raise BadSiteCode
    return code


def read(text: str, project_id: UUID, moment: datetime) -> SiteCode:
    """The code in `text`, or in a link that ends with it, if it was on the screen at `moment`.

    The half minute before counts too, for a scan takes time. BadSiteCode, SiteCodeExpired.
    """
    code = _signed(text.strip().rpartition("/")[2])
    if code is None or code.project_id != project_id:
        fault = FieldError("site_code", BadSiteCode.code, BadSiteCode.detail)
        raise BadSiteCode(errors=(fault,))
    if code.step not in _steps(moment):
        raise SiteCodeExpired
    return code


def _steps(moment: datetime) -> tuple[int, int]:
    step = int(moment.timestamp()) // STEP_S
    return step - 1, step


def _signed(text: str) -> SiteCode | None:
    found = _TEXT.fullmatch(text)
    if found is None or not compare_digest(_mark(found["head"]), found["mark"]):
        return None
    try:
        site = UUID(bytes=base64.urlsafe_b64decode(found["site"] + "=="))
    except (ValueError, binascii.Error):
        return None
    return SiteCode(site, found["gate"], int(found["step"]))


def _mark(head: str) -> str:
    return keyring().sign("site-code", head)[:SIGNED_CHARACTERS]
