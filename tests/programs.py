"""The programs the tests need beside Python; `python -m tests.programs` makes sure of them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHINESE_FONT = "a Chinese font"
DEBIAN_FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")

# program: the Debian package that brings it
PACKAGES = {
    "postgres": "postgresql",
    "redis-server": "redis-server",
    "pgbench": "postgresql",
    "strace": "strace",
    "wrk": "wrk",
    "chromium": "chromium",
    CHINESE_FONT: "fonts-wqy-microhei",
}
# Where it is not Debian's, the same program may go by another name.
ALIASES = {"chromium": ("chromium", "chromium-browser", "google-chrome")}

POLICY = Path("/usr/sbin/policy-rc.d")


def find(program: str) -> Path | None:
    """The program on this machine, also where Debian keeps PostgreSQL off the PATH; else None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *map(str, debian)])
    for name in ALIASES.get(program, (program,)):
        if found := shutil.which(name, path=path):
            return Path(found)
    return None


def has_chinese_font() -> bool:
    """Whether a browser here draws Chinese instead of boxes."""
    listing = shutil.which("fc-list")
    if DEBIAN_FONT.exists() or listing is None:
        return DEBIAN_FONT.exists()
    return bool(subprocess.run([listing, ":lang=zh"], capture_output=True, check=False).stdout)


def missing() -> list[str]:
    """The needed programs, and the font, that this machine lacks."""
    return [name for name in PACKAGES if not _present(name)]


def _present(name: str) -> bool:
    return has_chinese_font() if name == CHINESE_FONT else find(name) is not None


def main() -> int:
    """0 when every program is there, installed if this is root on Debian; else 1, after saying."""
    lacking = missing()
    if lacking and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(lacking)} ...", flush=True)
        _install([PACKAGES[program] for program in lacking])
        lacking = missing()
    for program in lacking:
        print(f"The tests need {program} (Debian package: {PACKAGES[program]}).", file=sys.stderr)
    if lacking:
        print("Please install what is missing, then run the tests again.", file=sys.stderr)
    return 1 if lacking else 0


def _version(bin_dir: Path) -> float:
    name = bin_dir.parent.name
    return float(name) if name.replace(".", "", 1).isdigit() else 0.0


def _install(packages: list[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    with _no_services():
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, check=True, env=quiet, stdin=subprocess.DEVNULL)


@contextmanager
def _no_services() -> Iterator[None]:
    """Keep the packages from starting servers of their own: the tests only want the programs."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


if __name__ == "__main__":
    sys.exit(main())
