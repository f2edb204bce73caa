"""How attendance is taken in a project, from which day on; days that began keep theirs."""

from datetime import date, timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.memo import Memo
from api.kit.pagination import PageQuery, page
from api.kit.transaction import transaction
from api.projects import queries, rules
from api.projects.access import kept
from api.projects.errors import PolicyInPast
from api.projects.models import Policy, Project, Status
from api.projects.policy_schemas import PolicyIn
from api.projects.rules import AttendancePolicy, PoliciesAbout, policy_on

REMEMBERED: Memo[tuple[Policy, ...]] = Memo("policies", ttl_s=60)


async def policy_in_force(project_id: UUID, day: date) -> AttendancePolicy:
    """How attendance is taken in the project on that day; the default without a policy.

    Remembered for a minute, forgotten in every process when a policy is set.
    """
    return policy_on(day, await _all(project_id))


async def policies_about(project_id: UUID, day: date) -> PoliciesAbout:
    """The same for the day before, the day, and the next one."""
    return rules.policies_about(day, await _all(project_id))


async def _all(project_id: UUID) -> tuple[Policy, ...]:
    async def load() -> tuple[Policy, ...]:
        return tuple(await queries.policies(project_id))

    return await REMEMBERED.get(str(project_id), load)


async def written(project_id: UUID, query: PageQuery) -> tuple[list[Policy], str | None]:
    """Every policy written for a project that the caller may see, newest first."""
    return await page(queries.policies(project_id), query)


async def set_policy(actor: Actor, project_id: UUID, given: PolicyIn) -> Policy:
    """The policy, which holds from its day on.

    PolicyInPast for a day that began, unless it is the first day of a project in preparation.
    """
    async with transaction():
        project = await kept(actor, project_id)
        if given.effective_from < _first_day(project):
            fault = FieldError("effective_from", PolicyInPast.code, PolicyInPast.detail)
            raise PolicyInPast(errors=(fault,))
        row = await _new(actor, project_id, given)
        subject, tenant = ("project", project_id), project.enterprise_id
        day = given.effective_from.isoformat()
        audit.record(
            actor, Tag.ATTENDANCE_POLICY_SET, subject, tenant_id=tenant, effective_from=day
        )
        REMEMBERED.forget_after_commit(str(project_id))
    return row


def _first_day(project: Project) -> date:
    """Tomorrow, since people may have punched today; today when the project was made today."""
    today = clock.today()
    made_today = clock.day_of(project.created_at) == today
    return today if made_today and project.status == Status.PREPARING else today + timedelta(days=1)


async def _new(actor: Actor, project_id: UUID, given: PolicyIn) -> Policy:
    start, end = given.minutes
    return await Policy.create(
        project_id=project_id,
        effective_from=given.effective_from,
        methods=sorted(set(given.methods)),
        photo=given.photo,
        shift_start_min=start,
        shift_end_min=end,
        tolerance_m=given.tolerance_m,
        manual_checked_from=given.manual_checked_from,
        account_id=actor.account_id,
    )
