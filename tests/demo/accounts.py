"""Who logs in to the demo, and how: the same words in every demo, so never in anything else."""

import base64
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from api.app import DEMO_CODE
from tests.demo.firms import FIRM_A, FIRM_B, Firm
from tests.specimens import Person, person

COUNTY, NEIGHBOUR, CITY, PROVINCE = "510107", "510104", "510100", "510000"


@dataclass(frozen=True, slots=True)
class Post:
    """A staff account. `username` begins with `demo.`, by which a demo's database is known."""

    username: str
    role: str
    name: str
    note: str
    firm: Firm | None = None
    region: str | None = None

    @property
    def password(self) -> str:
        """Long enough, and known to everybody."""
        return f"{self.username}-knows-nobody-real"

    @property
    def totp_secret(self) -> str:
        """The secret of the second factor, in base 32."""
        digest = sha256(f"gongyou demo {self.username}".encode()).digest()
        return base64.b32encode(digest[:20]).decode()


POSTS = (
    Post("demo.admin.a", "enterprise_admin", f"{FIRM_A.name}管理员", "staff of firm A", FIRM_A),
    Post("demo.admin.b", "enterprise_admin", f"{FIRM_B.name}管理员", "staff of firm B", FIRM_B),
    Post("demo.wages.a", "wage_officer", f"{FIRM_A.name}劳资员", "collects for firm A", FIRM_A),
    Post("demo.wages.b", "wage_officer", f"{FIRM_B.name}劳资员", "collects for firm B", FIRM_B),
    Post("demo.audit.a", "wage_officer", f"{FIRM_A.name}审核员", "audits sheets of firm A", FIRM_A),
    Post("demo.manager.a", "project_manager", f"{FIRM_A.name}项目经理", "sites of firm A", FIRM_A),
    Post("demo.manager.b", "project_manager", f"{FIRM_B.name}项目经理", "site of firm B", FIRM_B),
    Post("demo.reviewer.1", "reviewer", "核验员一", "first officer", region=PROVINCE),
    Post("demo.reviewer.2", "reviewer", "核验员二", "second officer", region=PROVINCE),
    Post("demo.reviewer.3", "reviewer", "核验组长", "when two differ", region=PROVINCE),
    Post("demo.county", "regulator_county", "武侯区住建局", "Wuhou, 510107", region=COUNTY),
    Post("demo.county.2", "regulator_county", "锦江区住建局", "Jinjiang, 510104", region=NEIGHBOUR),
    Post("demo.city", "regulator_city", "成都市住建局", "Chengdu, 510100", region=CITY),
    Post("demo.province", "regulator_province", "四川省住建厅", "Sichuan", region=PROVINCE),
    Post("demo.platform", "platform_admin", "平台管理员", "takes on staff of offices"),
    Post("demo.auditor", "auditor", "审计员", "reads the audit"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resident:
    """A person who logs in by phone, or through WeChat as `wechat`."""

    someone: Person
    role: str
    note: str
    firm: Firm | None = None
    wechat: str | None = None

    @property
    def login(self) -> dict[str, str]:
        """The body that logs in, as often as one likes."""
        if self.wechat:
            return {"method": "wechat", "code": f"demo-{self.wechat}"}
        return {"method": "sms", "phone": self.someone.phone, "code": DEMO_CODE}


RESIDENTS = (
    Resident(person(2001), "worker", "of firm A, on the garden; disputes a day", FIRM_A),
    Resident(person(2002), "worker", "on the garden too, by WeChat", FIRM_A, wechat="worker"),
    Resident(person(2003), "worker", "of firm B, on the school; PIN 270815", FIRM_B),
    Resident(person(2004), "worker", "verified; firm A named him, he has not answered"),
    Resident(person(2005), "team_leader", "of firm A, leads a team on the garden", FIRM_A),
)
NEWCOMER = Resident(person(2000), "worker", "has just come; try the registration with him")


@dataclass(frozen=True, slots=True)
class SharedPhone:
    """A phone that two people use: what its browser's cookie holds, and the PIN of both."""

    browser: str = "demo-shared-phone"
    pin: str = "270815"


SHARED_PHONE = SharedPhone()


def listed() -> list[dict[str, Any]]:
    """The accounts as they stand in `demo-accounts.json`."""
    people = [
        {"role": each.role, "name": each.someone.name, "login": each.login, "note": each.note}
        for each in (*RESIDENTS, NEWCOMER)
    ]
    return people + [_staff(post) for post in POSTS]


def _staff(post: Post) -> dict[str, Any]:
    login = {"method": "password", "username": post.username, "password": post.password}
    return {
        "role": post.role,
        "name": post.name,
        "login": login,
        "totp_secret": post.totp_secret,
        "note": post.note,
    }
