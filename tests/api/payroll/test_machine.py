"""Whatever the bank says and officers do, a sheet's payments stay whole: see `machine`."""

import asyncio
from datetime import UTC, datetime
from itertools import chain
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from api.audit import service as audit
from api.integrations.adapters import Adapters
from api.kit import clock
from api.payroll.rules import AdvanceState, BatchState, ExceptionState, PaymentState, Way
from api.wages.rules import Payer, PayState, SheetState
from tests.api.attendance import sites
from tests.api.payroll import banked
from tests.api.payroll.banked import Banked
from tests.api.payroll.machine import Ground, Machine
from tests.api.teams import people
from tests.api.wages.paid import entered
from tests.cast import Client
from tests.emulators.fixtures import Emulators

STAFF = ("officer_a", "auditor_a", "checker_a", "officer_b")
BEFORE = {SheetState.DRAFT, SheetState.SUBMITTED, SheetState.AUDITED, SheetState.VOID}


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


def rare_ways() -> None:
    """What chance may leave out: refused by the bank, paid again, returned, advanced, put away."""
    machine = Machine()
    machine.begin(at_once=1, interface=True)
    for interface, pay, fails, short, then in (
        (True, "pay", set[int](), 0, "archive"),
        (True, "pay", set[int](), 1, "return"),
        (False, "advance", {1}, 1, "contradict"),
        (False, "advance", set[int](), 1, "archive"),
    ):
        machine.bank_has_an_interface(interface)
        machine.onward(pay, fails, short, then)
        machine.it_is_whole()
    machine.teardown()


@pytest.mark.timeout(900)
async def test_payments_stay_whole(
    client: Client, emulators: Emulators, adapters: Adapters
) -> None:
    world = await banked.opened(client, emulators)
    wang = await _third(world)
    offset = clock.now() - datetime.now(UTC)
    clock.set_clock(lambda: datetime.now(UTC) + offset)  # the bank refuses a clock that stands
    actors = {name: await people.actor(client, name) for name in STAFF}
    Machine.ground = Ground(
        asyncio.get_running_loop(), world, adapters, actors,
        {"zhang": world.paid.zhang, "li": world.paid.li, "wang": wang},
    )  # fmt: skip
    limits = settings(
        max_examples=30, stateful_step_count=25, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await asyncio.to_thread(rare_ways)
    await asyncio.to_thread(run_state_machine_as_test, Machine, settings=limits)
    kinds = (PayState, BatchState, PaymentState, AdvanceState, ExceptionState, Way, Payer)
    wanted = {repr(each) for each in (*set(SheetState) - BEFORE, *chain.from_iterable(kinds))}
    assert sorted(wanted - Machine.reached) == []
    assert await audit.verify() == []


async def _third(world: Banked) -> UUID:
    """Wang works there too, so that a batch may arrive in part."""
    wang = await sites.entered(world.client, "wang", world.paid.project_id)
    await entered(world.client, "wang")
    await world.paid.terms(wang)
    await world.paid.work(wang, banked.DAYS[:3])
    return wang
