"""证据包: checked with the very commands it names, off line; a changed byte is found."""

import io
import json
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit import jobs
from api.privacy import evidence
from tests.api.matrix_world import ZHANG, World
from tests.api.privacy import held
from tests.api.privacy.held import DATA
from tests.cast import Client

COMMAND = re.compile(r"^ {4}(\S.*)$", re.MULTILINE)


@pytest.fixture
async def world(client: Client) -> World:
    return await held.opened(client)


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder, far from what the platform keeps."""
    return tmp_path_factory.mktemp("pack")


async def pack(client: Client, who: str = "zhang") -> bytes:
    """A pack, asked for, made and fetched."""
    await client.cast.sudo(who)
    asked = await client.post(f"{DATA}/evidence-packs", as_=who)
    assert (asked.status_code, asked.json()["kind"]) == (201, "evidence"), asked.text
    await jobs.drain()
    answer = await client.post(f"{DATA}/exports/{asked.json()['id']}/file", as_=who)
    assert answer.status_code == 200, answer.text
    return answer.content


def unpacked(content: bytes, folder: Path) -> list[str]:
    """The pack laid out in a folder; the commands that its README names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(name.isascii() for name in archive.namelist())
        archive.extractall(folder)
    return COMMAND.findall((folder / "README.txt").read_text())


def names(folder: Path) -> set[str]:
    """Every file that lies in the folder."""
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a shell without network settings, language or anything of ours says to it."""
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
    )  # fmt: skip


async def test_the_named_commands_alone_check_it(
    client: Client, world: World, folder: Path
) -> None:
    sums, signature, key = unpacked(await pack(client), folder)
    checked = run(sums, folder)
    assert checked.returncode == 0, checked.stderr
    listed = {line.split(":")[0] for line in checked.stdout.splitlines()}
    assert names(folder) - listed == {"SHA256SUMS", "SHA256SUMS.sig"}
    assert run(signature, folder).stdout == "Verified OK\n"
    published = (await client.get("/api/v1/evidence-key")).json()
    assert published["fingerprint"] in run(key, folder).stdout
    assert published["fingerprint"] in (folder / "README.txt").read_text()
    assert published["public_key_pem"] == (folder / "public-key.pem").read_text()


def test_the_documents_name_the_same_commands() -> None:
    named = COMMAND.findall(evidence.README)
    said = (Path(__file__).parents[3] / "docs" / "personal-data.md").read_text()
    assert len(named) == 3 and all(f"    {command}\n" in said for command in named)


async def test_a_changed_byte_is_found(client: Client, world: World, folder: Path) -> None:
    sums, signature, _ = unpacked(await pack(client), folder)
    changed = folder / "evidence.json"
    content = bytearray(changed.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    assert run(sums, folder).returncode != 0
    (folder / "SHA256SUMS").write_text(run("sha256sum *.json", folder).stdout)
    assert run(sums, folder).returncode == 0
    forged = run(signature, folder)
    assert forged.returncode != 0 and "Verified OK" not in forged.stdout


async def test_it_proves_work_and_holds_no_card_and_no_login(
    client: Client, world: World, folder: Path
) -> None:
    unpacked(await pack(client), folder)
    whole = json.loads((folder / "evidence.json").read_text())
    by_table = {part["table"]: part["rows"] for part in whole["held"]}
    assert by_table["worker"][0]["number"] == ZHANG.number
    for table in ("punch", "workday", "workday_step", "log_entry", "log_line", "contract"):
        assert by_table[table], table
    assert not {"account", "session", "bank_card", "verification", "notice"} & set(by_table)
    assert (folder / "evidence.pdf").read_bytes().startswith(b"%PDF")
    for row in by_table["contract"]:
        assert (folder / "contracts" / f"{row['id']}.txt").read_text() == row["text"]
        assert (folder / "contracts" / f"{row['id']}.pdf").exists()


async def test_it_is_his_own_also_after_leaving_and_on_record(
    client: Client, world: World, folder: Path
) -> None:
    assert (await client.post(f"{DATA}/evidence-packs", as_="zhang")).status_code == 403
    await held.gone_home(world)
    unpacked(await pack(client), folder)
    whole = json.loads((folder / "evidence.json").read_text())
    assert next(p for p in whole["held"] if p["table"] == "punch")["rows"]
    account = await held.account_of(client, "zhang")
    for tag in (Tag.DATA_EXPORTED, Tag.DATA_FETCHED):
        assert await AuditLine.filter(tag=tag, subject_id=account).count() == 1
    await client.cast.sudo("li")
    listed = (await client.get(f"{DATA}/exports", as_="zhang")).json()["items"]
    stolen = await client.post(f"{DATA}/exports/{listed[0]['id']}/file", as_="li")
    assert stolen.status_code == 404


async def test_a_copy_of_everything_is_made_beside_it(client: Client, world: World) -> None:
    await client.cast.sudo("zhang")
    for path, status in (("evidence-packs", 201), ("exports", 201), ("evidence-packs", 409)):
        assert (await client.post(f"{DATA}/{path}", as_="zhang")).status_code == status
