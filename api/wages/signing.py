"""签字: a worker consents to one version of his line, to exactly what he saw (BY-08, L-08)."""

from uuid import UUID

from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.wages import access, steps
from api.wages.errors import ContestOpen, LineChanged
from api.wages.models import LineSignature, WageLine
from api.wages.rules import LineState, Way


async def sign(
    actor: Actor, line_id: UUID, digest: str, way: Way, strokes: UUID | None = None
) -> WageLine:
    """The worker's own line, signed; the same again changes nothing.

    digest: of what he read. strokes: the file of his drawn signature. NoSuchLine, LineChanged
    when it says something else by now, ContestOpen while his objection waits.
    """
    async with transaction():
        line = await access.own_line(actor, line_id, lock=True)
        return await put(actor, line, digest, way, strokes)


async def put(
    actor: Actor, line: WageLine, digest: str, way: Way, strokes: UUID | None
) -> WageLine:
    """Sign a line whose row is locked.

    Who objected after he had signed, was told why it stays, and agrees after all has signed these
    very words already: his first signature counts again, the audit says when.
    """
    if line.digest != digest:
        raise LineChanged
    if line.state is LineState.CONFIRMED:
        return line
    if line.state is LineState.CONTESTED:
        raise ContestOpen
    if not await LineSignature.exists(line_id=line.id, line_version=line.version):
        await LineSignature.create(
            line_id=line.id,
            worker_id=line.worker_id,
            project_id=line.project_id,
            line_version=line.version,
            digest=digest,
            way=way,
            strokes_file_id=strokes,
            account_id=actor.account_id,
            at=clock.now(),
        )
    line.state, line.signed_version = LineState.CONFIRMED, line.version
    await line.save(update_fields=["state", "signed_version"])
    steps.record_line(actor, Tag.WAGE_LINE_SIGNED, line)
    return line
