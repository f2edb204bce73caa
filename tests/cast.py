"""The cast: the same people in every test, each with a part, and a client that speaks as them.

Zhang and Li are workers who never met. Firm A and firm B are strangers to each other. The county
510107 lies in the city 510100 in the province 510000; 510104 is its neighbour.
"""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID, uuid5

import httpx
from sanic import Sanic

from api.accounts import grants, sessions
from api.accounts.models import Account, AccountKind
from api.kit.actor import SYSTEM, Origin
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction

NAMESPACE = UUID("6b1f5c1e-0000-4000-8000-000000000000")
FIRM_A = uuid5(NAMESPACE, "firm a")
FIRM_B = uuid5(NAMESPACE, "firm b")


@dataclass(frozen=True, slots=True)
class Part:
    """One member of the cast."""

    role: str
    tenant_id: UUID | None = None
    region: str | None = None
    second_factor: bool = True
    phone: str | None = None


PARTS = {
    "zhang": Part("worker", phone="13900000001"),
    "li": Part("worker", phone="13900000002"),
    "wang": Part("worker", phone="13900000003"),
    "leader": Part("team_leader", phone="13900000004"),
    "applicant": Part("enterprise_applicant", phone="13900000005"),
    "officer_a": Part("wage_officer", tenant_id=FIRM_A),
    "officer_b": Part("wage_officer", tenant_id=FIRM_B),
    "officer_without_totp": Part("wage_officer", tenant_id=FIRM_A, second_factor=False),
    "manager_a": Part("project_manager", tenant_id=FIRM_A),
    "admin_a": Part("enterprise_admin", tenant_id=FIRM_A),
    "admin_b": Part("enterprise_admin", tenant_id=FIRM_B),
    "reviewer_1": Part("reviewer", region="510000"),
    "reviewer_2": Part("reviewer", region="510000"),
    "reviewer_3": Part("reviewer", region="510000"),
    "county": Part("regulator_county", region="510107"),
    "neighbour": Part("regulator_county", region="510104"),
    "city": Part("regulator_city", region="510100"),
    "province": Part("regulator_province", region="510000"),
    "platform_admin": Part("platform_admin"),
    "auditor": Part("auditor"),
}


class Cast:
    """Accounts and tokens of the cast, made when they first speak."""

    def __init__(self) -> None:
        self._tokens: dict[str, str] = {}
        self.ids: dict[str, UUID] = {}

    async def id(self, name: str) -> UUID:
        """The account of a member of the cast."""
        await self.token(name)
        return self.ids[name]

    async def token(self, name: str) -> str:
        """A live token of a member of the cast."""
        if name not in self._tokens:
            await self._enter(name, PARTS[name])
        return self._tokens[name]

    async def _enter(self, name: str, part: Part) -> None:
        async with transaction():
            account = await _account(name, part)
            await grants.give(
                SYSTEM, account.id, part.role, tenant_id=part.tenant_id, region=part.region
            )
            opened = await sessions.open_session(
                account,
                method="test",
                origin=Origin(ip="127.0.0.1"),
                device=name,
                second_factor=part.second_factor,
            )
        self.ids[name], self._tokens[name] = account.id, opened.token

    async def sudo(self, name: str) -> None:
        """Let a member of the cast have just proved himself again."""
        actor = await sessions.actor_of(await self.token(name), Origin(ip="127.0.0.1"))
        assert actor is not None
        self._tokens[name] = (await sessions.renew(actor, sudo=True)).token


async def _account(name: str, part: Part) -> Account:
    if part.phone is None:
        return await Account.create(kind=AccountKind.STAFF, username=name)
    phone = Personal.of(Kind.PHONE, part.phone)
    return await Account.create(kind=AccountKind.PERSON, phone=phone, phone_index=phone.index)


class Client:
    """Calls the app in process: `await client.get("/api/v1/me", as_="zhang")`."""

    def __init__(self, app: Sanic[Any, Any], cast: Cast) -> None:
        self.app = app
        self.cast = cast
        self._from: dict[str, httpx.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for each in self._from.values():
            await each.aclose()

    async def request(
        self,
        method: str,
        path: str,
        *,
        as_: str | None = None,
        token: str | None = None,
        ip: str = "127.0.0.1",
        **options: Any,
    ) -> httpx.Response:
        """The answer to one request from `ip`: of one of the cast, a token's holder, or nobody."""
        headers = dict(options.pop("headers", {}))
        if as_ is not None:
            token = await self.cast.token(as_)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return await self._at(ip).request(method, path, headers=headers, **options)

    def _at(self, ip: str) -> httpx.AsyncClient:
        if ip not in self._from:
            transport = httpx.ASGITransport(app=self.app, client=(ip, 40000))
            self._from[ip] = httpx.AsyncClient(
                transport=transport, base_url="http://gongyou.test", trust_env=False
            )
        return self._from[ip]

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("GET", path, **options)

    async def post(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("POST", path, **options)

    async def put(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("PUT", path, **options)

    async def delete(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("DELETE", path, **options)

    async def agree(self, name: str, *purposes: str) -> None:
        """Let a worker agree to the texts in force."""
        texts = (await self.get("/api/v1/consents")).json()["items"]
        for text in texts:
            if text["purpose"] in purposes:
                body = {"version": text["version"], "granted": True}
                path = f"/api/v1/me/consents/{text['purpose']}"
                answer = await self.put(path, as_=name, json=body)
                assert answer.status_code == 200, answer.text
