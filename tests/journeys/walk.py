"""The README's blocks of shell, as a newcomer pastes them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```bash\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(name: str) -> list[str]:
    """The blocks of a document in the repository's root, in order."""
    return BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))
