"""The register: every table of the house, what it holds about a person, or that it holds nothing.

Where a row is found by a row of another table, it stands before that one: what erasing deletes
first is what is found by the other.
"""

from api.accidents import holdings as accidents
from api.accounts import holdings as accounts
from api.attendance import holdings as attendance
from api.audit import holdings as audit
from api.cards import holdings as cards
from api.collecting import holdings as collecting
from api.complaints import holdings as complaints
from api.conduct import holdings as conduct
from api.engagements import holdings as engagements
from api.enterprises import holdings as enterprises
from api.files import holdings as files
from api.funds import holdings as funds
from api.insurance import holdings as insurance
from api.kit.holdings import Apart, Holding
from api.kit.models import DataKey, IdempotencyRecord, Job, Timetable
from api.notices import holdings as notices
from api.payroll import holdings as payroll
from api.payslips import holdings as payslips
from api.privacy import holdings as privacy
from api.profiles import holdings as profiles
from api.projects import holdings as projects
from api.recovery import holdings as recovery
from api.teams import holdings as teams
from api.training import holdings as training
from api.wages import holdings as wages
from api.workers import holdings as workers
from api.worklog import holdings as worklog

KIT: tuple[Apart, ...] = (
    Apart(DataKey, "keys that seal columns"),
    Apart(Job, "what is still to be done: ids alone, gone when done"),
    Apart(Timetable, "when a regular act is due"),
    Apart(IdempotencyRecord, "answers once given, sealed, gone after a day"),
)
DECLARED: tuple[Holding | Apart, ...] = (
    *workers.HOLDINGS,
    *accounts.HOLDINGS,
    *collecting.HOLDINGS,
    *engagements.HOLDINGS,
    *attendance.HOLDINGS,
    *worklog.HOLDINGS,
    *wages.HOLDINGS,
    *teams.HOLDINGS,
    *training.HOLDINGS,
    *payroll.HOLDINGS,
    *payslips.HOLDINGS,
    *complaints.HOLDINGS,
    *conduct.HOLDINGS,
    *cards.HOLDINGS,
    *insurance.HOLDINGS,
    *profiles.HOLDINGS,
    *accidents.HOLDINGS,
    *recovery.HOLDINGS,
    *notices.HOLDINGS,
    *files.HOLDINGS,
    *privacy.HOLDINGS,
    *audit.HOLDINGS,
    *enterprises.HOLDINGS,
    *projects.HOLDINGS,
    *funds.HOLDINGS,
    *KIT,
)
HELD: tuple[Holding, ...] = tuple(each for each in DECLARED if isinstance(each, Holding))
"""What a person is shown, in this order."""
