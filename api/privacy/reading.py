"""What is held about me, and who looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.codes import service as codes
from api.enterprises import service as enterprises
from api.kit.actor import Actor
from api.kit.errors import NotFound
from api.kit.holdings import Holding, Person
from api.kit.pagination import PageQuery, page
from api.privacy import person, rendering
from api.privacy.register import HELD
from api.privacy.schemas import HeldListOut, HeldOut, HeldRowsOut, LookOut, LooksOut

MOST_LOOKS = 200
BY_TABLE = {holding.table: holding for holding in HELD}
CALLED = {
    "enterprise_admin": "管理员", "wage_officer": "劳资专管员", "project_manager": "项目经理",
    "reviewer": "核验人员", "regulator_county": "县（区）主管部门", "regulator_city": "市主管部门",
    "regulator_province": "省主管部门", "platform_admin": "平台管理员", "auditor": "审计人员",
    "worker": "工友", "team_leader": "班组长",
}  # fmt: skip
WHY = {
    "authority": "依法凭文书查阅", "check": "核对身份", "complaint": "办理投诉",
    "contract": "写合同",
    "deliver": "给您发消息", "export": "给您导出资料", "login": "登录", "review": "实名核验",
    "show_owner": "给您看", "show_staff": "工作需要查看",
    "verification.opened": "实名核验", "complaint.seen": "办理投诉",
    "consistency.checked": "核对登记的内容对不对", "restriction.checked": "查能不能进场",
    "kept_identity.opened": "依法凭文书查阅",
}  # fmt: skip


def held() -> HeldListOut:
    """Every kind of data that there may be about a person."""
    return HeldListOut(items=[held_out(holding) for holding in HELD])


def held_out(holding: Holding) -> HeldOut:
    """A kind of data in words."""
    return HeldOut(
        table=holding.table,
        called=holding.called,
        purpose=holding.purpose,
        ground=holding.ground.called,
        kept=holding.kept,
        seen_by=holding.seen_by,
        on_erasure=holding.fate.called,
    )


async def rows(actor: Actor, table: str, query: PageQuery) -> HeldRowsOut:
    """A page of the actor's rows of a kind, newest first, personal values masked. NotFound."""
    holding = BY_TABLE.get(table)
    if holding is None:
        raise NotFound
    mine = holding.model.filter(holding.whose(await person.person_of(actor)))
    found, cursor = await page(mine, query)
    return HeldRowsOut(
        held=held_out(holding),
        columns=dict(holding.shown),
        words={column: dict(words) for column, words in holding.words.items()},
        names=await rendering.names_in(holding, found),
        items=[rendering.row_of(holding, row, lambda value: value.masked) for row in found],
        next_cursor=cursor,
    )


@dataclass(frozen=True, slots=True)
class SaidRows:
    """One page of rows in words: each a list of names and what stands there."""

    held: HeldOut
    rows: tuple[tuple[tuple[str, str], ...], ...]
    next_cursor: str | None


async def said_rows(actor: Actor, table: str, query: PageQuery) -> SaidRows:
    """The same page as `rows`, in words. NotFound."""
    found = await rows(actor, table, query)
    holding = BY_TABLE[table]
    said = [
        tuple(
            (rendering.called(called), rendering.said(holding, column, row[column], found.names))
            for column, called in holding.shown.items()
            if row[column] not in rendering.NOTHING
        )
        for row in found.items
    ]
    return SaidRows(found.held, tuple(said), found.next_cursor)


async def looks(actor: Actor) -> LooksOut:
    """Who of others looked at the actor's data."""
    return LooksOut(items=await looks_at(await person.person_of(actor)))


async def looks_at(who: Person) -> list[LookOut]:
    """Who of others looked at a person's data, the newest first, `MOST_LOOKS` at most."""
    lines = await audit.looks_at(await _subjects(who), who.account_ids, MOST_LOOKS)
    offices = await _offices({line.account_id for line in lines if line.account_id})
    called = {holding.subject: holding.called for holding in HELD if holding.subject}
    return [
        LookOut(
            at=line.at,
            what=called.get(line.subject, "资料"),
            who=offices.get(line.account_id, "工作人员") if line.account_id else "系统",
            why=WHY.get(str(line.facts.get("purpose") or line.tag), "工作需要查看"),
        )
        for line in lines
    ]


async def _subjects(who: Person) -> list[tuple[str, UUID | None]]:
    found: list[tuple[str, UUID | None]] = []
    for holding in HELD:
        if holding.subject:
            ids = await holding.rows(who).values_list("id", flat=True)
            found += [(holding.subject, UUID(str(each))) for each in ids]
    return found


async def _offices(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """In which office these accounts acted: the person's name is nobody's business."""
    roles = await accounts.roles_of(account_ids)
    firms = {row.tenant_id for rows in roles.values() for row in rows if row.tenant_id}
    names = await enterprises.names_of(firms) if firms else {}
    found = {}
    for account_id, rows in roles.items():
        row = next((each for each in rows if each.tenant_id or each.region), rows[0])
        place = names.get(row.tenant_id, "") if row.tenant_id else ""
        place = place or (codes.region_name(row.region) or "" if row.region else "")
        found[account_id] = f"{place} {CALLED.get(row.role, '工作人员')}".strip()
    return found
