"""What projects hold: nothing about a worker."""

from api.kit.holdings import Apart, Holding
from api.projects.models import (
    BoardPhoto,
    ExternalCode,
    Fence,
    FenceVersion,
    Participation,
    Permit,
    Policy,
    Post,
    Project,
    RegionStandard,
    StatusChange,
)

HOLDINGS: tuple[Holding | Apart, ...] = (
    Apart(Project, "a site"),
    Apart(ExternalCode, "a site's code elsewhere"),
    Apart(Permit, "a construction permit"),
    Apart(StatusChange, "a step in a site's life"),
    Apart(Participation, "a unit that takes part"),
    Apart(Post, "a manager in a public post, whom the rights notice board must name"),
    Apart(Policy, "how attendance is taken"),
    Apart(Fence, "a fence"),
    Apart(FenceVersion, "the shape of a fence"),
    Apart(BoardPhoto, "a photo of the notice board"),
    Apart(RegionStandard, "what a region publishes"),
)
