"""How large a body may be, asked before it is read."""

from typing import Protocol

from api.kit.actor import Actor
from api.kit.routes import JSON_LIMIT, UPLOAD_LIMIT


class Bounded(Protocol):
    """What has a permission and a largest body: an operation or a page."""

    @property
    def permission(self) -> str:
        """PUBLIC, or the permission that every caller must hold."""

    @property
    def largest_body(self) -> int:
        """The most bytes that its request may carry."""


def most_bytes(operation: Bounded | None, actor: Actor | None) -> int:
    """How much of a body is read: what is larger than an upload only from who may send it.

    The body is read before anything else is known of the request, so this is asked before that.
    """
    if operation is None:
        return JSON_LIMIT
    if operation.largest_body <= UPLOAD_LIMIT or (actor and actor.may(operation.permission)):
        return operation.largest_body
    return JSON_LIMIT
