"""Who may do what: every operation as every role, against a table that people wrote.

`matrix.csv` says what the domain asks for, not what the routes declare; a new route without a row
fails, so does a row without a route. The words of a cell, alternatives apart by `/`:

    200          exactly this          ok           let in: done, or refused for what was sent
    401          not logged in         403          not for this role
    404          not within his scope  2fa          only after the second factor
    sudo         only after a fresh proof           consent      only after his consent
    credentials  let in to prove himself, and did not
    region       refused for a region that is not his
    link         refused for a file's address that was not made for him
    offsite      only on a site that he has entered
    not_leader   only as the leader of the team
    not_yours    the other side's book

What several things are asked at once of is judged by what became of the first.
"""

import csv
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.accounts import sessions
from api.accounts.models import Account, Session
from api.kit import clock
from api.kit.actor import Origin
from api.kit.routes import OPERATIONS, PUBLIC, Operation
from api.kit.transaction import transaction
from api.permissions import Permission
from tests.api import matrix_world
from tests.api.matrix_requests import REQUESTS
from tests.api.matrix_world import LAST, World
from tests.cast import PARTS, Client

TABLE = Path(__file__).with_name("matrix.csv")
WHO = {
    "worker": "zhang", "other_worker": "li", "team_leader": "leader", "applicant": "applicant",
    "officer": "officer_a", "officer_without_totp": "officer_without_totp",
    "manager": "manager_a", "admin": "admin_a", "other_admin": "admin_b",
    "reviewer": "reviewer_1", "county": "county", "neighbour": "neighbour", "city": "city",
    "province": "province", "platform_admin": "platform_admin", "auditor": "auditor",
}  # fmt: skip
NOBODY = ("anonymous", "expired", "disabled")
CODES = {
    "2fa": "auth.second_factor_required",
    "403": "auth.not_permitted",
    "consent": "accounts.consent_missing",
    "link": "files.link_expired",
    "not_leader": "teams.not_leader",
    "not_yours": "worklog.not_your_book",
    "offsite": "attendance.not_on_site",
    "region": "enterprises.outside_region",
    "sudo": "auth.reauthentication_required",
}
LET_IN = {200, 201, 202, 204, 400, 409, 422, 429}
ID_NUMBER = re.compile(r"(?<![0-9A-Fa-f-])[1-9]\d{16}[\dXx](?![0-9A-Fa-f-])")
# The one place where a worker reads his own number is the contract that he signed.
OPEN = {("engagements.show_own_contract", "worker")}
# A stranger comes first: what he may not do must not have been done when the others try.
STRANGERS = ("anonymous", "expired", "disabled", "neighbour", "other_admin", "other_worker")


def rows() -> dict[str, dict[str, str]]:
    """The table: operation, column, cell."""
    with TABLE.open() as file:
        return {row.pop("operation"): row for row in csv.DictReader(file)}


def outcome(answer: httpx.Response) -> tuple[int, dict[str, Any]]:
    """Status and body; of a batch those of its first item's problem."""
    is_json = answer.headers.get("content-type", "").partition(";")[0].endswith("json")
    content = answer.json() if is_json else {}
    items = content.get("items") or [{}]
    problem = items[0].get("problem") if isinstance(items[0], dict) else None
    return (problem["status"], problem) if problem else (answer.status_code, content)


def word_of(answer: httpx.Response) -> set[str]:
    """The words of the table that an answer satisfies."""
    status, content = outcome(answer)
    words = {str(status)} if status != 403 else set()
    if status in LET_IN:
        words.add("ok")
    if status >= 400:
        code = content["code"]
        words |= {word for word, wanted in CODES.items() if code == wanted}
        if status == 429 or (status in {401, 409, 422} and code.startswith("accounts.")):
            words = {"credentials"} | words - {"401"}
    return words


class Doors:
    """A fresh token of each column for each request, so that one request spoils no other."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def token(self, column: str) -> str | None:
        if column == "anonymous":
            return None
        name = WHO.get(column, "wang")
        account = await Account.get(id=self._client.cast.ids[name])
        async with transaction():
            opened = await sessions.open_session(
                account, method="test", origin=Origin(), device="matrix",
                second_factor=PARTS[name].second_factor,
            )  # fmt: skip
        if column == "expired":
            past = clock.now() - timedelta(seconds=1)
            await Session.filter(device="matrix", account_id=account.id).update(expires_at=past)
        return opened.token


async def ask(
    client: Client, doors: Doors, world: World, operation: Operation, column: str
) -> httpx.Response:
    """The answer that somebody of this column gets."""
    options: dict[str, Any] = {}
    if operation.name in REQUESTS:
        options = REQUESTS[operation.name](world)
    token = await doors.token(column)
    disabled = client.cast.ids["wang"]
    if column == "disabled":
        await Account.filter(id=disabled).update(disabled_at=clock.now())
    answer = await client.request(
        operation.method, world.path(operation.path), token=token, **options
    )
    await Account.filter(id=disabled).update(disabled_at=None)
    return answer


@pytest.mark.timeout(900)
async def test_every_cell_answers_as_the_table_says(client: Client) -> None:
    world, doors = await matrix_world.made(client), Doors(client)
    wrong, shown = [], []
    for name, row in sorted(rows().items(), key=lambda item: item[0] in LAST):
        for column in sorted(row, key=lambda each: each not in STRANGERS):
            await matrix_world.put_back(world, name)
            answer = await ask(client, doors, world, OPERATIONS[name], column)
            if not word_of(answer) & set(row[column].split("/")):
                status, content = outcome(answer)
                code = content["code"] if status >= 400 else ""
                wrong.append(f"{name} {column}: {row[column]} but {status} {code}")
            if (name, column) not in OPEN and ID_NUMBER.search(answer.text):
                shown.append(f"{name} {column}")
    assert not wrong, "\n".join(wrong)
    assert not shown, "an unmasked ID number in an answer"


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert set(rows()) == set(OPERATIONS)


def test_every_row_has_every_column() -> None:
    columns = [*NOBODY, *WHO]
    for name, row in rows().items():
        assert list(row) == columns, name
        assert all(row.values()), name


def test_the_cells_are_words_of_the_table() -> None:
    words = {"200", "ok", "401", "404", "503", "credentials", *CODES}
    used = {word for row in rows().values() for cell in row.values() for word in cell.split("/")}
    assert used <= words


def test_who_is_not_logged_in_gets_in_nowhere_but_where_all_may() -> None:
    for name, row in rows().items():
        public = OPERATIONS[name].permission == PUBLIC and OPERATIONS[name].signed is None
        assert (row["anonymous"] == "401") != public, name
        assert row["expired"] == row["disabled"] == "401", name


ONLY_ONE = {
    "reviews.open_verification", "reviews.decide_verification",  # one region
    "bank_strays.handle_stray",  # the platform's alone
}  # fmt: skip


def test_strangers_and_owners_differ_wherever_there_is_an_owner() -> None:
    for name, row in rows().items():
        if "_id:uuid" in OPERATIONS[name].path and not OPERATIONS[name].sudo:
            outside = {"404", "link"} & set(row.values())
            assert outside or name in ONLY_ONE, name


def test_every_permission_stands_in_a_row() -> None:
    used = {OPERATIONS[name].permission for name in rows()}
    # Asked for within `engagement_office.enter`, whose own tests ask who may.
    assert set(Permission) - used == {Permission.ENTERPRISE_ENTRIES_OVERRIDE}


async def test_a_wrong_cell_is_seen(client: Client) -> None:
    # The comparison itself, on a row that says the opposite of what is true.
    answer = await client.get("/api/v1/me/sessions")
    assert not word_of(answer) & {"200", "ok", "403", "404"}
    answer = await client.get("/api/v1/regulator/workers", as_="zhang")
    assert word_of(answer) == {"403"}
    answer = await client.get("/api/v1/me/messages", as_="officer_without_totp")
    assert word_of(answer) == {"2fa"}
