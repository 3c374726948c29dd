"""Which share of the program's branches the tests go through, package by package, beside the bars for it."""

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.bootstrap import PYTHON, ROOT, run, say

BRANCHES, RULES = 95.0, 100.0
"""Percent of the branches of all code, and of rules: modules that know neither database nor web."""
DATA = ROOT / ".coverage"
REPORT = ROOT / "var" / "coverage.json"
NO_RULE = re.compile(
    r"^(?:from|import) (?:sqlalchemy|flask|wtforms|click|jinja2|\S+\.(?:models|queries|services))\b", re.M
)
PURE_BUT_NO_RULE = ("permissions.py", "contributions.py", "catalogue.py", "cli.py", "__init__.py")

Counts = dict[str, list[int]]
"""Name -> branches taken, branches there are."""


def measure(run_tests: Callable[..., int], arguments: Sequence[str]) -> bool:
    """Run tests with every process of theirs watched; whether they passed and all of the program reaches its bars.

    With arguments, such as `tests/waves`, only the packages of those tests are told, and no bar is asked of them.
    """
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    os.environ |= {"COVERAGE_PROCESS_START": str(ROOT / "pyproject.toml"), "COVERAGE_FILE": str(DATA)}
    passed = run_tests(*(arguments or ("-m", "", "--everything"))) == 0
    for name in ("COVERAGE_PROCESS_START", "COVERAGE_FILE"):
        os.environ.pop(name)
    REPORT.parent.mkdir(exist_ok=True)
    run(PYTHON, "-m", "coverage", "combine", "--quiet")
    run(PYTHON, "-m", "coverage", "json", "--quiet", "-o", REPORT)
    packages, rules = counted(json.loads(REPORT.read_text(encoding="utf-8"))["files"])
    wanted = [each.removeprefix("tests/").strip("/") for each in arguments if each.startswith("tests/")]
    return tell(packages, rules, wanted) and passed


def counted(files: dict[str, dict[str, dict[str, int]]]) -> tuple[Counts, Counts]:
    """The branches of each package, and those of each module of rules."""
    packages: Counts = defaultdict(lambda: [0, 0])
    rules: Counts = {}
    for name, file in files.items():
        taken, there = file["summary"]["covered_branches"], file["summary"]["num_branches"]
        parts = Path(name).parts[1:-1]
        package = "/".join(parts[: 2 if parts[:1] == ("crm",) else 1]) or "."
        packages[package][0] += taken
        packages[package][1] += there
        if there and is_rule(ROOT / name):
            rules[name] = [taken, there]
    return dict(packages), rules


def is_rule(file: Path) -> bool:
    """Whether a module knows neither database nor web, and decides something."""
    return file.name not in PURE_BUT_NO_RULE and not NO_RULE.search(file.read_text(encoding="utf-8"))


def tell(packages: Counts, rules: Counts, wanted: Sequence[str]) -> bool:
    """Print the shares; whether all of them reach the bars, which are asked of the whole alone."""
    shown = {name: each for name, each in sorted(packages.items()) if not wanted or name.startswith(tuple(wanted))}
    for name, (taken, there) in shown.items():
        say(f"{_share(taken, there):6.1f} %  of {there:5} branches  {name}")
    low = {name: each for name, each in sorted(rules.items()) if _share(*each) < RULES}
    for name, (taken, there) in low.items():
        if not wanted or name.removeprefix("implementor/").startswith(tuple(wanted)):
            say(f"{_share(taken, there):6.1f} %  of {there:5} branches  {name}, a rule, which should be {RULES:.0f} %")
    whole = _share(sum(each[0] for each in shown.values()), sum(each[1] for each in shown.values()))
    say(f"{whole:6.1f} %  of all branches; the bar is {BRANCHES:.0f} %, and {RULES:.0f} % of rules.")
    return bool(wanted) or (whole >= BRANCHES and not low)


def _share(taken: int, there: int) -> float:
    return 100 * taken / there if there else 100.0
