"""The gate of every operation and page: who is there, and what stands in his way."""

from typing import Protocol

from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import Forbidden, Unauthenticated
from api.kit.routes import PUBLIC


class SecondFactorRequired(Forbidden):
    """The account holds the permission but has not given its second factor."""

    code = "auth.second_factor_required"
    detail = "这件事需要动态口令。请退出后带动态口令重新登录。"


class SudoRequired(Forbidden):
    """The act needs a fresh proof of who is there."""

    code = "auth.reauthentication_required"
    detail = "为了您的安全，请先再验证一次身份，再做这件事。"


class SessionLocked(Forbidden):
    """The login is on a shared phone, which was locked or lay unused: it asks for the PIN."""

    code = "auth.locked"
    title = "请输入密码"
    detail = "手机已锁。请输入您的 6 位数字密码，再接着用。"


class Guarded(Protocol):
    """What has a permission to ask for: an operation or a page."""

    @property
    def permission(self) -> str:
        """PUBLIC, or the permission that every caller must hold."""

    @property
    def sudo(self) -> bool:
        """Whether it needs a fresh proof of who is there."""

    @property
    def while_locked(self) -> bool:
        """Whether it is open to a login that is locked."""


def as_seen(operation: Guarded, actor: Actor) -> Actor:
    """Who is there for the operation: what is public knows nobody behind a locked screen."""
    if actor.locked and operation.permission == PUBLIC:
        return Actor(origin=actor.origin)
    return actor


def admit(operation: Guarded, actor: Actor) -> None:
    """Let the actor pass, or raise what stands in the way."""
    if operation.permission == PUBLIC:
        return
    if actor.account_id is None:
        raise Unauthenticated
    if actor.locked and not operation.while_locked:
        raise SessionLocked
    if actor.needs_second_factor_for(operation.permission):
        raise SecondFactorRequired
    if not actor.may(operation.permission):
        raise Forbidden
    if operation.sudo and (actor.sudo_until is None or actor.sudo_until <= clock.now()):
        raise SudoRequired
