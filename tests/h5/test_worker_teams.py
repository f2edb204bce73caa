"""班组 on pages: form, invite, accept or refuse, remove, leave, hand over."""

import pytest

from api.settings import settings
from api.teams.models import Invitation, Member, Team
from tests.api.teams import people
from tests.cast import Client
from tests.h5.visiting import Seen, Visitor

NEW, TEAMS, CODES = "/h5/teams/new", "/h5/teams", "/h5/invitations"


@pytest.fixture
async def leading(visitor: Visitor, client: Client) -> Visitor:
    """The leader, verified; so is Zhang."""
    await people.worker(client, "leader")
    await people.worker(client, "zhang")
    return await visitor.enter("leader")


async def become(visitor: Visitor, name: str) -> Visitor:
    visitor.http.cookies.clear()
    return await visitor.enter(name)


async def formed(visitor: Visitor) -> Seen:
    seen = await visitor.get(NEW)
    return await visitor.send(seen, NEW, name="样例钢筋班", trade="020")


async def invited(visitor: Visitor) -> tuple[str, str]:
    """A fresh team's address and a code of it."""
    team = (await formed(visitor)).path
    page = f"{team}/invitations"
    await visitor.send(await visitor.get(page), page)
    return team, (await Invitation.get()).code


async def joined(visitor: Visitor, name: str = "zhang") -> str:
    """The address of a team that this worker has joined, with the leader at the pages again."""
    team, code = await invited(visitor)
    await become(visitor, name)
    await visitor.send(await visitor.get(f"{CODES}/{code}"), f"{CODES}/{code}/accept")
    await become(visitor, "leader")
    return team


async def offering(visitor: Visitor, team: str) -> tuple[Seen, str]:
    """The page of the one other member, and where its offer of leadership goes."""
    member = await Member.exclude(invitation_id=None).get()
    way = f"{team}/members/{member.id}"
    return await visitor.get(way), f"{way}/offer"


async def test_a_team_is_formed_and_its_code_is_shown_large(leading: Visitor) -> None:
    seen = await formed(leading)
    assert "样例钢筋班" in seen.text and "班组建好了" in seen.text
    page = f"{seen.path}/invitations"
    shown = await leading.send(await leading.get(page), page, uses="5", hours="24")
    row = await Invitation.get()
    assert f"{row.code[:4]} {row.code[4:]}" in shown.text
    assert "共 5 次" in shown.text and "<svg" in shown.html
    assert settings().public_url


async def test_a_short_name_stays_with_its_fault(leading: Visitor) -> None:
    seen = await leading.send(await leading.get(NEW), NEW, name="钢", trade="020")
    assert seen.status == 422
    assert seen.form(NEW).values["name"] == ["钢"]
    assert not await Team.exists()


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{7*7}}", '"><img src=x onerror=alert(1)>']
)
async def test_a_name_is_a_name_and_no_code(leading: Visitor, name: str) -> None:
    seen = await leading.send(await leading.get(NEW), NEW, name=name, trade="020")
    assert name in seen.text
    assert "<script>alert" not in seen.html and "<img" not in seen.html
    listed = await leading.get(TEAMS)
    assert name in listed.text and "<img" not in listed.html
    faulty = await leading.send(await leading.get(NEW), NEW, name=name, trade="nothing")
    assert faulty.form(NEW).values["name"] == [name]


async def test_two_taps_form_one_team(leading: Visitor) -> None:
    page = await leading.get(NEW)
    first = await leading.send(page, NEW, name="样例钢筋班", trade="020")
    second = await leading.send(page, NEW, name="样例钢筋班", trade="020")
    assert first.path == second.path
    assert await Team.all().count() == 1


async def test_whoever_was_told_the_code_joins(leading: Visitor) -> None:
    team, code = await invited(leading)
    await become(leading, "zhang")
    enter = await leading.get(CODES)
    wrong = await leading.send(enter, CODES, invitation="ABCD2345")
    assert wrong.status == 404
    assert wrong.form(CODES).values["invitation"] == ["ABCD2345"]
    asked = await leading.send(wrong, CODES, invitation=f" {code[:4].lower()} {code[4:]} ")
    assert asked.path == f"{CODES}/{code}" and "样例钢筋班" in asked.text
    done = await leading.send(asked, f"{CODES}/{code}/accept")
    assert done.path == team and "已加入班组" in done.text
    again = await leading.send(asked, f"{CODES}/{code}/accept")
    assert again.path == team
    assert await Member.all().count() == 2


async def test_who_refuses_is_in_no_team(leading: Visitor) -> None:
    _, code = await invited(leading)
    await become(leading, "zhang")
    seen = await leading.send(await leading.get(f"{CODES}/{code}"), f"{CODES}/{code}/refuse")
    assert seen.path == "/h5/" and "没有加入" in seen.text
    assert await Member.all().count() == 1


async def test_who_is_not_verified_registers_and_finds_the_way_back(
    leading: Visitor, client: Client
) -> None:
    _, code = await invited(leading)
    await become(leading, "li")
    seen = await leading.get(f"{CODES}/{code}")
    assert "样例钢筋班" in seen.text and "还没有实名登记" in seen.text
    assert f"{CODES}/{code}/accept" not in [form.action for form in seen.forms]
    away = await leading.send(seen, f"{CODES}/{code}/later")
    assert away.path == "/h5/register"
    await people.worker(client, "li")
    for page in (TEAMS, "/h5/register/result"):
        assert f"{CODES}/{code}" in (await leading.get(page)).links, page
    done = await leading.send(await leading.get(f"{CODES}/{code}"), f"{CODES}/{code}/accept")
    assert "已加入班组" in done.text
    assert f"{CODES}/{code}" not in (await leading.get(TEAMS)).links


async def test_a_code_that_we_did_not_write_is_not_kept(leading: Visitor) -> None:
    _, code = await invited(leading)
    await become(leading, "li")
    seen = await leading.get(f"{CODES}/{code}")
    csrf = seen.form(f"{CODES}/{code}/later").values["csrf"][0]
    await leading.http.post(f"{CODES}/%3Cscript%3E/later", data={"csrf": csrf})
    assert not any("script" in value for value in dict(leading.http.cookies).values())


async def test_a_revoked_code_is_over(leading: Visitor) -> None:
    team, code = await invited(leading)
    row = await Invitation.get()
    page = await leading.get(f"{team}/invitations")
    seen = await leading.send(page, f"{team}/invitations/{row.id}/revoke")
    assert "作废了" in seen.text
    await become(leading, "zhang")
    assert (await leading.get(f"{CODES}/{code}")).status == 409


async def test_whoever_scans_sees_the_team_and_logs_in_and_is_back(leading: Visitor) -> None:
    _, code = await invited(leading)
    leading.http.cookies.clear()
    seen = await leading.get(f"{CODES}/{code}")
    assert seen.status == 200 and "样例钢筋班" in seen.text and "张*例" in seen.text
    assert [form.action for form in seen.forms if "invitations" in form.action] == []
    assert f"/h5/login?next={CODES}/{code}" in seen.links
    login = await leading.get(f"/h5/login?next={CODES}/{code}")
    assert login.form("/h5/login/code").values["next"] == [f"{CODES}/{code}"]
    for shown in (seen, login):
        assert not any(part in shown.html for part in ("13900", "510107", "张样例"))


async def test_an_office_account_is_told_that_it_does_not_join(leading: Visitor) -> None:
    _, code = await invited(leading)
    await become(leading, "officer_a")
    seen = await leading.get(f"{CODES}/{code}")
    assert seen.status == 200 and "办公账号" in seen.text
    assert not [form for form in seen.forms if "invitations" in form.action]


async def test_the_code_is_shared_as_a_picture_and_as_words(leading: Visitor) -> None:
    team, code = await invited(leading)
    seen = await leading.get(f"{team}/invitations")
    link = f"{settings().public_url}/h5/invitations/{code}"
    assert link in seen.text and "样例钢筋班”请您加入" in seen.text and "<svg" in seen.html


async def test_a_member_is_asked_to_lead_for_a_term_and_does(leading: Visitor) -> None:
    team = await joined(leading)
    member = await Member.exclude(invitation_id=None).get()
    way = f"{team}/members/{member.id}"
    page = await leading.get(way)
    wrong = await leading.send(page, f"{way}/acting", from_on="2020-01-01", to_on="2020-01-02")
    assert wrong.status == 422 and "最长 92 天" in wrong.text
    asked = await leading.send(page, f"{way}/acting")
    assert "等他答复" in asked.text
    await become(leading, "zhang")
    seen = await leading.get(team)
    [accept] = [form.action for form in seen.forms if form.action.endswith("/accept")]
    done = await leading.send(seen, accept)
    assert "您来带班" in done.text and f"{team}/invitations" in done.links
    [end] = [form.action for form in done.forms if form.action.endswith("/end")]
    over = await leading.send(done, end)
    assert "代班结束了" in over.text and f"{team}/invitations" not in over.links


async def test_a_term_is_declined_or_taken_back(leading: Visitor) -> None:
    team = await joined(leading)
    member = await Member.exclude(invitation_id=None).get()
    way = f"{team}/members/{member.id}"
    seen = await leading.send(await leading.get(way), f"{way}/acting")
    [end] = [form.action for form in seen.forms if form.action.endswith("/end")]
    await leading.send(seen, end)
    await leading.send(await leading.get(way), f"{way}/acting")
    await become(leading, "zhang")
    asked = await leading.get(team)
    [decline] = [form.action for form in asked.forms if form.action.endswith("/decline")]
    assert "不代班" in (await leading.send(asked, decline)).text


@pytest.mark.parametrize("nickname", ["小黑", "<b>黑</b>"])
async def test_a_nickname_is_shown_to_the_team_as_it_is(leading: Visitor, nickname: str) -> None:
    team = await joined(leading)
    member = await Member.exclude(invitation_id=None).get()
    way = f"{team}/members/{member.id}"
    await leading.send(await leading.get(way), f"{way}/nickname", nickname=nickname)
    seen = await leading.get(team)
    assert f"张*例（{nickname}）" in seen.text and "<b>" not in seen.html
    await become(leading, "zhang")
    own = await leading.get(way)
    gone = await leading.send(own, f"{way}/nickname", nickname="")
    assert "小名去掉了" in gone.text
    assert (await Member.get(id=member.id)).nickname == ""


async def test_a_member_is_removed_or_leaves(leading: Visitor) -> None:
    team = await joined(leading)
    member = await Member.exclude(invitation_id=None).get()
    way = f"{team}/members/{member.id}"
    assert way in (await leading.get(team)).links
    removed = await leading.send(await leading.get(way), f"{way}/remove")
    assert (await leading.get(way)).status == 404
    assert "已移出班组" in removed.text
    alone = await leading.send(removed, f"{team}/leave")
    assert alone.path == TEAMS
    assert (await Team.get()).ended_at is not None


async def test_the_leader_hands_over_before_he_leaves(leading: Visitor) -> None:
    team = await joined(leading)
    stuck = await leading.send(await leading.get(team), f"{team}/leave")
    assert stuck.status == 409 and "先把班组交给别人" in stuck.text
    offered = await leading.send(*await offering(leading, team))
    assert "等他答复" in offered.text
    await become(leading, "zhang")
    asked = await leading.get(team)
    [accept] = [form.action for form in asked.forms if form.action.endswith("/accept")]
    done = await leading.send(asked, accept)
    assert "您现在是班组长了" in done.text
    assert f"{team}/invitations" in done.links


async def test_an_offer_is_declined_or_withdrawn(leading: Visitor) -> None:
    team = await joined(leading)
    offered = await leading.send(*await offering(leading, team))
    [withdraw] = [form.action for form in offered.forms if form.action.endswith("/withdraw")]
    back = await leading.send(offered, withdraw)
    assert "已经收回" in back.text
    assert back.path == team
    await leading.send(*await offering(leading, team))
    await become(leading, "zhang")
    asked = await leading.get(team)
    [decline] = [form.action for form in asked.forms if form.action.endswith("/decline")]
    assert "不接手" in (await leading.send(asked, decline)).text


async def test_a_stranger_finds_no_team_and_a_member_no_codes(leading: Visitor) -> None:
    team = await joined(leading)
    await become(leading, "zhang")
    assert (await leading.get(f"{team}/invitations")).status == 403
    leader = await Member.get(invitation_id=None)
    own = await leading.get(f"{team}/members/{leader.id}")
    assert [form.action for form in own.forms if "teams" in form.action] == []
    await become(leading, "li")
    assert (await leading.get(team)).status == 404
    await become(leading, "officer_a")
    assert (await leading.get(TEAMS)).status == 403
