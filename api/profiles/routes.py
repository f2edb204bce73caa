"""Oneself: the one record, corrections with proof, and the résumé that one shows."""

from uuid import UUID

from sanic import Blueprint

from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC, Download, route
from api.kit.schemas import Page
from api.permissions import Permission
from api.profiles import correction_reading, corrections, reading, resume_print, resumes
from api.profiles.errors import (
    AlreadyAsked,
    NoResume,
    NoSuchCorrection,
    NothingNew,
    WrongStep,
)
from api.profiles.schemas import (
    CorrectionForm,
    CorrectionOut,
    OwnCorrectionOut,
    OwnIdentityOut,
    OwnResumeOut,
    ProfileOut,
    ResumeIn,
    ResumeOut,
)
from api.workers.errors import NotVerified

blueprint = Blueprint("profiles", url_prefix="/api/v1")
READ, UPDATE = Permission.WORKER_PROFILE_READ, Permission.WORKER_PROFILE_UPDATE
ASKED = Limit("profile_corrections", 20, 86_400)
ALL, ONE = "/me/profile/corrections", "/me/profile/corrections/<correction_id:uuid>"


@route(blueprint, "GET", "/me/profile", permission=READ)
async def show_profile(actor: Actor) -> ProfileOut:
    """One's own record, masked: who one is, certificates, work, insurance, cards."""
    return await reading.own(actor)


@route(
    blueprint, "POST", "/me/profile/reveals", permission=READ, sudo=True, errors=(NotVerified,),
    limits=(Limit("profile_reveals", 20, 86_400),),
)  # fmt: skip
async def reveal_profile(actor: Actor) -> OwnIdentityOut:
    """One's own identity in plain text, after a fresh proof."""
    return await reading.reveal_own(actor)


@route(blueprint, "GET", ALL, permission=READ)
async def list_profile_corrections(actor: Actor, query: PageQuery) -> Page[CorrectionOut]:
    """What one asked to be corrected."""
    return await correction_reading.own(actor, query)


@route(
    blueprint, "POST", ALL, permission=UPDATE, status=201, limits=(ASKED,),
    errors=(NotVerified, NothingNew, AlreadyAsked, BadPhoto),
)  # fmt: skip
async def ask_profile_correction(actor: Actor, form: CorrectionForm) -> OwnCorrectionOut:
    """Ask for a correction, with a photo that proves it."""
    row = await corrections.ask(actor, form)
    return await correction_reading.own_one(actor, row.id)


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchCorrection,))
async def show_profile_correction(actor: Actor, correction_id: UUID) -> OwnCorrectionOut:
    """One of one's own corrections."""
    return await correction_reading.own_one(actor, correction_id)


@route(
    blueprint, "POST", f"{ONE}/withdrawal", permission=UPDATE, errors=(NoSuchCorrection, WrongStep)
)  # fmt: skip
async def withdraw_profile_correction(actor: Actor, correction_id: UUID) -> OwnCorrectionOut:
    """Take back a correction that waits."""
    await corrections.withdraw(actor, correction_id)
    return await correction_reading.own_one(actor, correction_id)


@route(blueprint, "GET", "/me/resume", permission=READ)
async def show_own_resume(actor: Actor) -> OwnResumeOut:
    """Whether one's résumé can be read now, and what of it."""
    return await resumes.own(actor)


@route(blueprint, "PUT", "/me/resume", permission=UPDATE, errors=(NotVerified,),
       limits=(Limit("resume", 60, 3600),))  # fmt: skip
async def share_resume(actor: Actor, body: ResumeIn) -> OwnResumeOut:
    """Let whoever has the new code read these parts; the code of before is dead."""
    return await resumes.show(actor, body)


@route(blueprint, "DELETE", "/me/resume", permission=UPDATE, status=204)
async def hide_resume(actor: Actor) -> None:
    """Let nobody read it from this moment on."""
    await resumes.hide(actor)


@route(
    blueprint, "GET", "/me/resume/pdf", permission=READ, errors=(NoResume,),
    limits=(Limit("resume_pdf", 60, 3600),),
)  # fmt: skip
async def print_resume(actor: Actor) -> Download:
    """The résumé as it is shown now, as a sheet with its code."""
    sheet = await resume_print.pdf(await resumes.printed(actor))
    return Download(sheet, "application/pdf", "resume.pdf")


@route(
    blueprint, "GET", "/resumes/<resume_code:str>", permission=PUBLIC, errors=(NoResume,),
    limits=(resumes.LOOKS,),
)  # fmt: skip
async def read_resume(actor: Actor, resume_code: str) -> ResumeOut:
    """A career by the code in its QR: masked name, the chosen parts alone."""
    return await resumes.of_code(resume_code)
