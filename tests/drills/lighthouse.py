"""What Lighthouse says of the worker's pages on a slow phone: `make drill-lighthouse`.

Its own mobile profile (150 ms, 1.6 Mbit/s, a processor four times slower), the median of three
runs on each page. Exit status 1 when a score is short or missing: Lighthouse leaves a score empty
when it could not load the page.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from h5 import cookies
from tests.h5.browser.demo import People, seeded, serving
from tests.programs import find

RUNS = 3
TRIES = 3
"""A run whose trace was lost is made again; a page that does not load fails every time."""
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
# page: its address, and who looks at it; the fifth worker has just come.
PAGES = {
    "home": ("/h5/", "worker"),
    "punch": ("/h5/punch", "worker"),
    "history": ("/h5/history", "worker"),
    "register": ("/h5/register", "worker.5"),
}
PACKAGE = Path(__file__).with_name("_lighthouse")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage"
LONGEST_S = 120.0
"""How long one run may take."""

Scores = dict[str, float | None]


def main() -> int:
    """Install Lighthouse if it is not there, look at every page, print, and judge."""
    install()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "demo"
        shutil.copytree(seeded(Path(name)), folder)
        with serving(folder) as server:
            people = People(server)
            found = {
                page: look(f"{server.base}{path}", people.token(who), path)
                for page, (path, who) in PAGES.items()
            }
    for page, scores in found.items():
        row = "".join(f"{each}{_shown(scores[each]):>6}   " for each in LEAST)
        print(f"{page:10}{row}{'SHORT' if is_short(scores) else ''}")
    print(json.dumps(found))
    return 1 if any(map(is_short, found.values())) else 0


def install() -> None:
    """Put the locked packages into place, once."""
    stamp = PACKAGE / "node_modules" / ".package-lock.json"
    lock = PACKAGE / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        print("Installing Lighthouse ...", flush=True)
        subprocess.run(["npm", "ci", "--loglevel=error"], cwd=PACKAGE, env=_node(), check=True)
        stamp.touch()


def look(address: str, token: str, path: str) -> Scores:
    """The medians of a page's scores; None where a run had none, or ended somewhere else."""
    runs = [scores_of(report(address, token), path) for _ in range(RUNS)]
    return {each: median([run[each] for run in runs]) for each in LEAST}


def report(address: str, token: str) -> dict[str, Any]:
    """The report of a run that came to its end; the last one's when none did."""
    held: dict[str, Any] = {}
    for _ in range(TRIES):
        held = run_once(address, token)
        if held and "runtimeError" not in held:
            break
    return held


def run_once(address: str, token: str) -> dict[str, Any]:
    """One run's report; empty when Lighthouse gave none."""
    done = subprocess.run(
        [
            PACKAGE / "node_modules/.bin/lighthouse",
            address,
            "--quiet",
            "--no-enable-error-reporting",
            "--output=json",
            "--output-path=stdout",
            f"--only-categories={','.join(LEAST)}",
            f"--chrome-flags={FLAGS}",
            f"--extra-headers={json.dumps({'Cookie': f'{cookies.SESSION}={token}'})}",
        ],
        env=_node() | {"CHROME_PATH": str(find("chromium"))},
        capture_output=True,
        timeout=LONGEST_S,
        check=False,
    )
    try:
        held: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        print(done.stderr.decode(errors="replace")[-2000:], file=sys.stderr)
        return {}
    return held


def scores_of(held: dict[str, Any], path: str) -> Scores:
    """Scores up to 100; None for a category without one, and for a page that led elsewhere."""
    if not held.get("finalDisplayedUrl", "").endswith(path):
        return dict.fromkeys(LEAST)
    scores = {each: held["categories"][each]["score"] for each in LEAST}
    complain(held)
    return {each: None if score is None else score * 100 for each, score in scores.items()}


def complain(held: dict[str, Any]) -> None:
    """Say which audits cost points, so that they can be mended."""
    for category in held["categories"].values():
        for each in category["auditRefs"]:
            audit = held["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                shown = audit.get("displayValue", "")
                print(f"  {category['id']}: {audit['title']} {shown}", file=sys.stderr)


def median(scores: list[float | None]) -> float | None:
    """The middle score; None when one is missing."""
    there = [each for each in scores if each is not None]
    return statistics.median(there) if len(there) == len(scores) else None


def is_short(scores: Scores) -> bool:
    """Whether a score is missing or less than asked for."""
    return any((scores[each] or 0) < least for each, least in LEAST.items())


def _shown(score: float | None) -> str:
    return "none" if score is None else f"{score:.0f}"


def _node() -> dict[str, str]:
    # The environment's own Node, when it has one, goes before the machine's.
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


if __name__ == "__main__":
    sys.exit(main())
