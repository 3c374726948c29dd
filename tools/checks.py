"""The static checks of `make check`: each is a name and a command; all run, all failures are told."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from tools.bootstrap import PROGRAMS, PYTHON, ROOT, run, say


class Check(NamedTuple):
    """One static check."""

    name: str
    command: tuple[str, ...]


def _program(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(PROGRAMS / name), *arguments)


CHECKS = (
    Check("format", _program("ruff", "format", "--check", "--quiet", "--output-format=concise", ".")),
    Check("lint", _program("ruff", "check", "--quiet", "--output-format=concise", ".")),
    Check("types", _program("mypy")),
    Check("templates", _program("djlint", "templates", "--lint", "--quiet")),
    Check("floors", _program("lint-imports", "--no-cache")),
    Check("security", _program("bandit", "--quiet", "-c", "pyproject.toml", "-r", "implementor", "tools", "start.py")),
    Check("translations", (str(PYTHON), "-m", "tools.translations", "check")),
    Check("migrations", (str(PYTHON), "-m", "tools.migrations")),
)


def check() -> bool:
    """Run every check; True when all pass."""
    failed = [each.name for each in CHECKS if not _passes(each)]
    say(f"Checks failed: {', '.join(failed)}." if failed else f"All {len(CHECKS)} checks passed.")
    return not failed


def _passes(each: Check) -> bool:
    done = subprocess.run(each.command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        say(f"--- {each.name} ---\n{done.stdout}{done.stderr}".rstrip())
    return done.returncode == 0


def fix() -> None:
    """Put right what a program can put right."""
    run(*_program("ruff", "check", "--fix", "--quiet", "--exit-zero", "."))
    run(*_program("ruff", "format", "--quiet", "."))


# strict: a package that the index does not know was not looked at, and else the audit would pass without it
AUDIT = ("pip-audit", "--strict", "--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")
LOCKED = "requirements/dev.lock"
NPM_AUDIT = ("audit", "--package-lock-only", "--json", "--fetch-retries=0")
NOT_ASKED = (
    "The audit could not ask about every package, so it found nothing out and counts as failed: {}\n"
    "Run it where {} answers with known vulnerabilities; an index of a company often does not."
)


def audit(requirements: str | Path = LOCKED) -> bool:
    """Ask for known vulnerabilities; True when every package was asked about and none has any."""
    done = subprocess.run(
        [*_program(*AUDIT), "--requirement", str(requirements)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    try:
        asked = json.loads(done.stdout)["dependencies"]
    except ValueError:
        why = (done.stderr.strip().splitlines() or ["pip-audit said nothing."])[-1]
        say(NOT_ASKED.format(why, "https://pypi.org"))
        return False
    found = flaws_of(asked)
    say("\n".join([*found, f"{len(asked)} packages asked about, {len(found)} known vulnerabilities."]))
    return done.returncode == 0 and not found


def audit_frontend(npm: Path) -> bool:
    """The same for the packages of package-lock.json."""
    path = {**os.environ, "PATH": f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run([npm, *NPM_AUDIT], cwd=ROOT, check=False, capture_output=True, text=True, env=path)
    found = frontend_flaws(done.stdout)
    if isinstance(found, str):
        say(NOT_ASKED.format(found, "https://registry.npmjs.org"))
        return False
    say("\n".join([*found, f"Front-end packages asked about, {len(found)} with known vulnerabilities."]))
    return done.returncode == 0 and not found


def frontend_flaws(answer: str) -> list[str] | str:
    """A line for each front-end package with a known vulnerability; the reason as text where npm could not ask."""
    try:
        said = json.loads(answer)
        return [f"{name}: {one['severity']}" for name, one in sorted(said["vulnerabilities"].items())]
    except ValueError:
        return "npm said nothing."
    except KeyError:
        return str(said.get("message") or said)


def flaws_of(asked: list[dict[str, Any]]) -> list[str]:
    """A line for each known vulnerability in what pip-audit answered about packages."""
    return [f"{one['name']} {one['version']}: {flaw['id']}" for one in asked for flaw in one["vulns"]]
