"""The dictionaries for everybody: what a form offers to choose from."""

from typing import Annotated

from pydantic import Field, StringConstraints
from sanic import Blueprint

from api.codes import service
from api.codes.service import Dictionary
from api.kit.actor import Actor
from api.kit.errors import FieldError, Invalid, NotFound
from api.kit.routes import PUBLIC, route
from api.kit.schemas import Out, Query, RegionCode

blueprint = Blueprint("codes", url_prefix="/api/v1/codes")


class VersionQuery(Query):
    """A version of the dictionary; the current one without."""

    version: Annotated[str | None, StringConstraints(max_length=40)] = None


class EntryOut(Out):
    """One code and its name. traits: what else the dictionary says of it, by name."""

    code: str
    name: str
    aliases: list[str]
    traits: dict[str, str]


class DictionaryOut(Out):
    """One version of a dictionary."""

    name: str
    title: str
    version: str
    versions: list[str]
    items: list[EntryOut]


class RegionQuery(Query):
    """The region whose parts are asked for; the provinces without one."""

    under: Annotated[RegionCode | None, Field()] = None


class RegionOut(Out):
    """A region in force."""

    code: str
    name: str
    full_name: str


class RegionsOut(Out):
    """The regions one level below another."""

    items: list[RegionOut]


@route(blueprint, "GET", "/dictionaries/<name:str>", permission=PUBLIC)
async def show_dictionary(actor: Actor, name: str, query: VersionQuery) -> DictionaryOut:
    """The codes of a dictionary with their names."""
    if name not in set(Dictionary):
        raise NotFound
    dictionary = Dictionary(name)
    version = query.version or service.current_version(dictionary)
    if version not in service.versions(dictionary):
        fault = FieldError("version", "codes.unknown_version", "没有这个版本。请用列出的版本。")
        raise Invalid(errors=(fault,))
    return DictionaryOut(
        name=dictionary,
        title=service.title(dictionary),
        version=version,
        versions=list(service.versions(dictionary)),
        items=[
            EntryOut(
                code=entry.code,
                name=entry.name,
                aliases=list(entry.aliases),
                traits=dict(entry.traits),
            )
            for entry in service.entries(dictionary, version)
        ],
    )


@route(blueprint, "GET", "/regions", permission=PUBLIC)
async def list_regions(actor: Actor, query: RegionQuery) -> RegionsOut:
    """The regions in force one level below another."""
    found = service.regions_under(query.under)
    return RegionsOut(
        items=[
            RegionOut(code=region.code, name=region.name, full_name=region.full_name)
            for region in found
        ]
    )
