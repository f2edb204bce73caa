"""Login of staff on the pages: password, second factor, activation, devices, fresh proof."""

import time
from typing import Any

import pyotp
import pytest

from api.accounts import staff
from api.kit.actor import SYSTEM
from tests.cast import FIRM_A
from tests.h5.visiting import Seen, Visitor

PASSWORD = "steady hands build well"  # pragma: allowlist secret


@pytest.fixture
async def code(visitor: Visitor) -> str:
    """The activation code of a new wage officer of firm A."""
    _, made = await staff.create_staff(
        SYSTEM, username="new.officer", role="wage_officer", tenant_id=FIRM_A
    )
    return made


async def activated(visitor: Visitor, code: str, password: str = PASSWORD) -> Seen:
    seen = await visitor.get("/enterprise/activate")
    return await visitor.send(
        seen, "/enterprise/activate", username="new.officer", activation_code=code,
        password=password,
    )  # fmt: skip


async def logged_in(visitor: Visitor, **typed: Any) -> Seen:
    seen = await visitor.get("/enterprise/login")
    given: dict[str, Any] = {"username": "new.officer", "password": PASSWORD, **typed}
    return await visitor.send(seen, "/enterprise/login", **given)


def secret_in(seen: Seen) -> str:
    return seen.html.partition("<code>")[2].partition("</code>")[0].replace(" ", "")


async def set_up(visitor: Visitor) -> tuple[Seen, str]:
    """The page after the second factor was set up, and its secret."""
    seen = await visitor.get("/enterprise/second-factor/setup")
    seen = await visitor.send(seen, "/enterprise/second-factor/setup")
    assert seen.path.startswith("/enterprise/prove?next=/enterprise/second-factor/setup")
    seen = await visitor.send(seen, "/enterprise/prove", username="new.officer", password=PASSWORD)
    assert "身份已验证" in seen.text
    seen = await visitor.send(seen, "/enterprise/second-factor/setup")
    secret = secret_in(seen)
    assert "<svg" in seen.html
    totp = pyotp.TOTP(secret).now()
    return await visitor.send(seen, "/enterprise/second-factor/confirm", totp=totp), secret


async def test_a_new_officer_gets_in_step_by_step(visitor: Visitor, code: str) -> None:
    seen = await activated(visitor, code)
    assert seen.path == "/enterprise/login"
    assert "账号已激活" in seen.text
    seen = await logged_in(visitor)
    assert seen.path.startswith("/enterprise/second-factor?next=/enterprise/")
    seen, _ = await set_up(visitor)
    assert seen.path == "/enterprise/"
    assert seen.status == 200
    assert "动态口令已设好" in seen.text


async def test_a_code_activates_once_and_never_a_weak_password(visitor: Visitor, code: str) -> None:
    seen = await activated(visitor, code, "password123456")
    assert seen.status == 422
    assert seen.form("/enterprise/activate").values["username"] == ["new.officer"]
    assert "password123456" not in seen.html
    assert code not in seen.html
    assert (await activated(visitor, code)).path == "/enterprise/login"
    again = await activated(visitor, code)
    assert again.status in {401, 403, 409, 422}
    assert again.path == "/enterprise/activate"


async def test_a_wrong_password_says_so_and_keeps_the_name(visitor: Visitor, code: str) -> None:
    await activated(visitor, code)
    seen = await logged_in(visitor, password="not this one at all")
    assert seen.status == 401
    assert seen.form("/enterprise/login").values["username"] == ["new.officer"]
    assert "not this one" not in seen.html


async def test_a_wrong_first_code_asks_again_without_showing_the_secret(
    visitor: Visitor, code: str
) -> None:
    await activated(visitor, code)
    await logged_in(visitor)
    await visitor.get("/enterprise/second-factor/setup")
    seen = await visitor.get("/enterprise/prove")
    await visitor.send(seen, "/enterprise/prove", username="new.officer", password=PASSWORD)
    seen = await visitor.get("/enterprise/second-factor/setup")
    seen = await visitor.send(seen, "/enterprise/second-factor/setup")
    secret = secret_in(seen)
    right = pyotp.TOTP(secret).now()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    seen = await visitor.send(seen, "/enterprise/second-factor/confirm", totp=wrong)
    assert seen.status in {401, 403, 422}
    assert secret not in seen.html.replace(" ", "")
    seen = await visitor.send(seen, "/enterprise/second-factor/confirm", totp=right)
    assert seen.path == "/enterprise/"


async def test_the_second_factor_is_given_after_the_login(visitor: Visitor, code: str) -> None:
    await activated(visitor, code)
    await logged_in(visitor)
    _, secret = await set_up(visitor)
    visitor.http.cookies.clear()
    seen = await logged_in(visitor)
    assert "动态口令" in seen.text
    assert seen.status in {401, 403, 422}
    later = pyotp.TOTP(secret)
    seen = await logged_in(visitor, totp=later.at(for_time=int(time.time()) + 30))
    assert seen.path == "/enterprise/"


async def test_devices_are_ended_and_left(visitor: Visitor) -> None:
    await visitor.enter("officer_a")
    seen = await visitor.get("/enterprise/account")
    assert "这台" in seen.text
    left = await visitor.send(seen, "/enterprise/logout")
    assert left.path == "/enterprise/login"
    assert (await visitor.get("/enterprise/account")).path.startswith("/enterprise/login?next=")


async def test_the_password_changes_only_after_a_fresh_proof(visitor: Visitor) -> None:
    await visitor.enter("officer_a")
    seen = await visitor.get("/enterprise/account")
    seen = await visitor.send(seen, "/enterprise/account/password", password=PASSWORD)
    assert seen.path.startswith("/enterprise/prove?next=/enterprise/account")
    await visitor.cast.sudo("officer_a")
    await visitor.enter("officer_a")
    seen = await visitor.get("/enterprise/account")
    seen = await visitor.send(seen, "/enterprise/account/password", password="short")
    assert seen.status == 422
    seen = await visitor.send(seen, "/enterprise/account/password", password=PASSWORD)
    assert seen.path == "/enterprise/login"
    assert "密码已改" in seen.text


async def test_the_offices_share_the_same_pages(visitor: Visitor) -> None:
    await visitor.enter("county")
    seen = await visitor.get("/regulator/account")
    assert seen.status == 200
    seen.form("/regulator/logout")
    for page in ("login", "activate"):
        assert (await visitor.get(f"/regulator/{page}")).status == 200
