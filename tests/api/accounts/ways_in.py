"""The ways in, as tests go them: codes from the emulated phone, passwords, the second factor."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pyotp

from api.accounts import staff
from api.accounts.models import Account
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.personal import Kind, Personal
from tests.cast import Client
from tests.emulators.fixtures import Emulators

SMS_CODES = "/api/v1/auth/sms-codes"
SESSIONS = "/api/v1/auth/sessions"
SUDO = "/api/v1/auth/sudo"
DEVICES = "/api/v1/me/sessions"
PHONE = "13911117777"
PASSWORD = "correct horse battery"
HOME, ELSEWHERE = "10.1.0.1", "10.2.0.2"


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = clock.now()
        clock.set_clock(lambda: self.at)

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


async def until_open(process: Any) -> None:
    """Return once the process whose memo module this is hears what others forget."""
    for _ in range(500):
        if process.Channel.open:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the process hears nothing")


async def ask_code(client: Client, phone: str = PHONE, ip: str = HOME) -> httpx.Response:
    return await client.post(SMS_CODES, json={"phone": phone}, ip=ip)


def sent_code(emulators: Emulators, phone: str = PHONE) -> str:
    """The newest code on a phone."""
    return str(emulators.sms(phone)[-1]["params"]["code"])


def other_than(code: str) -> str:
    """A wrong code."""
    return f"{(int(code) + 1) % 10**6:06d}"


async def enter_by_sms(
    client: Client, code: str, phone: str = PHONE, ip: str = HOME
) -> httpx.Response:
    body = {"method": "sms", "phone": phone, "code": code}
    return await client.post(SESSIONS, json=body, ip=ip)


async def sms_token(
    client: Client, emulators: Emulators, phone: str = PHONE, ip: str = HOME
) -> str:
    """The token of somebody who just logged in by text message."""
    assert (await ask_code(client, phone, ip)).status_code == 202
    opened = await enter_by_sms(client, sent_code(emulators, phone), phone, ip)
    assert opened.status_code == 201, opened.text
    return str(opened.json()["token"])


async def enter_by_wechat(client: Client, code: str, **more: Any) -> httpx.Response:
    return await client.post(SESSIONS, json={"method": "wechat", "code": code, **more})


def outcome(answer: httpx.Response) -> tuple[int, str]:
    """Status and problem code."""
    return answer.status_code, str(answer.json()["code"])


async def hire(username: str, role: str = "project_manager", **scope: Any) -> UUID:
    """A staff account with `PASSWORD`."""
    account_id, code = await staff.create_staff(SYSTEM, username=username, role=role, **scope)
    await staff.activate(SYSTEM, username=username, code=code, password=PASSWORD)
    return account_id


async def give_authenticator(account_id: UUID) -> pyotp.TOTP:
    """Put a second factor of the account in force; the authenticator that shows its codes."""
    secret = pyotp.random_base32()
    account = await Account.get(id=account_id)
    account.totp_secret = Personal.of(Kind.SECRET, secret)
    account.totp_confirmed = True
    await account.save()
    return pyotp.TOTP(secret)


def shown(authenticator: pyotp.TOTP, steps: int = 0) -> str:
    """The code shown now, or some steps of 30 seconds away."""
    return authenticator.at(int(clock.now().timestamp()) + 30 * steps)


async def enter_by_password(
    client: Client,
    username: str,
    password: str = PASSWORD,
    totp: str | None = None,
    ip: str = HOME,
) -> httpx.Response:
    body = {"method": "password", "username": username, "password": password}
    return await client.post(SESSIONS, json=body if totp is None else {**body, "totp": totp}, ip=ip)
