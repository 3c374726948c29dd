"""Pins the front-end files in `frontend.json` and copies them from npm's folder to the served one."""

import base64
import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "frontend.json"
FETCHED = ROOT / "node_modules"
SERVED = ROOT / "static" / "vendor"


class Wanted(NamedTuple):
    """One file of a package; `role` is "page" when every page loads it and "test" when only tests do."""

    package: str
    path: str
    role: str


WANTED = (
    Wanted("htmx.org", "dist/htmx.min.js", "page"),
    Wanted("sortablejs", "Sortable.min.js", "page"),
    Wanted("axe-core", "axe.min.js", "test"),
)


def integrity_of(content: bytes) -> str:
    """The subresource integrity value browsers compare."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode("ascii")


def pin() -> None:
    """Write `frontend.json` from what npm fetched according to its lock file."""
    rows = []
    for wanted in WANTED:
        folder = FETCHED / wanted.package
        rows.append(
            {
                "package": wanted.package,
                "version": json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"],
                "path": wanted.path,
                "role": wanted.role,
                "integrity": integrity_of((folder / wanted.path).read_bytes()),
            }
        )
    MANIFEST.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def copy() -> None:
    """Copy the pinned files to `static/vendor`; a file that is not the pinned one ends the program."""
    SERVED.mkdir(parents=True, exist_ok=True)
    for row in json.loads(MANIFEST.read_text(encoding="utf-8")):
        source = FETCHED / row["package"] / row["path"]
        if integrity_of(source.read_bytes()) != row["integrity"]:
            raise SystemExit(f"{source} is not the pinned {row['package']} {row['version']}: see frontend.json.")
        shutil.copyfile(source, SERVED / source.name)


if __name__ == "__main__":
    {"pin": pin, "copy": copy}[sys.argv[1]]()
