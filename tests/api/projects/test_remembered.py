"""What a punch asks is remembered, and forgotten with the edit."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from api.kit import clock
from api.kit.memo import Channel
from api.projects import service
from api.projects.models import FenceVersion, Policy, Project
from tests.api.projects.sites import (
    DRAWING,
    OWN,
    POLICY,
    details,
    fenced,
    made,
    project,
    sent,
    today,
)
from tests.cast import Client


@pytest.fixture
def remembering(client: Client) -> Iterator[Client]:
    """As when this process hears what others forget."""
    Channel.open = True
    yield client
    Channel.open = False


async def test_fences_are_read_once(remembering: Client) -> None:
    row = await project(remembering)
    project_id = UUID(row["id"])
    await fenced(remembering, row["id"])
    (first,) = await service.fences_in_force(project_id, clock.now())
    await FenceVersion.all().delete()
    (again,) = await service.fences_in_force(project_id, clock.now())
    assert first is again


async def test_a_change_of_a_fence_counts_at_once(remembering: Client) -> None:
    row = await project(remembering)
    project_id = UUID(row["id"])
    assert await service.fences_in_force(project_id, clock.now()) == ()
    fence = await fenced(remembering, row["id"])
    assert len(await service.fences_in_force(project_id, clock.now())) == 1
    path = f"{OWN}/{row['id']}/fences/{fence['id']}"
    body = {**DRAWING, "radius_m": 300, "version": 1}
    assert (await remembering.put(path, as_="officer_a", json=body)).status_code == 200
    (found,) = await service.fences_in_force(project_id, clock.now())
    assert (found.version, found.fence.radius_m) == (2, 300)
    assert (await remembering.delete(f"{path}?version=2", as_="officer_a")).status_code == 204
    assert await service.fences_in_force(project_id, clock.now()) == ()


async def test_a_policy_counts_at_once(remembering: Client) -> None:
    row = await project(remembering)
    project_id = UUID(row["id"])
    assert (await service.policy_in_force(project_id, clock.today())).effective_from is None
    body = {**POLICY, "effective_from": today(), "tolerance_m": 77}
    made(await sent(remembering, f"{row['id']}/attendance-policies", body))
    assert (await service.policy_in_force(project_id, clock.today())).tolerance_m == 77
    assert await Policy.all().count() == 1


async def test_a_new_name_counts_at_once(remembering: Client) -> None:
    row = await project(remembering)
    project_id = UUID(row["id"])
    assert await service.names({project_id, uuid4()}) == {project_id: row["name"]}
    await Project.filter(id=project_id).update(name="没有说过的名字")
    assert await service.names({project_id}) == {project_id: row["name"]}
    body = details(name="天府样例三期")
    del body["region"]
    answer = await remembering.put(f"{OWN}/{row['id']}", as_="officer_a", json=body)
    assert answer.status_code == 200, answer.text
    assert await service.names({project_id}) == {project_id: "天府样例三期"}
