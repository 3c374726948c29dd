"""`make run`: the demo world on its own database, with the web server and one worker. Standard library only."""

import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

from tools.bootstrap import PYTHON, ROOT, say

VAR = ROOT / "var"
SIGN_IN = VAR / "demo_sign_in.txt"
PREPARED = VAR / "demo_prepared"
ENDS = (signal.SIGTERM, signal.SIGINT)
START_LIMIT, STOP_LIMIT = 60, 15  # seconds


def setting(name: str, default: str) -> str:
    """A setting from the environment, else from `.env`; only for the few that are needed before Python packages are."""
    env_file = ROOT / ".env"
    lines = env_file.read_text(encoding="utf-8") if env_file.is_file() else ""
    found = re.search(rf"^\s*(?:export\s+)?{name}\s*=\s*[\"']?([^\"'\n#]+)", lines, re.MULTILINE)
    return os.environ.get(name) or (found[1].strip() if found else default)


def environment() -> dict[str, str]:
    """Our own environment with the demo database in the place of the real one, and one working process unless told."""
    file = f"sqlite:///{(VAR / 'demo.sqlite3').as_posix()}"
    return {
        **os.environ,
        "IMPLEMENTOR_DATABASE_URL": setting("IMPLEMENTOR_DEMO_DATABASE_URL", file),
        # one is enough for whoever looks around, and starts sooner than two beside the worker
        "IMPLEMENTOR_PROCESSES": setting("IMPLEMENTOR_PROCESSES", "1"),
    }


def implementor(*arguments: str) -> list[str]:
    """The command line of one of our own commands."""
    return [str(PYTHON), "-m", "implementor", *arguments]


def prepare() -> None:
    """Migrate the demo database and seed it once; nothing when neither program nor database changed since."""
    VAR.mkdir(exist_ok=True)
    database, schema = _database(), _schema()
    known = PREPARED.read_text(encoding="utf-8").splitlines() if PREPARED.is_file() else ["", ""]
    if known == [database, schema] and _is_there():
        return
    is_seeded = known[0] == database and _is_there()
    _call("Preparing the demo database ...", *implementor("db", "upgrade"))
    if not is_seeded:
        seed()
    PREPARED.write_text(f"{database}\n{schema}\n", encoding="utf-8")


def forget() -> None:
    """Take the demo database of this machine away; one on a server is left to its administrator."""
    url = environment()["IMPLEMENTOR_DATABASE_URL"]
    if url.startswith("sqlite:///"):
        for ending in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + ending).unlink(missing_ok=True)


def seed(*arguments: str) -> None:
    """Fill the demo database and keep what the command says about signing in."""
    said = _call("Building the demo world (once) ...", *implementor("seed", *arguments))
    handle = os.open(SIGN_IN, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds passwords
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(said)


def _database() -> str:
    """Which database it is; hashed, because the address may hold a password."""
    return hashlib.sha256(environment()["IMPLEMENTOR_DATABASE_URL"].encode()).hexdigest()


def _schema() -> str:
    scripts = sorted(each.name for each in (ROOT / "implementor" / "migrations" / "versions").glob("*.py"))
    return hashlib.sha256(repr(scripts).encode()).hexdigest()


def _is_there() -> bool:
    """Whether the file of an embedded database exists; a server's database is taken to exist."""
    url = environment()["IMPLEMENTOR_DATABASE_URL"]
    return not url.startswith("sqlite") or Path(url.removeprefix("sqlite:///")).is_file()


def _call(text: str, *command: str) -> str:
    say(text)
    done = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:])} ended with {done.returncode}.\n{done.stdout}")
    return done.stdout


def serve() -> int:
    """Run the web server and one worker until told to end; returns the exit code."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    _require_free(host, port)
    programs: dict[str, subprocess.Popen[bytes]] = {}
    for each in ENDS:
        signal.signal(each, _interrupt)
    try:
        for name, arguments in (
            ("web server", ("serve", "--host", host, "--port", str(port))),
            ("worker", ("worker",)),
        ):
            programs[name] = subprocess.Popen(implementor(*arguments), cwd=ROOT, env=environment())
        _wait_until_answering(programs["web server"], host, port)
        say(f"\nImplementor is at http://{host}:{port}  (Ctrl+C ends it)\n{SIGN_IN.read_text(encoding='utf-8')}")
        ended = _wait_for_any(programs)
        say(f"The {ended} ended by itself with {programs[ended].returncode}; stopping.")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        stop(programs.values())


def stop(programs: "Iterable[subprocess.Popen[bytes]]") -> None:
    """Ask the programs to end, wait, and insist where one does not listen."""
    programs = list(programs)
    for program in programs:
        program.terminate()
    for program in programs:
        try:
            program.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """The first signal is enough: a second one would leave the programs running that are being ended."""
    for each in ENDS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _require_free(host: str, port: int) -> None:
    try:
        socket.create_server((host, port)).close()
    except OSError as problem:
        raise SystemExit(
            f"Port {port} of {host} cannot be used ({problem.strerror}). Try:  PORT={port + 1} make run"
        ) from None


def _wait_until_answering(program: "subprocess.Popen[bytes]", host: str, port: int) -> None:
    for _ in range(START_LIMIT * 20):
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            try:
                program.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
        break
    sys.exit("The web server did not start.")


def _wait_for_any(programs: "dict[str, subprocess.Popen[bytes]]") -> str:
    """The name of the first program that ends."""
    while True:
        for name, program in programs.items():
            try:
                program.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
            return name
