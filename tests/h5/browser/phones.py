"""A worker's phone: where it is, what it keeps, and what the server has of it."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page

from tests.h5.browser.demo import People
from tests.h5.browser.opening import Openings

M_PER_DEGREE = 111_320.0
Spot = tuple[float, float]
QUEUE = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("gongyou");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("queue").objectStore("queue").getAll();
    asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
  };
})"""
FILL = """(items) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("gongyou");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const writing = opening.result.transaction("queue", "readwrite");
    for (const item of items) writing.objectStore("queue").put(item);
    writing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a worker works: its id, its middle, and how far its fence reaches."""

    id: str
    name: str
    middle: Spot
    reach_m: float

    def east(self, metres: float) -> Spot:
        """A place that far to the east of the middle."""
        per_degree = M_PER_DEGREE * math.cos(math.radians(self.middle[1]))
        return self.middle[0] + metres / per_degree, self.middle[1]

    @property
    def inside(self) -> Spot:
        """A place well within the fence."""
        return self.middle

    @property
    def far(self) -> Spot:
        """A place two kilometres beyond the fence."""
        return self.east(self.reach_m + 2_000)


def site_of(people: People, who: str) -> Site:
    """The site of one of the demo's workers, who agrees to positions."""
    agree(people, who)
    found = next(
        each
        for each in people.get(who, "/me/engagements")["items"]
        if each["state"] == "on_site" and each["fences"]
    )
    fence = found["fences"][0]
    corners, radius = _corners(fence["geometry"]), fence["radius_m"] or 0.0
    middle = tuple(sum(each[axis] for each in corners) / len(corners) for axis in (0, 1))
    reach = max(math.dist(middle, each[:2]) * M_PER_DEGREE for each in corners) + radius
    return Site(found["project"]["id"], found["project"]["name"], (middle[0], middle[1]), reach)


def _corners(geometry: dict[str, Any]) -> list[list[float]]:
    found: Any = geometry["coordinates"]
    depth = {"Point": 0, "Polygon": 1, "MultiPolygon": 2}[geometry["type"]]
    for _ in range(depth):
        found = found[0]
    return list(found[:-1]) if depth else [found]


def agree(people: People, who: str) -> None:
    """The worker agrees that a punch reads his position."""
    yes = {"version": "2026-11", "granted": True}
    people.ask(who, "PUT", "/me/consents/location", json=yes)


def punches(people: People, who: str) -> list[dict[str, Any]]:
    """Every punch the server has of him, newest first."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = people.get(who, f"/punches?limit=100{cursor}")
        found += answer["items"]
        if not answer["next_cursor"]:
            return found
        cursor = f"&cursor={answer['next_cursor']}"


def phone(page_as: Openings, who: str, place: Spot, accuracy: float = 12, **more: Any) -> Page:
    """His phone at that place, allowed to say where it is."""
    position = {"longitude": place[0], "latitude": place[1], "accuracy": accuracy}
    return page_as(who, geolocation=position, permissions=["geolocation"], **more)


def kept(page: Page) -> list[dict[str, Any]]:
    """What is in the phone's queue."""
    found: list[dict[str, Any]] = page.evaluate(QUEUE)
    return found


def now() -> str:
    """As the phone's clock says it."""
    return datetime.now(UTC).isoformat()
