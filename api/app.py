"""Composition root: builds the one Sanic application from settings and adapters."""

import asyncio
import contextlib
import gc
from hmac import compare_digest
from typing import Any

from sanic import HTTPResponse, Request, Sanic

from api import database, migrating
from api import settings as configuration
from api.accidents import jobs as accident_jobs  # noqa: F401 - registers its timetable
from api.accidents import office_routes as accident_office_routes
from api.accidents import routes as accident_routes
from api.accounts import jobs as account_jobs  # noqa: F401 - registers its timetable
from api.accounts import platform_routes, sms_codes
from api.accounts import routes as account_routes
from api.accounts import service as accounts
from api.attendance import jobs as attendance_jobs  # noqa: F401 - registers its jobs
from api.attendance import office_routes as attendance_office_routes
from api.attendance import regulator_routes as attendance_regulator_routes
from api.attendance import routes as attendance_routes
from api.audit import jobs as audit_jobs  # noqa: F401 - registers its timetable
from api.audit import routes as audit_routes
from api.cards import jobs as card_jobs  # noqa: F401 - registers its job
from api.cards import office_routes as card_office_routes
from api.cards import routes as card_routes
from api.codes import routes as code_routes
from api.codes import workdays
from api.collecting import import_routes as worker_import_routes
from api.collecting import jobs as collecting_jobs  # noqa: F401 - registers its timetable
from api.collecting import routes as collecting_routes
from api.complaints import jobs as complaint_jobs  # noqa: F401 - registers its jobs
from api.complaints import office_routes as complaint_office_routes
from api.complaints import regulator_routes as complaint_regulator_routes
from api.complaints import routes as complaint_routes
from api.conduct import jobs as conduct_jobs  # noqa: F401 - registers its jobs
from api.conduct import office_routes as conduct_office_routes
from api.conduct import public_routes as conduct_public_routes
from api.conduct import regulator_routes as conduct_regulator_routes
from api.conduct import routes as conduct_routes
from api.engagements import jobs as engagement_jobs  # noqa: F401 - registers its job
from api.engagements import office_routes as engagement_office_routes
from api.engagements import regulator_routes as engagement_regulator_routes
from api.engagements import routes as engagement_routes
from api.enterprises import regulator_routes as enterprise_regulator_routes
from api.enterprises import routes as enterprise_routes
from api.enterprises import staff_routes
from api.files import jobs as file_jobs  # noqa: F401 - registers its timetable
from api.files import routes as file_routes
from api.funds import jobs as fund_jobs  # noqa: F401 - registers its timetable
from api.funds import regulator_routes as fund_regulator_routes
from api.funds import routes as fund_routes
from api.insurance import jobs as insurance_jobs  # noqa: F401 - registers its job and warning
from api.insurance import office_routes as insurance_office_routes
from api.insurance import routes as insurance_routes
from api.integrations import adapters as outside
from api.integrations.adapters import Adapters
from api.kit import cache as caches
from api.kit import crypto, http, jobs, keys, memo, system
from api.kit.actor import Actor, Origin
from api.kit.logging import log
from api.kit.routes import JSON_LIMIT, PUBLIC
from api.notices import jobs as notice_jobs  # noqa: F401 - registers delivery
from api.notices import routes as notice_routes
from api.payroll import bank_routes as payroll_bank_routes
from api.payroll import jobs as payroll_jobs  # noqa: F401 - registers its jobs
from api.payroll import office_routes as payroll_office_routes
from api.payroll import platform_routes as payroll_platform_routes
from api.payroll import regulator_routes as payroll_regulator_routes
from api.payslips import jobs as payslip_jobs  # noqa: F401 - registers its job
from api.payslips import office_routes as wage_statistics_routes
from api.payslips import public_routes as shared_payslip_routes
from api.payslips import routes as payslip_routes
from api.permissions import Permission
from api.privacy import jobs as privacy_jobs  # noqa: F401 - registers its jobs
from api.privacy import public_routes as evidence_key_routes
from api.privacy import regulator_routes as kept_identity_routes
from api.privacy import routes as privacy_routes
from api.profiles import jobs as profile_jobs  # noqa: F401 - registers its job
from api.profiles import regulator_routes as profile_regulator_routes
from api.profiles import routes as profile_routes
from api.projects import jobs as project_jobs  # noqa: F401 - registers its timetable
from api.projects import public_routes as board_routes
from api.projects import regulator_routes as project_regulator_routes
from api.projects import routes as project_routes
from api.projects import site_routes
from api.recovery import jobs as recovery_jobs  # noqa: F401 - registers its jobs
from api.recovery import routes as recovery_routes
from api.settings import Settings
from api.teams import jobs as team_jobs  # noqa: F401 - registers its job
from api.teams import routes as team_routes
from api.training import course_routes, learning_routes, session_routes
from api.training import jobs as training_jobs  # noqa: F401 - registers its job
from api.training import public_routes as training_code_routes
from api.training import regulator_routes as training_regulator_routes
from api.training import routes as training_routes
from api.wages import jobs as wage_jobs  # noqa: F401 - registers its jobs
from api.wages import regulator_routes as wage_regulator_routes
from api.wages import routes as wage_routes
from api.workers import enterprise_routes as worker_check_routes
from api.workers import jobs as worker_jobs  # noqa: F401 - registers its jobs
from api.workers import regulator_routes as worker_regulator_routes
from api.workers import review_routes
from api.workers import routes as worker_routes
from api.worklog import jobs as worklog_jobs  # noqa: F401 - registers its jobs
from api.worklog import office_routes as worklog_office_routes
from api.worklog import routes as worklog_routes
from api.worklog import team_routes as team_worklog_routes
from h5 import blueprint as pages

VERSION = "0.1.0"
DEMO_CODE = "246810"
GARBAGE = 20_000
"""After so many more containers made than let go, Python looks for circles among the young."""
BLUEPRINTS = (
    system.blueprint,
    audit_routes.blueprint,
    code_routes.blueprint,
    account_routes.blueprint,
    platform_routes.blueprint,
    notice_routes.blueprint,
    enterprise_routes.blueprint,
    staff_routes.blueprint,
    enterprise_regulator_routes.blueprint,
    collecting_routes.blueprint,
    worker_import_routes.blueprint,
    file_routes.blueprint,
    worker_routes.blueprint,
    review_routes.blueprint,
    worker_regulator_routes.blueprint,
    worker_check_routes.blueprint,
    project_routes.blueprint,
    site_routes.blueprint,
    board_routes.blueprint,
    project_regulator_routes.blueprint,
    project_regulator_routes.figures,
    team_routes.blueprint,
    training_routes.blueprint,
    course_routes.blueprint,
    learning_routes.blueprint,
    session_routes.blueprint,
    training_code_routes.blueprint,
    training_regulator_routes.blueprint,
    card_routes.blueprint,
    card_office_routes.blueprint,
    engagement_routes.blueprint,
    engagement_office_routes.blueprint,
    engagement_regulator_routes.blueprint,
    conduct_routes.blueprint,
    conduct_office_routes.blueprint,
    conduct_regulator_routes.blueprint,
    conduct_public_routes.blueprint,
    insurance_routes.blueprint,
    insurance_office_routes.blueprint,
    insurance_office_routes.oversight,
    attendance_routes.blueprint,
    attendance_office_routes.blueprint,
    attendance_regulator_routes.blueprint,
    worklog_routes.blueprint,
    team_worklog_routes.blueprint,
    worklog_office_routes.blueprint,
    profile_routes.blueprint,
    profile_regulator_routes.blueprint,
    fund_routes.blueprint,
    fund_regulator_routes.blueprint,
    wage_routes.blueprint,
    wage_regulator_routes.blueprint,
    payroll_bank_routes.blueprint,
    payroll_office_routes.blueprint,
    payroll_platform_routes.blueprint,
    payroll_regulator_routes.blueprint,
    payslip_routes.blueprint,
    shared_payslip_routes.blueprint,
    wage_statistics_routes.blueprint,
    complaint_routes.blueprint,
    complaint_office_routes.blueprint,
    complaint_regulator_routes.blueprint,
    privacy_routes.blueprint,
    kept_identity_routes.blueprint,
    accident_routes.blueprint,
    accident_office_routes.blueprint,
    accident_office_routes.oversight,
    recovery_routes.blueprint,
    evidence_key_routes.blueprint,
)


class OpenRoute(RuntimeError):
    """A route names no permission: the app does not start."""


def cache_of(settings: Settings) -> caches.Cache:
    """Redis where the settings name one, else a dict in this process."""
    return caches.RedisCache(settings.redis_url) if settings.redis_url else caches.DictCache()


def create_app(
    settings: Settings, adapters: Adapters, cache: caches.Cache, name: str = "gongyou"
) -> Sanic[Any, Any]:
    """The application. OpenRoute when a route names no permission. Nothing is opened yet."""
    prepare(settings, adapters, cache)
    app: Sanic[Any, Any] = Sanic(
        name,
        request_class=http.Incoming,
        error_handler=pages.Problems(),
        configure_logging=False,
    )
    _configure(app)
    app.ctx.settings = settings
    app.ctx.pipeline = http.Pipeline(_authenticator(settings), settings.trusted_proxies)
    app.ctx.sender = _sender
    for blueprint in BLUEPRINTS:
        app.blueprint(blueprint)
    pages.attach(app)
    _wrap_requests(app, settings)
    refuse_open_routes(app)
    return app


def prepare(settings: Settings, adapters: Adapters, cache: caches.Cache) -> None:
    """Tell every part of this process what it stands on."""
    configuration.use(settings)
    crypto.use(crypto.Keyring(crypto.Secrets.read(settings.keys_file)))
    caches.use(cache)
    outside.use(adapters)
    sms_codes.Demo.code = DEMO_CODE if settings.demo else ""
    system.State.demo, system.State.version = settings.demo, VERSION
    system.State.migrated = migrating.is_current
    workdays.use(settings.holidays_file)


def _configure(app: Sanic[Any, Any]) -> None:
    app.config.update(
        AUTO_EXTEND=False,
        ACCESS_LOG=False,
        MOTD=False,
        REQUEST_MAX_SIZE=JSON_LIMIT,
        REQUEST_TIMEOUT=60,
        RESPONSE_TIMEOUT=30,
        KEEP_ALIVE_TIMEOUT=15,
        GRACEFUL_SHUTDOWN_TIMEOUT=4.0,
        FALLBACK_ERROR_FORMAT="json",
    )


def _authenticator(settings: Settings) -> http.Authenticate:
    async def authenticate(token: str, origin: Origin) -> Actor | None:
        expected = settings.metrics_token
        if expected and compare_digest(token.encode(), expected.encode()):
            return Actor(kind=system.MACHINE, origin=origin)
        return await accounts.actor_of(token, origin)

    return authenticate


def _wrap_requests(app: Sanic[Any, Any], settings: Settings) -> None:
    headers = http.HEADERS | ({"X-Gongyou-Demo": "1"} if settings.demo else {})
    if settings.public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    @app.on_request
    async def start(request: Request) -> None:
        http.begin(request)

    @app.on_response  # type: ignore[untyped-decorator]
    async def finish(request: Request, response: HTTPResponse) -> None:
        http.end(request, response, headers)


async def _sender(request: Request) -> Actor | None:
    """Who sends a large body, by token or by cookie, before it is read; None for nobody known."""
    token = pages.token_of(request)
    header = request.headers.get("authorization", "")
    scheme, _, given = header.partition(" ")
    if scheme.lower() == "bearer":
        token = given
    origin = Origin(ip=request.app.ctx.pipeline.address(request))
    return await accounts.actor_of(token, origin) if token else None


def refuse_open_routes(app: Sanic[Any, Any]) -> None:
    """Raise OpenRoute unless every route is an operation with a known permission or PUBLIC."""
    known = {PUBLIC, *Permission}
    for route in app.router.routes:
        operation = getattr(route.ctx, "operation", None)
        if operation is None or operation.permission not in known:
            raise OpenRoute(f"{route.path} names no permission")


async def start(settings: Settings) -> list[asyncio.Task[None]]:
    """Open what the process needs and start its background work; the tasks to cancel at the end."""
    await database.open_database(settings.database_url)
    await keys.load_keys()
    tasks = [
        asyncio.create_task(memo.listen(caches.cache()), name="forgetting"),
        asyncio.create_task(
            keys.keep_current(lambda: crypto.Secrets.read(settings.keys_file)), name="keys"
        ),
    ]
    if settings.inline_jobs:
        tasks.append(asyncio.create_task(jobs.run(), name="jobs"))
    log.info("app.started", demo=settings.demo, version=VERSION)
    return tasks


def keep_what_stays() -> None:
    """The garbage collector leaves alone what the process is made of; call it once all is there.

    Modules, models and routes live as long as the process: going through them again and again,
    and through what is remembered at every seventh request, is a third of drawing a wage sheet.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 50)


async def stop(tasks: list[asyncio.Task[None]]) -> None:
    """End the background work and close everything."""
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    await caches.cache().close()
    await database.close_database()
