"""电子围栏: where a project's site is, and where it was at any earlier instant.

An edit ends the version in force and begins the next one at the same instant, so what was judged
stays judged. A shape that is no fence is refused with the place of its fault.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.ids import new_id
from api.kit.memo import Memo
from api.kit.transaction import transaction
from api.projects import queries
from api.projects.access import kept
from api.projects.errors import BadFence, FenceChanged, NoSuchFence, TooManyFences
from api.projects.fence_schemas import FenceChangeIn, FenceIn
from api.projects.models import Fence, FenceVersion, Project
from geofence.faults import FenceFault, FenceRefused
from geofence.fences import Fence as Shape
from geofence.points import Datum
from geofence.sentences import fence_sentence

MOST = 50
PATHS = {
    FenceFault.DATUM: "datum",
    FenceFault.TYPE: "geometry.type",
    FenceFault.RADIUS: "radius_m",
    FenceFault.BUFFER: "buffer_m",
}


@dataclass(frozen=True, slots=True)
class FenceInForce:
    """One version of a fence, which holds from `valid_from` up to, not including, `valid_to`.

    id: of the fence; `fence.id` is `id:version`.
    """

    id: UUID
    version: int
    name: str
    fence: Shape
    valid_from: datetime
    valid_to: datetime | None

    def holds_at(self, instant: datetime) -> bool:
        """Whether this version is the fence at that instant."""
        return self.valid_from <= instant and (self.valid_to is None or instant < self.valid_to)


REMEMBERED: Memo[tuple[FenceInForce, ...]] = Memo("fences", ttl_s=60)


async def fences_in_force(project_id: UUID, at: datetime) -> tuple[FenceInForce, ...]:
    """The fences of the project at that instant, oldest first.

    Remembered for a minute, forgotten in every process when one is drawn, changed or ended.
    """

    async def load() -> tuple[FenceInForce, ...]:
        rows = await FenceVersion.filter(project_id=project_id).select_related("fence")
        return tuple(_in_force(row) for row in sorted(rows, key=lambda row: row.id))

    known = await REMEMBERED.get(str(project_id), load)
    return tuple(each for each in known if each.holds_at(at))


def _in_force(row: FenceVersion) -> FenceInForce:
    shape = Shape.from_geojson(
        row.geometry,
        id=f"{row.fence.id}:{row.version}",
        datum=Datum.WGS84,
        radius_m=row.radius_m,
        buffer_m=row.buffer_m,
    )
    return FenceInForce(
        row.fence.id, row.version, row.fence.name, shape, row.valid_from, row.valid_to
    )


async def draw(actor: Actor, project_id: UUID, given: FenceIn) -> tuple[Fence, FenceVersion]:
    """A new fence, in force from now on. BadFence, TooManyFences."""
    shape = _shape(given)
    async with transaction():
        project = await kept(actor, project_id)
        if await queries.current_fences([project.id]).count() >= MOST:
            raise TooManyFences
        fence = await Fence.create(project_id=project.id, region=project.region, name=given.name)
        made = await _begin(actor, fence, 1, clock.now(), given, shape)
        _changed(actor, Tag.FENCE_SET, project, made)
    return fence, made


async def redraw(
    actor: Actor, project_id: UUID, fence_id: UUID, given: FenceChangeIn
) -> tuple[Fence, FenceVersion]:
    """The fence with its new shape, in force from now on.

    BadFence, NoSuchFence, FenceChanged when `given.version` is not the one in force.
    """
    shape = _shape(given)
    async with transaction():
        project = await kept(actor, project_id)
        fence, last = await _last(project, fence_id, given.version)
        begin = await _end(last)
        fence.name = given.name
        await fence.save(update_fields=["name"])
        made = await _begin(actor, fence, last.version + 1, begin, given, shape)
        _changed(actor, Tag.FENCE_SET, project, made)
    return fence, made


async def end(actor: Actor, project_id: UUID, fence_id: UUID, version: int) -> FenceVersion:
    """The fence's last version, which holds no more from now on. NoSuchFence, FenceChanged."""
    async with transaction():
        project = await kept(actor, project_id)
        _, last = await _last(project, fence_id, version)
        await _end(last)
        _changed(actor, Tag.FENCE_ENDED, project, last)
    return last


async def _last(project: Project, fence_id: UUID, version: int) -> tuple[Fence, FenceVersion]:
    # The project's row is locked by now: of two edits at once, the second sees the first.
    fence = await queries.fences(project.id).filter(id=fence_id).first()
    newest = max(fence.versions, key=lambda row: row.version) if fence else None
    if fence is None or newest is None or newest.valid_to is not None:
        raise NoSuchFence
    if newest.version != version:
        raise FenceChanged
    return fence, newest


async def _end(row: FenceVersion) -> datetime:
    # The clock may have been set back since: a version never ends before it began.
    at: datetime = max(clock.now(), row.valid_from)
    row.valid_to = at
    await row.save(update_fields=["valid_to"])
    return at


async def _begin(
    actor: Actor, fence: Fence, version: int, at: datetime, given: FenceIn, shape: Shape
) -> FenceVersion:
    return await FenceVersion.create(
        id=new_id(),
        fence=fence,
        project_id=fence.project_id,
        version=version,
        geometry=shape.geometry,
        radius_m=shape.radius_m,
        buffer_m=shape.buffer_m,
        given=given.geometry.model_dump(mode="json"),
        datum=given.datum,
        valid_from=at,
        account_id=actor.account_id,
    )


def _changed(actor: Actor, tag: Tag, project: Project, row: FenceVersion) -> None:
    subject, tenant = ("project", project.id), project.enterprise_id
    fence = str(row.fence_id)
    audit.record(actor, tag, subject, tenant_id=tenant, fence=fence, version=row.version)
    REMEMBERED.forget_after_commit(str(project.id))


def _shape(given: FenceIn) -> Shape:
    try:
        return Shape.from_geojson(
            given.geometry.model_dump(mode="json"),
            id="drawn",
            datum=given.datum,
            radius_m=given.radius_m,
            buffer_m=given.buffer_m,
        )
    except FenceRefused as refused:
        words = fence_sentence(refused)
        fault = FieldError(_path(given, refused), f"fence.{refused.fault}", words)
        raise BadFence(words, errors=(fault,)) from None


def _path(given: FenceIn, refused: FenceRefused) -> str:
    """Where in the request the fault lies: `geometry.coordinates.part.ring.vertex`."""
    if refused.fault in PATHS:
        return PATHS[refused.fault]
    spot = refused.spot
    several = given.geometry.type == "MultiPolygon"
    indexes = (spot.part if several else None, spot.ring, spot.vertex)
    return ".".join(["geometry.coordinates", *(str(i) for i in indexes if i is not None)])


async def listed(project_id: UUID, *, ended: bool) -> list[tuple[Fence, FenceVersion]]:
    """The fences in force, or also the ended ones, each with its newest version; newest first."""
    found = []
    for fence in await queries.fences(project_id).order_by("-id"):
        newest = max(fence.versions, key=lambda row: row.version)
        if ended or newest.valid_to is None:
            found.append((fence, newest))
    return found


async def versions(project_id: UUID, fence_id: UUID) -> list[FenceVersion]:
    """All versions of a fence, newest first. NoSuchFence."""
    fence = await queries.fences(project_id).filter(id=fence_id).first()
    if fence is None:
        raise NoSuchFence
    return sorted(fence.versions, key=lambda row: row.version, reverse=True)
