"""证据包: what proves somebody's work and wages, in one file that anybody checks off line.

Every file of the pack stands in `SHA256SUMS`, and that one is signed: `sha256sum` and `openssl` say
whether a byte was changed since (Regulation on wages of migrant workers, art. 50: the employer
bears the burden of proof; this is for whoever has an employer that produces nothing). Names of
files are ASCII, since `unzip` bends others where the system speaks no Chinese.
"""

import asyncio
import io
import json
import zipfile
from hashlib import sha256
from typing import Any

from api.attendance import holdings as attendance
from api.engagements import contract_print, contracts
from api.engagements import holdings as engagements
from api.engagements.contracts import Copy
from api.files import holdings as files
from api.kit import clock, on_paper, signatures
from api.kit.holdings import Holding, Person
from api.payroll import holdings as payroll
from api.payslips import service as payslips
from api.privacy import export_print, exporting
from api.privacy.exporting import Part
from api.privacy.schemas import EvidenceKeyOut
from api.settings import settings
from api.wages import holdings as wages
from api.workers import holdings as workers
from api.worklog import holdings as worklog

FORMAT = "gongyou.evidence/1"
PURPOSE = "evidence"
SUMS, SIGNATURE, KEY = "SHA256SUMS", "SHA256SUMS.sig", "public-key.pem"
PROVES: tuple[Holding, ...] = (
    workers.WORKER,
    engagements.ENGAGEMENTS,
    engagements.CONTRACTS,
    attendance.PUNCHES,
    attendance.WORKDAYS,
    attendance.STEPS,
    attendance.CORRECTIONS,
    worklog.ENTRIES,
    worklog.CHANGES,
    worklog.LINES,
    wages.TERMS,
    wages.GIVEN_LINES,
    wages.GIVEN_ITEMS,
    wages.GIVEN_VERSIONS,
    wages.SIGNATURES,
    wages.CONTESTS,
    payroll.PAYMENTS,
    files.FILES,
)
"""What goes in, in this order."""
ENCLOSED = frozenset({"evidence", "voice"})
"""Purposes of files that go along: no photo of the card, no face."""
KEY_PATH = "/evidence-key"
README = """\
这是工友平台给您出的证据包。仲裁、打官司、找劳动监察都可以用。

里面有什么
  evidence.pdf    给人看的：合同、打卡、出勤、两本账、工资单、签字、异议、发钱结果
  evidence.json   同样的内容，给电脑读
  contracts/      合同和协议的全文，有您的签字
  payslips/       每张工资条：.json 是您签字时看到的原样，它的 SHA-256 就是签字里的那一串
  photos/         您交过的凭证照片、录音和签名
  SHA256SUMS      每个文件的校验码
  SHA256SUMS.sig  平台对校验码的签名
  public-key.pem  平台的公钥

怎么核对（不用上网，电脑上有 sha256sum 和 openssl 就行；先解压，再在这个文件夹里运行）
第一步，每个文件有没有被改过，每行都应是 OK：

    sha256sum -c SHA256SUMS

第二步，校验码是不是平台签的，应显示 Verified OK：

    openssl dgst -sha256 -verify public-key.pem -signature SHA256SUMS.sig SHA256SUMS

第三步，公钥是不是平台的，算出的一串应和下面的公钥指纹一样：

    openssl pkey -pubin -in public-key.pem -outform DER | openssl dgst -sha256

公钥指纹：{fingerprint}
网上也能查到同样的指纹：{address}

出包时间：{made_at}（北京时间）
里面有您的身份证号和收过工资的卡号，请只交给办案的人。
"""


async def pack_of(who: Person) -> tuple[bytes, int]:
    """A signed ZIP file with all that proves the person's work, and how many rows it has."""
    parts = await exporting.gathered(PROVES, who)
    contents = {
        "evidence.json": _machine(parts),
        **await _contracts(who),
        **await _payslips(who),
        **await exporting.stored(parts, "photos", ENCLOSED),
    }
    contents["evidence.pdf"] = await asyncio.to_thread(_readable, parts)
    packed = await asyncio.to_thread(sealed, contents)
    return packed, exporting.rows_in(parts)


def key() -> EvidenceKeyOut:
    """The public key by which packs are checked."""
    return EvidenceKeyOut(
        algorithm=signatures.ALGORITHM,
        public_key_pem=signatures.public_pem(PURPOSE).decode(),
        fingerprint=signatures.fingerprint(PURPOSE),
    )


def sealed(contents: dict[str, bytes]) -> bytes:
    """The files as a ZIP, with what tells how to check them, their sums and the signature."""
    readme = README.format(
        fingerprint=signatures.fingerprint(PURPOSE),
        address=f"{settings().public_url.rstrip('/')}{KEY_PATH}",
        made_at=on_paper.instant(clock.now()),
    )
    whole = {**contents, "README.txt": readme.encode(), KEY: signatures.public_pem(PURPOSE)}
    sums = "".join(
        f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(whole.items())
    ).encode()
    whole |= {SUMS: sums, SIGNATURE: signatures.sign(PURPOSE, sums)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return packed.getvalue()


async def _contracts(who: Person) -> dict[str, bytes]:
    """Each contract as a sheet and as the very words whose digest stands in it."""
    found: dict[str, bytes] = {}
    for copy in await contracts.copies_of(who.worker_ids):
        found[f"contracts/{copy.row.id}.pdf"] = await _sheet(copy)
        found[f"contracts/{copy.row.id}.txt"] = copy.text.encode()
    return found


async def _payslips(who: Person) -> dict[str, bytes]:
    """Each payslip as the very bytes whose SHA-256 he signs, and all of them on paper."""
    proofs, paper = await payslips.proofs_of(who.worker_ids)
    found = {f"payslips/{each.name}": each.said for each in proofs}
    return found | ({"payslips/payslips.pdf": paper} if paper else {})


async def _sheet(copy: Copy) -> bytes:
    return await contract_print.pdf(copy, await contracts.strokes(copy.row))


def _machine(parts: list[Part]) -> bytes:
    whole: dict[str, Any] = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "held": [exporting.machine(part) for part in parts],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _readable(parts: list[Part]) -> bytes:
    chapters = [exporting.chapter(part) for part in parts]
    return export_print.pdf(export_print.EVIDENCE, chapters)
