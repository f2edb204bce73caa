"""Writes pictures to try the product with: `python -m tests.specimens OUT_DIR`.

`people.json` beside them lists the cases: which files belong together, what to type, what happens.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from tests.specimens import Person, card_back, card_front, expired, person, selfie, spoil


@dataclass(frozen=True, slots=True)
class Case:
    """One walk through registration."""

    name: str
    someone: Person
    front: Image.Image
    back: Image.Image
    selfie: Image.Image
    expect: str


def cases() -> tuple[Case, ...]:
    """The named cases, always the same."""
    return (
        _case("verified", person(101), "verified"),
        _case("review", person(102), "needs_review", look_alike=70),
        _other_person(person(103), person(104)),
        _expired(person(105)),
        _spoiled("blurred", person(106), spoil.blurred, "front has to be taken again"),
        _spoiled("photocopy", person(107), spoil.photocopy, "warning: a copy"),
    )


def write(folder: Path) -> list[dict[str, Any]]:
    """The cases as written into `folder`: pictures as JPEG, fields in `people.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = [_written(case, folder) for case in cases()]
    text = json.dumps(listed, ensure_ascii=False, indent=2)
    (folder / "people.json").write_text(text + "\n", encoding="utf-8")
    return listed


def _case(name: str, someone: Person, expect: str, look_alike: int = 100) -> Case:
    photo = selfie(someone, look_alike=look_alike)
    return Case(name, someone, card_front(someone), card_back(someone), photo, expect)


def _other_person(holder: Person, stranger: Person) -> Case:
    cards = card_front(holder), card_back(holder)
    return Case("other-person", holder, *cards, selfie(stranger), "refused")


def _expired(someone: Person) -> Case:
    old = expired(someone)
    return Case(
        "expired", old, card_front(old), card_back(old), selfie(old), "warning: card expired"
    )


def _spoiled(name: str, someone: Person, spoiling: Any, expect: str) -> Case:
    front, back = card_front(someone), card_back(someone)
    return Case(name, someone, spoiling(front), back, selfie(someone), expect)


def _written(case: Case, folder: Path) -> dict[str, Any]:
    files = {}
    for part in ("front", "back", "selfie"):
        files[part] = f"{case.name}-{part}.jpg"
        (folder / files[part]).write_bytes(spoil.jpeg(getattr(case, part)))
    return {
        "case": case.name,
        "expect": case.expect,
        "files": files,
        "fields": _fields(case.someone),
    }


def _fields(someone: Person) -> dict[str, str]:
    return {
        "phone": someone.phone,
        "name": someone.name,
        "sex": someone.sex,
        "nation": someone.nation,
        "birth": someone.birth.isoformat(),
        "address": someone.address,
        "number": someone.number,
        "issuer": someone.issuer,
        "valid_from": someone.valid_from.isoformat(),
        "valid_to": someone.valid_to.isoformat() if someone.valid_to else "长期",
        "bank_card": someone.bank_card,
    }


def main() -> None:
    """Write the set and say where."""
    parser = argparse.ArgumentParser(prog="python -m tests.specimens", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="OUT_DIR")
    folder = parser.parse_args().folder
    for case in write(folder):
        sys.stdout.write(f"{case['case']:14}{case['expect']}\n")
    sys.stdout.write(f"Written to {folder}\n")


if __name__ == "__main__":
    main()
