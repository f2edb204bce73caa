"""Where a worker is expected or at work: asked of the room above, which registers itself here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """A worker's open period on a project. on_site: whether he has entered."""

    worker_id: UUID
    project_id: UUID
    enterprise_id: UUID
    contractor_id: UUID
    region: str
    trade: str
    on_site: bool


class Sites(Protocol):
    """Who knows where workers are."""

    async def of_worker(self, worker_id: UUID) -> list[Place]:
        """His open periods, newest first."""

    async def on_project(self, project_id: UUID, worker_ids: Iterable[UUID]) -> list[Place]:
        """The open periods of these workers on the project."""

    async def taught_by(self, enterprise_id: UUID, project_id: UUID | None) -> list[Place]:
        """The open periods of those whom an enterprise teaches: on its project, or on all."""


_sites: Sites | None = None


def use(known: Sites) -> None:
    """Let `known` answer from now on."""
    global _sites
    _sites = known


def sites() -> Sites:
    """Who answers. RuntimeError before `use`."""
    if _sites is None:
        raise RuntimeError("nobody knows where workers are")
    return _sites
