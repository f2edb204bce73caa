"""Named, coded errors that become RFC 9457 problem documents.

`detail` speaks to a person in plain Chinese and says what to do next. It never carries a value
that was sent, nor any personal data.
"""

from dataclasses import dataclass
from typing import ClassVar

REGISTRY: dict[str, type["Problem"]] = {}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of a request: where (`path`), what (`code`) and what to do (`message`)."""

    path: str
    code: str
    message: str


class Problem(Exception):
    """An answer other than success. Subclasses fix status, code and words."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "request.invalid"
    title: ClassVar[str] = "请求有误"
    detail: ClassVar[str] = "请检查后重试。"
    commits: ClassVar[bool] = False
    """Whether the transaction in which it is raised is kept: a refusal that leaves a trace."""

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: tuple[FieldError, ...] = (),
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(self.code)
        self.words = detail or self.detail
        self.errors = errors
        self.retry_after_s = retry_after_s

    def __init_subclass__(cls) -> None:
        REGISTRY.setdefault(cls.code, cls)


class Invalid(Problem):
    """The request's form is wrong; `errors` names each place."""

    status = 422
    code = "request.invalid_fields"
    title = "填写有误"
    detail = "有内容填得不对。请按提示改好再提交。"


class BadRequest(Problem):
    """The request cannot be read at all."""

    status = 400
    code = "request.unreadable"
    title = "读不懂的请求"
    detail = "提交的内容读不出来。请重新提交。"


class Unauthenticated(Problem):
    """No valid session came with the request."""

    status = 401
    code = "auth.login_required"
    title = "请先登录"
    detail = "您还没有登录，或登录已过期。请重新登录。"


class Forbidden(Problem):
    """The actor is known and may not do this."""

    status = 403
    code = "auth.not_permitted"
    title = "没有权限"
    detail = "您的账号不能做这件事。需要的话请联系管理员。"


class NotFound(Problem):
    """No such thing within the actor's scope: a stranger's row answers the same."""

    status = 404
    code = "request.not_found"
    title = "没有找到"
    detail = "没有找到这条内容。请返回上一页看看。"


class MethodNotAllowed(Problem):
    """The address exists, the method does not."""

    status = 405
    code = "request.method_not_allowed"
    title = "不支持的操作"
    detail = "这个地址不支持这样的操作。"


class Conflict(Problem):
    """The request is well formed but the state of things forbids it."""

    status = 409
    code = "request.conflict"
    title = "现在不能这样做"
    detail = "情况已经变了。请刷新后再看。"


class TooLarge(Problem):
    """The body exceeds the limit of its route."""

    status = 413
    code = "request.too_large"
    title = "内容太大"
    detail = "内容太大了。请压缩后再传，照片不超过 6 兆。"


class UnsupportedMedia(Problem):
    """The body's content type is not the one the route reads."""

    status = 415
    code = "request.unsupported_media"
    title = "格式不支持"
    detail = "提交的格式不对。请按说明的格式提交。"


class TooMany(Problem):
    """The caller exceeded a limit; `retry_after_s` says when to come back."""

    status = 429
    code = "request.too_many"
    title = "太频繁了"
    detail = "操作太频繁了。请过一会儿再试。"


class Unexpected(Problem):
    """Our own fault. Nothing of the cause is shown."""

    status = 500
    code = "server.unexpected"
    title = "我们这边出了问题"
    detail = "我们这边出了问题，已经记下。请过几分钟再试。"


class Unavailable(Problem):
    """A part we need is down for the moment."""

    status = 503
    code = "server.unavailable"
    title = "暂时不可用"
    detail = "服务暂时忙不过来。请过几分钟再试，已填的内容不用重填。"
