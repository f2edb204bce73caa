"""打卡: the page with the one big button, registering by hand, and the consent to a position."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Literal
from uuid import UUID, uuid4

from api.accounts import consents
from api.accounts.consents import ConsentText
from api.accounts.service import ConsentPurpose
from api.attendance import looking, photos
from api.attendance import service as attendance
from api.attendance.schemas import PositionIn, PunchIn
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Note, Out, Query
from api.permissions import Permission
from geofence.sentences import length_in_words
from h5 import tiles
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View
from h5.sketches import Position, Sketch, sketch
from h5.views.worker.here import Here, here

PUNCH, READ = Permission.WORKER_PUNCHES_CREATE, Permission.WORKER_ATTENDANCE_READ
PUNCHES = Limit("punch", 300, 60)
LOCATION = consents.TEXTS[ConsentPurpose.LOCATION]
Direction = Literal["in", "out"]
TONES = {"inside": "ok", "near": "ok", "outside": "wrong"}


class SiteQuery(Query):
    """Which of one's sites, and which way."""

    project: UUID | None = None
    direction: Direction | None = None


class FenceForm(Form):
    """What the big button sends when no script takes it over: no position."""

    project: UUID
    direction: Direction
    photo: Upload | None = None


class ManualForm(Form):
    """A punch by hand, with the reason."""

    client_id: UUID
    project_id: UUID
    direction: Direction
    note: Note
    photo: Upload | None = None


class AgreeForm(Form):
    """Yes to the use of the position."""

    version: str
    project: UUID


class LookIn(Body):
    """Where the phone is."""

    project_id: UUID
    position: PositionIn


class TileOut(Out):
    """A picture below a drawing."""

    href: str
    x: float
    y: float
    width: float
    height: float


class SpotOut(Out):
    """A place in a drawing."""

    x: float
    y: float
    r: float


class LookOut(Out):
    """Where that lies, in words and as shapes."""

    verdict: str
    tone: str
    distance: str
    sentence: str
    fence: list[str]
    bands: list[float]
    spot: SpotOut | None
    scale: tuple[float, str] | None
    tiles: list[TileOut]


@dataclass(frozen=True, slots=True)
class PunchPage(View):
    """One site, where one stands there today, and the big button."""

    template = "worker/punch.html"
    title = "worker.punch.title"
    shows_map = True
    typed: Typed
    here: Here
    direction: str
    sketch: Sketch | None
    agree: ConsentText | None
    """The text to agree to before a position is read; None when that is done."""


@dataclass(frozen=True, slots=True)
class ManualPage(View):
    """The form of a punch by hand."""

    template = "worker/punch_manual.html"
    title = "worker.punch.manual.title"
    typed: Typed
    here: Here
    direction: str
    client_id: str
    now: dt.datetime


@page(worker, "GET", "/punch", permission=PUNCH, back="/h5/")
async def punch(actor: Actor, query: SiteQuery, typed: Typed) -> PunchPage:
    """The page with the big button."""
    found = await here(actor, query.project, to_punch=True)
    return PunchPage(
        typed=typed,
        here=found,
        direction=_direction(found, query),
        sketch=sketch(found.site.fences, source=tiles.source()) if found.site else None,
        agree=None if found.agreed else LOCATION,
    )


def _direction(found: Here, query: SiteQuery) -> str:
    return query.direction or (found.standing.next if found.standing else "in")


@page(worker, "POST", "/punch", permission=PUNCH)
async def punch_without_script(form: FenceForm) -> See:
    """Only a script reads the position: on to the form of a punch by hand."""
    return See(f"/h5/punch/manual?project={form.project}&direction={form.direction}")


@page(worker, "GET", "/punch/manual", permission=PUNCH, back="/h5/punch")
async def manual(actor: Actor, query: SiteQuery, typed: Typed) -> ManualPage:
    """Register by hand what cannot be punched."""
    chosen = filled(SiteQuery, {"project": typed.value("project_id") or query.project})
    found = await here(actor, chosen.project)
    return ManualPage(
        typed=typed,
        here=found,
        direction=_direction(found, query),
        client_id=typed.value("client_id", uuid4()),
        now=clock.now(),
    )


@page(worker, "POST", "/punch/manual", permission=PUNCH, again=manual, limits=(PUNCHES,))
async def register(actor: Actor, form: ManualForm) -> See:
    """Register by hand."""
    photo_id = await photos.add(actor, form.photo) if form.photo else None
    values = form.model_dump(exclude={"photo"})
    device = device_of(actor)
    command = filled(
        PunchIn, {**values, "method": "manual", "device_id": device, "photo_id": photo_id}
    )
    row, _ = await attendance.punch(actor, command)
    return See(f"/h5/punches/{row.id}")


def device_of(actor: Actor) -> str:
    """What stands for the phone when no script says which one it is: its login."""
    return f"h5-{actor.session_id}"


@page(worker, "POST", "/punch/agree", permission=Permission.WORKER_CONSENTS_UPDATE)
async def agree(actor: Actor, form: AgreeForm) -> See:
    """Agree that the position is read at a punch."""
    await consents.decide(
        actor, purpose=ConsentPurpose.LOCATION, version=form.version, granted=True
    )
    return See(f"/h5/punch?project={form.project}", says="worker.punch.agreed")


@page(worker, "POST", "/punch/look", permission=PUNCH, limits=(PUNCHES,))
async def look(actor: Actor, body: LookIn) -> LookOut:
    """Where the phone is on the site; nothing is kept."""
    found = await looking.look(actor, body.project_id, body.position)
    outlines = [each.fence for each in found.fences]
    spot = Position(found.place.lon, found.place.lat, body.position.accuracy_m)
    drawn = sketch(outlines, spot, tiles.source())
    return LookOut(
        verdict=found.verdict,
        tone=TONES.get(found.verdict, "wait"),
        distance="" if found.distance_m is None else length_in_words(found.distance_m),
        sentence=found.sentence,
        fence=list(drawn.fence) if drawn else [],
        bands=list(drawn.bands) if drawn else [],
        spot=SpotOut(x=drawn.spot.x, y=drawn.spot.y, r=drawn.spot.r)
        if drawn and drawn.spot
        else None,
        scale=drawn.scale if drawn else None,
        tiles=[TileOut(**asdict(tile)) for tile in drawn.tiles] if drawn else [],
    )
