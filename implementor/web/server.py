"""The web server: granian with one working process of many threads, which is what SQLite serves best."""

from collections.abc import Callable

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

APPLICATION = "app:app"


def serve(host: str, port: int, threads: int, when_listening: Callable[[], None] | None = None) -> None:
    """Answer requests until the process is told to end; `when_listening` is called once the port is taken.

    Raises OSError when the port is not free.
    """
    server = Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        # several requests may wait for a thread; what is beyond that waits in the listen queue
        backpressure=threads * 16,
        backlog=1024,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
        # a worker that dies is replaced: the alternative is a server that listens and never answers
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    if when_listening is not None:
        server.on_startup(when_listening)
    server.serve()
