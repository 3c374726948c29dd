"""Starting and stopping the servers that are measured, each a process of its own on a free loopback port."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_LIMIT = 60  # seconds
STOP_LIMIT = 15
REAL = ("-m", "implementor", "serve", "--port", "{port}")
FIXED = ("-m", "bench.fixed", "{port}")


def settings_for(url: str, folder: Path) -> dict[str, str]:
    """The environment of a measured application: nothing of this machine's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IMPLEMENTOR_")}
    return {
        **kept,
        "IMPLEMENTOR_DATABASE_URL": url,
        "IMPLEMENTOR_SECRET_KEY": "a-key-for-measuring-only-a-key-for-measuring-only",
        "IMPLEMENTOR_VAR_DIR": str(folder),
        "IMPLEMENTOR_ASSETS": "local",
    }


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Run Python with this command (`{port}` is filled in) until the block ends; yields the port once it answers."""
    port = free_port()
    line = [sys.executable, *(part.replace("{port}", str(port)) for part in command)]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        program = subprocess.Popen(  # noqa: S603  # our own servers with fixed arguments
            line, cwd=ROOT, env=dict(environment), stdout=output, stderr=output
        )
    try:
        _wait(program, port, log)
        yield port
    finally:
        program.terminate()
        try:
            program.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def _wait(program: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Knock until it answers or ends; a refused connection waits for the process, not for a clock."""
    for _ in range(START_LIMIT * 20):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            try:
                program.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        else:
            return
    raise SystemExit(f"A server did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")
