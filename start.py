#!/usr/bin/env python3
"""Starts everything on a bare machine, with the standard library only: `python3 start.py run`, or `make run`."""

import compileall
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from tools import bootstrap, checks, covered, demo, machine  # noqa: E402  # found only with this folder on the path
from tools.bootstrap import PYTHON, run, say  # noqa: E402

NOT_QUICK = "not slow and not browser and not full"
SUMMARY = re.compile(r"(\d+ (?:passed|failed|error|skipped).*) in (\d[\d.]*)s")
COLOUR = re.compile(r"\x1b\[[\d;]*m")


def setup() -> None:
    """Install what runs the application."""
    bootstrap.install(development=False)


def run_demo() -> None:
    """Start the demo world."""
    setup()
    compile_translations()
    machine.fetch_frontend(may_install_npm=False)
    compile_program()
    demo.prepare()
    sys.exit(demo.serve())


def compile_program() -> None:
    """Compile the program once: where Python may not keep what it compiled, each process would do it again."""
    compileall.compile_dir(ROOT / "implementor", quiet=2)


def compile_translations() -> None:
    """Compile the catalogues that changed."""
    catalogues = (ROOT / "implementor" / "translations").glob("*/LC_MESSAGES/*.po")
    if any(_is_older(each.with_suffix(".mo"), each) for each in catalogues):
        run(PYTHON, "-m", "tools.translations", "compile")


def _is_older(made: Path, source: Path) -> bool:
    return not made.is_file() or made.stat().st_mtime < source.stat().st_mtime


def develop() -> None:
    """Install what checks and tests need from Python."""
    bootstrap.install(development=True)
    compile_translations()


def check() -> None:
    """Look at the program without running it."""
    develop()
    if not checks.check():
        sys.exit(1)


def test() -> None:
    """Run every test except those of `make full`."""
    _prepare_tests()
    sys.exit(run_tests())


def full() -> None:
    """Check, then run every test and the slow walks, all of them or one part (`--part 3/12`, or PART=3/12)."""
    given = sys.argv[2:] or (["--part", os.environ["PART"]] if os.environ.get("PART") else [])
    if not given:
        check()
    _prepare_tests()
    sys.exit(run_tests("-m", "", "--everything", "--durations=20", *given))


def coverage() -> None:
    """Measure which branches the tests of `full` go through, or those named (`start.py coverage tests/waves`)."""
    _prepare_tests()
    if not covered.measure(run_tests, sys.argv[2:]):
        sys.exit(1)


def quick() -> None:
    """Check, then run the fast tests."""
    check()
    compile_program()
    machine.fetch_frontend(may_install_npm=True)
    sys.exit(run_tests("-m", NOT_QUICK))


def _prepare_tests() -> None:
    develop()
    compile_program()
    machine.require_browser()
    machine.require_pango()
    machine.fetch_frontend(may_install_npm=True)


def run_tests(*arguments: str) -> int:
    """Run pytest, let its words through and end in one plain line; returns the exit code."""
    command = [str(PYTHON), "-m", "pytest", "--color=" + ("yes" if sys.stdout.isatty() else "no"), *arguments]
    said = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, bufsize=1) as tests:
        assert tests.stdout is not None
        for line in tests.stdout:
            print(line, end="", flush=True)
            found = SUMMARY.search(COLOUR.sub("", line))
            said = f": {found[1]} in {float(found[2]):.0f} seconds" if found else said
    say(f"{'Tests failed' if tests.returncode else 'All tests passed'}{said}.")
    return tests.returncode


def bench() -> None:
    """Measure the application beside the machine's own limits."""
    develop()
    run(PYTHON, "-m", "tools.bench")


def seed() -> None:
    """Build the demo world anew."""
    setup()
    demo.VAR.mkdir(exist_ok=True)
    demo.forget()
    run(*demo.implementor("db", "upgrade"), env=demo.environment())
    demo.seed(*sys.argv[2:])
    say(demo.SIGN_IN.read_text(encoding="utf-8"))


def database() -> None:
    """Bring the demo database to the present schema."""
    setup()
    demo.VAR.mkdir(exist_ok=True)
    run(*demo.implementor("db", "upgrade"), env=demo.environment())


def shell() -> None:
    """Open a Python shell in the application."""
    setup()
    os.environ.update(demo.environment())
    run(*demo.implementor("shell"))


def audit() -> None:
    """Ask for known vulnerabilities."""
    develop()
    npm = machine.npm_program(may_install=True)
    passed = [checks.audit(), npm is not None and checks.audit_frontend(npm)]
    if not all(passed):
        sys.exit(1)


def fix() -> None:
    """Format and repair."""
    develop()
    checks.fix()


def lock() -> None:
    """Lock the requirements anew."""
    develop()
    bootstrap.lock()


def show_help() -> None:
    """List the verbs with their `##` comments in the Makefile."""
    for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines():
        target = re.match(r"(\w+):.*## (.*)", line)
        if target:
            say(f"  make {target[1]:<10}{target[2]}")
        elif line.startswith("##"):
            say(f"\n{line.strip('# ')}")


VERBS: dict[str, Callable[[], None]] = {
    "run": run_demo,
    "test": test,
    "setup": setup,
    "check": check,
    "quick": quick,
    "full": full,
    "coverage": coverage,
    "audit": audit,
    "bench": bench,
    "seed": seed,
    "fix": fix,
    "db": database,
    "shell": shell,
    "lock": lock,
    "help": show_help,
}


def main() -> None:
    """Do what the first argument says; without one, explain."""
    verb = sys.argv[1] if len(sys.argv) > 1 else "help"
    if verb not in VERBS:
        raise SystemExit(f"There is no verb {verb!r}; there are {', '.join(VERBS)}.")
    os.chdir(ROOT)
    VERBS[verb]()


if __name__ == "__main__":
    main()
