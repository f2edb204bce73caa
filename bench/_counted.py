"""The server with its SQLite statements counted: `python -m bench._counted FILE` keeps the number.

FILE holds eight bytes, the number of statements up to now, little-endian.
"""

import mmap
import sqlite3
import sys
from itertools import count
from pathlib import Path
from typing import Any

from api import cli

BYTES = 8
connect = sqlite3.connect


def counted(kept: mmap.mmap) -> Any:
    """`sqlite3.connect`, after which every statement is counted."""
    numbers = count(1)

    def note(_: str) -> None:
        kept[:] = next(numbers).to_bytes(BYTES, "little")

    def connecting(*arguments: Any, **options: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*arguments, **options)
        made.set_trace_callback(note)
        return made

    return connecting


def main() -> int:
    """Serve until SIGTERM."""
    with Path(sys.argv.pop()).open("r+b") as file:
        sqlite3.connect = counted(mmap.mmap(file.fileno(), BYTES))
        sys.argv.append("run")
        return cli.main()


if __name__ == "__main__":
    sys.exit(main())
