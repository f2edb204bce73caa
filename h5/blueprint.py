"""What the composition root attaches: the areas with all their pages."""

from typing import Any

from sanic import Request, Sanic

from h5 import answering, cookies
from h5.areas import AREAS
from h5.showing import Problems
from h5.views import enterprise  # noqa: F401
from h5.views.public import (  # noqa: F401 - register their pages
    accounts,
    assets,
    codes,
    photos,
    published_conduct,
    staff,
    staff_account,
    training_codes,
    wechat,
)
from h5.views.public import wages as public_wages  # noqa: F401
from h5.views.regulator import (  # noqa: F401
    complaint_queue,
    conduct_queue,
    days,
    exports,
    firms,
    overview,
    payments,
    people,
    profile_queue,
    reviews,
    sites,
    trainings,
    wages,
    welfare,
)
from h5.views.worker import (  # noqa: F401
    accidents,
    bank_card,
    code,
    complaints,
    conduct,
    consents,
    contracts,
    corrections,
    engagements,
    evidence,
    history,
    home,
    invitations,
    me,
    messages,
    more,
    own_data,
    payslips,
    profile,
    profile_corrections,
    proving,
    punch,
    punch_settings,
    punches,
    recovery,
    registration,
    resume,
    roll_call,
    session,
    shared_phone,
    site_code,
    team_worklog,
    teams,
    training,
    training_record,
    workdays,
    worklog,
    worklog_entries,
    worklog_pay,
)
from h5.views.worker import wages as worker_wages  # noqa: F401

__all__ = ["Problems", "attach", "token_of"]


def attach(app: Sanic[Any, Any]) -> None:
    """Give the application its pages."""
    app.ctx.pages = answering.answer
    for area in AREAS:
        app.blueprint(area)


def token_of(request: Request) -> str:
    """The token in the session cookie of a page; empty without one."""
    return cookies.read(request, cookies.SESSION)
