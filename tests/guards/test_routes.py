"""Every route is an operation that names its permission, or the application does not start."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sanic import Blueprint, HTTPResponse, Request, Sanic
from sanic.response import empty

from api import app as application
from api.kit import routes
from api.kit.routes import OPERATIONS, PUBLIC, route
from api.permissions import ROLES, Permission
from h5.pages import PAGES

PUBLIC_OPERATIONS = {
    # Frozen: a new public address is decided here, in the same commit.
    "accounts.activate",
    "accounts.jsapi_signature",
    "accounts.list_consent_texts",
    "accounts.log_in",
    "accounts.send_sms_code",
    "accounts.wechat_oauth_url",
    "bank.push_results",  # signed: refused without the bank's signature
    "boards.show",
    "codes.list_regions",
    "codes.show_dictionary",
    "published_conduct.list_published_conduct",
    "profiles.read_resume",
    "evidence_key.show_evidence_key",
    "shared_payslips.show_shared_payslip",
    "system.healthz",
    "system.metrics",
    "system.openapi",
    "system.readyz",
    "teams.show_invitation",
    "training_codes.check_certificate",
    "training_codes.check_record",
    "workers.look_up_code",
}

NAMED = {"enterprise_oversight", "enterprises", "project_oversight", "projects"}


@pytest.fixture(autouse=True)
def operations() -> Iterator[None]:
    before = dict(OPERATIONS)
    Sanic._app_registry.clear()
    yield
    routes.OPERATIONS.clear()
    routes.OPERATIONS.update(before)


async def open_door(request: Request) -> HTTPResponse:
    return empty()


def test_every_route_of_the_application_is_an_operation(app: Sanic[Any, Any]) -> None:
    application.refuse_open_routes(app)
    found = [getattr(route.ctx, "operation", None) for route in app.router.routes]
    assert {operation.name for operation in found if operation} == set(OPERATIONS) | set(PAGES)
    assert None not in found


def test_a_route_without_a_permission_stops_the_start() -> None:
    app: Sanic[Any, Any] = Sanic("open")
    app.add_route(open_door, "/open")
    with pytest.raises(application.OpenRoute, match="open"):
        application.refuse_open_routes(app)


@pytest.mark.parametrize("permission", ["", "everybody", "regulator:workers:raed", "PUBLIC"])
def test_an_unknown_permission_stops_the_start(permission: str) -> None:
    blueprint = Blueprint("seeded")

    @route(blueprint, "GET", "/seeded", permission=permission)
    async def seeded(actor: Any) -> None:
        """Do nothing."""

    app: Sanic[Any, Any] = Sanic("seeded")
    app.blueprint(blueprint)
    with pytest.raises(application.OpenRoute):
        application.refuse_open_routes(app)


def test_a_known_permission_lets_it_start() -> None:
    blueprint = Blueprint("seeded")

    @route(blueprint, "GET", "/seeded", permission=Permission.OWN_ACCOUNT_READ)
    async def seeded(actor: Any) -> None:
        """Do nothing."""

    app: Sanic[Any, Any] = Sanic("seeded")
    app.blueprint(blueprint)
    application.refuse_open_routes(app)


def test_the_public_addresses_are_these() -> None:
    public = {name for name, operation in OPERATIONS.items() if operation.permission == PUBLIC}
    assert public == PUBLIC_OPERATIONS


def test_every_permission_opens_something_and_is_held_by_somebody() -> None:
    used = {operation.permission for operation in OPERATIONS.values()} - {PUBLIC}
    held = {permission for role in ROLES.values() for permission in role.permissions}
    assert used - held == set()
    assert held <= set(Permission)
    assert set(Permission) - held == set()


def test_permissions_are_in_order_and_well_formed() -> None:
    words = [permission.value for permission in Permission]
    assert words == sorted(words)
    for permission in Permission:
        assert re.fullmatch(r"[a-z]+:[a-z_]+:[a-z_]+", permission.value)
        assert permission.name == permission.value.replace(":", "_").upper()


def test_a_surface_is_open_to_its_own_roles() -> None:
    for name, role in ROLES.items():
        surfaces = {permission.partition(":")[0] for permission in role.permissions}
        if "regulator" in surfaces:
            assert name.startswith("regulator_"), name
            assert role.second_factor, name
        if "platform" in surfaces:
            assert name in {"platform_admin", "auditor"}
            assert role.second_factor, name
        if "worker" in surfaces:
            assert name in {"worker", "team_leader"}


def test_every_path_parameter_is_typed() -> None:
    for operation in OPERATIONS.values():
        for name, kind in re.findall(r"<([a-z_]+)(?::([a-z]+))?>", operation.path):
            assert kind in {"uuid", "str"}, operation.path
            assert (kind == "uuid") == name.endswith("_id"), operation.path


def test_no_address_carries_personal_data() -> None:
    personal = re.compile(r"phone|id_number|id_card|name|bank|openid|token|password")
    for operation in OPERATIONS.values():
        fields = set(operation.query.model_fields) if operation.query else set()
        asked = {f"{operation.tag}.{word}" for word in fields if personal.search(word)}
        # The name of an enterprise or a project is nobody's.
        asked -= {f"{tag}.name" for tag in NAMED}
        assert not asked, (operation.name, asked)
        assert operation.method != "GET" or operation.body is None


def test_what_creates_may_be_repeated_by_key() -> None:
    once_only = {
        # Each answer is a fresh secret that a repeat must not get again.
        name for name, o in OPERATIONS.items()
        if o.method == "POST" and 201 in o.statuses and not o.repeatable
    }  # fmt: skip
    assert once_only <= {
        "accounts.log_in", "accounts.prove_again", "accounts.begin_second_factor",
        "accounts.give_second_factor", "accounts.unlock_session",
        # Its client_id does it.
        "attendance.punch",
        "platform.create_platform_staff", "platform.reissue_activation", "staff.add_staff",
        "workers.read_id_card",
    }, once_only  # fmt: skip


def test_methods_mean_what_they_say() -> None:
    for operation in OPERATIONS.values():
        assert operation.method in {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if operation.method == "GET":
            assert not operation.body and not operation.form and not operation.sudo
        if operation.method == "DELETE":
            assert operation.body is None
