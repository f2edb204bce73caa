"""Whose verification code it is, for everybody: a masked name, and whether the code counts."""

from dataclasses import dataclass

from api.kit.routes import PUBLIC
from api.kit.schemas import Form
from api.workers import codes
from api.workers.schemas import CodeLookupOut, CodeText
from h5.areas import worker
from h5.forms import Typed
from h5.pages import page
from h5.rendering import View


class CodeForm(Form):
    """The code as it was read or told."""

    verification_code: CodeText


@dataclass(frozen=True, slots=True)
class CodesPage(View):
    """The question, and the answer once there is one."""

    template = "public/codes.html"
    title = "public.codes.title"
    typed: Typed
    found: CodeLookupOut | None = None


@page(worker, "GET", "/codes", permission=PUBLIC)
async def look_up(typed: Typed) -> CodesPage:
    """Ask for the code."""
    return CodesPage(typed)


@page(worker, "POST", "/codes", permission=PUBLIC, again=look_up, limits=(codes.LOOKUPS,))
async def code_lookup(form: CodeForm, typed: Typed) -> CodesPage:
    """Answer; the code stays out of addresses."""
    return CodesPage(typed, CodeLookupOut.of(await codes.held(form.verification_code)))
