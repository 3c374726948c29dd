"""From a bare Python to a virtual environment with exactly the locked packages. Standard library only."""

import hashlib
import os
import ssl
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
UV = PROGRAMS / ("uv.exe" if os.name == "nt" else "uv")
REQUIREMENTS = ROOT / "requirements"
OLDEST_PYTHON = (3, 11)
PIP = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]


def say(text: str) -> None:
    """One line to the person at the terminal, at once."""
    print(text, flush=True)


def run(*command: str | Path, **options: object) -> None:
    """Run a program from the project's folder; its failure ends ours with the same code."""
    done = subprocess.run([str(each) for each in command], cwd=ROOT, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(f"{Path(str(command[0])).name} ended with {done.returncode}: {' '.join(map(str, command))}")


def succeeds(*command: str | Path, env: dict[str, str] | None = None, is_quiet: bool = False) -> bool:
    """Whether a program can be started and ends well; of a quiet one nothing is seen."""
    unseen = subprocess.DEVNULL if is_quiet else None
    try:
        done = subprocess.run(
            [str(each) for each in command], cwd=ROOT, check=False, env=env, stdout=unseen, stderr=unseen
        )
        return done.returncode == 0
    except OSError:
        return False


def install(*, development: bool) -> None:
    """Make the virtual environment hold the locked packages; does nothing when it already does."""
    locks = ["run", "dev"] if development else ["run"]
    if any(_stamp(name).is_file() and _stamp(name).read_text() == _fingerprint(name) for name in {*locks[-1:], "dev"}):
        return
    _make_environment()
    say(f"Installing {'what runs, tests and checks' if development else 'what runs'} ...")
    _install_lock(locks[-1])
    _install_command()
    for name in locks:
        _stamp(name).write_text(_fingerprint(name))


def install_lock(name: str) -> None:
    """Install one more lock beside what is there."""
    if not _stamp(name).is_file() or _stamp(name).read_text() != _fingerprint(name):
        _install_lock(name)
        _stamp(name).write_text(_fingerprint(name))


def lock() -> None:
    """Write the lock files anew, with hashes and without addresses."""
    for name in ("uv", "node", "run", "dev"):
        run(
            *(UV, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
            *("--no-emit-index-url", "--no-header", REQUIREMENTS / f"{name}.in", "-o", REQUIREMENTS / f"{name}.lock"),
        )


def _stamp(name: str) -> Path:
    return ENVIRONMENT / f"stamp-{name}"


def _fingerprint(name: str) -> str:
    locked = (REQUIREMENTS / f"{name}.lock").read_text(encoding="utf-8")
    # of pyproject.toml only what installing reads; the settings of tools below it change often
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.")[0]
    return hashlib.sha256(f"{locked}{project}{sys.version}{ROOT}".encode()).hexdigest()


def _make_environment() -> None:
    if PYTHON.is_file() and succeeds(PYTHON, "-c", "import pip"):
        return
    if sys.version_info < OLDEST_PYTHON:
        raise SystemExit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    _require_ensurepip()
    say("Creating the virtual environment .venv ...")
    venv.create(ENVIRONMENT, with_pip=True, clear=True)


def _require_ensurepip() -> None:
    """Debian keeps the part of `venv` that brings pip in a package of its own."""
    if succeeds(sys.executable, "-c", "import ensurepip"):
        return
    from tools import machine

    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    machine.install_packages([package], "Python's venv")


def _with_uv(*arguments: str | Path) -> bool:
    """Install by uv; where this machine has certificates of its own, such as a company's, they count as for pip."""
    if not UV.is_file():
        return False
    known = ssl.get_default_verify_paths()
    own = {"UV_SYSTEM_CERTS": "true"} if known.cafile or known.capath else {}
    return succeeds(UV, "pip", "install", "--quiet", "--python", PYTHON, *arguments, env=own | os.environ)


def _install_lock(name: str) -> None:
    lock_file = REQUIREMENTS / f"{name}.lock"
    if not UV.is_file() and not succeeds(*PIP, "--require-hashes", "-r", REQUIREMENTS / "uv.lock"):
        say("uv is not to be had here; pip does the same, more slowly.")
    # compiled once here rather than at each start: some machines forbid programs to write what they compiled
    if not _with_uv("--compile-bytecode", "--require-hashes", "-r", lock_file):
        run(*PIP, "--require-hashes", "-r", lock_file)


def _install_command() -> None:
    """Put the `implementor` command into the environment, pointing at this folder."""
    if not _with_uv("--no-deps", "--no-build-isolation", "-e", ROOT):
        run(*PIP, "--no-deps", "--no-build-isolation", "-e", ROOT)
