"""诚信公示: what everybody reads; and what all pages of conduct share."""

from dataclasses import dataclass

from api.conduct import reading
from api.conduct.answers import ConductWholeOut, PublicConductOut
from api.conduct.rules import Subject
from api.conduct.schemas import PublicConductQuery
from api.kit.routes import PUBLIC
from h5.areas import root
from h5.pages import page
from h5.rendering import View, address
from h5.views.public.photos import beside

LIST = "/conduct"
SUBJECTS = tuple(subject.value for subject in Subject)


@dataclass(frozen=True, slots=True)
class PublishedPage(View):
    """Conduct in force, names masked."""

    template = "public/conduct.html"
    title = "public.conduct.title"
    query: PublicConductQuery
    found: tuple[PublicConductOut, ...]
    subjects: tuple[str, ...]
    older: str


@page(root, "GET", "/conduct", permission=PUBLIC, kind="worker", limits=(reading.LOOKS,))
async def published(query: PublicConductQuery) -> PublishedPage:
    """What is published and in force today."""
    found = await reading.public(query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return PublishedPage(query, tuple(found.items), SUBJECTS, older)


def shown_in(area: str, row: ConductWholeOut) -> ConductWholeOut:
    """The record with addresses of photos as the pages of an area show them."""
    steps = [
        step.model_copy(update={"photos": [beside(area, url) for url in step.photos]})
        for step in row.steps
    ]
    return row.model_copy(update={"steps": steps})
