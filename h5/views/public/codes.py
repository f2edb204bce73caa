"""Whose verification code it is, for everybody: a masked name, and whether the code counts.

The code stays out of addresses: it goes along to the page with the answer.
"""

from dataclasses import dataclass

from api.kit.routes import PUBLIC
from api.kit.schemas import Form
from api.workers import codes
from api.workers.schemas import CodeLookupOut, CodeText
from h5.areas import worker
from h5.forms import NOTHING_TYPED, Typed, filled
from h5.pages import See, page
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


@page(worker, "POST", "/codes", permission=PUBLIC, again=look_up, along="codes",
      limits=(codes.LOOKUPS,))  # fmt: skip
async def code_lookup(form: CodeForm, typed: Typed) -> See:
    """Look it up, and go on to the answer."""
    await codes.held(form.verification_code)
    return See("/h5/codes/found", along=typed)


@page(worker, "GET", "/codes/found", permission=PUBLIC, along="codes", back="/h5/codes")
async def found(typed: Typed) -> CodesPage | See:
    """The answer; who comes without a code is asked for it."""
    if not typed.values:
        return See("/h5/codes")
    asked = filled(CodeForm, {"verification_code": typed.value("verification_code")})
    return CodesPage(NOTHING_TYPED, CodeLookupOut.of(await codes.held(asked.verification_code)))
