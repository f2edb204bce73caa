"""The side list of the offices: which doors an actor sees, by his permissions."""

from dataclasses import dataclass

from api.kit.actor import Actor
from api.permissions import EXEMPT, Permission

P = Permission


@dataclass(frozen=True, slots=True)
class Door:
    """One entry: its text's key, address and icon, and who may open it."""

    key: str
    href: str
    icon: str
    permission: str = ""
    current: bool = False


ENTERPRISE = (
    Door("nav.enterprise.days", "/enterprise/", "check", P.ENTERPRISE_ATTENDANCE_READ),
    Door("nav.enterprise.corrections", "/enterprise/corrections", "edit",
         P.ENTERPRISE_ATTENDANCE_READ),
    Door("nav.enterprise.worklog", "/enterprise/worklog", "book", P.ENTERPRISE_WORKLOG_READ),
    Door("nav.enterprise.wages", "/enterprise/wages", "wage", P.ENTERPRISE_WAGES_READ),
    Door("nav.enterprise.payments", "/enterprise/payments", "card", P.ENTERPRISE_PAYROLL_READ),
    Door("nav.enterprise.complaints", "/enterprise/complaints", "complaint",
         P.ENTERPRISE_COMPLAINTS_READ),
    Door("nav.enterprise.conduct", "/enterprise/conduct", "shield", P.ENTERPRISE_CONDUCT_READ),
    Door("nav.enterprise.accidents", "/enterprise/accidents", "wrong",
         P.ENTERPRISE_ACCIDENTS_READ),
    Door("nav.enterprise.projects", "/enterprise/projects", "site", P.ENTERPRISE_PROJECTS_READ),
    Door("nav.enterprise.workers", "/enterprise/workers", "people", P.ENTERPRISE_WORKERS_READ),
    Door("nav.enterprise.insurance", "/enterprise/insurance", "shield",
         P.ENTERPRISE_INSURANCE_READ),
    Door("nav.enterprise.training", "/enterprise/training", "book", P.ENTERPRISE_COURSES_READ),
    Door("nav.enterprise.staff", "/enterprise/staff", "key", P.ENTERPRISE_STAFF_READ),
    Door("nav.enterprise.account", "/enterprise/account", "person", P.OWN_ACCOUNT_READ),
)  # fmt: skip
REGULATOR = (
    Door("nav.regulator.overview", "/regulator/", "home", P.REGULATOR_PROJECTS_READ),
    Door("nav.regulator.projects", "/regulator/projects", "site", P.REGULATOR_PROJECTS_READ),
    Door("nav.regulator.enterprises", "/regulator/enterprises", "firm",
         P.REGULATOR_ENTERPRISES_READ),
    Door("nav.regulator.workers", "/regulator/workers", "people", P.REGULATOR_WORKERS_READ),
    Door("nav.regulator.profiles", "/regulator/corrections", "edit", P.REGULATOR_WORKERS_READ),
    Door("nav.regulator.uninsured", "/regulator/uninsured", "shield",
         P.REGULATOR_INSURANCE_READ),
    Door("nav.regulator.accidents", "/regulator/accidents", "wrong",
         P.REGULATOR_ACCIDENTS_READ),
    Door("nav.regulator.days", "/regulator/days", "calendar", P.REGULATOR_ATTENDANCE_READ),
    Door("nav.regulator.trainings", "/regulator/trainings", "book", P.REGULATOR_TRAININGS_READ),
    Door("nav.regulator.wages", "/regulator/wages", "wage", P.REGULATOR_WAGES_READ),
    Door("nav.regulator.payments", "/regulator/payments", "card", P.REGULATOR_PAYROLL_READ),
    Door("nav.regulator.complaints", "/regulator/complaints", "complaint",
         P.REGULATOR_COMPLAINTS_READ),
    Door("nav.regulator.conduct", "/regulator/conduct", "shield",
         P.REGULATOR_CONDUCT_READ),
    Door("nav.regulator.reviews", "/regulator/reviews", "check", P.REVIEW_VERIFICATIONS_READ),
    Door("nav.regulator.account", "/regulator/account", "person", P.OWN_ACCOUNT_READ),
)  # fmt: skip
DOORS = {"enterprise": ENTERPRISE, "regulator": REGULATOR}


def doors(area: str, actor: Actor, path: str) -> tuple[Door, ...]:
    """The doors of an area that are open to `actor`; the one he stands in is `current`."""
    seen = [door for door in DOORS.get(area, ()) if actor.may(door.permission)]
    return tuple(
        Door(door.key, door.href, door.icon, door.permission, _leads_to(door, path))
        for door in seen
    )


def home(area: str, actor: Actor) -> str:
    """Where whoever is in this area begins; an office that strayed goes back to its own work."""
    if actor.account_id is None or (area not in DOORS and actor.kind != "staff"):
        return "/" if area == "root" else f"/{area}/"
    areas = sorted(DOORS, key=lambda each: each != area)
    seen = [door for each in areas for door in DOORS[each] if actor.may(door.permission)]
    work = [door for door in seen if door.permission not in EXEMPT]
    if actor.kind != "staff" and not work:
        return "/h5/"
    return (work or seen or DOORS[areas[0]])[0].href


def _leads_to(door: Door, path: str) -> bool:
    """Whether `path` is the door's page or one below it; the days lie below the first page."""
    if door.href == "/enterprise/":
        return path == door.href or path.startswith("/enterprise/days")
    return path == door.href or (not door.href.endswith("/") and path.startswith(f"{door.href}/"))


def area_of(path: str) -> str:
    """The area an address belongs to."""
    first = path.strip("/").partition("/")[0]
    return first if first in DOORS else "h5"
