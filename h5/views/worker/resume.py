"""职业履历: choose what others may see, show the code, take it back at once."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC, Download
from api.kit.schemas import Form
from api.permissions import Permission
from api.profiles import resume_print, resumes
from api.profiles.rules import LIVES, Part
from api.profiles.schemas import OwnResumeOut, ResumeIn, ResumeOut
from h5 import qr
from h5.areas import root, worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_PROFILE_READ, Permission.WORKER_PROFILE_UPDATE
RESUME = "/h5/resume"
PARTS = tuple(part.value for part in Part)


class ShowForm(Form):
    """What others may see, and for how many days."""

    parts: list[Part] = []  # noqa: RUF012 - pydantic copies it
    days: Literal["7", "30", "90"] = "30"


@dataclass(frozen=True, slots=True)
class ResumePage(View):
    """What others can read now, its code, and what to show from now on."""

    template = "worker/resume.html"
    title = "worker.resume.title"
    typed: Typed
    own: OwnResumeOut
    chosen: tuple[str, ...]
    parts: tuple[str, ...]
    lives: tuple[int, ...]
    qr: Markup | None


@dataclass(frozen=True, slots=True)
class ReadResumePage(View):
    """A career, as far as its owner shows it."""

    template = "public/resume.html"
    title = "public.resume.title"
    found: ResumeOut


@page(worker, "GET", "/resume", permission=READ, back="/h5/profile")
async def resume(actor: Actor, typed: Typed) -> ResumePage:
    """What others can read of me."""
    own = await resumes.own(actor)
    chosen = tuple(part.value for part in own.parts)
    code = qr.drawn(own.url) if own.url else None
    return ResumePage(typed, own, chosen, PARTS, LIVES, code)


@page(worker, "POST", "/resume", permission=UPDATE, again=resume,
      limits=(Limit("resume", 60, 3600),))  # fmt: skip
async def show_resume(actor: Actor, form: ShowForm) -> See:
    """Show these parts under a new code."""
    given = {"parts": [part.value for part in form.parts], "days": int(form.days)}
    await resumes.show(actor, filled(ResumeIn, given))
    return See(RESUME, says="worker.resume.shown")


@page(worker, "POST", "/resume/hide", permission=UPDATE, again=resume)
async def hide_resume(actor: Actor) -> See:
    """Let nobody read it any more."""
    await resumes.hide(actor)
    return See(RESUME, says="worker.resume.hidden")


@page(worker, "GET", "/resume/pdf", permission=READ, limits=(Limit("resume_pdf", 60, 3600),))
async def print_resume(actor: Actor) -> Download:
    """As a sheet to print."""
    sheet = await resume_print.pdf(await resumes.printed(actor))
    return Download(sheet, "application/pdf", "resume.pdf")


@page(root, "GET", "/resumes/<code:str>", permission=PUBLIC, kind="worker",
      limits=(resumes.LOOKS,))  # fmt: skip
async def read_resume(code: str) -> ReadResumePage:
    """The career behind a QR."""
    return ReadResumePage(await resumes.of_code(code))
