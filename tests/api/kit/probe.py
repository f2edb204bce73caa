"""Addresses that exist in tests alone: each shows one thing the kit promises."""

import asyncio
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field
from sanic import Blueprint

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import jobs, personal
from api.kit.actor import Actor
from api.kit.errors import Conflict
from api.kit.pagination import PageQuery
from api.kit.personal import Kind, Personal, PersonalIn
from api.kit.rate_limit import Limit
from api.kit.routes import Download, Upload, route
from api.kit.schemas import Body, Form, Line, Out
from api.kit.transaction import transaction
from api.permissions import Permission

MINE = Permission.OWN_MESSAGES_READ
LIMIT = Limit("probe", 3, 60)


@dataclass
class Acts:
    """What the probe did, and how it should behave."""

    done: list[str] = field(default_factory=list)
    refuse: bool = False
    crash: bool = False
    slow_s: float = 0.0


class Refusal(Conflict):
    """Raised on demand."""

    code = "probe.refused"


class ThingIn(Body):
    """A name and a phone."""

    name: Line
    phone: Annotated[Personal, PersonalIn(Kind.PHONE, personal.phone)] | None = None
    amount_fen: Annotated[int, Field(ge=0, le=10**9)] = 0


class ThingOut(Out):
    """What was made."""

    name: str
    made: int


class PhotoForm(Form):
    """A file and a word."""

    photo: Upload
    word: Line


def blueprint(acts: Acts) -> Blueprint:
    """A fresh blueprint of the probe."""
    made = Blueprint("probe", url_prefix="/probe")
    _things(made, acts)
    _files(made)
    return made


def _things(made: Blueprint, acts: Acts) -> None:
    @route(made, "POST", "/things", permission=MINE, status=201, errors=(Refusal,))
    async def make(actor: Actor, body: ThingIn) -> ThingOut:
        """Make a thing."""
        await asyncio.sleep(acts.slow_s)
        async with transaction():
            if acts.refuse:
                raise Refusal
            if acts.crash:
                raise RuntimeError(f"crashed on {body.name} 13912345678")
            audit.record(actor, Tag.SESSION_OPENED, ("thing", None))
            jobs.enqueue("probe.made", number=len(acts.done))
            acts.done.append(body.name)
        return ThingOut(name=body.name, made=len(acts.done))

    @route(made, "GET", "/things", permission=MINE)
    async def show(actor: Actor, query: PageQuery) -> ThingOut:
        """Show how many there are."""
        return ThingOut(name="", made=query.limit)

    @route(made, "GET", "/limited", permission=MINE, limits=(LIMIT,))
    async def limited(actor: Actor) -> None:
        """Do something that is counted."""
        acts.done.append(str(actor.id))

    @route(made, "POST", "/danger", permission=MINE, sudo=True)
    async def danger(actor: Actor) -> None:
        """Do something dangerous."""

    @route(made, "GET", "/origin", permission="public")
    async def origin(actor: Actor) -> ThingOut:
        """Show whence the request came."""
        return ThingOut(name=actor.origin.ip, made=0)


def _files(made: Blueprint) -> None:
    @route(made, "POST", "/photos", permission=MINE, status=201)
    async def keep(actor: Actor, form: PhotoForm) -> ThingOut:
        """Take a photo in."""
        return ThingOut(name=form.word, made=len(form.photo.content))

    @route(made, "GET", "/photos", permission=MINE)
    async def fetch(actor: Actor) -> Download:
        """Give a file."""
        return Download(b"abc", "image/jpeg", "photo.jpg")
